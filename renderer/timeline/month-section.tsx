import { memo } from 'react';

import { appText } from '../text/app-text.ts';
import { timelineText } from '../text/timeline-text.ts';
import { Button } from '../ui/button.tsx';
import { DayHeader } from './day-header.tsx';
import { MonthHeader } from './month-header.tsx';
import { Tile } from './tile.tsx';
import { type TileGroup, tileGroups } from './tile-groups.ts';
import type { AssetPlace, MonthBlock, PieceBlock, TimelineGeometry } from './timeline-geometry.ts';
import type { DayRange, TimelineSelection } from './timeline-selection.ts';

/** One month: its header, which sticks while the month is in view, and the rows near the view. */
export const MonthSection = memo(function MonthSection(props: {
  readonly geometry: TimelineGeometry;
  readonly month: MonthBlock;
  /** What lies near the view, in timeline pixels; `base` is what they are before those of the page. */
  readonly from: number;
  readonly to: number;
  readonly base: number;
  /** Stays in the page so that the focus is not lost with its tile. */
  readonly kept: AssetPlace | undefined;
  readonly tabStopId: string | undefined;
  readonly failedKeys: readonly string[];
  readonly onRetry: () => void;
  readonly selection: TimelineSelection | undefined;
}) {
  const { geometry, month, from, to, base, kept, tabStopId, failedKeys, onRetry, selection } =
    props;
  const { metrics } = geometry;
  const headingId = `month-${month.month}`;
  const clip = clipped(month, from);
  const range = { month: month.month, firstDay: 1, lastDay: 31, count: month.count };
  const waiting = month.pieces.filter(
    ({ laid, top, height }) => laid === undefined && top < to && top + height > from,
  );
  return (
    <section
      className="month"
      style={{ top: clip.top - base, height: clip.height }}
      aria-labelledby={headingId}
    >
      <MonthHeader {...{ range, headingId, selection }} height={metrics.headerHeight} />
      {waiting.map((block) => (
        <WaitingPiece
          key={block.piece.key}
          block={block}
          top={block.top - clip.top}
          hasFailed={failedKeys.includes(block.piece.key)}
          onRetry={onRetry}
        />
      ))}
      {tileGroups(geometry, month, from, to, kept).map((group) => (
        <Group
          key={group.day ?? 'month'}
          {...{ geometry, month, from, group, tabStopId, selection }}
          sectionTop={clip.top}
        />
      ))}
    </section>
  );
});

/** Rows of nothing where photos will be: the height is there already. */
function WaitingPiece(props: {
  readonly block: PieceBlock;
  readonly top: number;
  readonly hasFailed: boolean;
  readonly onRetry: () => void;
}) {
  const { block, top, hasFailed, onRetry } = props;
  return (
    <div className="month__waiting" style={{ top, height: block.height }}>
      {hasFailed && (
        <p className="month__failed" role="alert">
          {timelineText.monthFailed}
          <Button small onPress={onRetry}>
            {appText.retry}
          </Button>
        </p>
      )}
    </div>
  );
}

function Group(props: {
  readonly geometry: TimelineGeometry;
  readonly month: MonthBlock;
  readonly from: number;
  readonly group: TileGroup;
  readonly sectionTop: number;
  readonly tabStopId: string | undefined;
  readonly selection: TimelineSelection | undefined;
}) {
  const { geometry, month, from, group, sectionTop, tabStopId, selection } = props;
  const { metrics } = geometry;
  const { day, count, left, width } = group;
  const clip = clipped(group, from);
  const lowered = group.top - clip.top;
  const headingId = `day-${month.month}-${day ?? 0}`;
  const range: DayRange | undefined =
    day === undefined ? undefined : { month: month.month, firstDay: day, lastDay: day, count };
  return (
    <div
      className="day"
      style={{ top: clip.top - sectionTop, height: clip.height, insetInlineStart: left, width }}
    >
      {range && (
        <DayHeader
          {...{ range, headingId, selection }}
          height={metrics.dayHeight}
          top={metrics.headerHeight}
        />
      )}
      <ul
        className="day__tiles"
        {...(range
          ? { 'aria-labelledby': headingId }
          : { 'aria-label': timelineText.tilesLabel(month.month) })}
      >
        {group.tiles.map((tile) => (
          <Tile
            key={tile.asset.assetId}
            asset={tile.asset}
            isTabStop={tile.asset.assetId === tabStopId}
            left={tile.left}
            top={tile.top + lowered}
            width={tile.width}
            height={tile.height}
            position={tile.position}
            setSize={count}
            isSelecting={selection?.isActive}
            isSelected={selection?.isSelected(tile.asset.assetId)}
            onToggle={selection?.onToggle}
          />
        ))}
      </ul>
    </div>
  );
}

/** Browsers draw no element of any height: what is far from the view is left out, in steps so large that they are rare. */
const CLIP_STEP = 1_000_000;

function clipped(
  block: { readonly top: number; readonly height: number },
  from: number,
): { readonly top: number; readonly height: number } {
  const middle = Math.floor(from / CLIP_STEP) * CLIP_STEP;
  const top = Math.max(block.top, middle - CLIP_STEP);
  const bottom = Math.min(block.top + block.height, middle + 3 * CLIP_STEP);
  // What is kept for the focus may lie elsewhere.
  return bottom > top ? { top, height: bottom - top } : block;
}
