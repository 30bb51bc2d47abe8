/**
 * How stored pixels must be turned to stand upright, as EXIF counts it: 1 as they are, 3 half a turn,
 * 6 a quarter turn clockwise, 8 anticlockwise, 2, 4, 5, 7 the same with a mirror.
 */
export type Orientation = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8;

/** A turn or mirror of the plane, y downwards: a stored (x, y) is shown at (a x + c y, b x + d y). */
export interface PlaneTurn {
  readonly a: number;
  readonly b: number;
  readonly c: number;
  readonly d: number;
}

const TURNS: Record<Orientation, PlaneTurn> = {
  1: { a: 1, b: 0, c: 0, d: 1 },
  2: { a: -1, b: 0, c: 0, d: 1 },
  3: { a: -1, b: 0, c: 0, d: -1 },
  4: { a: 1, b: 0, c: 0, d: -1 },
  5: { a: 0, b: 1, c: 1, d: 0 },
  6: { a: 0, b: 1, c: -1, d: 0 },
  7: { a: 0, b: -1, c: -1, d: 0 },
  8: { a: 0, b: -1, c: 1, d: 0 },
};

const ORIENTATIONS = [1, 2, 3, 4, 5, 6, 7, 8] as const satisfies readonly Orientation[];

/** An EXIF value as it stood in a file; anything but 1 to 8 means upright. */
export function orientationOfExif(value: number | undefined): Orientation {
  return ORIENTATIONS.find((orientation) => orientation === value) ?? 1;
}

/** The orientation of a movie's matrix; scaling is ignored, and a matrix that is no turn means upright. */
export function orientationOfTurn({ a, b, c, d }: PlaneTurn): Orientation {
  const sign = (value: number): number => (value === 0 ? 0 : Math.sign(value));
  const found = ORIENTATIONS.find((orientation) => {
    const turn = TURNS[orientation];
    return turn.a === sign(a) && turn.b === sign(b) && turn.c === sign(c) && turn.d === sign(d);
  });
  return found ?? 1;
}

/** `first`, then `second`, as one orientation. */
export function afterwards(first: Orientation, second: Orientation): Orientation {
  const f = TURNS[first];
  const s = TURNS[second];
  return orientationOfTurn({
    a: s.a * f.a + s.c * f.b,
    b: s.b * f.a + s.d * f.b,
    c: s.a * f.c + s.c * f.d,
    d: s.b * f.c + s.d * f.d,
  });
}

/** Whether upright width and height are the stored height and width. */
export function isSideways(orientation: Orientation): boolean {
  return orientation >= 5;
}

/** Pixel size after turning upright. */
export function uprightSize(
  stored: { readonly width: number; readonly height: number },
  orientation: Orientation,
): { width: number; height: number } {
  return isSideways(orientation)
    ? { width: stored.height, height: stored.width }
    : { width: stored.width, height: stored.height };
}
