/**
 * Times in which this computer could take nothing, as far as the service can know: gaps of its own clock, its starts
 * and ends, and how the library came and went.
 */
export const PAUSE_CAUSES = [
  /** The service's clock jumped: the computer slept, or stood still altogether. */
  'computer-asleep',
  /** Roost was ended in order. */
  'roost-stopped',
  /** Roost ended without a word: power cut, crash, or killed. */
  'roost-ended-abruptly',
  /** The library's folder or drive was away. */
  'library-away',
  'disk-full',
  /** The library was there and could not be written, or was not the right one. */
  'library-unusable',
] as const;

export type PauseCause = (typeof PAUSE_CAUSES)[number];
