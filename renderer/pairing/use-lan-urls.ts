import { useService } from '../app/use-service.ts';
import { isReachable } from './reachable-address.ts';

/** More addresses than these are of virtual networks no phone is in. */
const MOST_SHOWN = 3;

/** Base addresses by which other devices reach this computer, the best first; `undefined` until they are known. */
export function useLanUrls(): readonly string[] | undefined {
  const overview = useService('overview.get', {}).data;
  return overview?.lan.urls.filter(isReachable).slice(0, MOST_SHOWN);
}
