import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

import { Router, type Response } from 'express';

import type { Clock } from '../../../shared/clock.ts';
import { RoostError } from '../../../shared/error-catalogue.ts';
import { JOB_EXPORT_PATH, jobFilterSchema } from '../../../shared/job-filter.ts';
import type { CatalogReader } from '../catalog/open-catalog.ts';
import { jobsAsCsv, jobsAsJson } from '../jobs/export-jobs.ts';

export interface JobExportParts {
  readonly catalog: CatalogReader;
  readonly clock: Clock;
}

/** The filtered job history as a file to keep, sent no faster than it is read. */
export function jobExportRoutes({ catalog, clock }: JobExportParts): Router {
  const router = Router({ caseSensitive: true });
  router.get(`${JOB_EXPORT_PATH}.csv`, async (request, response) => {
    const filter = filterOf(request.query);
    await send(response, 'csv', 'text/csv; charset=utf-8', jobsAsCsv(catalog, filter));
  });
  router.get(`${JOB_EXPORT_PATH}.json`, async (request, response) => {
    const filter = filterOf(request.query);
    const pieces = jobsAsJson(catalog, filter, clock.now());
    await send(response, 'json', 'application/json; charset=utf-8', pieces);
  });

  function filterOf(query: unknown): ReturnType<typeof jobFilterSchema.parse> {
    const parsed = jobFilterSchema.safeParse(query);
    if (!parsed.success) throw new RoostError('request/invalid');
    return parsed.data;
  }

  async function send(
    response: Response,
    ending: string,
    type: string,
    pieces: Iterable<string>,
  ): Promise<void> {
    const day = new Date(clock.now()).toISOString().slice(0, 10);
    response.set({
      'content-type': type,
      'cache-control': 'no-store',
      'content-disposition': `attachment; filename="roost-jobs-${day}.${ending}"`,
    });
    await pipeline(Readable.from(turns(pieces), { objectMode: true }), response).catch(
      (error: unknown) => {
        // Who asked went away in the middle: there is nobody to tell.
        if (!response.destroyed) throw error;
      },
    );
  }

  return router;
}

/** Lets the service do everything else between two pieces. */
async function* turns(pieces: Iterable<string>): AsyncGenerator<string> {
  for (const piece of pieces) {
    if (piece !== '') yield piece;
    await new Promise((resolve) => setImmediate(resolve));
  }
}
