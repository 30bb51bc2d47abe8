import {
  type InfiniteData,
  keepPreviousData,
  useInfiniteQuery,
  useQueryClient,
} from '@tanstack/react-query';

import type { CoverageGroup, CoveredAsset } from '../../shared/coverage-view.ts';
import type { RoostError } from '../../shared/error-catalogue.ts';
import type { WindowOutput } from '../../shared/window-api.ts';
import { callService } from '../app/call-service.ts';
import { useWindowEvent } from '../app/service-context.tsx';
import { queryKey } from '../app/use-service.ts';

const PAGE = 50;

export interface CoveredAssets {
  /** `undefined` until the first page is here. */
  readonly assets: readonly CoveredAsset[] | undefined;
  readonly error: RoostError | null;
  readonly hasMore: boolean;
  readonly isLoading: boolean;
  readonly loadMore: () => void;
  readonly retry: () => void;
}

/** The items of a device that stand alike, page by page, asked for anew when coverage changes. */
export function useCoveredAssets(
  deviceId: string,
  group: CoverageGroup,
  search: string,
): CoveredAssets {
  const client = useQueryClient();
  const asked = { deviceId, group, ...(search === '' ? {} : { search }) };
  const key = [...queryKey('coverage.assets'), asked];
  const query = useInfiniteQuery<
    WindowOutput<'coverage.assets'>,
    RoostError,
    InfiniteData<WindowOutput<'coverage.assets'>, string | undefined>,
    readonly unknown[],
    string | undefined
  >({
    queryKey: key,
    queryFn: ({ pageParam, signal }) =>
      callService('coverage.assets', { ...asked, before: pageParam, limit: PAGE }, signal),
    initialPageParam: undefined,
    getNextPageParam: (page) => page.nextCursor,
    // What was found stays until the next is: the page below does not jump.
    placeholderData: keepPreviousData,
    // Events only count while the page is open.
    staleTime: 0,
  });
  useWindowEvent((event) => {
    if (event.type === 'coverage') void client.invalidateQueries({ queryKey: key });
  });
  return {
    assets: query.data?.pages.flatMap((page) => page.assets),
    error: query.error,
    hasMore: query.hasNextPage,
    isLoading: query.isFetching,
    loadMore: () => {
      if (!query.isFetching) void query.fetchNextPage();
    },
    retry: () => void query.refetch(),
  };
}
