import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

import { RoostError } from '../../../shared/error-catalogue.ts';
import { isCode } from '../library/file-system.ts';

import { noteBodyIsHeldBack } from './early-answer.ts';

/** Room for a 4,000 character file name, percent-encoded. */
const MAX_HEADER_BYTES = 64 * 1024;
const MAX_CONNECTIONS = 512;
const HEADERS_WITHIN_MS = 30_000;
const KEEP_ALIVE_MS = 60_000;

export interface LanListener {
  readonly port: number;
  /** Takes no new connections; resolves when running requests have ended. */
  stopAccepting(): Promise<void>;
  /** Ends all connections at once. */
  destroy(): void;
}

/**
 * The network-facing listener. `requestTimeout` is off: a phone on weak Wi-Fi takes hours for a long video;
 * uploads have their own limit for silence.
 * @throws RoostError `service/port-in-use`.
 */
export async function startLanListener(
  app: RequestListener,
  host: string | undefined,
  port: number,
): Promise<LanListener> {
  const server = createServer(
    {
      requestTimeout: 0,
      headersTimeout: HEADERS_WITHIN_MS,
      keepAliveTimeout: KEEP_ALIVE_MS,
      maxHeaderSize: MAX_HEADER_BYTES,
    },
    app,
  );
  server.maxConnections = MAX_CONNECTIONS;
  // Routes send "100 Continue" themselves, after they know the device and want the body.
  server.on('checkContinue', (request, response) => {
    noteBodyIsHeldBack(request);
    app(request, response);
  });
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen({ port, ...(host !== undefined && { host }) }, resolve);
    });
  } catch (error) {
    if (isCode(error, 'EADDRINUSE')) {
      throw new RoostError('service/port-in-use', `Port ${port} is taken.`, { cause: error });
    }
    throw error;
  }
  return {
    port: (server.address() as AddressInfo).port,
    stopAccepting: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeIdleConnections();
      await closed;
    },
    destroy: () => {
      for (const socket of sockets) socket.destroy();
    },
  };
}
