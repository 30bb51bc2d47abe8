import './strips.css';

import { useEffect, useLayoutEffect, useRef, useState } from 'react';

import { viewerText } from '../text/viewer-text.ts';
import { StripFrame } from './strip-frame.tsx';
import { scrollToMiddle, stripPadding, stripWindow } from './strip-window.ts';
import { useElementSize } from './use-element-size.ts';
import type { Neighbours } from './use-neighbours.ts';

/** Width of a frame with the gap behind it, in CSS pixels; the style sheet draws them so. */
const PITCH = 52;

/** What stands around the shown photo in the timeline, the shown one in the middle. */
export function Filmstrip({ neighbours }: { readonly neighbours: Neighbours }) {
  const { assets, at } = neighbours;
  if (at < 0 || assets.length < 2) return null;
  return <Strip assets={assets} at={at} />;
}

function Strip({ assets, at }: Pick<Neighbours, 'assets' | 'at'>) {
  const view = useRef<HTMLElement>(null);
  const { width: viewWidth } = useElementSize(view);
  const [scrolled, setScrolled] = useState(0);
  const strip = { count: assets.length, pitch: PITCH, viewWidth };
  const currentId = assets[at]?.assetId;
  const middle = scrollToMiddle(strip, at);
  const before = useRef({ currentId, middle, viewWidth: 0 });
  useLayoutEffect(() => {
    const last = before.current;
    before.current = { currentId, middle, viewWidth };
    const element = view.current;
    if (element === null || viewWidth === 0) return;
    if (last.viewWidth !== viewWidth) {
      element.scrollTo({ left: middle, behavior: 'instant' });
    } else if (last.currentId === currentId) {
      // Frames came or went before it: what is in sight stays where it is.
      element.scrollBy({ left: middle - last.middle, behavior: 'instant' });
    } else {
      const isNear = Math.abs(middle - element.scrollLeft) < 4 * PITCH;
      element.scrollTo({ left: middle, behavior: isNear && !isCalm() ? 'smooth' : 'instant' });
    }
    setScrolled(element.scrollLeft);
  }, [currentId, middle, viewWidth]);
  useEffect(() => {
    // A person who goes along the strip by keys stays on the current frame.
    const element = view.current;
    if (element?.contains(document.activeElement) !== true) return;
    element.querySelector<HTMLElement>('[aria-current="true"]')?.focus({ preventScroll: true });
  }, [currentId]);

  const { start, end } = stripWindow(strip, scrolled);
  const padding = stripPadding(strip);
  const isCurrentInPage = at >= start && at < end;
  return (
    // From newest to oldest as in the timeline, whichever way the language runs.
    <nav
      ref={view}
      className="strip filmstrip"
      dir="ltr"
      aria-label={viewerText.filmstrip}
      onScroll={(event) => setScrolled(event.currentTarget.scrollLeft)}
    >
      <ul className="filmstrip__frames" style={{ width: assets.length * PITCH + 2 * padding }}>
        {assets.slice(start, end).map((asset, index) => (
          <li
            key={asset.assetId}
            className="filmstrip__place"
            style={{ left: padding + (start + index) * PITCH }}
          >
            <StripFrame
              asset={asset}
              isCurrent={start + index === at}
              isTabStop={isCurrentInPage ? start + index === at : index === 0}
            />
          </li>
        ))}
      </ul>
    </nav>
  );
}

function isCalm(): boolean {
  return matchMedia('(prefers-reduced-motion: reduce)').matches;
}
