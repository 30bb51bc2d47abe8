import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';

import type { AssetFilter } from '../../shared/asset-filter.ts';
import type { Facets } from '../../shared/window-views.ts';
import { refreshInTurn } from '../app/refresh-in-turn.ts';
import { useWindowEvent } from '../app/service-context.tsx';
import { queryKey, useService } from '../app/use-service.ts';
import { useSpacedWork } from '../app/use-spaced-work.ts';

/** Photos may come many a second: counts that are a moment old do no harm. */
const REFRESH_EVERY_MS = 2_000;

/** What photos that pass a filter have in common; while a new answer is on its way, the one before. */
export function useFacets(filter: AssetFilter, enabled: boolean): Facets | undefined {
  const client = useQueryClient();
  const { data } = useService('timeline.facets', filter, { enabled, keepPrevious: true });
  const refresh = useCallback(() => refreshInTurn(client, queryKey('timeline.facets')), [client]);
  const askAgain = useSpacedWork(REFRESH_EVERY_MS, refresh);
  useWindowEvent((event) => {
    if (event.type === 'assets' || event.type === 'devices') askAgain();
  });
  return data;
}
