import './timeline.css';

import { type KeyboardEvent, useEffect, useLayoutEffect, useMemo, useState } from 'react';

import type { TimelineAsset } from '../../shared/window-views.ts';
import { usePageTitle } from '../app/page.tsx';
import { timelineText } from '../text/timeline-text.ts';
import { Button } from '../ui/button.tsx';
import { ArrowUpIcon } from '../ui/icons.tsx';
import { gridStep, type GridTarget } from './grid-step.ts';
import { MonthHeights } from './month-heights.ts';
import { MonthSection } from './month-section.tsx';
import {
  type AssetPlace,
  blocksBetween,
  buildTimeline,
  type KnownMonth,
  placeOf,
  rowsBetween,
  type TimelineGeometry,
} from './timeline-geometry.ts';
import { metricsFor } from './timeline-metrics.ts';
import { useAnchoredScroll } from './use-anchored-scroll.ts';
import type { useNewAssets } from './use-new-assets.ts';
import { useReveal } from './use-reveal.ts';
import { type ScrollView, useScrollView } from './use-scroll-view.ts';

interface FocusedTile {
  readonly assetId: string;
  readonly month: string;
}

/** The scrolling grid of months. Only rows near the view are in the page. */
export function TimelineGrid(props: {
  readonly months: readonly KnownMonth[];
  readonly failedMonths: readonly string[];
  readonly onRetry: () => void;
  /** Told which months lie near the view and must be loaded. */
  readonly onWant: (update: (before: readonly string[]) => readonly string[]) => void;
  readonly arrivals: ReturnType<typeof useNewAssets>;
  /** Something lies above the grid: it can be neither pressed nor focused. */
  readonly isCovered: boolean;
  /** Where to go and put the focus, as soon as it changes. */
  readonly returnTo: GridTarget | undefined;
}) {
  const { months, failedMonths, onRetry, onWant, arrivals, isCovered, returnTo } = props;
  const heading = usePageTitle(timelineText.title);
  const control = useScrollView();
  const { view, scroller, canvas, onScroll } = control;
  const [heights] = useState(() => new MonthHeights());

  const geometry = useMemo(() => {
    const metrics = metricsFor(view.width);
    const known = months.map((month) => ({
      ...month,
      rememberedHeight: heights.heightOf(month.month, view.width),
    }));
    return buildTimeline(view.width === 0 ? [] : known, metrics);
  }, [months, view.width, heights]);
  useEffect(() => heights.remember(geometry), [heights, geometry]);

  useAnchoredScroll(geometry, control);
  const { reveal, revealing } = useReveal(geometry, control);
  useEffect(() => {
    if (returnTo !== undefined) reveal(returnTo);
  }, [returnTo, reveal]);

  const near = useMemo(
    () => blocksBetween(geometry, view.top - view.height, view.top + 2 * view.height),
    [geometry, view.top, view.height],
  );
  const [focused, setFocused] = useState<FocusedTile>();
  const focusedPlace = focused && placeOf(geometry, focused.month, focused.assetId);
  // The month with the focus stays in the page however far away it is, or the focus would be lost.
  const isFocusNear = focusedPlace === undefined || near.includes(focusedPlace.block);
  const inPage = isFocusNear ? near : [...near, focusedPlace.block];
  const inPageMonths = inPage.map(({ month }) => month).join();
  useSettledWant(inPageMonths, revealing?.month, onWant);
  const tabStopId = focusedPlace ? focused.assetId : firstVisible(geometry, view)?.assetId;

  const { newAssets, forget } = arrivals;
  useEffect(() => {
    if (newAssets.length > 0) forget((asset) => isInView(geometry, view, asset));
  }, [newAssets, forget, geometry, view]);

  function onKeyDown(event: KeyboardEvent): void {
    const hasModifier = event.ctrlKey || event.metaKey || event.altKey || event.shiftKey;
    if (focusedPlace === undefined || hasModifier) return;
    const target = gridStep(geometry, focusedPlace, event.key, view.height);
    if (target === undefined) return;
    event.preventDefault();
    reveal(target);
  }

  const newest = newAssets[0];
  return (
    <>
      <div
        className="timeline"
        ref={scroller}
        onScroll={onScroll}
        inert={isCovered}
        onKeyDown={onKeyDown}
        onFocus={(event) => setFocused(focusedTile(event.target))}
      >
        <h1 ref={heading} tabIndex={-1} className="visually-hidden">
          {timelineText.title}
        </h1>
        <div className="timeline__canvas" ref={canvas} style={{ height: geometry.height }}>
          {inPage.map((block) => {
            const [start, end] = rowsNear(geometry, block, view);
            return (
              <MonthSection
                key={block.month}
                block={block}
                metrics={geometry.metrics}
                start={start}
                end={end}
                keptRow={keptRowOf(focusedPlace, block.month)}
                tabStopId={tabStopId}
                hasFailed={failedMonths.includes(block.month)}
                onRetry={onRetry}
              />
            );
          })}
        </div>
      </div>
      {newest !== undefined && !isCovered && (
        <div className="timeline__hint">
          <Button
            icon={ArrowUpIcon}
            onPress={() => {
              reveal({ month: newest.capturedLocal.slice(0, 7), assetId: newest.assetId });
              forget(() => true);
            }}
          >
            {timelineText.newAssets(newAssets)}
          </Button>
        </div>
      )}
    </>
  );
}

/** Loading waits for a short rest, so that dragging the scrollbar through years does not ask for all of them. */
const SETTLE_MS = 60;

function useSettledWant(
  inPageMonths: string,
  revealingMonth: string | undefined,
  onWant: (update: (before: readonly string[]) => readonly string[]) => void,
): void {
  useLayoutEffect(() => {
    if (inPageMonths === '') return;
    const next = inPageMonths.split(',');
    if (revealingMonth !== undefined && !next.includes(revealingMonth)) next.push(revealingMonth);
    const want = () => {
      onWant((before) => (before.join() === next.join() ? before : next));
    };
    const timer = setTimeout(want, SETTLE_MS);
    return () => clearTimeout(timer);
  }, [inPageMonths, revealingMonth, onWant]);
}

function rowsNear(
  geometry: TimelineGeometry,
  block: TimelineGeometry['blocks'][number],
  { top, height }: ScrollView,
): readonly [number, number] {
  return rowsBetween(geometry, block, top - height / 2, top + height * 1.5);
}

function keptRowOf(place: AssetPlace | undefined, month: string): number | undefined {
  return place?.block.month === month ? place.rowIndex : undefined;
}

function focusedTile(target: EventTarget): FocusedTile | undefined {
  if (!(target instanceof HTMLElement)) return undefined;
  const { assetId, month } = target.dataset;
  return assetId === undefined || month === undefined ? undefined : { assetId, month };
}

function firstVisible(geometry: TimelineGeometry, view: ScrollView): TimelineAsset | undefined {
  for (const block of blocksBetween(geometry, view.top, view.top + view.height)) {
    const [start] = rowsBetween(geometry, block, view.top, view.top + view.height);
    const row = block.rows?.[start];
    if (row !== undefined) return block.assets?.[row.firstIndex];
  }
  return undefined;
}

function isInView(geometry: TimelineGeometry, view: ScrollView, asset: TimelineAsset): boolean {
  const place = placeOf(geometry, asset.capturedLocal.slice(0, 7), asset.assetId);
  if (place === undefined) return false;
  return place.top + place.row.height > view.top && place.top < view.top + view.height;
}
