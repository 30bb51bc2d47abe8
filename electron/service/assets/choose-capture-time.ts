import {
  instantOf,
  isPlausibleInstant,
  isPlausibleLocal,
  localClock,
  type CaptureTime,
} from '../../../shared/capture-time.ts';
import type { ToldMetadata } from '../../../shared/receipt.ts';

/** What the file's own header says about when it was made. */
export interface HeaderTime {
  readonly capturedAt?:
    | { local: string; offsetMinutes?: number | undefined; source: CaptureTime['source'] }
    | undefined;
  /** A movie header's instant: UTC, without a place. */
  readonly utcCreatedAt?: number | undefined;
}

/** Minutes east of UTC that this computer's time zone has at an instant. */
export type OffsetAt = (at: number) => number;

export const computerOffset: OffsetAt = (at) => -new Date(at).getTimezoneOffset();

/** Clocks of cameras run ahead by a zone at most; beyond that a time in the future is a wrong clock. */
const MAX_AHEAD_MS = 2 * 24 * 60 * 60 * 1000;

/**
 * The wall clock at the place of capture, from the best source there is: the file's own header, else what the
 * device told, else a movie header's instant, else the file's modification, else the arrival. An instant without
 * a place is read in this computer's time zone, where most of a household's photos are taken.
 */
export function chooseCaptureTime(
  header: HeaderTime,
  told: ToldMetadata,
  arrivedAt: number,
  offsetAt: OffsetAt = computerOffset,
): CaptureTime {
  const own = header.capturedAt;
  if (
    own &&
    isPlausibleLocal(own.local) &&
    instantOf(withoutUndefined(own)) < arrivedAt + MAX_AHEAD_MS
  ) {
    return { ...withoutUndefined(own), source: own.source };
  }
  const instants: readonly [number | undefined, number | undefined, CaptureTime['source']][] = [
    [told.createdAt, told.createdOffsetMinutes, 'device-created'],
    [header.utcCreatedAt, undefined, 'movie-header'],
    [told.modifiedAt, undefined, 'device-modified'],
  ];
  for (const [at, offsetMinutes, source] of instants) {
    if (at === undefined || at >= arrivedAt + MAX_AHEAD_MS || !isPlausibleInstant(at)) continue;
    const time = placed(at, offsetMinutes ?? offsetAt(at), source);
    if (isPlausibleLocal(time.local)) return time;
  }
  return placed(arrivedAt, offsetAt(arrivedAt), 'arrival');
}

function placed(at: number, offsetMinutes: number, source: CaptureTime['source']): CaptureTime {
  return { local: localClock(at, offsetMinutes), offsetMinutes, source };
}

function withoutUndefined(time: { local: string; offsetMinutes?: number | undefined }): {
  local: string;
  offsetMinutes?: number;
} {
  return time.offsetMinutes === undefined
    ? { local: time.local }
    : { local: time.local, offsetMinutes: time.offsetMinutes };
}
