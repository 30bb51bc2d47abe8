import { type UseQueryResult, useQueries, useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';

import type { AssetFilter } from '../../shared/asset-filter.ts';
import type { WindowOutput } from '../../shared/window-api.ts';
import type { TimelineAsset } from '../../shared/window-views.ts';
import { callService } from '../app/call-service.ts';
import { queryKey } from '../app/use-service.ts';
import type { Piece } from './month-pieces.ts';

type MonthAnswer = WindowOutput<'timeline.month'>;

/** What was looked at a while ago is asked for again: years of photos would not fit into memory. */
const KEPT_MS = 20_000;

export interface LoadedAssets {
  /** By the keys of pieces; absent until the service has answered. */
  readonly assets: Readonly<Record<string, readonly TimelineAsset[] | undefined>>;
  readonly failedKeys: readonly string[];
  readonly retry: () => void;
}

/** The assets of the wanted pieces, asked for as soon as they are wanted. */
export function usePieces(wanted: readonly Piece[], filter: AssetFilter): LoadedAssets {
  const client = useQueryClient();
  const combine = useCallback(
    (results: readonly UseQueryResult<MonthAnswer>[]) => ({
      assets: Object.fromEntries(wanted.map(({ key }, at) => [key, results[at]?.data?.assets])),
      failedKeys: wanted.filter((_, at) => results[at]?.isError === true).map(({ key }) => key),
    }),
    [wanted],
  );
  const { assets, failedKeys } = useQueries({
    queries: wanted.map(({ month, firstDay, lastDay, offset, limit }) => {
      const input = { ...filter, month, firstDay, lastDay, offset, limit };
      return {
        queryKey: queryKey('timeline.month', input),
        queryFn: ({ signal }: { readonly signal: AbortSignal }) =>
          callService('timeline.month', input, signal),
        gcTime: KEPT_MS,
      };
    }),
    combine,
  });
  const retry = useCallback(() => {
    void client.invalidateQueries({ queryKey: queryKey('timeline.month') });
  }, [client]);
  return { assets, failedKeys, retry };
}
