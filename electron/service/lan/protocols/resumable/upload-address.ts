import type { IncomingMessage } from 'node:http';

export const UPLOADS_PATH = '/v1/uploads';

/** A name or address with an optional port; nothing that could end a header or begin a path. */
const PLAIN_HOST = /^(?:[A-Za-z0-9._-]{1,255}|\[[0-9A-Fa-f:.%]{2,64}\])(?::\d{1,5})?$/;

/**
 * Address of an upload, on the host the client knows this computer by: its own name for itself may mean nothing
 * to the client. Relative where the request names no plain host.
 */
export function uploadAddress(request: IncomingMessage, uploadId: string): string {
  const path = `${UPLOADS_PATH}/${uploadId}`;
  const host = request.headers.host ?? '';
  return PLAIN_HOST.test(host) ? `http://${host}${path}` : path;
}
