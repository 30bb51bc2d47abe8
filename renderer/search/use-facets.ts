import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';

import type { AssetFilter } from '../../shared/asset-filter.ts';
import type { Facets } from '../../shared/window-views.ts';
import { useWindowEvent } from '../app/service-context.tsx';
import { queryKey, useService } from '../app/use-service.ts';

/** Photos may come many a second: counts that are a moment old do no harm. */
const REFRESH_EVERY_MS = 2_000;
/** What a person just did is seen at once; its changes are told one by one. */
const FIRST_AFTER_MS = 250;

/** What photos that pass a filter have in common; while a new answer is on its way, the one before. */
export function useFacets(filter: AssetFilter, enabled: boolean): Facets | undefined {
  const client = useQueryClient();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const refreshedAt = useRef(-REFRESH_EVERY_MS);
  const { data } = useService('timeline.facets', filter, { enabled, keepPrevious: true });
  useWindowEvent((event) => {
    if (event.type !== 'assets' && event.type !== 'devices') return;
    const nextAt = refreshedAt.current + REFRESH_EVERY_MS;
    const waitMs = Math.max(FIRST_AFTER_MS, nextAt - performance.now());
    timer.current ??= setTimeout(() => {
      timer.current = undefined;
      refreshedAt.current = performance.now();
      void client.invalidateQueries({ queryKey: queryKey('timeline.facets') });
    }, waitMs);
  });
  useEffect(
    () => () => {
      clearTimeout(timer.current);
      timer.current = undefined;
    },
    [],
  );
  return data;
}
