import { type KeyboardEvent, type PointerEvent, useEffect, useRef, useState } from 'react';

/** A pointer that only passes over a tile starts nothing. */
const REST_MS = 300;

export interface ClipControl {
  readonly isPlaying: boolean;
  /** The clip cannot be played: the tile stays a picture from now on. */
  readonly giveUp: () => void;
  /** For the element that is pointed at and has the focus. */
  readonly handlers: {
    readonly onPointerEnter: (event: PointerEvent) => void;
    readonly onPointerLeave: () => void;
    readonly onClick: () => void;
    readonly onKeyDown: (event: KeyboardEvent) => void;
    readonly onBlur: () => void;
  };
}

/**
 * When a tile shows its clip: while a mouse or pen rests on it, unless the person wants less motion, and by the space
 * key, which is asking for it. A finger on a touch screen scrolls and opens, and starts nothing.
 */
export function useClip(hasClip: boolean): ClipControl {
  const [isPlaying, setIsPlaying] = useState(false);
  const [isBroken, setIsBroken] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const canPlay = hasClip && !isBroken;

  const stop = () => {
    clearTimeout(timer.current);
    setIsPlaying(false);
  };
  useEffect(() => () => clearTimeout(timer.current), []);

  return {
    isPlaying: isPlaying && canPlay,
    giveUp: () => setIsBroken(true),
    handlers: {
      onPointerEnter: ({ pointerType }) => {
        if (!canPlay || pointerType === 'touch' || wantsLessMotion()) return;
        clearTimeout(timer.current);
        timer.current = setTimeout(() => setIsPlaying(true), REST_MS);
      },
      onPointerLeave: stop,
      onClick: stop,
      onKeyDown: (event) => {
        const hasModifier = event.ctrlKey || event.metaKey || event.altKey || event.shiftKey;
        if (event.key !== ' ' || hasModifier || !canPlay) return;
        // It would scroll the page.
        event.preventDefault();
        if (isPlaying) stop();
        else setIsPlaying(true);
      },
      onBlur: stop,
    },
  };
}

function wantsLessMotion(): boolean {
  return matchMedia('(prefers-reduced-motion: reduce)').matches;
}
