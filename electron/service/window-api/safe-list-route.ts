import { once } from 'node:events';

import { Router } from 'express';

import { RoostError } from '../../../shared/error-catalogue.ts';
import { MAX_SAFE_ENTRIES } from '../../../shared/inventory.ts';
import type { CatalogReader } from '../catalog/open-catalog.ts';
import type { Coverage } from '../coverage/coverage.ts';
import { SAFE_LIST_HEAD, safeListLine } from '../coverage/safe-list-csv.ts';
import { deviceById } from '../devices/device-queries.ts';

/** The list that is safe to delete from a device, as CSV of any length. */
export function safeListRoute(
  catalog: CatalogReader,
  coverage: Pick<Coverage, 'safeToDelete'>,
): Router {
  const router = Router({ caseSensitive: true });
  router.get('/media/devices/:deviceId/safe-to-delete.csv', async (request, response) => {
    const { deviceId } = request.params;
    const device = deviceById(catalog, deviceId);
    if (!device) throw new RoostError('request/not-found', 'There is no such device.');
    const ask = (before: string | undefined) =>
      coverage.safeToDelete({ deviceId, before, limit: MAX_SAFE_ENTRIES });
    let page = await ask(undefined);
    response.attachment(`Safe to delete from ${device.folder}.csv`);
    response.set('content-type', 'text/csv; charset=utf-8');
    response.set('cache-control', 'no-store');
    response.write(SAFE_LIST_HEAD);
    const gone = new AbortController();
    response.once('close', () => gone.abort());
    try {
      for (;;) {
        const text = page.assets.map(({ view }) => safeListLine(view)).join('');
        if (!response.write(text)) await once(response, 'drain', { signal: gone.signal });
        if (page.nextCursor === undefined || gone.signal.aborted) break;
        page = await ask(page.nextCursor);
      }
      response.end();
    } catch {
      // A list that ends early must not look whole.
      response.destroy();
    }
  });
  return router;
}
