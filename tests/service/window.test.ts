import { randomBytes } from 'node:crypto';
import { networkInterfaces } from 'node:os';
import { connect } from 'node:net';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { windowEventSchema, type WindowEvent } from '../../shared/window-api.ts';
import type { FakePhone, PhoneAnswer } from '../support/fake-phone.ts';
import { RawConnection } from '../support/raw-connection.ts';
import { sampleJpeg } from '../support/sample-photos.ts';
import { ServiceInTest } from '../support/service-in-test.ts';

let roost: ServiceInTest;
let phone: FakePhone & { deviceId: string; token: string };
let origin: string;
let key: string;

beforeAll(async () => {
  roost = await ServiceInTest.start();
  phone = await roost.phone();
  const url = new URL(roost.running.windowUrl);
  origin = url.origin;
  key = url.searchParams.get('key')!;
});

afterAll(async () => {
  await roost[Symbol.asyncDispose]();
});

function get(path: string, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`${origin}${path}`, { headers, redirect: 'manual' });
}

const bearer = (): Record<string, string> => ({ authorization: `Bearer ${key}` });

/** A request with a `Host` of its own, which fetch does not allow. */
async function rawGet(path: string, lines: readonly string[]): Promise<string> {
  using raw = await RawConnection.to(origin);
  raw.send(`GET ${path} HTTP/1.1\r\n${[...lines, 'Connection: close'].join('\r\n')}\r\n\r\n`);
  return await raw.ends();
}

describe('the window’s listener', () => {
  it.each(['/api/overview', '/api/events', '/media/assets/x/tile', '/app.js', '/anything'])(
    'gives %s to nobody without the key',
    async (path) => {
      for (const headers of [
        {},
        { authorization: 'Bearer wrong' },
        { authorization: `Bearer ${phone.token}` },
        { authorization: `Basic ${key}` },
        { cookie: `${roost.running.windowKey.cookieName}=wrong` },
        { cookie: `other=${key}` },
      ] as Record<string, string>[]) {
        const answer = await get(path, headers);
        expect(answer.status, JSON.stringify(headers)).toBe(401);
      }
      expect((await get(`${path}?key=${key}`)).status).toBe(401);
    },
  );

  it('tells a person without the key what to do, and a program in its own way', async () => {
    const page = await get('/', { accept: 'text/html' });
    expect(page.status).toBe(401);
    expect(page.headers.get('content-type')).toContain('text/plain');
    expect(await page.text()).toContain('npm run roost status');
    const api = await get('/api/overview', { accept: 'text/html' });
    expect(await api.json()).toMatchObject({ code: 'auth/window-key-invalid' });
  });

  it('signs a browser in by its address, and takes the key out of that', async () => {
    const answer = await get(`/?key=${key}`);
    expect(answer.status).toBe(303);
    expect(answer.headers.get('location')).toBe('/');
    expect(answer.headers.get('referrer-policy')).toBe('no-referrer');
    const cookie = answer.headers.get('set-cookie')!;
    expect(cookie).toMatch(/; HttpOnly/);
    expect(cookie).toMatch(/; SameSite=Strict/);
    expect(cookie).toMatch(/; Path=\//);
    expect(cookie).not.toMatch(/Domain=/i);
    const page = await get('/', { cookie: cookie.split(';')[0]! });
    expect(page.status).toBe(200);
    expect(await page.text()).toContain('<title>Roost</title>');
    expect((await get('/?key=wrong')).status).toBe(401);
    expect((await get(`/?key=${key}&key=${key}`)).status).toBe(401);
  });

  it.each([
    ['another name', 'Host: evil.example'],
    ['another name with the port', 'Host: evil.example:PORT'],
    ['another port', 'Host: 127.0.0.1:1'],
    ['no port', 'Host: 127.0.0.1'],
    ['a look-alike', 'Host: 127.0.0.1.evil.example:PORT'],
    ['another loopback name', 'Host: 127.0.0.2:PORT'],
  ])('does not answer to a Host of %s (DNS rebinding)', async (_, line) => {
    const host = line.replace('PORT', new URL(origin).port);
    for (const path of ['/', `/?key=${key}`, '/api/overview', '/app.js']) {
      const heard = await rawGet(path, [host, `Authorization: Bearer ${key}`]);
      expect(heard).toMatch(/^HTTP\/1\.1 403 /);
      expect(heard).not.toContain('set-cookie');
    }
  });

  it('goes by no absolute address in the request line', async () => {
    const { host } = new URL(origin);
    const heard = await rawGet('http://evil.example/api/overview', [`Host: ${host}`]);
    expect(heard).toMatch(/^HTTP\/1\.1 40[0134] /);
  });

  it.each(['http://evil.example', 'null', 'https://127.0.0.1', 'http://127.0.0.1:1'])(
    'does nothing for a page of %s',
    async (other) => {
      const name = 'Not this name';
      const answer = await fetch(`${origin}/api/settings`, {
        method: 'PATCH',
        headers: { ...bearer(), origin: other, 'content-type': 'application/json' },
        body: JSON.stringify({ name }),
      });
      expect(answer.status).toBe(403);
      expect(answer.headers.get('access-control-allow-origin')).toBeNull();
      expect((await roost.window.call('settings.get', {})).settings.name).not.toBe(name);
    },
  );

  it.each(['/', '/api/overview', '/nothing.js', '/media/assets/x/tile'])(
    'sends its policy with %s',
    async (path) => {
      const answer = await get(path, bearer());
      const policy = answer.headers.get('content-security-policy')!;
      expect(policy).toContain("default-src 'none'");
      expect(policy).toContain("script-src 'self'");
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).not.toContain('unsafe');
      expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
      expect(answer.headers.get('cross-origin-resource-policy')).toBe('same-origin');
      expect(answer.headers.get('x-powered-by')).toBeNull();
    },
  );

  it.each([
    '/../secret.txt',
    '/%2e%2e/secret.txt',
    '/..%2fsecret.txt',
    '/..%5csecret.txt',
    '/%2e%2e%2f%2e%2e%2fetc%2fpasswd',
    '//etc/passwd',
    '/app.js/../../secret.txt',
    '/%00',
    '/%ZZ',
    '/.pages/index.html',
  ])('serves nothing outside its pages for %s', async (path) => {
    const { host } = new URL(origin);
    const heard = await rawGet(path, [`Host: ${host}`, `Authorization: Bearer ${key}`]);
    expect(heard).not.toContain('not for the window');
    expect(heard).not.toContain('root:');
    expect(heard).not.toMatch(/^HTTP\/1\.1 (30|5)/);
  });

  it('gives every view of the window the page, and its files as they are', async () => {
    for (const view of ['/', '/jobs', '/devices/abc', '/assets', '/photo/123']) {
      const answer = await get(view, bearer());
      expect(answer.headers.get('content-type'), view).toContain('text/html');
    }
    const script = await get('/app.js', bearer());
    expect(script.headers.get('content-type')).toContain('javascript');
    expect((await get('/nothing.js', bearer())).status).toBe(404);
    expect((await get('/api/nothing', bearer())).status).toBe(404);
  });

  it('is not to be reached from the network', async () => {
    const own = Object.values(networkInterfaces())
      .flatMap((each) => each ?? [])
      .find((each) => each.family === 'IPv4' && !each.internal);
    const hosts = ['127.0.0.2', ...(own ? [own.address] : [])];
    for (const host of hosts) {
      const error = await new Promise<Error | undefined>((resolve) => {
        const socket = connect({ port: Number(new URL(origin).port), host, timeout: 2000 });
        socket.on('connect', () => {
          socket.destroy();
          resolve(undefined);
        });
        socket.on('timeout', () => socket.destroy(new Error('no answer')));
        socket.on('error', resolve);
      });
      expect(error, host).toBeDefined();
    }
  });
});

describe('the contract', () => {
  it.each([
    ['GET', '/api/timeline/months/2026-1', undefined],
    ['GET', '/api/assets/not-an-id', undefined],
    ['GET', '/api/jobs?limit=0', undefined],
    ['GET', '/api/jobs?limit=201', undefined],
    ['GET', '/api/jobs?state=lost', undefined],
    ['GET', '/api/jobs?deviceId=1&deviceId=2', undefined],
    ['POST', '/api/devices', { name: '  ' }],
    ['POST', '/api/devices', { name: 'x'.repeat(201) }],
    ['PATCH', '/api/settings', { lanPort: 70_000 }],
    ['PATCH', '/api/settings', { libraryFolder: 'relative/folder' }],
    ['PATCH', '/api/settings', { name: '' }],
  ])('refuses %s %s %j with words', async (method, path, body) => {
    const answer = await fetch(`${origin}${path}`, {
      method,
      headers: { ...bearer(), 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    });
    expect(answer.status).toBe(400);
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
    expect(await answer.json()).toMatchObject({ code: 'request/invalid' });
  });

  it.each(['{', '"text"', '[]', '{"name":1}'])('takes no %s for a device', async (body) => {
    const answer = await fetch(`${origin}/api/devices`, {
      method: 'POST',
      headers: { ...bearer(), 'content-type': 'application/json' },
      body,
    });
    expect(answer.status).toBe(400);
  });

  it('takes no body without end', async () => {
    const answer = await fetch(`${origin}/api/devices`, {
      method: 'POST',
      headers: { ...bearer(), 'content-type': 'application/json' },
      body: JSON.stringify({ name: 'x'.repeat(70_000) }),
    });
    expect(answer.status).toBe(413);
  });

  it('has no job, asset or device nobody made', async () => {
    const nobody = '00000000-0000-4000-8000-000000000000';
    await expect(roost.window.call('asset.get', { assetId: nobody })).rejects.toThrow('404');
    await expect(roost.window.call('job.get', { jobId: nobody })).rejects.toThrow('404');
    await expect(roost.window.call('device.revoke', { deviceId: nobody })).rejects.toThrow('404');
    await expect(
      roost.window.call('device.rename', { deviceId: nobody, name: 'x' }),
    ).rejects.toThrow('404');
    await expect(roost.window.call('previews.retry', { assetId: nobody })).rejects.toThrow('404');
  });
});

describe('events', () => {
  it('say hello, then tell of jobs and assets as they change, and goodbye at the end', async () => {
    await using own = await ServiceInTest.start();
    const url = new URL(own.running.windowUrl);
    const answer = await fetch(`${url.origin}/api/events`, {
      headers: { authorization: `Bearer ${url.searchParams.get('key')}` },
    });
    expect(answer.headers.get('content-type')).toBe('text/event-stream');
    const events = readEvents(answer);
    expect(await events.next((event) => event.type === 'hello')).toMatchObject({
      startedAt: expect.any(Number) as number,
    });
    const own_ = await own.phone('Ada');
    await events.next((event) => event.type === 'devices');
    const bytes = await sampleJpeg({ takenAt: '2021:02:03 04:05:06' });
    const stored = await own_.upload({ assetKey: 'a', bytes });
    const assetId = String(stored.headers['roost-asset']);
    await events.next(
      (event) => event.type === 'jobs' && event.jobs.some(({ state }) => state === 'stored'),
    );
    const shown = await events.next(
      (event) => event.type === 'assets' && event.assets.some(({ tile }) => tile === 'ready'),
    );
    expect(shown).toMatchObject({ months: ['2021-02'], assets: [{ assetId, width: 640 }] });
    for (const [assetKey, fresh, count] of [
      ['b', await sampleJpeg({ takenAt: '2021:02:03 04:05:07' }), 2],
      ['b again', bytes, 2],
    ] as const) {
      // The device was heard a moment ago, so only what was recorded is a reason to tell of it.
      await own_.upload({ assetKey, bytes: fresh });
      await events.next((event) => event.type === 'devices');
      await events.next((event) => event.type === 'coverage');
      const { devices } = await own.window.call('devices.list', {});
      expect(devices).toMatchObject([{ name: 'Ada', resourceCount: count }]);
    }
    const closed = own.running.close();
    await events.next((event) => event.type === 'stopping');
    await closed;
  });
});

describe('media', () => {
  async function store(bytes: Buffer, fileName: string): Promise<PhoneAnswer> {
    const answer = await phone.upload({
      assetKey: randomBytes(8).toString('hex'),
      bytes,
      fileName,
    });
    expect(answer.status).toBe(201);
    return answer;
  }

  const original = (answer: PhoneAnswer): string =>
    `/media/resources/${String(answer.headers['roost-receipt'])}/original`;

  it('of a photo are its preview and its original, in parts too', async () => {
    const bytes = await sampleJpeg({ colour: { r: 1, g: 2, b: 3 } });
    const stored = await store(bytes, 'IMG "1" é.JPG');
    const tile = await get(`/media/assets/${String(stored.headers['roost-asset'])}/tile`, bearer());
    expect(tile.status).toBe(200);
    expect(tile.headers.get('content-type')).toBe('image/webp');
    const whole = await get(original(stored), bearer());
    expect(whole.headers.get('content-type')).toBe('image/jpeg');
    expect(Buffer.from(await whole.arrayBuffer()).equals(bytes)).toBe(true);
    const part = await get(original(stored), { ...bearer(), range: 'bytes=10-19' });
    expect(part.status).toBe(206);
    expect(part.headers.get('content-range')).toBe(`bytes 10-19/${bytes.byteLength}`);
    expect(Buffer.from(await part.arrayBuffer()).equals(bytes.subarray(10, 20))).toBe(true);
    const beyond = await get(original(stored), { ...bearer(), range: 'bytes=99999999-' });
    expect(beyond.status).toBe(416);
    expect(beyond.headers.get('content-range')).toBe(`bytes */${bytes.byteLength}`);
    const download = await get(`${original(stored)}?download=1`, bearer());
    expect(download.headers.get('content-disposition')).toMatch(/^attachment; filename=/);
    expect(download.headers.get('content-type')).toBe('application/octet-stream');
  });

  it.each([
    ['page.html', '<html><script>alert(1)</script>'],
    ['picture.svg', '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'],
    ['photo.jpg', '<html><script>alert(2)</script>'],
    ['script.js', 'alert(1)'],
    ['evil\r\nSet-Cookie: x=1.xml', '<?xml version="1.0"?>'],
  ])('never run a file that came as %j', async (fileName, text) => {
    const stored = await store(Buffer.from(text), fileName);
    const answer = await get(original(stored), bearer());
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('application/octet-stream');
    expect(answer.headers.get('content-disposition')).toMatch(/^attachment/);
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    expect(answer.headers.get('set-cookie')).toBeNull();
  });

  it('of what is no picture say why there is no preview', async () => {
    const stored = await store(Buffer.from('just words'), 'words.jpg');
    for (const kind of ['tile', 'screen']) {
      const path = `/media/assets/${String(stored.headers['roost-asset'])}/${kind}`;
      const answer = await get(path, bearer());
      expect(answer.status).toBe(404);
      expect(await answer.json()).toMatchObject({
        code: 'request/not-found',
        detail: expect.stringMatching(/no preview \(.+\)/) as string,
      });
    }
  });

  it.each(['..%2f..%2fx', '%2e%2e%2fx', 'x', "' OR 1=1 --"])('have nothing for %j', async (id) => {
    for (const path of [`/media/resources/${id}/original`, `/media/assets/${id}/tile`]) {
      const answer = await get(path, { ...bearer(), accept: 'image/*' });
      expect(answer.status).toBe(404);
    }
  });
});

interface EventReader {
  next(isIt: (event: WindowEvent) => boolean): Promise<WindowEvent>;
}

function readEvents(answer: Response): EventReader {
  const reader = answer.body!.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  return {
    next: async (isIt) => {
      for (;;) {
        const end = text.indexOf('\n\n');
        if (end >= 0) {
          const data = /^data: (.*)$/m.exec(text.slice(0, end))?.[1];
          text = text.slice(end + 2);
          if (data === undefined) continue;
          const event = windowEventSchema.parse(JSON.parse(data));
          if (isIt(event)) return event;
          continue;
        }
        const { value, done } = await reader.read();
        if (done) throw new Error('The events ended.');
        text += value;
      }
    },
  };
}
