import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';

import type { AssetFilter } from '../../shared/asset-filter.ts';
import type { Facets } from '../../shared/window-views.ts';
import { useWindowEvent } from '../app/service-context.tsx';
import { queryKey, useService } from '../app/use-service.ts';

/** Photos may come many a second: counts that are a moment old do no harm. */
const REFRESH_EVERY_MS = 2_000;

/** What photos that pass a filter have in common; while a new answer is on its way, the one before. */
export function useFacets(filter: AssetFilter, enabled: boolean): Facets | undefined {
  const client = useQueryClient();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const { data } = useService('timeline.facets', filter, { enabled, keepPrevious: true });
  useWindowEvent((event) => {
    if (event.type !== 'assets' && event.type !== 'devices') return;
    timer.current ??= setTimeout(() => {
      timer.current = undefined;
      void client.invalidateQueries({ queryKey: queryKey('timeline.facets') });
    }, REFRESH_EVERY_MS);
  });
  useEffect(() => () => clearTimeout(timer.current), []);
  return data;
}
