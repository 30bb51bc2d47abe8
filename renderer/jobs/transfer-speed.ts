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
