import {
  type QueryClient,
  type UseQueryResult,
  useQueries,
  useQueryClient,
} from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';

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
export function useTimelineMonths(wanted: readonly string[]): TimelineMonths {
  const client = useQueryClient();
  const summaries = useService('timeline.months', {});

  const combine = useCallback(
    (results: readonly UseQueryResult<MonthAnswer>[]) => ({
      assets: Object.fromEntries(wanted.map((month, at) => [month, results[at]?.data?.assets])),
      failedMonths: wanted.filter((_, at) => results[at]?.isError === true),
    }),
    [wanted],
  );
  const { assets, failedMonths } = useQueries({
    queries: wanted.map((month) => ({
      queryKey: queryKey('timeline.month', { month }),
      queryFn: ({ signal }: { readonly signal: AbortSignal }) =>
        callService('timeline.month', { month }, signal),
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
    for (const month of monthsOf(event)) updateMonth(client, month, event.assets);
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

/** Puts an event into a month that is loaded, and asks again where the event alone does not tell enough. */
function updateMonth(client: QueryClient, month: string, changed: readonly TimelineAsset[]): void {
  const key = queryKey('timeline.month', { month });
  client.setQueryData<MonthAnswer>(key, (answer) => {
    if (answer === undefined) return undefined;
    const merged = mergeAssets(month, answer.assets, changed);
    return merged === answer.assets ? answer : { assets: [...merged] };
  });
  // An answer under way may be older than this event.
  const state = client.getQueryState(key);
  const isInEvent = changed.some(({ capturedLocal }) => capturedLocal.startsWith(month));
  if (state?.fetchStatus === 'fetching' || !isInEvent) {
    void client.invalidateQueries({ queryKey: key });
  }
}
