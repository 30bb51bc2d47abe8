/** What has been seen of one transfer so far. Times are milliseconds of one clock, whichever. */
export interface TransferSpeed {
  readonly byteCount: number;
  /** When `byteCount` was taken as a sample. */
  readonly sampledAt: number;
  /** When bytes came last. */
  readonly movedAt: number;
  /** Smoothed; absent until two samples are known. */
  readonly bytesPerSecond?: number;
}

/** Samples closer together than this say more about buffers than about the network. */
const SHORTEST_SAMPLE_MS = 200;
/** After this time an old speed counts for a third. */
const SMOOTHING_MS = 3_000;
/** After this long without a byte the device counts as silent. */
const SILENT_AFTER_MS = 5_000;

/** Adds what is known at `at`. A sum lower than before is a new upload and starts anew. */
export function observeTransfer(
  before: TransferSpeed | undefined,
  byteCount: number,
  at: number,
): TransferSpeed {
  if (before === undefined || byteCount < before.byteCount || at < before.sampledAt) {
    return { byteCount, sampledAt: at, movedAt: at };
  }
  const spanMs = at - before.sampledAt;
  if (spanMs < SHORTEST_SAMPLE_MS) return before;
  const current = ((byteCount - before.byteCount) / spanMs) * 1000;
  const weight = 1 - Math.exp(-spanMs / SMOOTHING_MS);
  const bytesPerSecond =
    before.bytesPerSecond === undefined
      ? current
      : before.bytesPerSecond + (current - before.bytesPerSecond) * weight;
  const movedAt = byteCount > before.byteCount ? at : before.movedAt;
  return { byteCount, sampledAt: at, movedAt, bytesPerSecond };
}

export function isSilent(speed: TransferSpeed): boolean {
  return speed.sampledAt - speed.movedAt >= SILENT_AFTER_MS;
}

/** How long the rest takes at this speed; nothing while that cannot be said. */
export function remainingMs(
  speed: TransferSpeed | undefined,
  expectedByteCount: number | undefined,
): number | undefined {
  if (speed?.bytesPerSecond === undefined || expectedByteCount === undefined) return undefined;
  if (speed.bytesPerSecond < 1 || isSilent(speed)) return undefined;
  return (Math.max(0, expectedByteCount - speed.byteCount) / speed.bytesPerSecond) * 1000;
}

/** A time that is told, and when it was. */
export interface ToldRemaining {
  readonly remainingMs: number;
  readonly at: number;
}

/** So far a new estimate may lie beside what was told without being told itself. */
const STEADY_FRACTION = 0.25;

/**
 * Counts down what was told, for as long as estimates agree with it more or less: a number that jumps with every
 * gust of the network helps nobody.
 */
export function steadyRemaining(
  told: ToldRemaining | undefined,
  estimateMs: number | undefined,
  at: number,
): ToldRemaining | undefined {
  if (estimateMs === undefined) return undefined;
  const counted = told && Math.max(0, told.remainingMs - (at - told.at));
  const isNear =
    counted !== undefined && Math.abs(estimateMs - counted) <= counted * STEADY_FRACTION;
  return { remainingMs: isNear ? counted : estimateMs, at };
}

/** What has been seen of all transfers together. */
export interface TotalSpeed {
  readonly byteCounts: ReadonlyMap<string, number>;
  readonly sampledAt: number;
  /** Smoothed; absent until two samples are known. */
  readonly bytesPerSecond?: number;
}

/** What a transfer has brought, as far as it is known at one moment. */
export interface TransferSample {
  readonly jobId: string;
  readonly byteCount: number;
  /** It began after the last sample: all its bytes came since. */
  readonly isNew: boolean;
}

/** Adds what all transfers have brought at `at`, those too that begin and end between two samples. */
export function observeTotal(
  before: TotalSpeed | undefined,
  samples: readonly TransferSample[],
  at: number,
): TotalSpeed {
  const byteCounts = new Map(samples.map(({ jobId, byteCount }) => [jobId, byteCount]));
  if (before === undefined || at <= before.sampledAt) return { byteCounts, sampledAt: at };
  let arrived = 0;
  for (const { jobId, byteCount, isNew } of samples) {
    const known = before.byteCounts.get(jobId);
    if (known !== undefined) arrived += Math.max(0, byteCount - known);
    else if (isNew) arrived += byteCount;
  }
  const spanMs = at - before.sampledAt;
  const current = (arrived / spanMs) * 1000;
  const weight = 1 - Math.exp(-spanMs / SMOOTHING_MS);
  const bytesPerSecond =
    before.bytesPerSecond === undefined
      ? current
      : before.bytesPerSecond + (current - before.bytesPerSecond) * weight;
  return { byteCounts, sampledAt: at, bytesPerSecond };
}
