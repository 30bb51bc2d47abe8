import type { IncomingMessage } from 'node:http';

import { RoostError } from '../../../shared/error-catalogue.ts';

/** How often a body is looked at. */
export const LOOK_EVERY_MS = 60_000;

/** Less than this between two looks is no upload: the worst Wi-Fi brings it in a second. */
export const MIN_BYTES_BETWEEN_LOOKS = 4 * 1024;

/**
 * Gives a body up that stops coming, or drips so slowly that it only holds a place: it ends with `upload/idle`,
 * and the device sends it again. A body that waits because this computer's disk is slow is left alone.
 */
export function watchBody(request: IncomingMessage): Disposable {
  let seen = request.socket.bytesRead;
  const timer = setInterval(() => {
    const { bytesRead } = request.socket;
    const isOurTurn = request.complete || request.readableLength > 0;
    if (!isOurTurn && bytesRead - seen < MIN_BYTES_BETWEEN_LOOKS) {
      request.destroy(new RoostError('upload/idle'));
    }
    seen = bytesRead;
  }, LOOK_EVERY_MS);
  timer.unref();
  return { [Symbol.dispose]: () => clearInterval(timer) };
}
