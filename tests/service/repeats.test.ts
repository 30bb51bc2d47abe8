import { createHash, randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { checkAnswerSchema, type CheckEntry } from '../../shared/native-protocol.ts';
import { formatReprDigest } from '../../shared/structured-field.ts';
import { sha256Of, type FakePhone } from '../support/fake-phone.ts';
import { RawConnection } from '../support/raw-connection.ts';
import { ServiceInTest } from '../support/service-in-test.ts';

type Phone = FakePhone & { deviceId: string; token: string };

const MODIFIED = '2024-05-01T10:00:00Z';

let roost: ServiceInTest;
let phone: Phone;
let tablet: Phone;

beforeAll(async () => {
  roost = await ServiceInTest.start();
  phone = await roost.phone('Phone');
  tablet = await roost.phone('Tablet');
});

afterAll(async () => {
  await roost[Symbol.asyncDispose]();
});

function head(key: string, token: string, headers: Record<string, string | number>): string {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return `PUT /v1/assets/${key}/photo HTTP/1.1\r\nHost: roost\r\nAuthorization: Bearer ${token}\r\n${lines.join('')}\r\n`;
}

async function check(from: FakePhone, resources: readonly CheckEntry[]) {
  const answer = await from.json('POST', '/v1/check', { resources });
  expect(answer.status, answer.body).toBe(200);
  return checkAnswerSchema.parse(JSON.parse(answer.body)).resources;
}

describe('a repeat', () => {
  it.each([
    ['its digest', (bytes: Buffer) => ({ 'Repr-Digest': formatReprDigest(sha256Of(bytes)) })],
    ['length and modification time', () => ({ 'Roost-Modified-At': MODIFIED })],
  ])('known by %s is answered before its body is sent', async (how, announce) => {
    const bytes = randomBytes(50_000);
    const key = `early-${how.length}`;
    const headers = { 'roost-modified-at': MODIFIED };
    const first = await phone.upload({ assetKey: key, bytes, headers });
    using raw = await RawConnection.to(roost.lanUrl);
    raw.send(
      head(key, phone.token, {
        'Content-Length': bytes.byteLength,
        Expect: '100-continue',
        ...announce(bytes),
      }),
    );
    const heard = await raw.ends();
    expect(heard).toMatch(/^HTTP\/1\.1 200 /);
    expect(heard).toContain('Roost-Result: repeated');
    expect(heard).toContain(String(first.headers['roost-receipt']));
  });

  it('is not believed by its length alone', async () => {
    const bytes = randomBytes(5000);
    await phone.upload({ assetKey: 'edited', bytes });
    const edited = randomBytes(5000);
    const answer = await phone.upload({ assetKey: 'edited', bytes: edited });
    expect(answer.status).toBe(201);
    expect(answer.headers['repr-digest']).toBe(formatReprDigest(sha256Of(edited)));
  });

  it('is not believed by a digest that another device sent', async () => {
    const bytes = randomBytes(6000);
    const first = await phone.upload({ assetKey: 'mine', bytes });
    using raw = await RawConnection.to(roost.lanUrl);
    raw.send(
      head('mine', tablet.token, {
        'Content-Length': bytes.byteLength,
        Expect: '100-continue',
        'Repr-Digest': formatReprDigest(sha256Of(bytes)),
      }),
    );
    await raw.hears('100 Continue');
    raw.send(bytes);
    const heard = await raw.hears('"result"');
    expect(heard).toContain('Roost-Result: duplicate');
    expect(heard).toContain(String(first.headers['roost-receipt']));
    const { devices } = await roost.window.call('devices.list', {});
    const counted = devices.find(({ deviceId }) => deviceId === tablet.deviceId);
    expect(counted).toMatchObject({ resourceCount: 1, byteCount: 6000 });
  });

  it('is proven by its bytes where only a SHA-512 vouches for it', async () => {
    const bytes = randomBytes(3000);
    const upload = { assetKey: 'sha-512', bytes };
    const headers = { 'roost-modified-at': MODIFIED };
    await phone.upload({ ...upload, headers });
    const digest = (of: Buffer): string =>
      `sha-512=:${createHash('sha512').update(of).digest('base64')}:`;
    const right = { ...headers, 'repr-digest': digest(bytes) };
    expect((await phone.upload({ ...upload, headers: right })).headers['roost-result']).toBe(
      'repeated',
    );
    const wrong = { ...headers, 'repr-digest': digest(randomBytes(3000)) };
    const refused = await phone.upload({ ...upload, headers: wrong });
    expect(refused.status).toBe(422);
    expect(refused.headers['roost-error']).toBe('upload/digest-mismatch');
  });

  it('whose file somebody took away is taken anew', async () => {
    const bytes = randomBytes(7000);
    const upload = { assetKey: 'gone', bytes, fileName: 'gone.jpg' };
    const digest = { 'repr-digest': formatReprDigest(sha256Of(bytes)) };
    await phone.upload(upload);
    const path = (await roost.originals()).find((each) => each.endsWith('/gone.jpg'))!;
    await rm(join(roost.libraryFolder, path));
    const answer = await phone.upload({ ...upload, headers: digest });
    expect(answer.status).toBe(201);
    const again = (await roost.originals()).filter((each) => /\/gone( \(2\))?\.jpg$/.test(each));
    expect(again).toHaveLength(1);
    expect((await roost.read(again[0]!)).equals(bytes)).toBe(true);
  });
});

describe('a check', () => {
  it('says nothing of what is here while the library is missing', async () => {
    await using without = await ServiceInTest.start();
    const from = await without.phone();
    await rm(without.libraryFolder, { recursive: true });
    const asked = { resources: [{ assetKey: 'a', resourceType: 'photo' }] };
    const answer = await from.json('POST', '/v1/check', asked);
    expect(answer.status).toBe(503);
    expect(answer.headers['roost-error']).toBe('library/missing');
  });

  it('says what is needed, in the order of the questions', async () => {
    const bytes = randomBytes(800);
    const stored = await phone.upload({
      assetKey: 'known/1',
      bytes,
      headers: { 'roost-modified-at': MODIFIED },
    });
    const sha256 = sha256Of(bytes);
    const known = { assetKey: 'known/1', resourceType: 'photo' };
    const modifiedAt = Date.parse(MODIFIED);
    const answers = await check(phone, [
      { ...known, sha256 },
      { assetKey: 'unknown', resourceType: 'photo', sha256 },
      { ...known, byteCount: 800, modifiedAt },
      { ...known, byteCount: 801, modifiedAt },
      { ...known, byteCount: 800, modifiedAt: modifiedAt + 1 },
      { ...known, resourceType: '1', sha256 },
      { ...known, resourceType: 'video', sha256 },
      { ...known, resourceType: '?!', sha256 },
      known,
    ]);
    expect(answers.map(({ needed }) => needed)).toEqual([
      false,
      true,
      false,
      true,
      true,
      false,
      true,
      true,
      true,
    ]);
    expect(answers[0]).toEqual({
      ...known,
      needed: false,
      receiptId: stored.headers['roost-receipt'],
      assetId: stored.headers['roost-asset'],
    });
    expect(answers[1]).toEqual({ assetKey: 'unknown', resourceType: 'photo', needed: true });
  });

  it('tells a device nothing of what another one sent', async () => {
    const bytes = randomBytes(900);
    await phone.upload({ assetKey: 'private', bytes });
    const entry = { assetKey: 'private', resourceType: 'photo', sha256: sha256Of(bytes) };
    expect((await check(phone, [entry]))[0]!.needed).toBe(false);
    expect(await check(tablet, [entry])).toEqual([
      { assetKey: 'private', resourceType: 'photo', needed: true },
    ]);
  });

  it('takes 5,000 entries, and not one more', async () => {
    const entry = (at: number): CheckEntry => ({
      assetKey: `${at}/${'x'.repeat(60)}`,
      resourceType: 'photo',
      byteCount: at,
      modifiedAt: at,
      sha256: sha256Of(Buffer.from(String(at))),
    });
    const entries = Array.from({ length: 5001 }, (_, at) => entry(at));
    const answers = await check(phone, entries.slice(0, 5000));
    expect(answers.map(({ assetKey }) => assetKey)).toEqual(
      entries.slice(0, 5000).map(({ assetKey }) => assetKey),
    );
    const refused = await phone.json('POST', '/v1/check', { resources: entries });
    expect(refused.status).toBe(400);
    expect(refused.headers['roost-error']).toBe('request/invalid');
  });

  it.each([
    ['no list', {}],
    ['an empty key', { resources: [{ assetKey: '', resourceType: 'photo' }] }],
    ['half a byte', { resources: [{ assetKey: 'a', resourceType: 'photo', byteCount: 1.5 }] }],
    ['a short hash', { resources: [{ assetKey: 'a', resourceType: 'photo', sha256: 'ab' }] }],
  ])('with %s is refused', async (_, body) => {
    expect((await phone.json('POST', '/v1/check', body)).status).toBe(400);
  });
});

describe('a connection', () => {
  /** Looks like a request, so that leftover bytes of a body that were read as one would store something. */
  const SMUGGLED = 'PUT /v1/assets/smuggled/photo HTTP/1.1\r\nHost: roost\r\nContent-Length: 4\r\n';

  function smuggling(token: string, byteCount: number): Buffer {
    const request = `${SMUGGLED}Authorization: Bearer ${token}\r\n\r\nevil`;
    return Buffer.from(request.repeat(Math.ceil(byteCount / request.length)));
  }

  it('goes on after a stored, a repeated and a refused upload whose bodies were read', async () => {
    const bytes = randomBytes(100);
    using raw = await RawConnection.to(roost.lanUrl);
    const sendAll = (key: string, more = {}): void => {
      raw.send(head(key, phone.token, { 'Content-Length': 100, ...more }));
      raw.send(bytes);
    };
    sendAll('kept-open');
    await raw.hears('"result":"stored"');
    sendAll('kept-open');
    await raw.hears('"result":"repeated"');
    sendAll('kept-open', { 'Repr-Digest': formatReprDigest('0'.repeat(64)) });
    await raw.hears('upload/digest-mismatch');
    raw.send('OPTIONS /v1/assets/a/photo HTTP/1.1\r\nHost: roost\r\n\r\n');
    await raw.hears('Upload-Limit');
    raw.send('GET /v1/ping HTTP/1.1\r\nHost: roost\r\nConnection: close\r\n\r\n');
    expect(await raw.ends()).toContain('{"roost":1,');
  });

  it.each([
    ['no trust', 'a', 'wrong', {}, 401],
    ['a body too large', 'a', undefined, { 'Upload-Length': 1 }, 422],
    ['a key too long', 'x'.repeat(2000), undefined, {}, 400],
  ])(
    'never reads the rest of a body refused for %s as a request',
    async (_, key, token, more, status) => {
      const body = smuggling(phone.token, 300_000);
      using raw = await RawConnection.to(roost.lanUrl);
      raw.send(head(key, token ?? phone.token, { 'Content-Length': body.byteLength, ...more }));
      raw.send(body.subarray(0, 1000));
      await raw.hears('\r\n\r\n');
      raw.send(body.subarray(1000));
      const heard = await raw.ends();
      expect(heard).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
      expect(heard.match(/HTTP\/1\.1/g)).toHaveLength(1);
      expect(
        await check(phone, [
          { assetKey: 'smuggled', resourceType: 'photo', sha256: sha256Of(Buffer.from('evil')) },
        ]),
      ).toMatchObject([{ needed: true }]);
    },
  );

  it('never reads a body nobody asked for as a request', async () => {
    const body = smuggling(phone.token, 3000);
    for (const start of [
      'GET /v1/ping',
      'OPTIONS /v1/assets/a/photo',
      'GET /nothing',
      'DELETE /v1/assets/a/photo',
    ]) {
      using raw = await RawConnection.to(roost.lanUrl);
      raw.send(`${start} HTTP/1.1\r\nHost: roost\r\nContent-Length: ${body.byteLength}\r\n\r\n`);
      raw.send(body);
      const heard = await raw.ends();
      expect(heard.match(/HTTP\/1\.1/g), start).toHaveLength(1);
    }
  });

  it('sees neither a redirect nor an answer without a body', async () => {
    const paths = [
      '/',
      '//',
      '/v1',
      '/v1/',
      '/v1/ping/',
      '/v1/assets/a/photo/',
      '/pair/',
      '//evil.example/%2e%2e',
      'http://evil.example/',
    ];
    for (const method of ['GET', 'PUT', 'POST', 'OPTIONS', 'DELETE']) {
      for (const path of paths) {
        using raw = await RawConnection.to(roost.lanUrl);
        raw.send(
          `${method} ${path} HTTP/1.1\r\nHost: roost\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`,
        );
        const heard = await raw.ends();
        expect(heard, `${method} ${path}`).toMatch(/^HTTP\/1\.1 (200|401|404|405) /);
        expect(heard.toLowerCase()).not.toContain('location:');
      }
    }
  });

  it('for devices shows nothing of the window, and the other way round', async () => {
    for (const path of [
      '/api/overview',
      '/api/events',
      '/media/assets/x/tile',
      '/index.html',
      '/app.js',
    ]) {
      expect((await phone.send('GET', path, {})).status, path).toBe(404);
    }
    for (const path of ['/v1/ping', '/v1/pair', '/v1/check']) {
      const answer = await roost.window.get(path);
      expect(await answer.text(), path).not.toContain('"roost":1');
    }
  });
});
