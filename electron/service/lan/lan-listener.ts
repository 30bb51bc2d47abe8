import { createServer, STATUS_CODES, type RequestListener, type Server } from 'node:http';
import type { Socket } from 'node:net';

import type { Logger } from 'pino';

import { listen } from '../listen.ts';

import { noteBodyIsHeldBack } from './early-answer.ts';

/** Room for a 4,000 character file name, percent-encoded. */
const MAX_HEADER_BYTES = 64 * 1024;
const MAX_CONNECTIONS = 512;
/** So that one computer that opens connections and never closes them leaves room for others. */
export const MAX_CONNECTIONS_OF_ADDRESS = 128;
const HEADERS_WITHIN_MS = 30_000;
const KEEP_ALIVE_MS = 60_000;
/** For the last bytes of an answer to a device that takes them slowly, when Roost stops. */
const LAST_BYTES_MS = 1_000;

export interface LanListenerParts {
  readonly app: {
    readonly answer: RequestListener;
    /** Takes what is more than requests and answers. */
    readonly attach: (server: Server) => void;
    /** Whether what is asked for at an address may become another protocol. */
    readonly takesUpgrade: (url: string) => boolean;
    close(): void;
  };
  /** All addresses of the computer, IPv4 and IPv6, where it is left out. */
  readonly host: string | undefined;
  readonly port: number;
  readonly log: Logger;
}

export interface LanListener {
  readonly port: number;
  /** Takes no new connections; those there are may go on. */
  stopAccepting(): void;
  /** Ends all connections, after the answers that are on their way; resolves when all are gone. */
  close(): Promise<void>;
}

/**
 * The network-facing listener. `requestTimeout` is off: a phone on weak Wi-Fi takes hours for a long video;
 * bodies have their own limits for silence.
 * @throws RoostError `service/port-in-use`.
 */
export async function startLanListener(parts: LanListenerParts): Promise<LanListener> {
  const { app, host, log } = parts;
  // Node has no words yet for the interim answer of resumable uploads.
  STATUS_CODES[104] ??= 'Upload Resumption Supported';
  // Behind its last answer a connection takes no request (RFC 9112, 9.6). Node hands on what comes before it is closed
  // all the same, and an answer that ends out of turn would end the service.
  const answer: RequestListener = (request, response) => {
    if (!request.socket.writableEnded) app.answer(request, response);
  };
  const server = createServer(
    {
      requestTimeout: 0,
      headersTimeout: HEADERS_WITHIN_MS,
      keepAliveTimeout: KEEP_ALIVE_MS,
      maxHeaderSize: MAX_HEADER_BYTES,
      // Any other wish to speak something else is let be: what comes is answered as it is.
      shouldUpgradeCallback: ({ url = '' }) => app.takesUpgrade(url),
    },
    answer,
  );
  app.attach(server);
  server.maxConnections = MAX_CONNECTIONS;
  // Routes send "100 Continue" themselves, after they know the device and want the body.
  server.on('checkContinue', (request, response) => {
    noteBodyIsHeldBack(request);
    answer(request, response);
  });
  const sockets = new Set<Socket>();
  const countOf = new Map<string, number>();
  server.on('connection', (socket: Socket) => {
    const { remoteAddress = '' } = socket;
    const count = (countOf.get(remoteAddress) ?? 0) + 1;
    if (count > MAX_CONNECTIONS_OF_ADDRESS) {
      socket.destroy();
      return;
    }
    countOf.set(remoteAddress, count);
    sockets.add(socket);
    socket.once('close', () => {
      sockets.delete(socket);
      const left = (countOf.get(remoteAddress) ?? 1) - 1;
      if (left === 0) countOf.delete(remoteAddress);
      else countOf.set(remoteAddress, left);
    });
  });
  const port = await listen(server, { port: parts.port, ...(host !== undefined && { host }) });
  server.on('error', (error) => log.error({ err: error }, 'the LAN listener had a problem'));
  const closed = new Promise<void>((resolve) => server.once('close', resolve));
  return {
    port,
    stopAccepting: () => {
      if (server.listening) server.close();
    },
    close: async () => {
      app.close();
      if (server.listening) server.close();
      // Answers to what has just ended are written before the loop comes round.
      await new Promise((resolve) => setImmediate(resolve));
      for (const socket of sockets) socket.destroySoon();
      const timer = setTimeout(() => {
        for (const socket of sockets) socket.destroy();
      }, LAST_BYTES_MS);
      await closed;
      clearTimeout(timer);
    },
  };
}
