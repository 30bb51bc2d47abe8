import { mkdir, rm, utimes, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

import express, { type ErrorRequestHandler } from 'express';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { RoostError } from '../../../shared/error-catalogue.ts';
import type { Receipt } from '../../../shared/receipt.ts';
import { tempFolder } from '../../../tests/support/temp-folder.ts';
import { mediaRoutes } from './media-routes.ts';

const BYTES = Buffer.from(Array.from({ length: 1000 }, (_, index) => index % 251));
const SHA256 = 'ab'.repeat(32);

let temp: Awaited<ReturnType<typeof tempFolder>>;
let server: Server;
let path: string;
let clip: Buffer;

beforeAll(async () => {
  temp = await tempFolder();
  await mkdir(join(temp.path, '.roost'));
  const app = express();
  app.use(
    mediaRoutes({
      preview: () => Promise.resolve({ reason: 'damaged' }),
      resourcePreview: (receiptId) =>
        Promise.resolve(
          receiptId === 'edit' ? { bytes: BYTES, isQuick: false } : { reason: 'damaged' },
        ),
      clip: () => Promise.resolve({ bytes: clip }),
      original: () => ({
        receipt: { path: 'a/IMG_1.MOV', sha256: SHA256 } as Receipt,
        path,
        mediaType: 'video/quicktime',
      }),
    }),
  );
  const answer: ErrorRequestHandler = (error, _request, response, _next) => {
    response.status(error instanceof RoostError ? error.facts.status : 500).end();
  };
  app.use(answer);
  server = createServer(app).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
});
afterAll(async () => {
  await new Promise((resolve) => server.close(resolve));
  await temp[Symbol.asyncDispose]();
});
beforeEach(async () => {
  path = join(temp.path, '.roost/IMG_1.MOV');
  clip = BYTES;
  await writeFile(path, BYTES);
});
afterEach(() => rm(path, { force: true }));

async function ask(address: string, headers: Record<string, string> = {}, method = 'GET') {
  const { port } = server.address() as AddressInfo;
  const answer = await fetch(`http://127.0.0.1:${port}${address}`, { method, headers });
  const body = Buffer.from(await answer.arrayBuffer());
  return { status: answer.status, headers: answer.headers, body };
}

const ORIGINAL = '/media/resources/x/original';
const CLIP = '/media/assets/x/clip';

describe.each([ORIGINAL, CLIP])('%s', (address) => {
  it('is sent whole with its length, and says that it can be asked for in parts', async () => {
    const { status, headers, body } = await ask(address);
    expect(status).toBe(200);
    expect(headers.get('accept-ranges')).toBe('bytes');
    expect(headers.get('content-length')).toBe('1000');
    expect(headers.get('etag')).toMatch(/^"[\w-]+"$/);
    expect(body).toEqual(BYTES);
  });

  it.each([
    ['bytes=0-', 0, 999],
    ['bytes=0-0', 0, 0],
    ['bytes=990-', 990, 999],
    ['bytes=-10', 990, 999],
    ['bytes=10-99999', 10, 999],
    ['bytes=0-4,5-9', 0, 9],
  ])('answers %s with that part', async (range, start, end) => {
    const { status, headers, body } = await ask(address, { range });
    expect(status).toBe(206);
    expect(headers.get('content-range')).toBe(`bytes ${start}-${end}/1000`);
    expect(headers.get('content-length')).toBe(String(end + 1 - start));
    expect(body).toEqual(BYTES.subarray(start, end + 1));
  });

  it.each(['bytes=1000-', 'bytes=-0'])(
    'says where the end is to who asks for %s',
    async (range) => {
      const { status, headers, body } = await ask(address, { range });
      expect(status).toBe(416);
      expect(headers.get('content-range')).toBe('bytes */1000');
      expect(body).toHaveLength(0);
    },
  );

  it.each(['bytes=0-4,20-24', 'lines=0-4', 'bytes=a-b'])(
    'answers %s, which it does not serve in parts, with everything',
    async (range) => {
      const { status, body } = await ask(address, { range });
      expect(status).toBe(200);
      expect(body).toEqual(BYTES);
    },
  );

  it('goes on where a download stopped, as long as the bytes are the same', async () => {
    const etag = (await ask(address)).headers.get('etag')!;
    const same = await ask(address, { range: 'bytes=500-', 'if-range': etag });
    expect(same.status).toBe(206);
    const other = await ask(address, { range: 'bytes=500-', 'if-range': '"other"' });
    expect(other.status).toBe(200);
    expect(other.body).toEqual(BYTES);
    const dated = await ask(address, {
      range: 'bytes=500-',
      'if-range': 'Wed, 21 Oct 2015 07:28:00 GMT',
    });
    expect(dated.status).toBe(200);
  });

  it('sends nothing again that the browser has, and no bytes to HEAD', async () => {
    const etag = (await ask(address)).headers.get('etag')!;
    // Without the second one, Node's fetch asks for fresh bytes.
    const known = await ask(address, { 'if-none-match': etag, 'cache-control': 'max-age=0' });
    expect(known.status).toBe(304);
    const head = await ask(address, {}, 'HEAD');
    expect(head.status).toBe(200);
    expect(head.headers.get('content-length')).toBe('1000');
    expect(head.body).toHaveLength(0);
  });

  it('has another tag once the bytes are others', async () => {
    const etag = (await ask(address)).headers.get('etag')!;
    clip = Buffer.from(BYTES).reverse();
    await writeFile(path, clip);
    await utimes(path, 1_600_000_000, 1_600_000_000);
    const answer = await ask(address, { range: 'bytes=500-', 'if-range': etag });
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual(clip);
  });
});

describe('the picture of a resource', () => {
  it('is kept for good, and has a reason where there is none', async () => {
    const made = await ask('/media/resources/edit/screen');
    expect(made.status).toBe(200);
    expect(made.headers.get('cache-control')).toContain('immutable');
    expect(made.headers.get('content-type')).toBe('image/webp');
    expect((await ask('/media/resources/other/screen')).status).toBe(404);
    expect((await ask('/media/resources/edit/clip')).status).toBe(404);
  });
});

it('says that an original cannot be read where it is gone', async () => {
  await rm(path);
  expect((await ask(ORIGINAL)).status).toBe(404);
});
