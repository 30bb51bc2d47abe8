import { useService } from '../app/use-service.ts';
import { isReachable } from './reachable-address.ts';

/** More addresses than these are of virtual networks no phone is in. */
const MOST_SHOWN = 3;

/** Base addresses by which other devices reach this computer, the best first; `undefined` until they are known. */
export function useLanUrls(): readonly string[] | undefined {
  const overview = useService('overview.get', {}).data;
  return overview?.lan.urls.filter(isReachable).slice(0, MOST_SHOWN);
}

/** Base addresses to type into an app. Where no other device reaches this computer, the one that is good on it alone. */
export function useServerUrls():
  { readonly urls: readonly string[]; readonly isOnlyHere: boolean } | undefined {
  const urls = useService('overview.get', {}).data?.lan.urls;
  const reachable = useLanUrls();
  if (urls === undefined || reachable === undefined) return undefined;
  const isOnlyHere = reachable.length === 0;
  return { urls: isOnlyHere ? urls.slice(0, 1) : reachable, isOnlyHere };
}
