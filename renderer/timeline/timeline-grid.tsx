import './timeline.css';

import { type KeyboardEvent, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';

import type { AssetFilter } from '../../shared/asset-filter.ts';
import type { MonthSummary, TimelineAsset } from '../../shared/window-views.ts';
import { usePageTitle } from '../app/page.tsx';
import { timelineText } from '../text/timeline-text.ts';
import { Button } from '../ui/button.tsx';
import { classNames } from '../ui/class-names.ts';
import { ArrowUpIcon } from '../ui/icons.tsx';
import { gridStep, type GridTarget } from './grid-step.ts';
import type { Piece } from './month-pieces.ts';
import { MonthSection } from './month-section.tsx';
import { MonthSpans } from './month-spans.ts';
import { PieceHeights } from './piece-heights.ts';
import { scrollMap } from './scroll-map.ts';
import { Scrubber } from './scrubber.tsx';
import {
  type AssetPlace,
  assetIdsBetween,
  blocksBetween,
  buildTimeline,
  piecesBetween,
  placeOf,
  rowsBetween,
  type TimelineGeometry,
} from './timeline-geometry.ts';
import { metricsFor } from './timeline-metrics.ts';
import type { TimelineSelection } from './timeline-selection.ts';
import type { TimelineView } from './timeline-view.ts';
import { useAnchoredScroll } from './use-anchored-scroll.ts';
import { useNeighbourFocus } from './use-neighbour-focus.ts';
import type { NewAssets } from './use-new-assets.ts';
import { usePageKeys } from './use-page-keys.ts';
import { usePieces } from './use-pieces.ts';
import { useReveal } from './use-reveal.ts';
import { type ScrollView, useScrollView } from './use-scroll-view.ts';
import { useSweep } from './use-sweep.ts';
import { useZoomGestures } from './use-timeline-view.ts';

const NOTHING: readonly Piece[] = [];
const ZOOM_KEYS: ReadonlySet<string> = new Set(['+', '=', '-']);

/** The scrolling grid of months. Only rows near the view are in the page. */
export function TimelineGrid(props: {
  readonly months: readonly MonthSummary[];
  readonly filter: AssetFilter;
  /** Tells apart what is shown, to come back to where each was left. */
  readonly name: string;
  readonly view: TimelineView;
  readonly onChoose: (next: TimelineView) => void;
  readonly arrivals: NewAssets;
  /** Something lies above the grid: it can be neither pressed nor focused. */
  readonly isCovered: boolean;
  /** Where to go and put the focus, as soon as it changes. */
  readonly returnTo: GridTarget | undefined;
  /** Told that it is on its way there, so that it does not go there again. */
  readonly onReturn: () => void;
  readonly selection: TimelineSelection | undefined;
}) {
  const { months, filter, name, arrivals, isCovered, returnTo, onReturn, selection } = props;
  const heading = usePageTitle(timelineText.title);
  const control = useScrollView();
  const { view, scroller, canvas, onScroll, scrollTo } = control;
  useZoomGestures(scroller, props.view, props.onChoose, isCovered);
  const [wanted, setWanted] = useState(NOTHING);
  const { assets, failedKeys, retry } = usePieces(wanted, filter);
  const geometry = useGeometry(months, assets, view.width, props.view);

  useAnchoredScroll(name, geometry, control);
  const { reveal, revealing } = useReveal(geometry, control);
  useEffect(() => {
    if (returnTo === undefined) return;
    reveal(returnTo);
    onReturn();
  }, [returnTo, reveal, onReturn]);

  /** The tile whose key changed the size of all: it comes back with another one, and gets the focus again. */
  const zoomedFrom = useRef<GridTarget>(undefined);
  useEffect(() => {
    const target = zoomedFrom.current;
    zoomedFrom.current = undefined;
    if (target !== undefined) reveal(target);
  }, [props.view, reveal]);

  const [focusedId, setFocusedId] = useState<string>();
  useNeighbourFocus(geometry, focusedId, setFocusedId, reveal);
  const { box, onPointerDown } = useSweep(geometry, control, selection);
  /** From where Shift and an arrow moves the focus, until it is there. */
  const extendedFrom = useRef<string>(undefined);
  const focused = focusedId === undefined ? undefined : placeOf(geometry, focusedId);
  const near = { from: view.top - view.height / 2, to: view.top + view.height * 1.5 };
  const blocks = blocksBetween(geometry, near.from, near.to);
  // The month with the focus stays in the page however far away it is, or the focus would be lost.
  const focusedMonth = focused?.block.piece.month;
  const isFocusNear = blocks.some(({ month }) => month === focusedMonth);
  const kept = isFocusNear
    ? undefined
    : geometry.blocks.find(({ month }) => month === focusedMonth);
  useSettledWant(
    piecesBetween(geometry, view.top - view.height, view.top + 2 * view.height),
    [focused?.block.piece, revealing?.piece],
    revealing !== undefined && revealing.laid === undefined,
    setWanted,
  );
  const tabStopId = focused ? focusedId : firstVisible(geometry, view)?.assetId;

  const { unseen, see } = arrivals;
  useEffect(() => {
    if (unseen.count > 0) see(assetIdsBetween(geometry, view.top, view.top + view.height));
  }, [unseen, see, geometry, view]);

  function onKeyDown(event: KeyboardEvent): void {
    const hasModifier = event.ctrlKey || event.metaKey || event.altKey;
    if (focused === undefined || hasModifier) return;
    if (ZOOM_KEYS.has(event.key)) zoomedFrom.current = tileTarget(event.target);
    const isExtending = event.shiftKey && event.key.startsWith('Arrow');
    const key = isExtending ? { key: event.key } : event;
    const target = gridStep(geometry, focused, key, view.height);
    if (target === undefined) return;
    event.preventDefault();
    extendedFrom.current = isExtending ? focusedId : undefined;
    reveal(target);
  }

  usePageKeys((event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const isFocusInView = focused !== undefined && isInView(focused, view);
    const first = firstVisible(geometry, view);
    const from = isFocusInView ? focused : first && placeOf(geometry, first.assetId);
    if (from === undefined) return;
    // Where no place in the grid is known yet, an arrow first says where it is.
    const isFinding = !isFocusInView && first !== undefined && event.key.startsWith('Arrow');
    const target = isFinding ? targetOf(first) : gridStep(geometry, from, event, view.height);
    if (target === undefined) return;
    event.preventDefault();
    reveal(target);
  }, isCovered);

  function onFocus(target: EventTarget): void {
    const id = focusedTile(target);
    const from = extendedFrom.current;
    if (from !== undefined && id !== undefined) selection?.onExtend(from, id);
    extendedFrom.current = undefined;
    setFocusedId(id);
  }

  const { newest } = unseen;
  return (
    <>
      <div
        className={classNames(
          'timeline',
          selection?.isActive === true && 'timeline--selecting',
          box !== undefined && 'timeline--swept',
        )}
        ref={scroller}
        onScroll={onScroll}
        inert={isCovered}
        onKeyDown={onKeyDown}
        onFocus={(event) => onFocus(event.target)}
        onPointerDown={onPointerDown}
      >
        <h1 ref={heading} tabIndex={-1} className="visually-hidden">
          {timelineText.title}
        </h1>
        <div
          className="timeline__canvas"
          ref={canvas}
          style={{ height: scrollMap(geometry.height, view.height, view.mostHeight).scrollHeight }}
        >
          {[...blocks, ...(kept ? [kept] : [])].map((block) => (
            <MonthSection
              key={block.month}
              geometry={geometry}
              month={block}
              from={near.from}
              to={near.to}
              base={view.base}
              kept={block.month === focusedMonth ? focused : undefined}
              tabStopId={tabStopId}
              failedKeys={failedKeys}
              onRetry={retry}
              selection={selection}
            />
          ))}
          {box && (
            <div
              className="timeline__sweep"
              style={{
                insetInlineStart: box.left,
                top: box.top - view.base,
                width: box.right - box.left,
                height: box.bottom - box.top,
              }}
            />
          )}
        </div>
      </div>
      {!isCovered && <Scrubber geometry={geometry} view={view} onGo={scrollTo} />}
      {newest !== undefined && !isCovered && (
        <div className="timeline__hint">
          <Button
            icon={ArrowUpIcon}
            onPress={() => {
              reveal(targetOf(newest));
              see();
            }}
          >
            {timelineText.newAssets(unseen.count, unseen.arePhotos)}
          </Button>
        </div>
      )}
    </>
  );
}

function useGeometry(
  months: readonly MonthSummary[],
  assets: Readonly<Record<string, readonly TimelineAsset[] | undefined>>,
  width: number,
  view: TimelineView,
): TimelineGeometry {
  const [heights] = useState(() => new PieceHeights());
  const [spans] = useState(() => new MonthSpans());
  const metrics = useMemo(() => metricsFor(width, view), [width, view]);
  const parted = useMemo(
    () => (metrics.width === 0 ? [] : spans.piecesOf(months, metrics)),
    [spans, months, metrics],
  );
  const geometry = useMemo(() => {
    const known = parted.map(({ month, pieces }) => ({
      month,
      pieces: pieces.map((piece) => ({
        piece,
        assets: assets[piece.key],
        rememberedHeight: heights.heightOf(piece.key, metrics),
      })),
    }));
    return buildTimeline(known, metrics);
  }, [parted, assets, metrics, heights]);
  useEffect(() => heights.remember(geometry), [heights, geometry]);
  return geometry;
}

/** Loading waits for a short rest, so that dragging the scrollbar through years does not ask for all of them. */
const SETTLE_MS = 60;

function useSettledWant(
  near: readonly { readonly piece: Piece }[],
  more: readonly (Piece | undefined)[],
  isUrgent: boolean,
  onWant: (update: (before: readonly Piece[]) => readonly Piece[]) => void,
): void {
  const next = new Map(near.map(({ piece }) => [piece.key, piece]));
  for (const piece of more) if (piece !== undefined) next.set(piece.key, piece);
  const keys = [...next.keys()].join();
  const pieces = [...next.values()];
  const want = () => {
    onWant((before) => (before.map(({ key }) => key).join() === keys ? before : pieces));
  };
  useLayoutEffect(() => {
    if (keys === '') return;
    if (isUrgent) {
      want();
      return;
    }
    const timer = setTimeout(want, SETTLE_MS);
    return () => clearTimeout(timer);
    // eslint-disable-next-line react-hooks/exhaustive-deps -- the keys say which pieces these are
  }, [keys, isUrgent, onWant]);
}

function tileTarget(target: EventTarget): GridTarget | undefined {
  const { assetId, day } = target instanceof HTMLElement ? target.dataset : {};
  return assetId === undefined || day === undefined ? undefined : { assetId, day };
}

function targetOf({ assetId, capturedLocal }: TimelineAsset): GridTarget {
  return { assetId, day: capturedLocal.slice(0, 10) };
}

function isInView({ top, row }: AssetPlace, view: ScrollView): boolean {
  return top + row.height > view.top && top < view.top + view.height;
}

function focusedTile(target: EventTarget): string | undefined {
  return target instanceof HTMLElement ? target.dataset['assetId'] : undefined;
}

function firstVisible(geometry: TimelineGeometry, view: ScrollView): TimelineAsset | undefined {
  for (const block of piecesBetween(geometry, view.top, view.top + view.height)) {
    const [start] = rowsBetween(block, view.top, view.top + view.height);
    const row = block.laid?.rows[start];
    if (row !== undefined) return block.assets?.[row.firstIndex];
  }
  return undefined;
}
