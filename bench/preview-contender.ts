/** Something that makes small pictures of large ones, as the benchmarks see it. */
export interface PreviewContender {
  /** How the tables call it. */
  readonly name: string;
  /** With its version, and in what its pictures differ from the others'. */
  readonly title: string;
  /** Gets everything ready that a service has ready when a photo comes. */
  start(): Promise<RunningPreviewContender>;
}

export interface RunningPreviewContender extends AsyncDisposable {
  /**
   * Makes a picture of each file, on both processors.
   * @param outFolder where they go; it is empty
   * @throws when any of them cannot be made
   */
  makeAll(files: readonly string[], outFolder: string): Promise<void>;
}

/** Long edge of every picture that is made, in pixels. */
export const TILE_LONG_EDGE = 640;
/** What all that write WebP are told. */
export const WEBP_QUALITY = 80;
export const WEBP_EFFORT = 2;

/** Two at a time, as there are two processors. */
export async function inTwoLanes<T>(
  items: readonly T[],
  use: (item: T) => Promise<unknown>,
): Promise<void> {
  const waiting = items.toReversed();
  const lane = async (): Promise<void> => {
    for (let item = waiting.pop(); item !== undefined; item = waiting.pop()) await use(item);
  };
  await Promise.all([lane(), lane()]);
}
