import { Router } from 'express';

import type { Exports } from './exports.ts';

/** The download of a zip that was asked for; the browser writes it to the disk while it comes. */
export function exportRoutes(exports: Pick<Exports, 'sendZip'>): Router {
  const router = Router({ caseSensitive: true });
  router.get('/media/exports/:exportId/zip', async (request, response) => {
    const { exportId } = request.params;
    response.attachment(`Roost ${new Date().toISOString().slice(0, 10)}.zip`);
    response.set('content-type', 'application/zip');
    response.set('cache-control', 'no-store');
    // Who asks only what it would be does not use it up.
    if (request.method === 'HEAD') {
      response.end();
      return;
    }
    try {
      await exports.sendZip(exportId, response);
    } catch (error) {
      // An answer that says why, instead of a file with a problem in it.
      response.removeHeader('content-disposition');
      throw error;
    }
    // What ended early must not look like a whole zip.
    if (!response.writableEnded) response.destroy();
  });
  return router;
}
