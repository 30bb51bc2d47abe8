import type { Router } from 'express';

import type { Clock } from '../../../shared/clock.ts';
import type { Coverage } from '../coverage/coverage.ts';
import { exportRoutes } from '../export/export-routes.ts';
import type { Exports } from '../export/exports.ts';

import { contractRoutes, type WindowHandlers } from './contract-routes.ts';
import { jobExportRoutes } from './job-export-routes.ts';
import { mediaPartsOf, type MediaSources } from './media-parts.ts';
import { mediaRoutes } from './media-routes.ts';
import { safeListRoute } from './safe-list-route.ts';

export interface WindowRoutesParts extends MediaSources {
  readonly handlers: WindowHandlers;
  readonly clock: Clock;
  readonly coverage: Coverage;
  readonly exports: Exports;
}

/** Everything the window can ask for: the calls of the contract, pictures and files. */
export function windowRoutes(parts: WindowRoutesParts): readonly Router[] {
  const { handlers, catalog, coverage, exports } = parts;
  return [
    contractRoutes(handlers),
    jobExportRoutes(parts),
    mediaRoutes(mediaPartsOf(parts)),
    safeListRoute(catalog, coverage),
    exportRoutes(exports),
  ];
}
