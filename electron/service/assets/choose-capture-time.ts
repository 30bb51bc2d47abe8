import {
  instantOf,
  isPlausibleInstant,
  isPlausibleLocal,
  localClock,
  type CaptureTime,
  type CaptureTimeSource,
  type OffsetSource,
} from '../../../shared/capture-time.ts';
import type { Location, ToldMetadata } from '../../../shared/receipt.ts';

import { offsetOfWallClock, zoneAt, zoneOffset } from './time-zone.ts';

/** What the file's own header says about when and where it was made. */
export interface HeaderTime {
  readonly capturedAt?:
    { local: string; offsetMinutes?: number | undefined; source: CaptureTimeSource } | undefined;
  /** A movie header's instant: UTC, without a place. */
  readonly utcCreatedAt?: number | undefined;
  readonly location?: Location | undefined;
}

/** All that a file says about when and where it was made. */
export interface FileTimes {
  /** Most trusted first. */
  readonly wallClocks: readonly WallClock[];
  readonly utcCreatedAt?: number | undefined;
  readonly location?: Location | undefined;
}

export interface WallClock {
  readonly local: string;
  readonly offsetMinutes?: number | undefined;
  readonly source: CaptureTimeSource;
}

/** Minutes east of UTC that this computer's time zone has at an instant. */
export type OffsetAt = (at: number) => number;

export const computerOffset: OffsetAt = (at) => -new Date(at).getTimezoneOffset();

const MINUTE_MS = 60_000;
/** Clocks of cameras run ahead by a zone at most; beyond that a time in the future is a wrong clock. */
const MAX_AHEAD_MS = 2 * 24 * 60 * MINUTE_MS;
/** Every offset on earth is a multiple of this. */
const OFFSET_STEP_MINUTES = 15;
const MAX_OFFSET_MINUTES = 14 * 60;
/** What the device calls the moment and what the camera wrote may lie on two sides of a second. */
const SAME_MOMENT_MS = 2_000;

/** {@link chosenCaptureTime} from what a quick look at the file's header told. */
export function chooseCaptureTime(
  header: HeaderTime,
  told: ToldMetadata,
  arrivedAt: number,
  offsetAt: OffsetAt = computerOffset,
): CaptureTime {
  const { capturedAt, utcCreatedAt, location } = header;
  const wallClocks = capturedAt === undefined ? [] : [capturedAt];
  return chosenCaptureTime({ wallClocks, utcCreatedAt, location }, told, arrivedAt, offsetAt);
}

/**
 * The wall clock at the place of capture, from the best source there is: the file's own, else what the device
 * told, else a movie header's instant, else the file's modification, else the arrival. An instant is read in the
 * time zone of the place; without a place in that of this computer, where most of a household's photos are taken.
 */
export function chosenCaptureTime(
  file: FileTimes,
  told: ToldMetadata,
  arrivedAt: number,
  offsetAt: OffsetAt = computerOffset,
): CaptureTime {
  const place = file.location ?? told.location;
  const zone = place && zoneAt(place);
  const isPast = (at: number): boolean => at < arrivedAt + MAX_AHEAD_MS;

  for (const clock of file.wallClocks) {
    const { local, source } = clock;
    if (!isPlausibleLocal(local)) continue;
    const offset = offsetOf(clock, file.wallClocks, zone, told);
    const time: CaptureTime = { local, source, ...offset };
    if (isPast(instantOf(time))) return time;
  }

  const placed = (at: number, source: CaptureTimeSource, toldOffset?: number): CaptureTime => {
    const [offsetMinutes, offsetSource] = offsetAtInstant(at, toldOffset, zone, offsetAt);
    return { local: localClock(at, offsetMinutes), offsetMinutes, source, offsetSource };
  };
  const instants: readonly [number | undefined, CaptureTimeSource, (number | undefined)?][] = [
    [told.createdAt, 'device-created', told.createdOffsetMinutes],
    [file.utcCreatedAt, 'movie-header'],
    [told.modifiedAt, 'device-modified'],
  ];
  for (const [at, source, toldOffset] of instants) {
    if (at === undefined || !isPast(at) || !isPlausibleInstant(at)) continue;
    const time = placed(at, source, toldOffset);
    if (isPlausibleLocal(time.local)) return time;
  }
  const offsetMinutes = offsetAt(arrivedAt);
  const local = localClock(arrivedAt, offsetMinutes);
  return { local, offsetMinutes, source: 'arrival', offsetSource: 'computer' };
}

type Offset = Pick<CaptureTime, 'offsetMinutes' | 'offsetSource'>;

/** How far a wall clock was from UTC: as the file says beside it or elsewhere, as it is at the place, as the device knows. */
function offsetOf(
  clock: WallClock,
  all: readonly WallClock[],
  zone: string | undefined,
  told: ToldMetadata,
): Offset {
  const same = all.find(
    ({ local, offsetMinutes }) => local === clock.local && offsetMinutes !== undefined,
  );
  const own = clock.offsetMinutes ?? same?.offsetMinutes;
  if (own !== undefined) return { offsetMinutes: own, offsetSource: 'file' };
  const there =
    zone === undefined ? undefined : offsetOfWallClock(zone, clock.local, told.createdAt);
  if (there !== undefined) return { offsetMinutes: there, offsetSource: 'place' };
  const between = offsetBetween(clock.local, told.createdAt);
  return between === undefined ? {} : { offsetMinutes: between, offsetSource: 'device' };
}

/** A wall clock and the instant of the same moment lie an offset apart; anything else are two moments. */
function offsetBetween(local: string, at: number | undefined): number | undefined {
  if (at === undefined) return undefined;
  const apartMs = Date.parse(`${local}Z`) - at;
  const stepMs = OFFSET_STEP_MINUTES * MINUTE_MS;
  const offsetMinutes = Math.round(apartMs / stepMs) * OFFSET_STEP_MINUTES;
  const isOffset =
    Math.abs(offsetMinutes) <= MAX_OFFSET_MINUTES &&
    Math.abs(apartMs - offsetMinutes * MINUTE_MS) <= SAME_MOMENT_MS;
  return isOffset ? offsetMinutes + 0 : undefined;
}

function offsetAtInstant(
  at: number,
  toldOffset: number | undefined,
  zone: string | undefined,
  offsetAt: OffsetAt,
): [offsetMinutes: number, source: OffsetSource] {
  if (toldOffset !== undefined) return [toldOffset, 'device'];
  const there = zone === undefined ? undefined : zoneOffset(zone, at);
  return there === undefined ? [offsetAt(at), 'computer'] : [there, 'place'];
}
