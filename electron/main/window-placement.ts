import { z } from 'zod';

/** A rectangle on the desktop, in the display's independent pixels. */
export interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const coordinate = z.number().int().min(-100_000).max(100_000);
const extent = z.number().int().min(1).max(100_000);

export const windowPlacementSchema = z.object({
  x: coordinate,
  y: coordinate,
  width: extent,
  height: extent,
  maximized: z.boolean(),
});

export type WindowPlacement = z.infer<typeof windowPlacementSchema>;

export const SMALLEST_WINDOW = { width: 480, height: 480 } as const;
const FIRST_WINDOW = { width: 1180, height: 800 } as const;

/** How much of the window's top edge must be on a display so that a person can take hold of it. */
const GRIP = { width: 120, height: 32 } as const;

/**
 * Where the window opens: where it was, unless that display is gone or has become smaller, else in the middle
 * of the first display.
 *
 * @param workAreas of the displays there are now, the main one first; without any the window is not placed.
 */
export function placeWindow(
  saved: WindowPlacement | undefined,
  workAreas: readonly Area[],
): WindowPlacement {
  const [mainArea] = workAreas;
  if (!mainArea) return { x: 0, y: 0, ...FIRST_WINDOW, maximized: false };
  if (saved) {
    for (const area of workAreas) {
      const placed = { ...saved, ...fit(saved, area) };
      if (canBeGripped(placed, area)) return placed;
    }
  }
  const size = fit(saved ?? FIRST_WINDOW, mainArea);
  return { ...centred(size, mainArea), ...size, maximized: saved?.maximized ?? false };
}

function canBeGripped(window: Area, workArea: Area): boolean {
  const overlapWidth =
    Math.min(window.x + window.width, workArea.x + workArea.width) - Math.max(window.x, workArea.x);
  const below = window.y - workArea.y;
  return (
    overlapWidth >= Math.min(GRIP.width, window.width) &&
    below >= 0 &&
    below <= workArea.height - GRIP.height
  );
}

function fit(size: Pick<Area, 'width' | 'height'>, area: Area): Pick<Area, 'width' | 'height'> {
  return {
    width: Math.min(Math.max(size.width, SMALLEST_WINDOW.width), area.width),
    height: Math.min(Math.max(size.height, SMALLEST_WINDOW.height), area.height),
  };
}

function centred(size: Pick<Area, 'width' | 'height'>, area: Area): Pick<Area, 'x' | 'y'> {
  return {
    x: area.x + Math.floor((area.width - size.width) / 2),
    y: area.y + Math.floor((area.height - size.height) / 2),
  };
}
