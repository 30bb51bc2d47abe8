import { memo } from 'react';

import { appText } from '../text/app-text.ts';
import { timelineText } from '../text/timeline-text.ts';
import { Button } from '../ui/button.tsx';
import type { LaidRow } from './layout-month.ts';
import { Tile } from './tile.tsx';
import type { MonthBlock, TimelineMetrics } from './timeline-geometry.ts';

/** One month: its header, which sticks while the month is in view, and the rows near the view. */
export const MonthSection = memo(function MonthSection(props: {
  readonly block: MonthBlock;
  readonly metrics: TimelineMetrics;
  /** Rows `[start, end)` are in the page, and `keptRow` so that the focus is not lost with its tile. */
  readonly start: number;
  readonly end: number;
  readonly keptRow: number | undefined;
  readonly tabStopId: string | undefined;
  readonly hasFailed: boolean;
  readonly onRetry: () => void;
}) {
  const { block, metrics, start, end, keptRow, tabStopId, hasFailed, onRetry } = props;
  const headingId = `month-${block.month}`;
  const rows = block.rows?.slice(start, end) ?? [];
  const kept = keptRow === undefined ? undefined : block.rows?.[keptRow];
  const isKeptOutside = keptRow !== undefined && (keptRow < start || keptRow >= end);
  const shown = isKeptOutside && kept !== undefined ? [...rows, kept] : rows;
  return (
    <section
      className="month"
      style={{ top: block.top, height: block.height }}
      aria-labelledby={headingId}
    >
      <header className="month__head" style={{ height: metrics.headerHeight }}>
        <h2 id={headingId}>{timelineText.month(block.month)}</h2>
        <span className="quiet small">{timelineText.count(block.count)}</span>
      </header>
      {block.rows === undefined ? (
        <div className="month__waiting" style={{ bottom: metrics.monthGap }}>
          {hasFailed && (
            <p className="month__failed" role="alert">
              {timelineText.monthFailed}
              <Button small onPress={onRetry}>
                {appText.retry}
              </Button>
            </p>
          )}
        </div>
      ) : (
        <ul className="month__tiles" aria-label={timelineText.tilesLabel(block.month)}>
          {shown.map((row) => (
            <Row key={row.firstIndex} {...{ block, row, tabStopId }} />
          ))}
        </ul>
      )}
    </section>
  );
});

function Row(props: {
  readonly block: MonthBlock;
  readonly row: LaidRow;
  readonly tabStopId: string | undefined;
}) {
  const { block, row, tabStopId } = props;
  return row.tiles.map(({ left, width }, at) => {
    const index = row.firstIndex + at;
    const asset = block.assets?.[index];
    return (
      asset && (
        <Tile
          key={asset.assetId}
          asset={asset}
          isTabStop={asset.assetId === tabStopId}
          left={left}
          top={row.top}
          width={width}
          height={row.height}
          position={index + 1}
          setSize={block.count}
        />
      )
    );
  });
}
