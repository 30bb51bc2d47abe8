import type { Receipt } from '../../../shared/receipt.ts';

/** Key of the lock under which resources of one asset, as its device names it, are placed and moved. */
export function assetLock({ deviceId, assetKey }: Pick<Receipt, 'deviceId' | 'assetKey'>): string {
  return `asset ${deviceId} ${assetKey}`;
}
