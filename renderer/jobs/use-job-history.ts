import { type InfiniteData, useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useEffectEvent } from 'react';

import type { RoostError } from '../../shared/error-catalogue.ts';
import { isLive } from '../../shared/job-state.ts';
import type { WindowOutput } from '../../shared/window-api.ts';
import type { JobView } from '../../shared/window-views.ts';
import { callService } from '../app/call-service.ts';
import { queryKey } from '../app/use-service.ts';
import { filterQuery, isListedOneByOne, type JobFilter } from './job-filter.ts';
import { mergeHistory } from './merge-jobs.ts';
import type { JobChanges } from './use-job-changes.ts';

const PAGE_JOB_COUNT = 50;
/** Jobs told by events are kept beside the loaded pages; from this many on the first page is asked for anew. */
const MOST_KEPT_CHANGES = 1_000;

type Pages = InfiniteData<WindowOutput<'jobs.list'>, string | undefined>;

export interface JobHistory {
  /** Last changed first; `undefined` until the first page is here. */
  readonly jobs: readonly JobView[] | undefined;
  readonly error: RoostError | null;
  readonly hasMore: boolean;
  readonly isLoadingMore: boolean;
  readonly loadMore: () => void;
  readonly retry: () => void;
}

/**
 * The jobs that are over and fit the filter, page by page, with what events told since on top. `mayTrim` says
 * that nobody reads further down, so that older pages may be dropped; `onTrim` then loads anew what else is shown.
 */
export function useJobHistory(
  filter: JobFilter,
  { changed, forget }: JobChanges,
  mayTrim: boolean,
  onTrim: () => void,
): JobHistory {
  const client = useQueryClient();
  const input = { ...filterQuery(filter), limit: PAGE_JOB_COUNT };
  const key = [...queryKey('jobs.list', input), 'pages'];
  const query = useInfiniteQuery<
    WindowOutput<'jobs.list'>,
    RoostError,
    Pages,
    readonly unknown[],
    string | undefined
  >({
    queryKey: key,
    queryFn: ({ pageParam, signal }) =>
      callService('jobs.list', { ...input, before: pageParam }, signal),
    initialPageParam: undefined,
    getNextPageParam: (page) => page.nextCursor,
    // Events only count while the page is open: what was loaded on an earlier visit is old.
    staleTime: 0,
    // Running jobs stand above the history and change all the time.
    enabled: isListedOneByOne(filter) && (filter.state === undefined || !isLive(filter.state)),
  });

  const trim = useEffectEvent(() => {
    const known = changed;
    client.setQueryData<Pages>(
      key,
      (data) => data && { pages: data.pages.slice(0, 1), pageParams: data.pageParams.slice(0, 1) },
    );
    void client.invalidateQueries({ queryKey: key }).then(() => forget(known));
    onTrim();
  });
  const isOverfull = mayTrim && changed.size > MOST_KEPT_CHANGES;
  useEffect(() => {
    if (isOverfull) trim();
  }, [isOverfull]);

  const loaded = query.data?.pages.flatMap((page) => page.jobs);
  return {
    jobs: loaded && mergeHistory(loaded, changed, filter),
    error: query.error,
    hasMore: query.hasNextPage,
    isLoadingMore: query.isFetchingNextPage,
    loadMore: () => {
      if (query.hasNextPage && !query.isFetching) void query.fetchNextPage();
    },
    retry: () => void query.refetch(),
  };
}
