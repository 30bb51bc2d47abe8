import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { lanApp } from '../../lan-app.ts';

import { webUploadRoutes } from './web-upload-routes.ts';

const SERVED = [
  ...['index.html', 'app.js', 'style.css', 'icon.svg', 'icon-180.png', 'icon-512.png'],
  'manifest.webmanifest',
];
let folder: string;
let server: Server;
let base: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'roost-page-'));
  for (const name of [...SERVED, 'secret.txt']) {
    await writeFile(join(folder, name), `this is ${name}`);
  }
  await serve(folder);
});

afterEach(async () => {
  await stop();
  await rm(folder, { recursive: true });
});

async function serve(from: string | undefined): Promise<void> {
  server = createServer(lanApp([webUploadRoutes({ folder: from })], pino({ level: 'silent' })));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function stop(): Promise<void> {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}

describe('the page for browsers', () => {
  it('is the same at the plain address and at that of the pairing QR', async () => {
    const texts = await Promise.all(
      ['/', '/pair'].map(async (path) => (await fetch(base + path)).text()),
    );
    expect(texts).toEqual(['this is index.html', 'this is index.html']);
  });

  it.each([
    ['/', 'text/html; charset=utf-8'],
    ['/web-upload/app.js', 'text/javascript; charset=utf-8'],
    ['/web-upload/style.css', 'text/css; charset=utf-8'],
    ['/web-upload/icon.svg', 'image/svg+xml'],
    ['/web-upload/icon-180.png', 'image/png'],
    ['/web-upload/icon-512.png', 'image/png'],
    ['/web-upload/manifest.webmanifest', 'application/manifest+json'],
  ])('allows %s nothing but its own files, and sets no cookie', async (path, type) => {
    const { headers } = await fetch(base + path);
    expect(Object.fromEntries(headers)).toMatchObject({
      'content-type': type,
      'content-security-policy':
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; " +
        "img-src 'self' blob:; manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
    });
    expect(headers.has('set-cookie')).toBe(false);
    expect(headers.has('access-control-allow-origin')).toBe(false);
  });

  it.each([
    '/web-upload/secret.txt',
    '/web-upload/',
    '/web-upload',
    '/web-upload/index.html',
    '/web-upload/%2e%2e/secret.txt',
    '/web-upload/..%2fsecret.txt',
    '/index.html',
    '/PAIR',
  ])('has nothing at %s', async (path) => {
    const answer = await rawGet(path);
    expect([answer.status, answer.code]).toEqual([404, 'request/not-found']);
  });

  it('answers HEAD without a body', async () => {
    const answer = await fetch(`${base}/pair`, { method: 'HEAD' });
    expect([answer.status, answer.headers.get('content-length'), await answer.text()]).toEqual([
      200,
      '18',
      '',
    ]);
  });

  it('does not read an endless body', async () => {
    const ended = await new Promise<boolean>((resolve) => {
      const sending = request(`${base}/`, { method: 'GET', headers: { 'content-length': 1e9 } });
      sending.on('error', () => resolve(true));
      sending.on('response', (response) => response.on('close', () => resolve(true)).resume());
      sending.write('a');
    });
    expect(ended).toBe(true);
  });

  it('says so when it is not built', async () => {
    await stop();
    await serve(undefined);
    expect((await rawGet('/pair')).detail).toContain('The page for browsers is not built.');
  });
});

/** Without the tidying of paths that `fetch` does. */
async function rawGet(path: string): Promise<{ status: number; code: string; detail: string }> {
  return new Promise((resolve, reject) => {
    const { port } = server.address() as AddressInfo;
    const asking = request({ host: '127.0.0.1', port, path }, (response) => {
      let text = '';
      response.on('data', (chunk: Buffer) => (text += chunk.toString()));
      response.on('end', () => {
        const problem = JSON.parse(text) as { code: string; detail: string };
        resolve({ status: response.statusCode ?? 0, ...problem });
      });
    });
    asking.on('error', reject).end();
  });
}
