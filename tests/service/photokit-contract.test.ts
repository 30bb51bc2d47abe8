import { createHash, randomBytes } from 'node:crypto';

import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';

import { uploadPath } from '../../shared/native-protocol.ts';
import { isErrorCode, ERRORS } from '../../shared/error-catalogue.ts';
import { type FakePhone, type PhoneAnswer } from '../support/fake-phone.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { OpenRequest } from '../support/open-request.ts';
import { RawConnection } from '../support/raw-connection.ts';
import { ServerEnds } from '../support/server-ends.ts';
import { ServiceInTest } from '../support/service-in-test.ts';

const MINUTE_MS = 60_000;
const HOURS = 8;

const clock = new ManualClock();
let roost: ServiceInTest;
let phone: FakePhone & { deviceId: string; token: string };

beforeAll(async () => {
  roost = await ServiceInTest.start({ clock });
  phone = await roost.phone();
});

afterAll(async () => {
  await roost[Symbol.asyncDispose]();
});

afterEach(() => {
  vi.useRealTimers();
});

/** Background sessions follow redirects by themselves, and lose the token or take it elsewhere. */
describe('no address answers with a redirect', () => {
  const PATHS = [
    '/v1/assets/a/photo/',
    '/v1/assets//photo',
    '//v1/assets/a/photo',
    '/v1//assets/a/photo',
    '/v1/assets/a//photo',
    '/v1/assets/a/photo?x=1',
    '/v1/assets/a/photo#f',
    '/V1/assets/a/photo',
    '/v1/Assets/a/photo',
    '/v1/assets/A/PHOTO',
    '/v1/assets/./photo',
    '/v1/assets/../photo',
    '/v1/assets/a%2F/photo',
    '/v1/assets/%2e%2e/photo',
    '/v1/assets/a/',
    '/v1/assets/a',
    '/v1/assets/',
    '/v1/assets',
    '/v1/uploads',
    '/v1/uploads/',
    '/v1/uploads/x/',
    '/v1//uploads/x',
    '/v1/',
    '/v1',
    '/',
    '//',
    '/pair/',
    '/web-upload',
    '/web-upload/',
    '/web-upload/..',
    '/web-upload//app.js',
    '/index.html',
    'http://elsewhere.example/v1/assets/a/photo',
    '*',
  ];

  it.each(PATHS)('%s', async (path) => {
    for (const method of ['PUT', 'POST', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'DELETE']) {
      using raw = await RawConnection.to(roost.lanUrl);
      raw.send(
        `${method} ${path} HTTP/1.1\r\nHost: roost\r\nConnection: close\r\n` +
          `Authorization: Bearer ${phone.token}\r\nContent-Length: 4\r\n\r\n`,
      );
      raw.send(randomBytes(4));
      const heard = await raw.ends();
      const status = Number(/^HTTP\/1\.1 (\d{3}) /.exec(heard)?.[1]);
      expect(status, `${method} ${path}: ${heard}`).toBeGreaterThanOrEqual(200);
      expect(status < 300 || status >= 400, `${method} ${path}: ${status}`).toBe(true);
      expect(status, `${method} ${path}`).toBeLessThan(500);
      // Of what can store a photo only 200 and 201 are successes to a PhotoKit client.
      if (method === 'PUT' && status < 300) expect([200, 201]).toContain(status);
    }
  });
});

/** A PhotoKit client sees headers only, and on the first systems not even those. */
describe('an answer to an upload', () => {
  function expectBodyToRepeatHeaders({ status, headers, body }: PhoneAnswer): void {
    expect([200, 201]).toContain(status);
    const { result, receiptId, assetId, sha256 } = JSON.parse(body) as Record<string, string>;
    expect(headers).toMatchObject({
      'roost-result': result,
      'roost-receipt': receiptId,
      'roost-asset': assetId,
      etag: `"${sha256}"`,
      'repr-digest': `sha-256=:${Buffer.from(sha256!, 'hex').toString('base64')}:`,
    });
  }

  it('is complete in its headers: stored, repeated, duplicate', async () => {
    const bytes = randomBytes(3000);
    const digest = createHash('sha256').update(bytes).digest('base64');
    const headers = { 'repr-digest': `sha-256=:${digest}:` };
    const answers = [
      await phone.upload({ assetKey: 'complete', bytes }),
      await phone.upload({ assetKey: 'complete', bytes, headers }),
      await phone.upload({ assetKey: 'complete', bytes }),
      await phone.upload({ assetKey: 'complete, once more', bytes }),
    ];
    expect(answers.map((answer) => answer.headers['roost-result'])).toEqual([
      'stored',
      'repeated',
      'repeated',
      'duplicate',
    ]);
    for (const answer of answers) expectBodyToRepeatHeaders(answer);
  });

  it('that is no success tells code and retry in its headers', async () => {
    const bytes = randomBytes(30);
    const refused = [
      await roost.stranger().upload({ assetKey: 'a', bytes }),
      await roost.stranger('wrong').upload({ assetKey: 'a', bytes }),
      await phone.upload({ assetKey: 'a', bytes: Buffer.alloc(0) }),
      await phone.upload({ assetKey: 'a', resourceType: '-', bytes }),
      await phone.upload({ assetKey: 'x'.repeat(2000), bytes }),
      await phone.send('PUT', '/v1/assets/a', {}, bytes),
      await phone.send('GET', uploadPath('a', 'photo'), {}),
    ];
    expect(refused.map(({ status }) => status)).toEqual([401, 401, 422, 400, 400, 404, 405]);
    for (const { status, headers } of refused) {
      const code = String(headers['roost-error']);
      if (!isErrorCode(code)) throw new Error(`${code} is in no catalogue.`);
      expect(status).toBe(ERRORS[code].status);
      expect(headers['roost-retry']).toBe(ERRORS[code].retry);
      expect('www-authenticate' in headers).toBe(status === 401);
    }
  });

  it.each([3, 5, 6, undefined])(
    'to URLSession, which calls a photo a form and says it is whole (version %s), is a success',
    async (version) => {
      const bytes = Buffer.concat([Buffer.from('a=1&b=%20&'), randomBytes(3000)]);
      using request = new OpenRequest(
        new URL(uploadPath(`form-${version}`, 'photo'), roost.lanUrl),
        'POST',
        {
          authorization: `Bearer ${phone.token}`,
          'content-type': 'application/x-www-form-urlencoded',
          'content-length': bytes.byteLength,
          ...(version !== undefined && { 'upload-draft-interop-version': version }),
          [version === 3 ? 'upload-incomplete' : 'upload-complete']: version === 3 ? '?0' : '?1',
        },
      );
      const answer = await request.end(bytes);
      expect(answer.status).toBe(201);
      expectBodyToRepeatHeaders(answer);
      expect(answer.headers.etag).toBe(`"${createHash('sha256').update(bytes).digest('hex')}"`);
    },
  );
});

describe('the preflight', () => {
  it.each([
    ['without a token', {}],
    ['with a wrong token', { authorization: 'Bearer wrong' }],
    ['as URLSession asks', { 'upload-draft-interop-version': '6' }],
    ['as a browser asks', { origin: 'http://x', 'access-control-request-method': 'PUT' }],
    ['with Upload-Complete', { 'upload-draft-interop-version': '8', 'upload-complete': '?1' }],
  ])('%s tells that uploads can be resumed', async (_, headers) => {
    for (const path of [uploadPath('any/key', 'photo'), uploadPath('x'.repeat(1024), '9')]) {
      const answer = await roost.stranger().send('OPTIONS', path, headers);
      expect(answer.status).toBe(200);
      expect(answer.headers['upload-limit']).toMatch(/^min-size=0, max-size=\d+/);
      expect(answer.headers['access-control-allow-origin']).toBeUndefined();
    }
  });
});

describe('jobs', () => {
  it('may come in any order and weeks apart, and are one asset', async () => {
    const assetKey = '6F1C3B1E/L0/001';
    const movie = await phone.upload({
      assetKey,
      resourceType: 'paired-video',
      bytes: randomBytes(5000),
      fileName: 'IMG_0001.MOV',
    });
    clock.advance(3 * 7 * 24 * 60 * MINUTE_MS);
    const still = await phone.upload({
      assetKey,
      bytes: randomBytes(5000),
      fileName: 'IMG_0001.HEIC',
    });
    expect([movie.status, still.status]).toEqual([201, 201]);
    expect(still.headers['roost-asset']).toBe(movie.headers['roost-asset']);
  });

  it('may come in a burst of many at once', async () => {
    const answers = await Promise.all(
      Array.from({ length: 30 }, (_, number) =>
        phone.upload({ assetKey: `burst-${number}`, bytes: randomBytes(20_000) }),
      ),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
  });
});

describe('a request', () => {
  function begin(assetKey: string, byteCount: number): OpenRequest {
    return new OpenRequest(new URL(uploadPath(assetKey, 'video'), roost.lanUrl), 'PUT', {
      authorization: `Bearer ${phone.token}`,
      'content-length': byteCount,
      expect: '100-continue',
    });
  }

  it(`may last ${HOURS} hours, a few kilobytes a minute`, async () => {
    using ends = new ServerEnds();
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    const minutes = HOURS * 60;
    const bytes = randomBytes(minutes * 5000);
    using request = begin('long', bytes.byteLength);
    await request.hears(100);
    for (let minute = 0; minute < minutes; minute++) {
      await request.send(bytes.subarray(minute * 5000, (minute + 1) * 5000));
      await ends.hasRead(request);
      clock.advance(MINUTE_MS);
      vi.advanceTimersByTime(MINUTE_MS);
    }
    expect((await request.end()).status).toBe(201);
  });

  it('is not ended by the HTTP layer below, however long it takes', async () => {
    using ends = new ServerEnds();
    using request = begin('any', 10);
    await request.send(randomBytes(1));
    expect(await ends.serverOf(request)).toMatchObject({ requestTimeout: 0, timeout: 0 });
  });

  it('that only drips is ended, so that nobody can hold places by it', async () => {
    using ends = new ServerEnds();
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    using request = begin('drip', 1_000_000);
    await request.hears(100);
    for (let minute = 0; minute < 2; minute++) {
      await request.send(randomBytes(10)).catch(() => undefined);
      await ends.hasRead(request);
      vi.advanceTimersByTime(MINUTE_MS);
    }
    await expect(request.answer).rejects.toThrow();
  });
});
