import type { IncomingMessage, ServerResponse } from 'node:http';

import { Router, type NextFunction, type Request, type Response } from 'express';

import { RoostError } from '../../../../../shared/error-catalogue.ts';

import { assetRoutes, type AssetRouteParts } from './asset-routes.ts';
import { backgroundRoutes, type BackgroundParts } from './background-routes.ts';
import { answerImmich, answerImmichProblem } from './immich-answer.ts';
import { loginRoutes, type LoginParts } from './login-routes.ts';
import { metadataRoutes, type MetadataRouteParts } from './metadata-routes.ts';
import { serverRoutes, type ServerRouteParts } from './server-routes.ts';
import { syncRoutes, type SyncParts } from './sync-routes.ts';
import { formUploadRoutes, type FormUploadParts } from './upload-routes.ts';

export interface ImmichParts
  extends
    FormUploadParts,
    BackgroundParts,
    AssetRouteParts,
    LoginParts,
    MetadataRouteParts,
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
  const outer = Router({ caseSensitive: true });
  const router = Router({ caseSensitive: true });
  // A request that passes a hundred routes waits for another turn, in which its body may have come: others must not.
  outer.use((request, response, next) => {
    if (IS_IMMICH.test(request.url)) router(request, response, next);
    else next();
  });
  router.get('/.well-known/immich', (request, response) => {
    answerImmich(request, response, { api: { endpoint: '/api' } });
  });
  // YAIIU asks it before it switches uploads in the background on.
  router.get('/health', (request, response) => {
    answerImmich(request, response, { status: 'ok', time: new Date().toISOString() });
  });
  // The command line tool of npm calls itself 2 and still uses the names of before.
  router.use((request, _response, next) => {
    const [path = '', query] = request.url.split('?', 2);
    const now = nameOfToday(path);
    if (now !== undefined) request.url = query === undefined ? now : `${now}?${query}`;
    next();
  });
  router.use(serverRoutes(parts));
  router.use(loginRoutes(parts));
  router.use(backgroundRoutes(parts));
  router.use(formUploadRoutes(parts));
  router.use(metadataRoutes(parts));
  router.use(assetRoutes(parts));
  router.use(syncRoutes(parts));
  router.use('/api', (request: IncomingMessage, response: ServerResponse) => {
    answerImmichProblem(request, response, new RoostError('request/not-found'));
  });
  router.use((error: unknown, request: Request, response: Response, next: NextFunction) => {
    if (!request.originalUrl.startsWith('/api/')) next(error);
    else {
      const known = parts.requestError(error);
      if (known.code === 'service/failed') parts.log.error({ err: error }, 'request failed');
      // An answer that began cannot say so any more: it ends without its last line, and the app asks again.
      if (response.headersSent) response.destroy();
      else answerImmichProblem(request, response, known);
    }
  });
  return outer;
}

const IS_IMMICH = /^\/(?:api\/|\.well-known\/immich|health(?:$|\?))/;

const NAMES_OF_TODAY: Readonly<Record<string, string>> = {
  '/api/user/me': '/api/users/me',
  '/api/asset/upload': '/api/assets',
  '/api/asset/bulk-upload-check': '/api/assets/bulk-upload-check',
  '/api/asset/statistics': '/api/assets/statistics',
  '/api/album': '/api/albums',
};

function nameOfToday(path: string): string | undefined {
  if (path.startsWith('/api/server-info/')) return path.replace('/server-info/', '/server/');
  return Object.hasOwn(NAMES_OF_TODAY, path) ? NAMES_OF_TODAY[path] : undefined;
}
