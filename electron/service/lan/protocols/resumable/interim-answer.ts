import type { OutgoingHttpHeaders, ServerResponse } from 'node:http';

const STATUS = 104;

/** Not in every Node that may host the service: Electron brings its own. */
type MaybeAble = Omit<ServerResponse, 'writeInformation'> & {
  writeInformation?: (status: number, headers: OutgoingHttpHeaders) => void;
};

/**
 * Sends `104 Upload Resumption Supported` before the answer itself. Best effort: an upload that nobody hears of
 * still ends as a plain one does.
 */
export function sendInterim(response: ServerResponse, headers: Record<string, string>): void {
  // RFC 9110, section 15.2: never to an HTTP/1.0 client.
  const isOld = response.req.httpVersion === '1.0';
  if (isOld || response.headersSent || response.destroyed) return;
  const able: MaybeAble = response;
  if (able.writeInformation) {
    able.writeInformation(STATUS, headers);
    return;
  }
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  response.socket?.write(`HTTP/1.1 ${STATUS} Upload Resumption Supported\r\n${lines.join('')}\r\n`);
}
