import { type InfiniteData, useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';

import type { RoostError } from '../../shared/error-catalogue.ts';
import { isLive } from '../../shared/job-state.ts';
import type { WindowOutput } from '../../shared/window-api.ts';
import type { JobGroup } from '../../shared/window-views.ts';
import { callService } from '../app/call-service.ts';
import { refreshInTurn } from '../app/refresh-in-turn.ts';
import { useWindowEvent } from '../app/service-context.tsx';
import { queryKey } from '../app/use-service.ts';
import { useSpacedWork } from '../app/use-spaced-work.ts';
import { filterQuery, type JobFilter } from './job-filter.ts';

/** Groups are asked for again at most this often while jobs end by the dozen. */
const ASK_EVERY_MS = 1_000;

export interface JobGroups {
  /** Last day first; `undefined` until the first page is here. */
  readonly groups: readonly JobGroup[] | undefined;
  readonly error: RoostError | null;
  readonly hasMore: boolean;
  readonly isLoadingMore: boolean;
  readonly loadMore: () => void;
  readonly retry: () => void;
}

/** The history by day and device, page by page, kept current while jobs end. */
export function useJobGroups(filter: JobFilter, isWanted: boolean): JobGroups {
  const client = useQueryClient();
  const input = filterQuery({ ...filter, text: undefined });
  const key = queryKey('jobs.groups', input);
  const query = useInfiniteQuery<
    WindowOutput<'jobs.groups'>,
    RoostError,
    InfiniteData<WindowOutput<'jobs.groups'>, string | undefined>,
    readonly unknown[],
    string | undefined
  >({
    queryKey: key,
    queryFn: ({ pageParam, signal }) =>
      callService('jobs.groups', { ...input, before: pageParam }, signal),
    initialPageParam: undefined,
    getNextPageParam: (page) => page.nextCursor,
    // Events only count while the page is open: what was loaded on an earlier visit is old.
    staleTime: 0,
    enabled: isWanted,
  });

  const refresh = useCallback(() => refreshInTurn(client, queryKey('jobs.groups')), [client]);
  const askAgain = useSpacedWork(ASK_EVERY_MS, refresh);
  useWindowEvent((event) => {
    if (event.type === 'jobs' && !event.jobs.every((job) => isLive(job.state))) askAgain();
  });

  return {
    groups: query.data?.pages.flatMap((page) => page.groups),
    error: query.error,
    hasMore: query.hasNextPage,
    isLoadingMore: query.isFetchingNextPage,
    loadMore: () => {
      if (query.hasNextPage && !query.isFetching) void query.fetchNextPage();
    },
    retry: () => void query.refetch(),
  };
}
