import type { IncomingMessage, ServerResponse } from 'node:http';

import { Router, type NextFunction, type Request, type Response } from 'express';

import { RoostError } from '../../../../../shared/error-catalogue.ts';

import { assetRoutes, type AssetRouteParts } from './asset-routes.ts';
import { backgroundRoutes, type BackgroundParts } from './background-routes.ts';
import { answerImmich, answerImmichProblem } from './immich-answer.ts';
import { loginRoutes, type LoginParts } from './login-routes.ts';
import { serverRoutes, type ServerRouteParts } from './server-routes.ts';
import { syncRoutes, type SyncParts } from './sync-routes.ts';
import { formUploadRoutes, type FormUploadParts } from './upload-routes.ts';

export interface ImmichParts
  extends
    FormUploadParts,
    BackgroundParts,
    AssetRouteParts,
    LoginParts,
    ServerRouteParts,
    SyncParts {
  /** Puts whatever went wrong into the catalogue's words. */
  readonly requestError: (error: unknown) => RoostError;
}

/**
 * The part of Immich's API that apps need which back up to a server: docs/phones.md says which apps, and what of it
 * was tried with them.
 */
export function immichRoutes(parts: ImmichParts): Router {
  const router = Router({ caseSensitive: true });
  router.get('/.well-known/immich', (request, response) => {
    answerImmich(request, response, { api: { endpoint: '/api' } });
  });
  // YAIIU asks it before it switches uploads in the background on.
  router.get('/health', (request, response) => {
    answerImmich(request, response, { status: 'ok', time: new Date().toISOString() });
  });
  router.use(serverRoutes(parts));
  router.use(loginRoutes(parts));
  router.use(backgroundRoutes(parts));
  router.use(formUploadRoutes(parts));
  router.use(assetRoutes(parts));
  router.use(syncRoutes(parts));
  router.use('/api', (request: IncomingMessage, response: ServerResponse) => {
    answerImmichProblem(request, response, new RoostError('request/not-found'));
  });
  router.use((error: unknown, request: Request, response: Response, next: NextFunction) => {
    if (!request.originalUrl.startsWith('/api/')) next(error);
    else answerImmichProblem(request, response, parts.requestError(error));
  });
  return router;
}
