import { randomBytes } from 'node:crypto';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { uploadUrl } from '../support/resuming-phone.ts';

import { fileOf, freshKey, ResumableLab } from './resumable-lab.ts';

const METHODS = ['HEAD', 'GET', 'PATCH', 'DELETE', 'POST'] as const;

let lab: ResumableLab;

beforeAll(async () => {
  lab = await ResumableLab.start();
});

afterAll(async () => {
  await lab[Symbol.asyncDispose]();
});

/** Every call to an upload's address, as a device with this token makes it. */
function call(method: (typeof METHODS)[number], url: string, token: string | null) {
  const phone = lab.phone(8, token);
  if (method === 'PATCH') return phone.append(url, { offset: 10, isComplete: true }, fileOf(5));
  if (method !== 'POST') return phone.ask(method, url);
  return lab.tus(token).send('POST', url, { 'x-http-method-override': 'DELETE' });
}

async function openUpload(): Promise<{ url: string; bytes: Buffer }> {
  const bytes = fileOf(1000);
  const created = await lab
    .phone()
    .create({ assetKey: freshKey(), isComplete: false }, bytes.subarray(0, 10));
  return { url: uploadUrl(created), bytes };
}

async function expectUntouched({ url, bytes }: { url: string; bytes: Buffer }): Promise<void> {
  expect(await lab.phone().state(url)).toMatchObject({ offset: 10, isComplete: false });
  const answer = await lab.phone().finish(url, bytes);
  expect((await lab.storedBytes(answer)).equals(bytes)).toBe(true);
}

describe('an upload’s address', () => {
  const WRONG_TOKENS: readonly [string, string | null][] = [
    ['no token', null],
    ['nonsense', 'nonsense'],
    ['a token nobody issued', `roost_${'0'.repeat(16)}_${'A'.repeat(43)}`],
  ];

  it.each(WRONG_TOKENS)('is of no use with %s', async (_, token) => {
    const upload = await openUpload();
    for (const method of METHODS) {
      const answer = await call(method, upload.url, token);
      expect(answer.status, method).toBe(401);
      expect(answer.headers['www-authenticate']).toMatch(/^Bearer realm="Roost"/);
      expect(answer.headers['upload-offset']).toBeUndefined();
    }
    await expectUntouched(upload);
  });

  it('does not exist for another device, trusted as it may be', async () => {
    const other = await lab.roost.phone('Other phone');
    const upload = await openUpload();
    const nowhere = `/v1/uploads/${'A'.repeat(24)}`;
    for (const method of METHODS) {
      const answer = await call(method, upload.url, other.token);
      const unknown = await call(method, nowhere, other.token);
      expect(answer.status, method).toBe(404);
      expect(answer.headers['roost-error']).toBe('upload/not-found');
      expect(answer.headers['upload-offset']).toBeUndefined();
      // Nothing in the answer tells an upload of somebody else from none.
      const comparable = (headers: typeof answer.headers) => ({ ...headers, date: undefined });
      expect(comparable(answer.headers)).toEqual(comparable(unknown.headers));
      expect(answer.body).toBe(unknown.body);
    }
    await expectUntouched(upload);
  });

  it('is of no use once the token is revoked', async () => {
    const lost = await lab.roost.phone('Lost phone');
    const phone = lab.phone(8, lost.token);
    const url = await phone.reserve({ assetKey: freshKey() });
    await lab.roost.window.call('device.revoke', { deviceId: lost.deviceId });
    for (const method of METHODS) {
      const answer = await call(method, url, lost.token);
      expect(answer.status, method).toBe(401);
      expect(answer.headers['www-authenticate']).toContain('invalid_token');
    }
  });

  it('ends no running request for somebody who may not use it', async () => {
    const other = await lab.roost.phone('Curious phone');
    const phone = lab.phone();
    const bytes = fileOf(100_000);
    const url = await phone.reserve({ assetKey: freshKey() });
    using running = phone.beginAppend(url, {
      offset: 0,
      isComplete: true,
      contentLength: bytes.byteLength,
    });
    await running.send(bytes.subarray(0, 50_000));
    await lab.ends.hasRead(running);
    for (const token of [other.token, null]) {
      for (const method of METHODS) await call(method, url, token);
    }
    expect((await running.end(bytes.subarray(50_000))).status).toBe(201);
  });

  it.each([
    ['cut short', (id: string) => id.slice(0, -1)],
    ['longer', (id: string) => `${id}A`],
    ['in other case', (id: string) => id.replace(/[a-z]/i, swapCase)],
    ['with a way out', (id: string) => `..%2F${id}`],
    ['encoded twice', (id: string) => `%25${id.slice(3)}`],
    ['with a NUL', (id: string) => `${id.slice(0, -1)}%00`],
    ['nothing', () => ''],
    ['a folder', () => '..'],
    ['very long', (id: string) => id.repeat(200)],
  ])('%s is not an upload', async (_, changed) => {
    const upload = await openUpload();
    const id = upload.url.slice(upload.url.lastIndexOf('/') + 1);
    const url = `${lab.roost.lanUrl}/v1/uploads/${changed(id)}`;
    for (const method of ['HEAD', 'PATCH', 'DELETE'] as const) {
      const { status } = await call(method, url, lab.token);
      expect([400, 404], method).toContain(status);
    }
    await expectUntouched(upload);
  });

  it('tells what it takes to anyone, and to everything else which methods there are', async () => {
    const { url } = await openUpload();
    const options = await lab.phone(8, null).ask('OPTIONS', url);
    expect(options.status).toBe(200);
    for (const method of ['HEAD', 'PATCH', 'DELETE', 'OPTIONS']) {
      expect(options.headers.allow).toContain(method);
    }
    const put = await lab.phone().open('PUT', url, { 'content-length': 3 }).end(randomBytes(3));
    expect(put.status).toBe(405);
    expect(put.headers.allow).toBe(options.headers.allow);
  });
});

describe('a creation without trust', () => {
  it.each([null, 'nonsense'])('hears 401 and no 104 (%s)', async (token) => {
    const staged = await lab.roost.stagedNames();
    const answer = await lab
      .phone(8, token)
      .create({ assetKey: freshKey(), isComplete: true }, fileOf(1000));
    expect(answer.status).toBe(401);
    expect(answer.interims).toEqual([]);
    expect(answer.headers.location).toBeUndefined();
    const tus = await lab.tus(token).create(freshKey(), { 'upload-length': 10 });
    expect(tus.status).toBe(401);
    expect(await lab.roost.stagedNames()).toEqual(staged);
  });
});

describe('where an upload is', () => {
  it.each([
    ['a plain name', 'roost.local:7678', 'http://roost.local:7678/v1/uploads/'],
    ['an address', '192.168.1.20:7678', 'http://192.168.1.20:7678/v1/uploads/'],
    ['an IPv6 address', '[fd00::7]:7678', 'http://[fd00::7]:7678/v1/uploads/'],
    ['a name without port', 'roost', 'http://roost/v1/uploads/'],
    ['a name with a path', 'evil.example/x?', '/v1/uploads/'],
    ['a name with somebody at it', 'user@evil.example', '/v1/uploads/'],
    ['a script', 'a"><script>', '/v1/uploads/'],
  ])('is told for the Host the device used: %s', async (_, host, expected) => {
    const answer = await lab
      .phone()
      .create({ assetKey: freshKey(), isComplete: false, headers: { host } });
    expect(answer.status).toBe(201);
    const location = String(answer.headers.location);
    expect(location.slice(0, expected.length)).toBe(expected);
    expect(location.slice(expected.length)).toMatch(/^[A-Za-z0-9_-]{24}$/);
  });
});

function swapCase(letter: string): string {
  return letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase();
}
