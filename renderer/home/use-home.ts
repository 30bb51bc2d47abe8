import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';

import { useWindowEvent } from '../app/service-context.tsx';
import { queryKey, useService } from '../app/use-service.ts';

/** However fast photos come, a person reads no faster. */
const AT_MOST_EVERY_MS = 2_000;

/** What the home page shows, kept current while photos arrive. */
export function useHome(): ReturnType<typeof useService<'home.get'>> {
  const client = useQueryClient();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useWindowEvent((event) => {
    if (!['assets', 'jobs', 'devices', 'overview'].includes(event.type)) return;
    timer.current ??= setTimeout(() => {
      timer.current = undefined;
      void client.invalidateQueries({ queryKey: queryKey('home.get') });
      void client.invalidateQueries({ queryKey: queryKey('devices.list') });
    }, AT_MOST_EVERY_MS);
  });
  useEffect(
    () => () => {
      clearTimeout(timer.current);
      timer.current = undefined;
      // Events only count while the page is open.
      void client.invalidateQueries({ queryKey: queryKey('home.get'), refetchType: 'none' });
    },
    [client],
  );
  return useService('home.get', {});
}
