import { createServer } from 'node:http';

import { expect, it } from 'vitest';

import type { RoostError } from '../../../shared/error-catalogue.ts';
import { listen } from '../listen.ts';
import { RawConnection } from '../../../tests/support/raw-connection.ts';

import { answerJson } from './early-answer.ts';
import { readJson } from './read-json.ts';

/** A server that reads JSON and says what it read, or the code of the refusal. */
async function echo(withinMs: number): Promise<AsyncDisposable & { url: string }> {
  const server = createServer((request, response) => {
    readJson(request, response, { maxByteCount: 20, withinMs }).then(
      (value) => answerJson(request, response, 200, {}, { value }),
      (error: unknown) =>
        answerJson(request, response, 400, {}, { code: (error as RoostError).code }),
    );
  });
  const port = await listen(server, { port: 0, host: '127.0.0.1' });
  return {
    url: `http://127.0.0.1:${port}`,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const HOUR_MS = 3_600_000;

it('reads a body in pieces', async () => {
  await using server = await echo(HOUR_MS);
  using raw = await RawConnection.to(server.url);
  raw.send('POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n4\r\n{"a"\r\n');
  raw.send('4\r\n: 1}\r\n0\r\n\r\n');
  expect(await raw.hears('\r\n\r\n{')).toContain('{"value":{"a":1}}');
});

it.each([
  ['a length too large', 'Content-Length: 21\r\n\r\n'],
  ['chunks too large', 'Transfer-Encoding: chunked\r\n\r\n15\r\n"aaaaaaaaaaaaaaaaaaa"\r\n'],
])('refuses %s before the end of the body', async (_, rest) => {
  await using server = await echo(HOUR_MS);
  using raw = await RawConnection.to(server.url);
  raw.send(`POST / HTTP/1.1\r\nHost: x\r\n${rest}`);
  expect(await raw.hears('\r\n\r\n{')).toContain('request/too-large');
});

it('lets go of a body that does not come in time', async () => {
  await using server = await echo(20);
  using raw = await RawConnection.to(server.url);
  raw.send('POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n{');
  expect(await raw.ends()).toBe('');
});
