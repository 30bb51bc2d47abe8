import type { CaptureTime, CaptureTimeSource, OffsetSource } from '../../shared/capture-time.ts';
import type { AssetPart } from '../../shared/window-views.ts';
import {
  formatCount,
  formatExactLocalTime,
  formatLocalDate,
  formatOffset,
  formatPlural,
  formatRelativeTime,
} from './format.ts';

const SOURCE: Record<CaptureTimeSource, string> = {
  exif: 'From the photo itself',
  quicktime: 'From the video itself',
  xmp: 'From a note that a program wrote into the file',
  'movie-header': 'From the video’s header, which knows no time zone',
  'device-created': 'As the device told it',
  'device-modified': 'When the file was last changed on the device',
  arrival: 'Not known: this is when it arrived',
};

const OFFSET_SOURCE: Record<OffsetSource, string> = {
  file: '',
  place: 'time zone of the place where it was taken',
  device: 'time zone as the device told it',
  computer: 'time zone of this computer, because nothing else tells one',
};

const PART_REASON: Record<AssetPart['why'], string> = {
  key: 'Sent by the device as one photo.',
  'content-id': 'Same Live Photo: its files carry the same mark.',
  'same-folder': 'Same name in the same folder.',
  'same-name': 'Same name and moment.',
  'by-hand': 'Put together by hand.',
};

/** Words of the viewer and its details. */
export const viewerText = {
  label: 'Viewer',
  close: 'Close',
  newer: 'Newer',
  older: 'Older',
  zoomIn: 'Zoom in',
  zoomOut: 'Zoom out',
  fit: 'Fit to the window',
  fullSize: 'Full size',
  details: 'Details',
  download: 'Download the original',
  notFound: 'This photo is not here',
  notFoundNext: 'It may have moved. Go back to the timeline.',
  waiting: 'Its preview is being made.',
  waitingNext: 'The original is safe already.',
  noScreen: 'The large preview cannot be shown; this is the small one.',
  cannotPlay: 'This browser cannot play this video.',
  cannotPlayNext: 'The original is safe. Download it to watch it in another player.',
  retry: 'Try again',
  retryAsked: 'Making the preview again',
  originalSafe: 'The original is safe.',
  fields: {
    file: 'File',
    kind: 'Kind',
    captured: 'Taken',
    device: 'Device',
    pixels: 'Pixels',
    duration: 'Duration',
    camera: 'Camera',
    lens: 'Lens',
    exposure: 'Exposure',
    place: 'Place',
    hdr: 'HDR',
    rating: 'Rating',
    software: 'Software',
    path: 'Stored as',
    size: 'Size',
    sha256: 'SHA-256',
    storedAt: 'Stored',
    receipt: 'Receipt',
    alsoSent: 'Also sent',
    job: 'Job',
  },
  files: (count: number) => `Its ${formatCount(count)} files`,
  shown: 'Shown',
  showJob: 'Show how it came here',
  copy: { path: 'Copy path', sha256: 'Copy SHA-256', receipt: 'Copy receipt' },
  pixels: (width: number, height: number) => `${formatCount(width)} × ${formatCount(height)}`,
  megapixels: (width: number, height: number) => {
    const millions = (width * height) / 1e6;
    return millions < 1 ? '' : ` (${millions.toFixed(millions < 10 ? 1 : 0)} MP)`;
  },
  captureTime: ({ local, offsetMinutes }: CaptureTime) =>
    `${formatLocalDate(local)}, ${formatExactLocalTime(local)}${
      offsetMinutes === undefined ? '' : ` (${formatOffset(offsetMinutes)})`
    }`,
  /** "From the photo itself; time zone of the place where it was taken". */
  captureSource: ({ source, offsetSource }: CaptureTime) =>
    [SOURCE[source], offsetSource === undefined ? '' : OFFSET_SOURCE[offsetSource]]
      .filter((words) => words !== '')
      .join('; '),
  parts: {
    title: 'Put together by Roost',
    intro: (count: number) =>
      `These files came as ${formatPlural(count, 'photo', 'photos')}. Roost shows them as one. What does not belong here can be split off; no file moves.`,
    why: (why: AssetPart['why']) => PART_REASON[why],
    splitOff: 'Split off',
    splitOffLabel: (fileName: string) => `Split off ${fileName}`,
    done: (fileName: string) => `${fileName} stands on its own now`,
    undone: 'Put together again',
    undoFailed: 'It could not be put together again.',
  },
  undo: 'Undo',
  copyPlace: 'Copy coordinates',
  placeTold: 'As the device told it; the file does not say it',
  burst: (count: number) => `${formatPlural(count, 'more photo', 'more photos')} of this burst`,
  burstMore: (count: number) => `and ${formatCount(count)} more`,
  live: {
    play: 'Play the Live Photo',
    stop: 'Stop the Live Photo',
    label: 'Live',
    silent: 'This browser cannot play the movie itself; this is a short copy without sound.',
    cannotPlay: 'This browser cannot play the movie of this Live Photo. The original is safe.',
  },
  alsoSentBy: (deviceName: string, fileName: string | undefined, linkedAt: number, now: number) =>
    `by ${deviceName}${fileName === undefined ? '' : ` as ${fileName}`}, ${formatRelativeTime(
      linkedAt,
      now,
    )}`,
} as const;
