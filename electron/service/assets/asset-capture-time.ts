import { CAPTURE_TIME_SOURCES, type CaptureTime } from '../../../shared/capture-time.ts';

/** One file of an asset with its own capture time. */
export interface TimedResource {
  readonly resourceType: string;
  readonly captureTime: CaptureTime;
}

/**
 * Whose clock counts where several files of an asset tell the same kind of time. The still of a Live Photo goes
 * before its movie, which began earlier; an original goes before what was made of it.
 */
const RESOURCE_ORDER = [
  'photo',
  'alternate-photo',
  'video',
  'adjustment-base-photo',
  'full-size-photo',
  'photo-proxy',
  'adjustment-base-video',
  'full-size-video',
  'paired-video',
  'adjustment-base-paired-video',
  'full-size-paired-video',
];

/** Sources that are the camera's own wall clock: which of them it is matters less than whose file it is. */
const OWN_CLOCKS = ['exif', 'quicktime', 'xmp'];

/**
 * The capture time of an asset from those of its files: the same for any order in which they came. `undefined`
 * for an asset without files.
 */
export function assetCaptureTime(resources: readonly TimedResource[]): CaptureTime | undefined {
  const [best] = [...resources].sort(
    (a, b) =>
      trustOf(a) - trustOf(b) ||
      roleOf(a) - roleOf(b) ||
      Number(a.captureTime.offsetMinutes === undefined) -
        Number(b.captureTime.offsetMinutes === undefined) ||
      compareTexts(a.captureTime.local, b.captureTime.local) ||
      (a.captureTime.offsetMinutes ?? 0) - (b.captureTime.offsetMinutes ?? 0),
  );
  return best?.captureTime;
}

function trustOf({ captureTime: { source } }: TimedResource): number {
  return OWN_CLOCKS.includes(source) ? 0 : CAPTURE_TIME_SOURCES.indexOf(source);
}

function roleOf({ resourceType }: TimedResource): number {
  const at = RESOURCE_ORDER.indexOf(resourceType);
  return at === -1 ? RESOURCE_ORDER.length : at;
}

function compareTexts(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
