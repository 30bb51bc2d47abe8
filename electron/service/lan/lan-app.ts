import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';

import express, { type NextFunction, type Router } from 'express';
import type { Logger } from 'pino';

import { RoostError } from '../../../shared/error-catalogue.ts';

import { answerProblem } from './problem-answer.ts';

/** Puts the protocol adapters' routes on one listener, with one way to answer what goes wrong. */
export function lanApp(routers: readonly Router[], log: Logger): RequestListener {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  for (const router of routers) app.use(router);
  app.use((request: IncomingMessage, response: ServerResponse) => {
    answerProblem(request, response, new RoostError('request/not-found'));
  });
  // Express knows an error handler by its four parameters.
  app.use(
    (error: unknown, request: IncomingMessage, response: ServerResponse, _next: NextFunction) => {
      const known = requestError(error);
      if (known.code === 'service/failed') log.error({ err: error }, 'request failed');
      answerProblem(request, response, known);
    },
  );
  return (request, response) => {
    // Express gives an answer of its own, without a reason, where it can make no path of the address.
    if (hasPath(request)) app(request, response);
    else answerProblem(request, response, new RoostError('request/invalid'));
  };
}

/** Addresses are paths, or whole as a proxy gets them; OPTIONS may ask about all of the service by `*`. */
function hasPath({ url = '' }: IncomingMessage): boolean {
  return url.startsWith('/') || url === '*' || URL.canParse(url);
}

/** Errors of express and its parsers say by a status whose fault it was; anything else is ours. */
export function requestError(error: unknown): RoostError {
  if (error instanceof RoostError) return error;
  const status = error instanceof Error && 'status' in error ? error.status : undefined;
  if (status === 413) return new RoostError('request/too-large', undefined, { cause: error });
  if (error instanceof URIError || (typeof status === 'number' && status < 500)) {
    return new RoostError('request/invalid', undefined, { cause: error });
  }
  return new RoostError('service/failed', undefined, { cause: error });
}
