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

export interface ZoomControl {
  readonly zoom: Zoom;
  readonly isFit: boolean;
  readonly zoomIn: () => void;
  readonly zoomOut: () => void;
  readonly fit: () => void;
  /** Between fit and full size, around a point from the stage's middle. */
  readonly toggle: (at?: Point) => void;
}

/**
 * Zooming and moving a picture in a stage: wheel, drag, pinch, double click, and the calls for buttons and
 * keys. `onSwipe` is a quick sideways stroke by touch while the whole picture is visible.
 */
export function useZoom(
  stageRef: RefObject<HTMLElement | null>,
  picture: Size,
  stage: Size,
  onSwipe: (direction: 'left' | 'right') => void,
): ZoomControl {
  // `undefined` is "fit", so that it stays fit when the window changes its size.
  const [held, setHeld] = useState<Zoom>();
  const zoom = held === undefined ? fitZoom(picture, stage) : boundZoom(held, picture, stage);

  function change(next: Zoom): void {
    setHeld(isFit(next, picture, stage) ? undefined : next);
  }
  function scaleBy(factor: number, at: Point = { x: 0, y: 0 }): void {
    change(zoomTo(zoom, zoom.scale * factor, at, picture, stage));
  }
  function toggle(at: Point = { x: 0, y: 0 }): void {
    if (!isFit(zoom, picture, stage)) setHeld(undefined);
    else change(zoomTo(zoom, Math.max(1, fitScale(picture, stage)), at, picture, stage));
  }

  const pointers = useRef(new Map<number, Point>());
  const strokeStart = useRef<Point>(undefined);

  const onWheel = useEffectEvent((event: WheelEvent, at: Point) => {
    event.preventDefault();
    // A pinch on a touchpad comes as a wheel with ctrl and much smaller steps.
    scaleBy(Math.exp(-event.deltaY * (event.ctrlKey ? 0.01 : 0.002)), at);
  });
  const onPointerMove = useEffectEvent((event: PointerEvent, at: Point) => {
    const before = pointers.current.get(event.pointerId);
    if (before === undefined) return;
    const others = [...pointers.current].filter(([id]) => id !== event.pointerId);
    pointers.current.set(event.pointerId, at);
    const other = others[0]?.[1];
    if (other === undefined) {
      change(panBy(zoom, { x: at.x - before.x, y: at.y - before.y }, picture, stage));
      return;
    }
    strokeStart.current = undefined;
    const factor = distance(at, other) / Math.max(1, distance(before, other));
    scaleBy(factor, { x: (at.x + other.x) / 2, y: (at.y + other.y) / 2 });
  });
  const onStrokeEnd = useEffectEvent((event: PointerEvent, at: Point) => {
    const start = strokeStart.current;
    strokeStart.current = undefined;
    const isStroke = event.pointerType === 'touch' && isFit(zoom, picture, stage);
    if (start === undefined || !isStroke) return;
    const [x, y] = [at.x - start.x, at.y - start.y];
    if (Math.abs(x) > SWIPE_DISTANCE && Math.abs(x) > 2 * Math.abs(y)) {
      onSwipe(x < 0 ? 'left' : 'right');
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
          if (!pointers.current.delete(event.pointerId) || end === 'pointercancel') return;
          onStrokeEnd(event, here(event));
        },
        { signal },
      );
    }
    element.addEventListener(
      'dblclick',
      (event) => {
        if (!isOnControl(event)) onDoubleClick(here(event));
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
    toggle,
  };
}

function distance(a: Point, b: Point): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}
