import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';

import type { RoostError } from '../../shared/error-catalogue.ts';
import type { WindowOutput } from '../../shared/window-api.ts';
import { callService } from '../app/call-service.ts';
import { useWindowEvent } from '../app/service-context.tsx';
import { queryKey } from '../app/use-service.ts';

/** Of a selection that grows tile by tile only the last step is asked about. */
const SETTLE_MS = 250;

/**
 * What is chosen in all, a moment after it last changed. Each answer is kept under a number of its own and as long as
 * it is shown: the ids themselves may be megabytes.
 */
export function useSelectionSize(
  assetIds: readonly string[],
): WindowOutput<'assets.measure'> | undefined {
  const [asked, setAsked] = useState({ assetIds: [] as readonly string[], number: 0 });
  const [eventCount, setEventCount] = useState(0);
  useWindowEvent((event) => {
    if (event.type === 'assets' && assetIds.length > 0) setEventCount((count) => count + 1);
  });
  useEffect(() => {
    const ask = (): void => setAsked(({ number }) => ({ assetIds, number: number + 1 }));
    const timer = setTimeout(ask, SETTLE_MS);
    return () => clearTimeout(timer);
  }, [assetIds, eventCount]);
  const size = useQuery<WindowOutput<'assets.measure'>, RoostError>({
    queryKey: [...queryKey('assets.measure'), 'selection', asked.number],
    queryFn: ({ signal }) =>
      callService('assets.measure', { assetIds: [...asked.assetIds] }, signal),
    enabled: asked.assetIds.length > 0,
    gcTime: 0,
    placeholderData: keepPreviousData,
  });
  return assetIds.length === 0 ? undefined : size.data;
}
