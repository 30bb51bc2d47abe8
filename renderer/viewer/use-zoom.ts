import { type RefObject, useEffect, useEffectEvent, useRef, useState } from 'react';

import {
  boundZoom,
  fitScale,
  fitZoom,
  isFit,
  panBy,
  type Point,
  type Size,
  type Zoom,
  zoomTo,
} from './zoom.ts';

const BUTTON_FACTOR = 1.5;
const SWIPE_DISTANCE = 60;
/** Two taps within this time and distance are a double tap. */
const TAP_MS = 300;
const TAP_DISTANCE = 30;
/** CSS pixels of a line and a page, for wheels that count in those. */
const WHEEL_UNIT = [1, 16, 400] as const;

export type SwipeDirection = 'left' | 'right' | 'down';

export interface ZoomControl {
  readonly zoom: Zoom;
  readonly isFit: boolean;
  readonly zoomIn: () => void;
  readonly zoomOut: () => void;
  readonly fit: () => void;
  readonly fullSize: () => void;
  /** Moves what is in sight by shares of the stage: positive is to the right and down. */
  readonly lookBy: (x: number, y: number) => void;
  /** How far a finger has drawn a picture that fits; `undefined` while none does. */
  readonly drawn: Point | undefined;
  /** Between fit and full size, around a point from the stage's middle. */
  readonly toggle: (at?: Point) => void;
}

/**
 * Zooming and moving a picture in a stage: wheel, drag, pinch, double click, and the calls for buttons and
 * keys. `looked` names what is looked at: another thing starts at fit. `onSwipe` is a stroke by touch, sideways or down,
 * while the whole picture is visible.
 */
export function useZoom(
  stageRef: RefObject<HTMLElement | null>,
  looked: string,
  picture: Size,
  stage: Size,
  onSwipe: (direction: SwipeDirection) => void,
): ZoomControl {
  // `undefined` is "fit", so that it stays fit when the window changes its size.
  const [held, setHeld] = useState<{ readonly looked: string; readonly zoom: Zoom }>();
  const boundHeld = (kept: typeof held): Zoom =>
    kept?.looked === looked ? boundZoom(kept.zoom, picture, stage) : fitZoom(picture, stage);
  const zoom = boundHeld(held);

  /** From what it is by then: two fingers move one after the other, before the page is drawn again. */
  function change(by: (zoom: Zoom) => Zoom): void {
    setHeld((kept) => {
      const next = by(boundHeld(kept));
      return isFit(next, picture, stage) ? undefined : { looked, zoom: next };
    });
  }
  function scaleBy(factor: number, at: Point = { x: 0, y: 0 }): void {
    change((now) => zoomTo(now, now.scale * factor, at, picture, stage));
  }
  function pan(by: Point): void {
    change((now) => panBy(now, by, picture, stage));
  }
  function toggle(at: Point = { x: 0, y: 0 }): void {
    change((now) =>
      isFit(now, picture, stage)
        ? zoomTo(now, Math.max(1, fitScale(picture, stage)), at, picture, stage)
        : fitZoom(picture, stage),
    );
  }

  const pointers = useRef(new Map<number, Point>());
  const strokeStart = useRef<Point>(undefined);
  const lastTap = useRef<Point & { readonly at: number }>(undefined);
  const [drawn, setDrawn] = useState<Point>();

  function onTap(now: number, at: Point): void {
    const last = lastTap.current;
    const isDouble =
      last !== undefined && now - last.at < TAP_MS && distance(last, at) < TAP_DISTANCE;
    lastTap.current = isDouble ? undefined : { ...at, at: now };
    if (isDouble) toggle(at);
  }

  const onWheel = useEffectEvent((event: WheelEvent, at: Point) => {
    event.preventDefault();
    // A pinch on a touchpad comes as a wheel with ctrl and much smaller steps.
    const distance = event.deltaY * (WHEEL_UNIT[event.deltaMode] ?? 1);
    scaleBy(Math.exp(-distance * (event.ctrlKey ? 0.01 : 0.002)), at);
  });
  const onPointerMove = useEffectEvent((event: PointerEvent, at: Point) => {
    const before = pointers.current.get(event.pointerId);
    if (before === undefined) return;
    const others = [...pointers.current].filter(([id]) => id !== event.pointerId);
    pointers.current.set(event.pointerId, at);
    const other = others[0]?.[1];
    if (other === undefined) {
      const start = strokeStart.current;
      const isStroke = event.pointerType === 'touch' && isFit(zoom, picture, stage);
      if (isStroke && start !== undefined) setDrawn(strokeOf(start, at));
      else pan({ x: at.x - before.x, y: at.y - before.y });
      return;
    }
    strokeStart.current = undefined;
    setDrawn(undefined);
    const factor = distance(at, other) / Math.max(1, distance(before, other));
    const middle = { x: (at.x + other.x) / 2, y: (at.y + other.y) / 2 };
    // Two fingers move what they hold, too.
    pan({ x: (at.x - before.x) / 2, y: (at.y - before.y) / 2 });
    scaleBy(factor, middle);
  });
  const onStrokeEnd = useEffectEvent((event: PointerEvent, at: Point) => {
    const start = strokeStart.current;
    strokeStart.current = undefined;
    setDrawn(undefined);
    if (start === undefined || event.pointerType !== 'touch') return;
    const [x, y] = [at.x - start.x, at.y - start.y];
    if (Math.hypot(x, y) < TAP_DISTANCE / 3) onTap(event.timeStamp, at);
    if (!isFit(zoom, picture, stage)) return;
    if (Math.abs(x) > SWIPE_DISTANCE && Math.abs(x) > 2 * Math.abs(y)) {
      onSwipe(x < 0 ? 'left' : 'right');
    } else if (y > 1.5 * SWIPE_DISTANCE && y > 2 * Math.abs(x)) {
      onSwipe('down');
    }
  });
  const onDoubleClick = useEffectEvent((at: Point) => toggle(at));

  useEffect(() => {
    const element = stageRef.current;
    if (element === null) return;
    const here = ({ clientX, clientY }: MouseEvent): Point => {
      const box = element.getBoundingClientRect();
      return { x: clientX - box.left - box.width / 2, y: clientY - box.top - box.height / 2 };
    };
    const isOnControl = (event: Event) =>
      event.target instanceof Element && event.target.closest('button, a, video') !== null;
    let isTouched = false;
    const stop = new AbortController();
    const { signal } = stop;
    element.addEventListener('wheel', (event) => onWheel(event, here(event)), {
      passive: false,
      signal,
    });
    element.addEventListener(
      'pointerdown',
      (event) => {
        if (event.button !== 0 || isOnControl(event)) return;
        element.setPointerCapture(event.pointerId);
        isTouched = event.pointerType === 'touch';
        if (pointers.current.size === 0) strokeStart.current = here(event);
        pointers.current.set(event.pointerId, here(event));
      },
      { signal },
    );
    element.addEventListener('pointermove', (event) => onPointerMove(event, here(event)), {
      signal,
    });
    for (const end of ['pointerup', 'pointercancel'] as const) {
      element.addEventListener(
        end,
        (event) => {
          if (!pointers.current.delete(event.pointerId)) return;
          if (end === 'pointercancel') strokeStart.current = undefined;
          onStrokeEnd(event, here(event));
        },
        { signal },
      );
    }
    element.addEventListener(
      'dblclick',
      (event) => {
        // A double tap has been seen already, and some browsers tell it as this, too.
        if (!isOnControl(event) && !isTouched) onDoubleClick(here(event));
      },
      { signal },
    );
    return () => stop.abort();
  }, [stageRef]);

  return {
    zoom,
    isFit: isFit(zoom, picture, stage),
    zoomIn: () => scaleBy(BUTTON_FACTOR),
    zoomOut: () => scaleBy(1 / BUTTON_FACTOR),
    fit: () => setHeld(undefined),
    fullSize: () => change((now) => zoomTo(now, 1, { x: 0, y: 0 }, picture, stage)),
    lookBy: (x, y) => pan({ x: -x * stage.width, y: -y * stage.height }),
    drawn,
    toggle,
  };
}

/** A picture follows a finger the way that it goes for the most part: sideways, or down. */
function strokeOf(start: Point, at: Point): Point {
  const [x, y] = [at.x - start.x, at.y - start.y];
  return Math.abs(x) > Math.abs(y) ? { x, y: 0 } : { x: 0, y: Math.max(0, y) };
}

function distance(a: Point, b: Point): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}
