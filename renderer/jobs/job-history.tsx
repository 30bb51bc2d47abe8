import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useEffectEvent, useState } from 'react';

import type { JobView } from '../../shared/window-views.ts';
import { navigate } from '../app/navigation.ts';
import { jobText } from '../text/job-text.ts';
import { Button } from '../ui/button.tsx';
import { ArrowUpIcon } from '../ui/icons.tsx';
import { Spinner } from '../ui/spinner.tsx';
import { DayRow, GroupRow, LoadingRow, TroublesRow } from './group-row.tsx';
import { type HistoryRow, newerCount } from './history-rows.ts';
import { isListedOneByOne, type JobFilter, jobsAddress } from './job-filter.ts';
import { JobRow } from './job-row.tsx';
import { leaveReturnSpot, takeReturnSpot } from './return-spot.ts';
import type { OpenGroups } from './use-open-groups.ts';
import { usePageScroller } from './use-page-scroller.ts';
import { useRowFocus } from './use-row-focus.ts';
import { useStillRows } from './use-still-rows.ts';

const HEIGHTS: Readonly<Record<HistoryRow['kind'], number>> = {
  day: 44,
  group: 64,
  job: 76,
  troubles: 36,
  loading: 44,
};
const OVERSCAN = 8;
/** The next page is asked for when so few rows are left below. */
const LOAD_AHEAD = 15;

/**
 * The history, of which only the rows in sight are in the page. While a person reads further down the rows keep
 * their places; what comes meanwhile is offered above.
 */
export function JobHistory(props: {
  readonly rows: readonly HistoryRow[];
  readonly filter: JobFilter;
  readonly groups: OpenGroups;
  readonly changed: ReadonlyMap<string, JobView>;
  readonly hasMore: boolean;
  readonly isLoadingMore: boolean;
  readonly onWantMore: () => void;
  readonly onAtTop: (isAtTop: boolean) => void;
}) {
  const { rows, filter, groups, changed, hasMore, isLoadingMore, onWantMore, onAtTop } = props;
  const [known, setKnown] = useState(changed);
  const { listRef, list, scroller, listTop, isAtTop } = usePageScroller(() => setKnown(changed));
  const newer = isAtTop ? 0 : newerCount(changed, known, filter);

  const tellAtTop = useEffectEvent(onAtTop);
  useEffect(() => tellAtTop(isAtTop), [isAtTop]);

  const focus = useRowFocus(rows, list, (index) =>
    virtualizer.scrollToIndex(index, { align: 'auto' }),
  );
  // eslint-disable-next-line react-hooks/incompatible-library -- the compiler leaves this component alone, as it needs
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller,
    estimateSize: (index) => HEIGHTS[rows[index]?.kind ?? 'job'],
    getItemKey: (index) => rows[index]?.key ?? index,
    overscan: OVERSCAN,
    scrollMargin: listTop,
    // The row that Tab leads to is always in the page.
    rangeExtractor: (range) => {
      const shown = defaultRangeExtractor(range);
      const { activeIndex } = focus;
      if (activeIndex < 0 || activeIndex >= rows.length || shown.includes(activeIndex))
        return shown;
      return [...shown, activeIndex].sort((a, b) => a - b);
    },
  });
  useStillRows({
    keys: rows.map(({ key }) => key),
    rowsInSight: () => {
      const offset = virtualizer.scrollOffset ?? 0;
      return virtualizer.getVirtualItems().filter(({ end }) => end > offset);
    },
    startOf: (index) => virtualizer.measurementsCache[index]?.start,
    scrollBy: (distance) => scroller?.scrollBy({ top: distance, behavior: 'instant' }),
    isAtTop,
  });
  const items = virtualizer.getVirtualItems();

  const lastIndex = (virtualizer.range?.endIndex ?? 0) + OVERSCAN;
  const wantsMore = hasMore && !isLoadingMore && lastIndex >= rows.length - LOAD_AHEAD;
  const wantMore = useEffectEvent(onWantMore);
  useEffect(() => {
    if (wantsMore) wantMore();
  }, [wantsMore]);

  const wantedGroups = items
    .flatMap(({ index }) => {
      const row = rows[index];
      return row?.kind === 'loading' && !row.hasFailed ? [row.key.replace(/ loading$/, '')] : [];
    })
    .join('|');
  const loadGroups = useEffectEvent((keys: string) => {
    for (const key of keys.split('|')) if (key !== '') groups.loadMore(key);
  });
  // An answer that left the line in sight asks for the next.
  useEffect(() => loadGroups(wantedGroups), [wantedGroups, groups.open]);

  const restore = useEffectEvent((page: HTMLElement) => {
    const spot = takeReturnSpot(location.search);
    if (spot === undefined || !rows.some(({ key }) => key === spot.jobId)) return;
    page.scrollTop = spot.scrollTop;
    focus.focusRow(spot.jobId);
  });
  useEffect(() => {
    if (scroller !== null) restore(scroller);
  }, [scroller]);

  const contentOf = (row: HistoryRow, isActive: boolean) => {
    const stop = {
      'data-row': row.key,
      tabIndex: isActive ? 0 : -1,
      onFocus: () => focus.onFocusRow(row.key),
    };
    switch (row.kind) {
      case 'day':
        return <DayRow day={row.day} />;
      case 'group':
        return (
          <GroupRow
            group={row.group}
            isOpen={row.isOpen}
            stop={stop}
            onToggle={() => groups.toggle(row.group)}
          />
        );
      case 'troubles':
        return (
          <TroublesRow
            count={row.count}
            stop={stop}
            onOpen={() => openTroubles(row.group.day, row.group.deviceId)}
          />
        );
      case 'loading':
        return (
          <LoadingRow
            hasFailed={row.hasFailed}
            stop={stop}
            onRetry={() => groups.loadMore(row.key.replace(/ loading$/, ''))}
          />
        );
      case 'job':
        return (
          <JobRow
            job={row.job}
            stop={stop}
            hidesDevice={!isListedOneByOne(filter)}
            onOpen={() =>
              leaveReturnSpot({
                search: location.search,
                jobId: row.job.jobId,
                scrollTop: scroller?.scrollTop ?? 0,
              })
            }
          />
        );
    }
  };

  return (
    <div className="job-list">
      {newer > 0 && (
        <div className="job-list__newer">
          <Button
            small
            variant="primary"
            icon={ArrowUpIcon}
            onPress={() => scroller?.scrollTo({ top: 0 })}
          >
            {jobText.newer(newer)}
          </Button>
        </div>
      )}
      <ol
        ref={listRef}
        className="job-list__rows"
        style={{ height: virtualizer.getTotalSize() }}
        onKeyDown={focus.onKeyDown}
      >
        {items.map((item) => {
          const row = rows[item.index];
          return (
            row && (
              <li
                key={item.key}
                ref={virtualizer.measureElement}
                data-index={item.index}
                aria-setsize={hasMore ? -1 : rows.length}
                aria-posinset={item.index + 1}
                className={`job-list__row job-list__row--${row.kind}`}
                style={{ transform: `translateY(${item.start - listTop}px)` }}
              >
                {contentOf(row, item.index === focus.activeIndex)}
              </li>
            )
          );
        })}
      </ol>
      <p className="job-list__end quiet small">
        {hasMore ? (
          <>
            <Spinner size={16} />{' '}
            {filter.text === undefined ? jobText.loadingMore : jobText.lookingBack}
          </>
        ) : (
          jobText.end
        )}
      </p>
    </div>
  );
}

function openTroubles(day: string, deviceId: string): void {
  navigate(jobsAddress({ state: 'failed', day, deviceId }));
}
