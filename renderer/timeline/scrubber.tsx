import './scrubber.css';

import { type KeyboardEvent, type PointerEvent, useMemo, useState } from 'react';

import { timelineText } from '../text/timeline-text.ts';
import { classNames } from '../ui/class-names.ts';
import { yearTicks } from './scrubber-ticks.ts';
import { blocksBetween, type MonthBlock, type TimelineGeometry } from './timeline-geometry.ts';
import type { ScrollView } from './use-scroll-view.ts';

const NAME_HEIGHT = 20;
/** What is in view is told a little below its upper edge, where a month's header ends. */
const TOLD_BELOW = 100;
/** Above and below the track: see scrubber.css. */
const TRACK_INSET = 76;

/** The whole timeline as a track beside it: years, where the view is, and the date under the pointer. */
export function Scrubber(props: {
  readonly geometry: TimelineGeometry;
  readonly view: ScrollView;
  readonly onGo: (top: number) => void;
}) {
  const { geometry, view, onGo } = props;
  const [isDragging, setIsDragging] = useState(false);
  const [pointed, setPointed] = useState<number>();
  const trackHeight = Math.max(1, view.height - TRACK_INSET - 24);
  const ticks = useMemo(
    () => yearTicks(geometry, view.height, trackHeight, NAME_HEIGHT),
    [geometry, view.height, trackHeight],
  );
  const lastTop = Math.max(0, geometry.height - view.height);
  if (lastTop === 0) return null;
  const { blocks } = geometry;
  const current = monthAt(geometry, view.top);
  const at = current === undefined ? 0 : blocks.indexOf(current);
  // Months after it are in view at the end, but never at the upper edge.
  const last = monthAt(geometry, lastTop);
  const share = Math.min(1, view.top / lastTop);
  const told = isDragging || pointed === undefined ? share : pointed;

  function shareAt(event: PointerEvent): number {
    const { top, height } = event.currentTarget.getBoundingClientRect();
    return Math.min(1, Math.max(0, (event.clientY - top) / height));
  }
  function go(block: MonthBlock | undefined): void {
    if (block !== undefined) onGo(block.top);
  }
  function onKeyDown(event: KeyboardEvent): void {
    const next = monthByKey(blocks, at, event.key);
    if (next === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    go(next);
  }
  return (
    <div
      className={classNames('scrubber', isDragging && 'scrubber--dragging')}
      role="slider"
      tabIndex={0}
      aria-label={timelineText.scrubber}
      aria-orientation="vertical"
      aria-valuemin={0}
      aria-valuemax={last === undefined ? 0 : blocks.indexOf(last)}
      aria-valuenow={at}
      aria-valuetext={current && timelineText.month(current.month)}
      onKeyDown={onKeyDown}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        setIsDragging(true);
        onGo(shareAt(event) * lastTop);
      }}
      onPointerMove={(event) => {
        setPointed(shareAt(event));
        if (isDragging) onGo(shareAt(event) * lastTop);
      }}
      onPointerUp={() => setIsDragging(false)}
      onPointerCancel={() => setIsDragging(false)}
      onPointerLeave={() => setPointed(undefined)}
    >
      {ticks.map((tick) => (
        <span
          key={tick.year}
          className={classNames('scrubber__tick', tick.isNamed && 'scrubber__tick--named')}
          style={{ top: `${tick.share * 100}%` }}
        >
          {tick.isNamed && tick.year}
        </span>
      ))}
      <span className="scrubber__thumb" style={{ top: `${share * 100}%` }} />
      <span className="scrubber__bubble" style={{ top: `${told * 100}%` }} aria-hidden="true">
        {timelineText.month(monthAt(geometry, told * lastTop)?.month ?? '')}
      </span>
    </div>
  );
}

/** The month a key leads to: arrows one further, page keys a year, Home and End to the ends. */
function monthByKey(
  blocks: readonly MonthBlock[],
  at: number,
  key: string,
): MonthBlock | undefined {
  const year = blocks[at]?.month.slice(0, 4) ?? '';
  switch (key) {
    case 'ArrowDown':
    case 'ArrowRight':
      return blocks[at + 1];
    case 'ArrowUp':
    case 'ArrowLeft':
      return blocks[at - 1];
    case 'PageDown':
      return blocks.find((block, index) => index > at && block.month.slice(0, 4) < year);
    case 'PageUp': {
      const newer = blocks.findLast((block) => block.month.slice(0, 4) > year);
      return newer && blocks.find((block) => block.month.startsWith(newer.month.slice(0, 4)));
    }
    case 'Home':
      return blocks[0];
    case 'End':
      return blocks.at(-1);
    default:
      return undefined;
  }
}

function monthAt(geometry: TimelineGeometry, top: number): MonthBlock | undefined {
  return blocksBetween(geometry, top + TOLD_BELOW, top + TOLD_BELOW)[0];
}
