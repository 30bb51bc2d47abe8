const MIB = 1024 * 1024;

/**
 * How much of the computer the scrub takes. By itself it reads at most 20 MiB a second for a quarter of an hour, then
 * leaves the disk alone for three: some 430 GB a day, so that a library of 10 TB is re-read within a month.
 */
export const SCRUB_LIMITS = {
  bytesPerSecond: 20 * MIB,
  sliceMs: 15 * 60_000,
  restMs: 45 * 60_000,
  /** A run that a person asked for is quicker and rests for a breath only. */
  askedBytesPerSecond: 80 * MIB,
  askedRestMs: 60_000,
  /** What opening a file counts as, besides its bytes: a disk has to seek, and the catalog is written. */
  fileCostByteCount: 256 * 1024,
  /** Bytes that may be read at once after a pause, as time. */
  burstMs: 250,
  /** A start has better things to do. */
  startRestMs: 120_000,
  /** After the last upload has ended, phones mostly begin the next. */
  quietMs: 10_000,
  /** How often it looks whether uploads have ended. */
  uploadLookMs: 1_000,
  /** How often it looks whether the library is back. */
  libraryLookMs: 5_000,
  /** When nothing is due: how often it looks for what came meanwhile. */
  idleLookMs: 10 * 60_000,
  /** What is damaged or missing is looked at again so often: a person may have put a good copy there. */
  openAgainMs: 24 * 60 * 60_000,
  /** How often the window hears of progress. */
  tellMs: 1_000,
  /** Files waiting to be looked at again because somebody asked; beyond, the scrub comes to them in its order. */
  maxAgainCount: 1_000,
} as const;

export type ScrubLimits = { readonly [Name in keyof typeof SCRUB_LIMITS]: number };
