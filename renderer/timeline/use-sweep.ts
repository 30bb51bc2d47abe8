import {
  type PointerEvent as ReactPointerEvent,
  useEffect,
  useEffectEvent,
  useRef,
  useState,
} from 'react';

import { boxFrom, coveredBy, startAt, type SweepBox, type SweepStart } from './swept-assets.ts';
import type { TimelineGeometry } from './timeline-geometry.ts';
import type { TimelineSelection } from './timeline-selection.ts';
import type { ScrollViewControl } from './use-scroll-view.ts';

/** A hand is not still while it clicks. */
const MOUSE_SLACK = 6;
const FINGER_SLACK = 10;
/** A finger that rests so long begins to choose. */
const LONG_PRESS_MS = 500;
/** Nearer to an edge than this the timeline scrolls along, faster the nearer. */
const EDGE = 48;
const FASTEST = 24;

/** A pointer that is down, from where it may begin to choose what it sweeps over. */
interface Press {
  readonly pointerId: number;
  readonly isFinger: boolean;
  readonly isAdding: boolean;
  readonly x: number;
  readonly y: number;
  readonly start: SweepStart;
  readonly known: Map<string, ReadonlyMap<string, string>>;
}

/**
 * Choosing by sweeping over tiles: a mouse is drawn over them from anywhere, a finger rests on one first. At an edge
 * the timeline scrolls along, Escape takes it back, and with Ctrl, ⌘ or Shift what was chosen before stays.
 */
export function useSweep(
  geometry: TimelineGeometry,
  control: ScrollViewControl,
  selection: TimelineSelection | undefined,
): {
  /** What is drawn over now, to be shown. */
  readonly box: SweepBox | undefined;
  readonly onPointerDown: (event: ReactPointerEvent) => void;
} {
  const { scroller, canvas, exactTop, scrollTo } = control;
  const [press, setPress] = useState<Press>();
  const [box, setBox] = useState<SweepBox>();
  /** Where the pointer is, as long as it sweeps. */
  const at = useRef<{ x: number; y: number }>(undefined);

  const cover = useEffectEvent((): void => {
    if (press === undefined || at.current === undefined) return;
    const [left, top] = placeOf(at.current);
    const next = boxFrom(geometry, press.start, left, top);
    selection?.sweep.cover(coveredBy(geometry, next, press.known));
    setBox(press.isFinger ? undefined : next);
  });
  const begin = useEffectEvent((): void => {
    if (press === undefined) return;
    at.current = { x: press.x, y: press.y };
    getSelection()?.removeAllRanges();
    selection?.sweep.begin(press.isAdding);
    cover();
  });
  const end = useEffectEvent((isTakenBack: boolean): void => {
    if (at.current !== undefined) {
      selection?.sweep.end(isTakenBack);
      swallowClick();
    }
    at.current = undefined;
    setPress(undefined);
    setBox(undefined);
  });
  const onMove = useEffectEvent((event: PointerEvent): void => {
    if (event.pointerId !== press?.pointerId) return;
    const isFar =
      Math.hypot(event.clientX - press.x, event.clientY - press.y) >
      (press.isFinger ? FINGER_SLACK : MOUSE_SLACK);
    if (at.current === undefined) {
      if (!isFar) return;
      // A finger that moves before it rested scrolls.
      if (press.isFinger) {
        end(false);
        return;
      }
      begin();
    }
    at.current = { x: event.clientX, y: event.clientY };
    cover();
  });
  const scrollAlong = useEffectEvent((): void => {
    const frame = scroller.current?.getBoundingClientRect();
    if (at.current === undefined || frame === undefined) return;
    const over = Math.max(0, at.current.y - (frame.bottom - EDGE));
    const under = Math.max(0, frame.top + EDGE - at.current.y);
    if (over === 0 && under === 0) return;
    const step = (Math.min(EDGE, over || under) / EDGE) * FASTEST;
    scrollTo(exactTop.current + (over > 0 ? step : -step));
    cover();
  });

  useEffect(() => {
    if (press === undefined) return;
    const held = new AbortController();
    const { signal } = held;
    const ends = (event: PointerEvent): void => {
      if (event.pointerId === press.pointerId) end(event.type === 'pointercancel');
    };
    window.addEventListener('pointermove', (event) => onMove(event), { signal });
    // What a browser offers for a link that is pressed long.
    const onMenu = (event: Event): void => event.preventDefault();
    if (press.isFinger) window.addEventListener('contextmenu', onMenu, { signal });
    window.addEventListener('pointerup', ends, { signal });
    window.addEventListener('pointercancel', ends, { signal });
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape' || at.current === undefined) return;
      event.preventDefault();
      event.stopPropagation();
      end(true);
    };
    window.addEventListener('keydown', onKeyDown, { signal, capture: true });
    const timer = press.isFinger ? setTimeout(() => begin(), LONG_PRESS_MS) : undefined;
    let frame = requestAnimationFrame(function next() {
      scrollAlong();
      frame = requestAnimationFrame(next);
    });
    return () => {
      held.abort();
      clearTimeout(timer);
      cancelAnimationFrame(frame);
    };
  }, [press]);
  // What is loaded while it is swept over belongs to it, too.
  useEffect(() => cover(), [geometry]);
  useEffect(() => {
    const element = scroller.current;
    if (element === null) return;
    const onTouchMove = (event: TouchEvent): void => {
      if (at.current !== undefined && event.cancelable) event.preventDefault();
    };
    // A finger that chooses must not scroll, which a passive listener could not prevent.
    element.addEventListener('touchmove', onTouchMove, { passive: false });
    return () => element.removeEventListener('touchmove', onTouchMove);
  }, [scroller]);

  /** In timeline pixels. */
  function placeOf({ x, y }: { readonly x: number; readonly y: number }): [number, number] {
    const frame = scroller.current?.getBoundingClientRect();
    const inner = canvas.current?.getBoundingClientRect();
    if (frame === undefined || inner === undefined) return [0, 0];
    const isRightToLeft = document.documentElement.dir === 'rtl';
    const left = isRightToLeft ? inner.right - x : x - inner.left;
    return [left, exactTop.current + Math.min(Math.max(y, frame.top), frame.bottom) - frame.top];
  }

  return {
    box,
    onPointerDown: (event) => {
      const { target, pointerType, clientX: x, clientY: y } = event;
      if (selection === undefined || !event.isPrimary || event.button !== 0) return;
      if (!(target instanceof Element) || target.closest('button:not(.tile__select)') !== null)
        return;
      const isFinger = pointerType === 'touch';
      if (isFinger && target.closest('.tile__link') === null) return;
      // On the scrollbar, or beside the pictures where it is.
      if (x > event.currentTarget.getBoundingClientRect().left + event.currentTarget.clientWidth)
        return;
      const isAdding = isFinger || event.ctrlKey || event.metaKey || event.shiftKey;
      const start = startAt(geometry, ...placeOf({ x, y }));
      setPress({ pointerId: event.pointerId, isFinger, isAdding, x, y, start, known: new Map() });
    },
  };
}

/** The click that comes with letting go was none; one that begins with another press is one. */
function swallowClick(): void {
  const ended = new AbortController();
  const { signal } = ended;
  const swallow = (event: Event): void => {
    event.preventDefault();
    event.stopPropagation();
    ended.abort();
  };
  window.addEventListener('click', swallow, { capture: true, signal });
  window.addEventListener('pointerdown', () => ended.abort(), { capture: true, signal });
  setTimeout(() => ended.abort());
}
