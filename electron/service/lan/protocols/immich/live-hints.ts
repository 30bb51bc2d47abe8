import type { Server as HttpServer } from 'node:http';

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
/** Apps say nothing but that they are there. */
const MAX_MESSAGE_BYTES = 4 * 1024;

export interface LiveHintsParts {
  readonly devices: Devices;
  readonly log: Logger;
}

/**
 * Socket.IO at `/api/socket.io`, as Immich's app opens it: a greeting, and a hint after each upload of its device. Only
 * hints: whoever misses one learns it from the stream. Nothing that comes over it is listened to.
 */
export class LiveHints {
  readonly #parts: LiveHintsParts;
  #io: Server | undefined;

  constructor(parts: LiveHintsParts) {
    this.#parts = parts;
  }

  /** Takes upgrades to WebSocket on this server; everything else stays with its other listeners. */
  attach(server: HttpServer): void {
    const io = new Server(server, {
      path: LIVE_HINTS_PATH,
      serveClient: false,
      transports: ['websocket'],
      perMessageDeflate: false,
      maxHttpBufferSize: MAX_MESSAGE_BYTES,
      allowRequest: (request, decide) => {
        const token = tokenOf(request.headers);
        const isKnown = token !== undefined && this.#deviceOf(token) !== undefined;
        decide(null, isKnown && io.engine.clientsCount < MAX_SOCKETS);
      },
    });
    io.on('connection', (socket) => {
      const token = tokenOf(socket.handshake.headers);
      const deviceId = token === undefined ? undefined : this.#deviceOf(token);
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

  #deviceOf(token: string): string | undefined {
    try {
      return this.#parts.devices.trusted(token)?.deviceId;
    } catch (error) {
      // Without its library nothing can be said of a device.
      this.#parts.log.debug({ err: error }, 'an app could not be told apart');
      return undefined;
    }
  }
}
