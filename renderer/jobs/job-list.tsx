import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useEffectEvent, useState } from 'react';

import type { JobView } from '../../shared/window-views.ts';
import { jobText } from '../text/job-text.ts';
import { Button } from '../ui/button.tsx';
import { ArrowUpIcon } from '../ui/icons.tsx';
import { Spinner } from '../ui/spinner.tsx';
import { JobRow } from './job-row.tsx';
import { holdOrder } from './merge-jobs.ts';
import { leaveReturnSpot, takeReturnSpot } from './return-spot.ts';
import { usePageScroller } from './use-page-scroller.ts';

const ROW_HEIGHT = 76;
const OVERSCAN = 8;
/** The next page is asked for when so few rows are left below. */
const LOAD_AHEAD = 15;

/**
 * The history, of which only the rows in sight are in the page. While a person reads further down the rows keep
 * their places; what comes meanwhile is offered above.
 */
export function JobList(props: {
  /** Last changed first. */
  readonly jobs: readonly JobView[];
  readonly changed: ReadonlyMap<string, JobView>;
  readonly hasMore: boolean;
  readonly isLoadingMore: boolean;
  readonly onWantMore: () => void;
  readonly onAtTop: (isAtTop: boolean) => void;
}) {
  const { jobs, changed, hasMore, isLoadingMore, onWantMore, onAtTop } = props;
  const [held, setHeld] = useState<readonly JobView[]>();
  const { listRef, scroller, listTop, isAtTop } = usePageScroller(() => setHeld(jobs));
  const { shown, newerCount } = shownJobs(jobs, changed, isAtTop ? undefined : held);

  const tellAtTop = useEffectEvent(onAtTop);
  useEffect(() => tellAtTop(isAtTop), [isAtTop]);

  // eslint-disable-next-line react-hooks/incompatible-library -- the compiler leaves this component alone, as it should
  const virtualizer = useVirtualizer({
    count: shown.length,
    getScrollElement: () => scroller,
    estimateSize: () => ROW_HEIGHT,
    getItemKey: (index) => shown[index]?.jobId ?? index,
    overscan: OVERSCAN,
    scrollMargin: listTop,
  });
  const rows = virtualizer.getVirtualItems();

  const lastIndex = rows.at(-1)?.index ?? 0;
  const wantsMore = hasMore && !isLoadingMore && lastIndex >= shown.length - LOAD_AHEAD;
  const wantMore = useEffectEvent(onWantMore);
  useEffect(() => {
    if (wantsMore) wantMore();
  }, [wantsMore]);

  const restore = useEffectEvent((page: HTMLElement) => {
    const spot = takeReturnSpot(location.search);
    const index = shown.findIndex((job) => job.jobId === spot?.jobId);
    if (spot === undefined || index < 0) return;
    page.scrollTop = spot.scrollTop;
    virtualizer.scrollToIndex(index, { align: 'auto' });
    requestAnimationFrame(() => {
      const link = page.querySelector<HTMLElement>(`[data-job="${spot.jobId}"]`);
      link?.focus({ preventScroll: true });
    });
  });
  useEffect(() => {
    if (scroller !== null) restore(scroller);
  }, [scroller]);

  return (
    <div className="job-list">
      {newerCount > 0 && (
        <div className="job-list__newer">
          <Button
            small
            variant="primary"
            icon={ArrowUpIcon}
            onPress={() => scroller?.scrollTo({ top: 0 })}
          >
            {jobText.newer(newerCount)}
          </Button>
        </div>
      )}
      <ol ref={listRef} className="job-list__rows" style={{ height: virtualizer.getTotalSize() }}>
        {rows.map((row) => {
          const job = shown[row.index];
          return (
            job && (
              <li
                key={row.key}
                ref={virtualizer.measureElement}
                data-index={row.index}
                aria-setsize={hasMore ? -1 : shown.length}
                aria-posinset={row.index + 1}
                className="job-list__row"
                style={{ transform: `translateY(${row.start - listTop}px)` }}
              >
                <JobRow
                  job={job}
                  onOpen={() =>
                    leaveReturnSpot({
                      search: location.search,
                      jobId: job.jobId,
                      scrollTop: scroller?.scrollTop ?? 0,
                    })
                  }
                />
              </li>
            )
          );
        })}
      </ol>
      <p className="job-list__end quiet small">
        {hasMore ? (
          <>
            <Spinner size={16} /> {jobText.loadingMore}
          </>
        ) : (
          jobText.end
        )}
      </p>
    </div>
  );
}

/** The rows to show: all as they are, or those held in place with what is known of them by now. */
function shownJobs(
  latest: readonly JobView[],
  changed: ReadonlyMap<string, JobView>,
  held: readonly JobView[] | undefined,
): { readonly shown: readonly JobView[]; readonly newerCount: number } {
  if (held === undefined) return { shown: latest, newerCount: 0 };
  const { order, newerCount } = holdOrder(
    held.map((job) => job.jobId),
    latest,
  );
  const known = new Map([...held, ...changed.values(), ...latest].map((job) => [job.jobId, job]));
  const shown = order.flatMap((jobId) => known.get(jobId) ?? []);
  return { shown, newerCount };
}
