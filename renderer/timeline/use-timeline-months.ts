import {
  type QueryClient,
  type UseQueryResult,
  useQueries,
  useQueryClient,
} from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';

import type { AssetFilter } from '../../shared/asset-filter.ts';
import type { RoostError } from '../../shared/error-catalogue.ts';
import type { WindowEvent, WindowOutput } from '../../shared/window-api.ts';
import type { TimelineAsset } from '../../shared/window-views.ts';
import { callService } from '../app/call-service.ts';
import { useWindowEvent } from '../app/service-context.tsx';
import { queryKey, useService } from '../app/use-service.ts';
import { mergeAssets } from './merge-assets.ts';
import type { KnownMonth } from './timeline-geometry.ts';

type MonthAnswer = WindowOutput<'timeline.month'>;

export interface TimelineMonths {
  /** Absent until the service has answered for the first time. */
  readonly months: readonly KnownMonth[] | undefined;
  readonly error: RoostError | null;
  readonly failedMonths: readonly string[];
  readonly retry: () => void;
}

/** All months with their counts, and the assets of those in `wanted`; kept current by events. */
export function useTimelineMonths(wanted: readonly string[], filter: AssetFilter): TimelineMonths {
  const client = useQueryClient();
  const summaries = useService('timeline.months', filter, { keepPrevious: true });

  const combine = useCallback(
    (results: readonly UseQueryResult<MonthAnswer>[]) => ({
      assets: Object.fromEntries(wanted.map((month, at) => [month, results[at]?.data?.assets])),
      failedMonths: wanted.filter((_, at) => results[at]?.isError === true),
    }),
    [wanted],
  );
  const { assets, failedMonths } = useQueries({
    queries: wanted.map((month) => ({
      queryKey: queryKey('timeline.month', { ...filter, month }),
      queryFn: ({ signal }: { readonly signal: AbortSignal }) =>
        callService('timeline.month', { ...filter, month }, signal),
    })),
    combine,
  });

  const months = useMemo(
    () =>
      summaries.data?.months.map(({ month, count }): KnownMonth => ({
        month,
        count,
        assets: assets[month],
      })),
    [summaries.data, assets],
  );

  useWindowEvent((event) => {
    if (event.type !== 'assets') return;
    void client.invalidateQueries({ queryKey: queryKey('timeline.months') });
    if (Object.keys(filter).length > 0) {
      // Only the service knows what passes.
      void client.invalidateQueries({ queryKey: queryKey('timeline.month') });
      return;
    }
    // Also months the event does not name: an asset may have left one for another.
    for (const month of loadedMonths(client)) mergeEvent(client, month, event);
    for (const month of monthsOf(event)) askAnewWhereNeeded(client, month, event.assets);
  });

  return {
    months,
    error: summaries.data === undefined ? summaries.error : null,
    failedMonths,
    retry: () => {
      void client.invalidateQueries({ queryKey: queryKey('timeline.months') });
      void client.invalidateQueries({ queryKey: queryKey('timeline.month') });
    },
  };
}

function monthsOf(event: Extract<WindowEvent, { type: 'assets' }>): readonly string[] {
  const captured = event.assets.map(({ capturedLocal }) => capturedLocal.slice(0, 7));
  return [...new Set([...event.months, ...captured])];
}

function loadedMonths(client: QueryClient): readonly string[] {
  return client
    .getQueryCache()
    .findAll({ queryKey: queryKey('timeline.month') })
    .flatMap(({ queryKey: [, input] }) => (isMonthInput(input) ? [input.month] : []));
}

function isMonthInput(input: unknown): input is { readonly month: string } {
  return typeof input === 'object' && input !== null && 'month' in input;
}

/** Puts an event into a month that is loaded. */
function mergeEvent(
  client: QueryClient,
  month: string,
  { assets, removedAssetIds }: Extract<WindowEvent, { type: 'assets' }>,
): void {
  client.setQueryData<MonthAnswer>(queryKey('timeline.month', { month }), (answer) => {
    if (answer === undefined) return undefined;
    const merged = mergeAssets(month, answer.assets, assets, removedAssetIds);
    return merged === answer.assets ? answer : { assets: [...merged] };
  });
}

/** Asks for a month again where the event alone does not tell enough. */
function askAnewWhereNeeded(
  client: QueryClient,
  month: string,
  changed: readonly TimelineAsset[],
): void {
  const key = queryKey('timeline.month', { month });
  // An answer under way may be older than this event.
  const state = client.getQueryState(key);
  const isInEvent = changed.some(({ capturedLocal }) => capturedLocal.startsWith(month));
  if (state?.fetchStatus === 'fetching' || !isInEvent) {
    void client.invalidateQueries({ queryKey: key });
  }
}
