import { type InfiniteData, useInfiniteQuery, useQueryClient } from '@tanstack/react-query';

import type { RoostError } from '../../shared/error-catalogue.ts';
import type { WindowOutput } from '../../shared/window-api.ts';
import type { PreviewFailure } from '../../shared/window-views.ts';
import { callService } from '../app/call-service.ts';
import { useWindowEvent } from '../app/service-context.tsx';
import { queryKey } from '../app/use-service.ts';

const PAGE = 50;

export interface PreviewFailures {
  /** Last failed first; `undefined` until the first page is here. */
  readonly failures: readonly PreviewFailure[] | undefined;
  /** Reasons with how many there are, most first. */
  readonly counts: readonly (readonly [reason: string, count: number])[];
  readonly error: RoostError | null;
  readonly hasMore: boolean;
  readonly isLoadingMore: boolean;
  readonly loadMore: () => void;
  readonly retry: () => void;
}

/** The files without a preview, page by page, asked for anew when assets change. */
export function usePreviewFailures(): PreviewFailures {
  const client = useQueryClient();
  const key = [...queryKey('previews.failures'), 'pages'];
  const query = useInfiniteQuery<
    WindowOutput<'previews.failures'>,
    RoostError,
    InfiniteData<WindowOutput<'previews.failures'>, string | undefined>,
    readonly unknown[],
    string | undefined
  >({
    queryKey: key,
    queryFn: ({ pageParam, signal }) =>
      callService('previews.failures', { before: pageParam, limit: PAGE }, signal),
    initialPageParam: undefined,
    getNextPageParam: (page) => page.nextCursor,
    // Events only count while the page is open.
    staleTime: 0,
  });
  useWindowEvent((event) => {
    if (event.type === 'assets') void client.invalidateQueries({ queryKey: key });
  });
  const counts = Object.entries(query.data?.pages[0]?.counts ?? {});
  return {
    failures: query.data?.pages.flatMap((page) => page.failures),
    counts: counts.sort(([, a], [, b]) => b - a),
    error: query.error,
    hasMore: query.hasNextPage,
    isLoadingMore: query.isFetching,
    loadMore: () => {
      if (!query.isFetching) void query.fetchNextPage();
    },
    retry: () => void query.refetch(),
  };
}
