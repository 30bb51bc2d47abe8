import type {
  InventoryPage,
  InventoryPageAnswer,
  InventoryStatus,
  SafeAnswer,
} from '../../../shared/inventory.ts';

/** What devices say they have, and what of it is here, as adapters ask for it. */
export interface InventoryAnswers {
  /** @throws RoostError, also with the `missingPages` of an inventory that is not complete. */
  put(deviceId: string, page: InventoryPage): Promise<InventoryPageAnswer>;
  status(deviceId: string): InventoryStatus;
  /** @throws RoostError of the library. */
  safeToDelete(
    deviceId: string,
    page: { readonly after?: string | undefined; readonly limit: number },
  ): Promise<SafeAnswer>;
}
