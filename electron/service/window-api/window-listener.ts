import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';

import express, { type NextFunction, type Response, type Router } from 'express';
import type { Logger } from 'pino';

import { problemOf, RoostError } from '../../../shared/error-catalogue.ts';
import { EVENTS_PATH } from '../../../shared/window-api.ts';

import { listen } from '../listen.ts';

import type { EventHub } from './event-hub.ts';
import { requireOwnOrigin, requireWindowKey, type WindowKey } from './window-key.ts';

/** Nothing but the window's own files and answers; pictures may be made in the page (thumbhash). */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' blob: data:",
  "media-src 'self'",
  "connect-src 'self'",
  "font-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

export interface WindowListenerParts {
  /** The port it must have; absent for one that is free, the last run's where that is. */
  readonly port?: number | undefined;
  /** The last run's. Only a listener that has it again knows pages of that run: another program may have had it. */
  readonly lastPort?: number | undefined;
  readonly windowKey: WindowKey;
  readonly hub: EventHub;
  /** Contract and media routes, behind the key. */
  readonly routers: readonly Router[];
  /** The built pages. */
  readonly rendererFolder: string;
  readonly log: Logger;
}

export interface WindowListener {
  readonly origin: string;
  readonly port: number;
  /** Address that signs a browser in. */
  readonly url: string;
  close(): Promise<void>;
}

/**
 * The listener for the window, a browser on this computer and the CLI: loopback only, with a secret.
 * @throws RoostError `service/port-in-use`.
 */
export async function startWindowListener(parts: WindowListenerParts): Promise<WindowListener> {
  const { windowKey, hub, rendererFolder, log } = parts;
  let port = parts.port ?? 0;
  const signIn = (response: Response): void => {
    response.cookie(windowKey.cookieName, windowKey.key, {
      httpOnly: true,
      sameSite: 'strict',
      path: '/',
    });
  };
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.use((_request, response, next) => {
    response.set({
      'content-security-policy': CONTENT_SECURITY_POLICY,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-resource-policy': 'same-origin',
      'cross-origin-opener-policy': 'same-origin',
    });
    next();
  });
  app.use((request, _response, next) => {
    requireOwnOrigin(request, port);
    next();
  });
  app.get('/', (request, response, next) => {
    const told = request.query['key'];
    if (typeof told !== 'string' || !windowKey.matches(told)) {
      next();
      return;
    }
    signIn(response);
    // The key leaves the address bar, and with it the history.
    response.redirect(303, '/');
  });
  app.use((request, response, next) => {
    try {
      if (requireWindowKey(request, windowKey) === 'earlier-key') {
        if (port !== parts.lastPort) throw new RoostError('auth/window-key-invalid');
        signIn(response);
      }
      next();
    } catch (error) {
      if (request.method !== 'GET' || !request.accepts('html') || request.path.startsWith('/api/'))
        throw error;
      response.status(401).type('text').send(SIGNED_OUT);
    }
  });
  app.get(EVENTS_PATH, (_request, response) => hub.listen(response));
  for (const router of parts.routers) app.use(router);
  app.use(express.static(rendererFolder, { index: false, redirect: false, maxAge: '1h' }));
  app.get(/^\/(?!api\/|media\/|assets\/)[^.]*$/, (_request, response) => {
    // Every view of the window is an address of its own.
    response.set('cache-control', 'no-cache');
    response.sendFile('index.html', { root: rendererFolder });
  });
  app.use(() => {
    throw new RoostError('request/not-found');
  });
  app.use(
    (error: unknown, _request: IncomingMessage, response: ServerResponse, _next: NextFunction) => {
      answerError(error, response, log);
    },
  );

  const server = createServer(app);
  port = await listenAt(server, parts);
  server.on('error', (error) => log.error({ err: error }, 'the window listener had a problem'));
  const origin = `http://127.0.0.1:${port}`;
  return {
    origin,
    port,
    url: `${origin}/?key=${windowKey.key}`,
    close: async () => {
      hub.close();
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}

/** @throws RoostError `service/port-in-use`. */
async function listenAt(
  server: Server,
  { port, lastPort }: Pick<WindowListenerParts, 'port' | 'lastPort'>,
): Promise<number> {
  const host = '127.0.0.1';
  if (port !== undefined || lastPort === undefined) {
    return await listen(server, { port: port ?? 0, host });
  }
  try {
    return await listen(server, { port: lastPort, host });
  } catch (error) {
    if (!(error instanceof RoostError) || error.code !== 'service/port-in-use') throw error;
    return await listen(server, { port: 0, host });
  }
}

const SIGNED_OUT =
  'This browser is not signed in to Roost.\n\n' +
  'Open the address that Roost printed at its last start. While Roost runs, "roost status" prints it too; in a\n' +
  'folder with the source, that is "npm run roost status", and "npm start" starts Roost and prints it.\n';

function answerError(error: unknown, response: ServerResponse, log: Logger): void {
  const known = windowError(error);
  if (known.code === 'service/failed') log.error({ err: error }, 'window request failed');
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const problem = problemOf(known);
  response.writeHead(problem.status, {
    'content-type': 'application/problem+json',
    'cache-control': 'no-store',
  });
  response.end(JSON.stringify(problem));
}

function windowError(error: unknown): RoostError {
  if (error instanceof RoostError) return error;
  const status = error instanceof Error && 'status' in error ? error.status : undefined;
  if (status === 413) return new RoostError('request/too-large', undefined, { cause: error });
  if (status === 404) return new RoostError('request/not-found', undefined, { cause: error });
  if (error instanceof URIError || (typeof status === 'number' && status < 500)) {
    return new RoostError('request/invalid', undefined, { cause: error });
  }
  return new RoostError('service/failed', undefined, { cause: error });
}
