import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';

import type { AssetFilter } from '../../shared/asset-filter.ts';
import type { RoostError } from '../../shared/error-catalogue.ts';
import type { MonthSummary } from '../../shared/window-views.ts';
import { refreshInTurn } from '../app/refresh-in-turn.ts';
import { useWindowEvent } from '../app/service-context.tsx';
import { queryKey, useService } from '../app/use-service.ts';
import { useSpacedWork } from '../app/use-spaced-work.ts';
import { mergeEvent } from './loaded-pieces.ts';

export interface TimelineMonths {
  /** Absent until the service has answered for the first time. Months that did not change stay the same objects. */
  readonly months: readonly MonthSummary[] | undefined;
  readonly error: RoostError | null;
  readonly retry: () => void;
}

/** While photos arrive all the time, the counts are asked for once in so long. */
const COUNTS_EVERY_MS = 1_000;

/** All months with the counts of their days, kept current by events; so are the pieces of them that are loaded. */
export function useTimelineMonths(filter: AssetFilter): TimelineMonths {
  const client = useQueryClient();
  const summaries = useService('timeline.months', filter, { keepPrevious: true });
  const refresh = useCallback(() => refreshInTurn(client, queryKey('timeline.months')), [client]);
  const askAgain = useSpacedWork(COUNTS_EVERY_MS, refresh);

  useWindowEvent((event) => {
    if (event.type !== 'assets') return;
    askAgain();
    mergeEvent(client, event);
  });

  const months = summaries.data?.months;
  // That the previous filter let nothing pass says nothing of this one.
  const isUnknown = summaries.isPlaceholderData && months?.length === 0;
  return {
    months: isUnknown ? undefined : months,
    error: summaries.data === undefined ? summaries.error : null,
    retry: () => {
      void client.invalidateQueries({ queryKey: queryKey('timeline.months') });
      void client.invalidateQueries({ queryKey: queryKey('timeline.month') });
    },
  };
}
