import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect } from 'react';

import { refreshInTurn } from '../app/refresh-in-turn.ts';
import { useWindowEvent } from '../app/service-context.tsx';
import { queryKey, useService } from '../app/use-service.ts';
import { useSpacedWork } from '../app/use-spaced-work.ts';

/** However fast photos come, a person reads no faster. */
const AT_MOST_EVERY_MS = 2_000;

/** What the home page shows, kept current while photos arrive. */
export function useHome(): ReturnType<typeof useService<'home.get'>> {
  const client = useQueryClient();
  const refresh = useCallback(() => {
    void client.invalidateQueries({ queryKey: queryKey('devices.list') });
    return refreshInTurn(client, queryKey('home.get'));
  }, [client]);
  const askAgain = useSpacedWork(AT_MOST_EVERY_MS, refresh);
  useWindowEvent((event) => {
    if (['assets', 'jobs', 'devices', 'overview'].includes(event.type)) askAgain();
  });
  useEffect(
    () => () => {
      // Events only count while the page is open.
      void client.invalidateQueries({ queryKey: queryKey('home.get'), refetchType: 'none' });
    },
    [client],
  );
  return useService('home.get', {});
}
