/** How close the timeline looks, from a year at a glance to a few large pictures. */
export const ZOOM_LEVELS = ['years', 'months', 'days', 'large'] as const;
export type ZoomLevel = (typeof ZOOM_LEVELS)[number];

/** Pictures in their own shapes, or all square. */
export const TILE_SHAPES = ['justified', 'square'] as const;
export type TileShape = (typeof TILE_SHAPES)[number];

/** How a person wants to see the timeline. */
export interface TimelineView {
  readonly level: ZoomLevel;
  readonly shape: TileShape;
}

export const USUAL_VIEW: TimelineView = { level: 'days', shape: 'justified' };

/** One step closer (1) or further away (-1); the same view at the last level. */
export function zoomed(view: TimelineView, by: 1 | -1): TimelineView {
  const level = ZOOM_LEVELS[ZOOM_LEVELS.indexOf(view.level) + by];
  return level === undefined ? view : { ...view, level };
}

const STORAGE_KEY = 'roost.timeline.view';

/** What was chosen last in this browser. */
export function storedView(): TimelineView {
  try {
    const [level, shape] = (localStorage.getItem(STORAGE_KEY) ?? '').split('/');
    return {
      level: ZOOM_LEVELS.find((each) => each === level) ?? USUAL_VIEW.level,
      shape: TILE_SHAPES.find((each) => each === shape) ?? USUAL_VIEW.shape,
    };
  } catch {
    // Storage can be switched off in the browser.
    return USUAL_VIEW;
  }
}

/** Remembers it for the next time, where the browser allows that. */
export function storeView({ level, shape }: TimelineView): void {
  try {
    localStorage.setItem(STORAGE_KEY, `${level}/${shape}`);
  } catch {
    // It then holds for this visit.
  }
}
