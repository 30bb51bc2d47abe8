import type { CaptureTime, CaptureTimeSource } from '../../shared/capture-time.ts';
import {
  formatCount,
  formatLocalDate,
  formatLocalTime,
  formatOffset,
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
    `${formatLocalDate(local)}, ${formatLocalTime(local)}${
      offsetMinutes === undefined ? '' : ` (${formatOffset(offsetMinutes)})`
    }`,
  captureSource: (source: CaptureTimeSource) => SOURCE[source],
  alsoSentBy: (deviceName: string, fileName: string | undefined, linkedAt: number, now: number) =>
    `by ${deviceName}${fileName === undefined ? '' : ` as ${fileName}`}, ${formatRelativeTime(
      linkedAt,
      now,
    )}`,
} as const;
