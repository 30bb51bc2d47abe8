import { refreshAsset } from './asset-rows.ts';
import type { CatalogWriter } from './open-catalog.ts';

const AT_ONCE = 500;
const KEY = 'linked-assets-refreshed';

/**
 * Has assets found by each device that sent them, in a catalog from before that was so. Goes on where it stopped; does
 * nothing once all are done, or where there were none.
 */
export async function refreshLinkedAssets(catalog: CatalogWriter): Promise<void> {
  for (;;) {
    const reached = catalog.get<{ value: string }>('SELECT value FROM meta WHERE key = ?', KEY);
    if (!reached) return;
    catalog.transaction(() => {
      const rows = catalog.all<{ number: number; asset_id: string }>(
        `SELECT DISTINCT number, asset_id FROM linked_numbers JOIN resources ON resources.rowid = number
         WHERE number > ? ORDER BY number LIMIT ?`,
        Number(reached.value),
        AT_ONCE,
      );
      for (const { asset_id: assetId } of rows) refreshAsset(catalog, assetId);
      const last = rows.at(-1);
      if (last === undefined) catalog.run('DELETE FROM meta WHERE key = ?', KEY);
      else catalog.run('UPDATE meta SET value = ? WHERE key = ?', String(last.number), KEY);
    });
    await new Promise(setImmediate);
  }
}
