import { expect, it } from 'vitest';

import { silentLog } from '../../../tests/support/core-lab.ts';
import { RawConnection } from '../../../tests/support/raw-connection.ts';

import { answerJson } from './early-answer.ts';
import { startLanListener } from './lan-listener.ts';

const head = (method: string, path: string, byteCount: number): string =>
  `${method} ${path} HTTP/1.1\r\nHost: roost\r\nContent-Length: ${byteCount}\r\n\r\n`;

it('takes nothing more on a connection whose last answer was given, in however odd a moment it comes', async () => {
  const asked: string[] = [];
  await using stack = new AsyncDisposableStack();
  const listener = await startLanListener({
    app: {
      answer: (request, response) => {
        asked.push(request.url ?? '');
        if (request.url === '/waits') return;
        if (request.url === '/closes') {
          // The connection is being closed, but is not closed yet: what comes now, Node takes in.
          response.once('finish', () => {
            request.socket.emit('data', Buffer.from(`${head('HEAD', '/late', 3)}123`));
          });
        }
        answerJson(request, response, 404, {}, {});
      },
      attach: () => undefined,
      takesUpgrade: () => false,
      close: () => undefined,
    },
    host: '127.0.0.1',
    port: 0,
    log: silentLog,
  });
  stack.defer(() => listener.close());
  using raw = await RawConnection.to(`http://127.0.0.1:${listener.port}`);
  // A body that nobody asked for closes the connection behind its answer.
  raw.send(`${head('POST', '/closes', 5)}12345${head('GET', '/waits', 0)}`);
  expect(await raw.ends()).toMatch(/^HTTP\/1.1 404 [^]*\r\nconnection: close\r\n/i);
  // An answer to it, which nobody could hear, would be one that Node does not expect, and would end the service.
  expect(asked).toEqual(['/closes', '/waits']);
});
