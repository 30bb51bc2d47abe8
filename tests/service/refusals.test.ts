import { randomBytes } from 'node:crypto';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { type FakePhone } from '../support/fake-phone.ts';
import { RawConnection } from '../support/raw-connection.ts';
import { ServiceInTest } from '../support/service-in-test.ts';

const CONTINUE = 'HTTP/1.1 100 Continue';

let roost: ServiceInTest;
let phone: FakePhone & { deviceId: string; token: string };

beforeAll(async () => {
  roost = await ServiceInTest.start();
  phone = await roost.phone();
});

afterAll(async () => {
  await roost[Symbol.asyncDispose]();
});

async function jobCount(): Promise<number> {
  const { jobs } = await roost.window.call('jobs.list', { limit: 200 });
  return jobs.length;
}

function uploadHead(key: string, headers: Record<string, string | number>): string {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return `PUT /v1/assets/${key}/photo HTTP/1.1\r\nHost: roost\r\n${lines.join('')}\r\n`;
}

describe('a request without trust', () => {
  const WRONG_TOKENS: readonly [string, string | undefined][] = [
    ['no token', undefined],
    ['nonsense', 'nonsense'],
    ['a token nobody issued', `roost_${'0'.repeat(16)}_${'A'.repeat(43)}`],
  ];

  it.each(WRONG_TOKENS)('with %s is refused, and nothing is kept of it', async (_, token) => {
    const answer = await roost.stranger(token).upload({ assetKey: 'a', bytes: randomBytes(5000) });
    expect(answer.status).toBe(401);
    expect(answer.headers['www-authenticate']).toMatch(/^Bearer realm="Roost"/);
    expect(answer.headers).toMatchObject({
      'roost-error': token === undefined ? 'auth/token-missing' : 'auth/token-invalid',
      'roost-retry': 'after-user',
    });
    expect(await roost.originals()).toEqual([]);
    expect(await roost.stagedNames()).toEqual([]);
    expect(await jobCount()).toBe(0);
  });

  it('with the right token but its last character is refused', async () => {
    const last = phone.token.endsWith('A') ? 'B' : 'A';
    const answer = await roost
      .stranger(`${phone.token.slice(0, -1)}${last}`)
      .upload({ assetKey: 'a', bytes: randomBytes(10) });
    expect(answer.status).toBe(401);
  });

  it('gets its answer although it is in the middle of a large body', async () => {
    const bytes = randomBytes(40_000_000);
    using raw = await RawConnection.to(roost.lanUrl);
    raw.send(uploadHead('a', { 'Content-Length': bytes.byteLength }));
    raw.send(bytes);
    expect(await raw.hears('\r\n\r\n')).toMatch(/^HTTP\/1\.1 401 /);
    expect(await raw.ends()).toContain('auth/token-missing');
    expect(raw.error).toBeUndefined();
  });

  it('gets a proper client its answer while it sends a few megabytes', async () => {
    for (let round = 0; round < 5; round++) {
      const answer = await roost
        .stranger()
        .upload({ assetKey: 'a', bytes: randomBytes(8_000_000) });
      expect(answer.status).toBe(401);
    }
  });

  it('is not told to go on with its body', async () => {
    using raw = await RawConnection.to(roost.lanUrl);
    raw.send(uploadHead('a', { 'Content-Length': 100_000, Expect: '100-continue' }));
    const heard = await raw.ends();
    expect(heard).toMatch(/^HTTP\/1\.1 401 /);
    expect(heard).not.toContain(CONTINUE);
  });

  it('cannot check what is here', async () => {
    const answer = await roost.stranger().json('POST', '/v1/check', { resources: [] });
    expect(answer.status).toBe(401);
    expect(answer.headers['www-authenticate']).toBeDefined();
  });

  it('with a revoked token is refused from that moment on', async () => {
    const lost = await roost.phone('Lost phone');
    expect((await lost.upload({ assetKey: 'a', bytes: randomBytes(10) })).status).toBe(201);
    const before = await roost.originals();
    await roost.window.call('device.revoke', { deviceId: lost.deviceId });
    const answer = await lost.upload({ assetKey: 'b', bytes: randomBytes(10) });
    expect(answer.status).toBe(401);
    expect(answer.headers['www-authenticate']).toContain('invalid_token');
    expect(await roost.originals()).toEqual(before);
  });

  it('may ask what an upload may be, and who this is', async () => {
    const options = await roost.stranger().send('OPTIONS', '/v1/assets/a/photo', {});
    expect(options.status).toBe(200);
    expect(options.headers['upload-limit']).toMatch(/max-size=\d+/);
    const ping = await roost.stranger().send('GET', '/v1/ping', {});
    expect(JSON.parse(ping.body)).toEqual({
      roost: 1,
      id: expect.any(String) as string,
      name: expect.any(String) as string,
      library: 'ready',
    });
  });
});

describe('a request that cannot be right', () => {
  it.each(['GET', 'HEAD', 'DELETE', 'PATCH', 'PROPFIND'])(
    'by %s on the upload path says which methods there are',
    async (method) => {
      const answer = await phone.send(method, '/v1/assets/a/photo', {});
      expect(answer.status).toBe(405);
      expect(answer.headers.allow).toBe('PUT, POST, OPTIONS');
      expect(answer.headers['roost-error']).toBe('request/method-not-allowed');
    },
  );

  it.each(['/v1/nothing', '/v1/assets/a', '/v1/assets/a/b/c', '/V1/PING', '/v2/ping'])(
    'for %s is told that nothing is there',
    async (path) => {
      const answer = await phone.send('GET', path, {});
      expect(answer.status).toBe(404);
      expect(answer.headers['content-type']).toBe('application/problem+json');
      expect(JSON.parse(answer.body)).toMatchObject({ code: 'request/not-found', status: 404 });
    },
  );

  it.each(['/v1/assets/%ZZ/photo', '/v1/assets/%C3%28/photo', '/v1/assets/a/%E0%A4%A'])(
    'with the broken path %s is refused with words',
    async (path) => {
      using raw = await RawConnection.to(roost.lanUrl);
      raw.send(
        `PUT ${path} HTTP/1.1\r\nHost: roost\r\nAuthorization: Bearer ${phone.token}\r\nContent-Length: 0\r\n\r\n`,
      );
      const heard = await raw.hears('\r\n\r\n');
      expect(heard).toMatch(/^HTTP\/1\.1 400 /);
      expect(heard.toLowerCase()).toContain('roost-error: request/invalid');
    },
  );

  it.each(['a b', 'über', 'x'.repeat(65), '-', '../x'])(
    'with %j as its resource type is refused',
    async (resourceType) => {
      const answer = await phone.upload({ assetKey: 'a', resourceType, bytes: randomBytes(5) });
      expect(answer.status).toBe(400);
    },
  );

  it('with more headers than allowed is refused, and the service goes on', async () => {
    using raw = await RawConnection.to(roost.lanUrl);
    raw.send(uploadHead('a', { 'Roost-Filename': 'x'.repeat(70_000) }));
    expect(await raw.ends()).toMatch(/^HTTP\/1\.1 431 /);
    expect((await phone.send('GET', '/v1/ping', {})).status).toBe(200);
  });

  it('with nearly 64 KB of headers is taken', async () => {
    const answer = await phone.upload({
      assetKey: 'wide',
      bytes: randomBytes(20),
      headers: { 'x-nothing': 'x'.repeat(60_000) },
    });
    expect(answer.status).toBe(201);
  });

  it.each([
    ['two different lengths', 'Content-Length: 4\r\nContent-Length: 5\r\n'],
    ['a length and chunks', 'Content-Length: 4\r\nTransfer-Encoding: chunked\r\n'],
    ['a negative length', 'Content-Length: -1\r\n'],
    ['an unknown transfer coding', 'Transfer-Encoding: gzip\r\n'],
    ['a header without a name', ': x\r\n'],
  ])('with %s stores nothing', async (_, lines) => {
    const before = await roost.originals();
    using raw = await RawConnection.to(roost.lanUrl);
    raw.send(
      `PUT /v1/assets/smuggled/photo HTTP/1.1\r\nHost: roost\r\nAuthorization: Bearer ${phone.token}\r\n${lines}\r\nabcde`,
    );
    expect(await raw.ends()).toMatch(/^HTTP\/1\.1 400 /);
    expect(await roost.originals()).toEqual(before);
  });

  it('with two file names takes them as one text', async () => {
    using raw = await RawConnection.to(roost.lanUrl);
    raw.send(
      `PUT /v1/assets/twice/photo HTTP/1.1\r\nHost: roost\r\nAuthorization: Bearer ${phone.token}\r\n` +
        'Roost-Filename: one.jpg\r\nRoost-Filename: two.jpg\r\nContent-Length: 5\r\n\r\nnames',
    );
    expect(await raw.hears('\r\n\r\n')).toMatch(/^HTTP\/1\.1 201 /);
  });

  it('that wishes to go on in another protocol is answered in this one, and its body stored', async () => {
    using raw = await RawConnection.to(roost.lanUrl);
    raw.send(
      `PUT /v1/assets/upgrade/photo HTTP/1.1\r\nHost: roost\r\nAuthorization: Bearer ${phone.token}\r\n` +
        'Connection: Upgrade\r\nUpgrade: websocket\r\nContent-Length: 5\r\n\r\nwider',
    );
    expect(await raw.hears('\r\n\r\n')).toMatch(/^HTTP\/1\.1 201 /);
  });

  it('with two tokens goes by the first', async () => {
    using raw = await RawConnection.to(roost.lanUrl);
    raw.send(
      `PUT /v1/assets/tokens/photo HTTP/1.1\r\nHost: roost\r\nAuthorization: Bearer wrong\r\n` +
        `Authorization: Bearer ${phone.token}\r\nContent-Length: 5\r\n\r\nnames`,
    );
    expect(await raw.hears('\r\n\r\n')).toMatch(/^HTTP\/1\.1 401 /);
  });

  it('larger than Roost takes is refused before its body', async () => {
    using raw = await RawConnection.to(roost.lanUrl);
    raw.send(
      uploadHead('huge', {
        Authorization: `Bearer ${phone.token}`,
        'Content-Length': 2 ** 41,
        Expect: '100-continue',
      }),
    );
    const heard = await raw.ends();
    expect(heard).toMatch(/^HTTP\/1\.1 413 /);
    expect(heard).not.toContain(CONTINUE);
  });
});

describe('a body that does not fit on the disk', () => {
  it('is refused before it is sent, with the reason in its job', async () => {
    using raw = await RawConnection.to(roost.lanUrl);
    raw.send(
      uploadHead('too-much', {
        Authorization: `Bearer ${phone.token}`,
        'Content-Length': 2 ** 40,
        Expect: '100-continue',
      }),
    );
    const heard = await raw.ends();
    expect(heard).toMatch(/^HTTP\/1\.1 507 /);
    expect(heard.toLowerCase()).toContain('roost-error: library/disk-full');
    expect(heard).not.toContain(CONTINUE);
    expect(await roost.stagedNames()).toEqual([]);
    const { jobs } = await roost.window.call('jobs.list', { state: 'failed' });
    expect(jobs).toMatchObject([{ assetKey: 'too-much', errorCode: 'library/disk-full' }]);
  });

  it('answers 507 while the body is on its way, also to who asked before sending', async () => {
    const half = Buffer.alloc(70 * 1024 * 1024);
    const { settings } = await roost.window.call('settings.get', {});
    using raw = await RawConnection.to(roost.lanUrl);
    raw.send(
      uploadHead('filling', {
        Authorization: `Bearer ${phone.token}`,
        'Content-Length': half.byteLength * 2,
        Expect: '100-continue',
      }),
    );
    await raw.hears(CONTINUE);
    await roost.window.call('settings.change', { reservedFreeByteCount: 1024 ** 4 });
    try {
      raw.send(half);
      raw.send(half);
      expect(await raw.hears('library/disk-full')).toContain('HTTP/1.1 507 ');
      await raw.ends();
      expect(raw.error).toBeUndefined();
      expect(await roost.stagedNames()).toEqual([]);
    } finally {
      const { reservedFreeByteCount } = settings;
      await roost.window.call('settings.change', { reservedFreeByteCount });
    }
  });
});
