/** A row of frames of one width, of which only those near the view are in the page. All in CSS pixels. */
export interface Strip {
  readonly count: number;
  /** From the edge of one frame to that of the next. */
  readonly pitch: number;
  /** Width of what is in sight. */
  readonly viewWidth: number;
}

/** Room before the first and behind the last frame, so that each can stand in the middle. */
export function stripPadding({ pitch, viewWidth }: Strip): number {
  return Math.max(0, (viewWidth - pitch) / 2);
}

/** How far to scroll for a frame to stand in the middle. */
export function scrollToMiddle({ pitch }: Strip, at: number): number {
  return Math.max(0, at) * pitch;
}

/** The frames to have in the page, `[start, end)`: what is in sight and half as much on either side. */
export function stripWindow(
  strip: Strip,
  scrolled: number,
): { readonly start: number; readonly end: number } {
  const { count, pitch, viewWidth } = strip;
  const from = scrolled - stripPadding(strip) - viewWidth / 2;
  const start = Math.min(count, Math.max(0, Math.floor(from / pitch)));
  const end = Math.min(count, Math.max(start, Math.ceil((from + 2 * viewWidth) / pitch)));
  return { start, end };
}
