import type { IncomingMessage, Server as HttpServer } from 'node:http';

import type { Logger } from 'pino';
import { Server } from 'socket.io';

import type { Devices } from '../../../devices/devices.ts';
import { tokenOf } from '../../authenticate.ts';
import type { OwnFile } from '../../own-files.ts';

import { assetAnswer } from './asset-answer.ts';
import { IMMICH_VERSION } from './server-answers.ts';

/** Where Immich's app opens it. */
export const LIVE_HINTS_PATH = '/api/socket.io';

/** An app on each phone of a large house, and some that were left behind by a lost network. */
const MAX_SOCKETS = 128;
/** An app that lost its network opens another one before the first is known to be gone. */
export const MAX_SOCKETS_OF_DEVICE = 8;
/** Apps say nothing but that they are there. */
const MAX_MESSAGE_BYTES = 4 * 1024;
/** Between the connection and its greeting. */
const GREETED_WITHIN_MS = 10_000;

export interface LiveHintsParts {
  readonly devices: Devices;
  readonly log: Logger;
}

/** An open connection, greeted or not yet. */
interface Connection {
  readonly request: IncomingMessage;
  close(isDiscarded: boolean): unknown;
  once(event: 'close', listener: () => void): unknown;
}

/**
 * Socket.IO at `/api/socket.io`, as Immich's app opens it: a greeting, and a hint after each upload of its device. Only
 * hints: whoever misses one learns it from the stream. Nothing that comes over it is listened to. Who has no token is
 * refused before there is a connection, and a connection ends with the token that it was opened by.
 */
export class LiveHints {
  readonly #parts: LiveHintsParts;
  /** By device, the oldest first. */
  readonly #connections = new Map<string, Map<Connection, string>>();
  #io: Server | undefined;

  constructor(parts: LiveHintsParts) {
    this.#parts = parts;
    parts.devices.onTokenGone(() => this.#endWhereTokenIsGone());
  }

  /** Takes upgrades to WebSocket on this server; everything else stays with its other listeners. */
  attach(server: HttpServer): void {
    const io = new Server(server, {
      path: LIVE_HINTS_PATH,
      serveClient: false,
      transports: ['websocket'],
      perMessageDeflate: false,
      maxHttpBufferSize: MAX_MESSAGE_BYTES,
      connectTimeout: GREETED_WITHIN_MS,
      allowRequest: (request, decide) => {
        const isKnown = this.#deviceOf(request) !== undefined;
        decide(null, isKnown && io.engine.clientsCount < MAX_SOCKETS);
      },
    });
    io.engine.on('connection', (connection: Connection) => this.#note(connection));
    io.on('connection', (socket) => {
      const deviceId = this.#deviceOf(socket.request);
      if (deviceId === undefined) {
        socket.disconnect(true);
        return;
      }
      void socket.join(deviceId);
      socket.emit('on_server_version', IMMICH_VERSION);
    });
    this.#io = io;
  }

  /** Tells the apps of a device that a file of it is here. */
  uploaded(deviceId: string, file: OwnFile | undefined): void {
    if (!this.#io || !file) return;
    const room = this.#io.to(deviceId);
    if (this.#parts.devices.isTrusted(deviceId)) {
      room.emit('on_upload_success', assetAnswer(file, deviceId));
    } else room.disconnectSockets(true);
  }

  /** Ends all of it; the server stays its owner's. */
  close(): void {
    this.#io?.disconnectSockets(true);
    this.#io?.engine.close();
  }

  #note(connection: Connection): void {
    const deviceId = this.#deviceOf(connection.request);
    const token = tokenOf(connection.request.headers);
    if (deviceId === undefined || token === undefined) {
      connection.close(true);
      return;
    }
    const own = this.#connections.get(deviceId) ?? new Map<Connection, string>();
    this.#connections.set(deviceId, own);
    own.set(connection, token);
    connection.once('close', () => {
      own.delete(connection);
      if (own.size === 0 && this.#connections.get(deviceId) === own) {
        this.#connections.delete(deviceId);
      }
    });
    const [oldest] = own.keys();
    if (own.size > MAX_SOCKETS_OF_DEVICE) oldest?.close(true);
  }

  #endWhereTokenIsGone(): void {
    for (const own of this.#connections.values()) {
      for (const [connection, token] of own) {
        if (!this.#parts.devices.isToken(token)) connection.close(true);
      }
    }
  }

  #deviceOf({ headers }: IncomingMessage): string | undefined {
    const token = tokenOf(headers);
    try {
      return token === undefined ? undefined : this.#parts.devices.trusted(token)?.deviceId;
    } catch (error) {
      // Without its library nothing can be said of a device.
      this.#parts.log.debug({ err: error }, 'an app could not be told apart');
      return undefined;
    }
  }
}
