import { createServer } from 'node:http';

import { expect, it } from 'vitest';

import type { RoostError } from '../../../shared/error-catalogue.ts';
import { listen } from '../listen.ts';
import { RawConnection } from '../../../tests/support/raw-connection.ts';

import { answerJson } from './early-answer.ts';
import { MAX_JSON_BYTES_AT_ONCE, MAX_NESTING, readJson } from './read-json.ts';

/** A server that reads JSON and says what it read, or the code of the refusal. */
async function echo(
  withinMs: number,
  maxByteCount = 20,
): Promise<AsyncDisposable & { url: string }> {
  const server = createServer((request, response) => {
    readJson(request, response, { maxByteCount, withinMs }).then(
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

const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);

it.each([
  ['is nested as deeply as may be', nested(MAX_NESTING), true],
  ['is nested more deeply', nested(MAX_NESTING + 1), false],
  [
    'is nested by objects',
    '{"a":'.repeat(MAX_NESTING + 1) + '1' + '}'.repeat(MAX_NESTING + 1),
    false,
  ],
  ['only opens', '['.repeat(400_000), false],
  ['has many brackets side by side', `[${'[],'.repeat(1000)}1]`, true],
  ['has brackets in its strings', JSON.stringify(['\\"'.repeat(50) + '['.repeat(100), '\\']), true],
])('reads no body that goes too deep, as one that %s', async (_, body, isRead) => {
  await using server = await echo(HOUR_MS, 500_000);
  const answer = await fetch(server.url, { method: 'POST', body });
  const told = (await answer.json()) as { value?: unknown; code?: string };
  expect(told).toEqual(
    isRead ? { value: JSON.parse(body) as unknown } : { code: 'request/invalid' },
  );
});

it('reads no body that is packed', async () => {
  await using server = await echo(HOUR_MS);
  for (const [encoding, code] of [
    ['gzip', 'request/wrong-media-type'],
    ['identity', undefined],
  ] as const) {
    const answer = await fetch(server.url, {
      method: 'POST',
      body: '{}',
      headers: { 'content-encoding': encoding },
    });
    expect(((await answer.json()) as { code?: string }).code).toBe(code);
  }
});

it('holds so much of all bodies together, and room for small ones always', async () => {
  const size = MAX_JSON_BYTES_AT_ONCE / 4;
  await using server = await echo(HOUR_MS, size);
  const begun = async (byteCount: number): Promise<RawConnection> => {
    const raw = await RawConnection.to(server.url);
    raw.send(`POST / HTTP/1.1\r\nHost: x\r\nContent-Length: ${size}\r\n\r\n`);
    raw.send(Buffer.alloc(byteCount, ' '));
    return raw;
  };
  const post = async (body: string): Promise<unknown> =>
    (await fetch(server.url, { method: 'POST', body })).json();
  const full: RawConnection[] = [];
  try {
    for (let at = 0; at < 4; at += 1) full.push(await begun(size - 1));
    const large = JSON.stringify('x'.repeat(100_000));
    await expect.poll(() => post(large)).toEqual({ code: 'service/overloaded' });
    expect(await post('"small"')).toEqual({ value: 'small' });
    for (const raw of full) raw[Symbol.dispose]();
    await expect.poll(() => post(large)).toHaveProperty('value');
  } finally {
    for (const raw of full) raw[Symbol.dispose]();
  }
});
