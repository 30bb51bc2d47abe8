import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';

import { describe, expect, it, vi } from 'vitest';

import { readServiceAddress } from '../../electron/service/window-api/service-address.ts';
import type { ServiceStatus } from '../../electron/service/config/service-config.ts';
import { RawConnection } from '../support/raw-connection.ts';
import { ServiceInTest } from '../support/service-in-test.ts';
import { tempFolder } from '../support/temp-folder.ts';

/** A port of this computer that another program holds. */
async function takenPort(): Promise<AsyncDisposable & { port: number }> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as { port: number }).port,
    [Symbol.asyncDispose]: async () => {
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function slowUpload(roost: ServiceInTest, token: string): Promise<RawConnection> {
  const raw = await RawConnection.to(roost.lanUrl);
  raw.send(
    'PUT /v1/assets/slow/photo HTTP/1.1\r\nHost: roost\r\n' +
      `Authorization: Bearer ${token}\r\nContent-Length: 1000\r\nExpect: 100-continue\r\n\r\n`,
  );
  await raw.hears('100 Continue');
  raw.send(randomBytes(999));
  return raw;
}

describe('one service', () => {
  it('refuses to share its data folder, and the first goes on', async () => {
    await using temp = await tempFolder();
    await using first = await ServiceInTest.start({ folder: temp.path });
    await expect(ServiceInTest.start({ folder: temp.path })).rejects.toMatchObject({
      code: 'service/already-running',
    });
    expect((await first.stranger().send('GET', '/v1/ping', {})).status).toBe(200);
    expect((await readServiceAddress(first.dataFolder))?.windowOrigin).toBe(
      new URL(first.running.windowUrl).origin,
    );
  });

  it('without a window refuses to start where its port is taken, and lets go of all', async () => {
    await using temp = await tempFolder();
    await using taken = await takenPort();
    const overrides = { lanPort: taken.port };
    await expect(ServiceInTest.start({ folder: temp.path, overrides })).rejects.toMatchObject({
      code: 'service/port-in-use',
      message: `Port ${taken.port} is taken.`,
    });
    await using after = await ServiceInTest.start({ folder: temp.path });
    expect((await after.stranger().send('GET', '/v1/ping', {})).status).toBe(200);
  });

  it('refuses an address this computer does not have with words', async () => {
    await expect(
      ServiceInTest.start({ overrides: { lanHost: '203.0.113.1' } }),
    ).rejects.toMatchObject({ code: 'service/port-in-use' });
  });

  it('that cannot open its last part lets go of the ports and locks it had', async () => {
    await using temp = await tempFolder();
    await using taken = await takenPort();
    const lanPort = await freePort();
    const overrides = { lanPort, windowPort: taken.port };
    await expect(ServiceInTest.start({ folder: temp.path, overrides })).rejects.toMatchObject({
      code: 'service/port-in-use',
    });
    await using after = await ServiceInTest.start({ folder: temp.path, overrides: { lanPort } });
    expect(new URL(after.lanUrl).port).toBe(String(lanPort));
  });

  it('refuses a damaged file of tokens with words, and leaves it as it is', async () => {
    await using temp = await tempFolder();
    const path = join(temp.path, 'data', 'device-tokens.json');
    await mkdir(join(temp.path, 'data'));
    await writeFile(path, '{"tokens":[{"tok');
    await expect(ServiceInTest.start({ folder: temp.path })).rejects.toMatchObject({
      code: 'service/failed',
      message: expect.stringContaining('device-tokens.json') as string,
    });
    expect(await readFile(path, 'utf8')).toBe('{"tokens":[{"tok');
  });

  it('tells where it is only to the same user, and takes it back at its end', async () => {
    await using roost = await ServiceInTest.start();
    const path = join(roost.dataFolder, 'service.json');
    if (process.platform !== 'win32') {
      expect((await stat(path)).mode & 0o777).toBe(0o600);
      expect((await stat(roost.dataFolder)).mode & 0o777).toBe(0o700);
    }
    expect(await readServiceAddress(roost.dataFolder)).toMatchObject({ pid: process.pid });
    await Promise.all([roost.running.close(), roost.running.close()]);
    await roost.running.close();
    await expect(stat(path)).rejects.toThrow('ENOENT');
    await expect(roost.stranger().send('GET', '/v1/ping', {})).rejects.toThrow('ECONNREFUSED');
  });
});

describe('a service at the desktop whose port is taken', () => {
  it('shows its window, says so there, and is healed by another port', async () => {
    await using temp = await tempFolder();
    await using taken = await takenPort();
    const desktop = { folder: temp.path, host: 'desktop' } as const;
    await using roost = await ServiceInTest.start({
      ...desktop,
      overrides: { lanPort: taken.port, announce: true },
    });
    expect(roost.lanUrl).toBe('');
    const overview = await roost.window.call('overview.get', {});
    expect(overview.lan).toEqual({ port: taken.port, urls: [] });
    expect(overview.discovery).toEqual({
      kind: 'failed',
      reason: `Port ${taken.port} is taken.`,
    });
    expect(overview.notices).toMatchObject([
      {
        code: 'service/port-in-use',
        text: expect.stringContaining('choose another port in the settings') as string,
      },
      { code: 'settings-overridden' },
    ]);
    await expect(roost.window.call('pairing.begin', {})).rejects.toThrow('service/port-in-use');

    const lanPort = await freePort();
    expect(await roost.window.call('settings.change', { lanPort })).toMatchObject({
      restartNeeded: true,
    });
    await roost.running.close();
    await using healed = await ServiceInTest.start({
      ...desktop,
      overrides: { lanPort: undefined },
    });
    expect(new URL(healed.lanUrl).port).toBe(String(lanPort));
    const { notices } = await healed.window.call('overview.get', {});
    expect(notices.map(({ code }) => code)).not.toContain('service/port-in-use');
  });
});

describe('closing', () => {
  it('lets an upload finish, counts down meanwhile, and says so last', async () => {
    const told: ServiceStatus[] = [];
    await using roost = await ServiceInTest.start({ onStatus: (status) => told.push(status) });
    await vi.waitUntil(() => told.length > 0);
    expect(told).toEqual([{ liveUploadCount: 0, libraryState: 'ready' }]);
    const { token } = await roost.phone();
    using raw = await slowUpload(roost, token);
    expect(told.at(-1)?.liveUploadCount).toBe(1);
    const closed = roost.running.close({ graceMs: 60_000 });
    await vi.waitUntil(async () => (await readServiceAddress(roost.dataFolder)) === undefined);
    expect(told.at(-1)?.liveUploadCount).toBe(1);
    raw.send('x');
    expect(await raw.hears('"result"')).toContain('HTTP/1.1 201 ');
    await closed;
    expect(told.at(-1)?.liveUploadCount).toBe(0);
    expect(await roost.originals()).toHaveLength(1);
  });

  it('breaks off what does not finish in time; the next start has it as interrupted', async () => {
    await using temp = await tempFolder();
    const first = await ServiceInTest.start({ folder: temp.path });
    const { token } = await first.phone();
    using raw = await slowUpload(first, token);
    await first.running.close({ graceMs: 5 });
    await raw.ends();
    expect(await first.originals()).toEqual([]);
    expect(await first.stagedNames()).toEqual([]);

    await using second = await ServiceInTest.start({ folder: temp.path });
    const { jobs } = await second.window.call('jobs.list', {});
    expect(jobs).toMatchObject([{ state: 'interrupted', errorCode: 'service/stopping' }]);
    const again = second.stranger(token);
    expect((await again.upload({ assetKey: 'slow', bytes: randomBytes(9) })).status).toBe(201);
  });

  it('ends although connections stay open without a word', async () => {
    const roost = await ServiceInTest.start();
    using silent = await RawConnection.to(roost.lanUrl);
    using half = await RawConnection.to(roost.lanUrl);
    half.send('PUT /v1/assets/a/photo HTTP/1.1\r\nHo');
    using window = await RawConnection.to(roost.running.windowUrl);
    await roost.running.close();
    await Promise.all([silent.ends(), half.ends(), window.ends()]);
    await roost[Symbol.asyncDispose]();
  });
});

async function freePort(): Promise<number> {
  await using taken = await takenPort();
  return taken.port;
}

it('has its window where it was after a stop and a start, and knows pages of the run before by their cookie alone', async () => {
  await using folder = await tempFolder();
  const start = (): Promise<ServiceInTest> => ServiceInTest.start({ folder: folder.path });
  const ask = (one: ServiceInTest, headers: Record<string, string>): Promise<Response> =>
    fetch(`${new URL(one.running.windowUrl).origin}/api/overview`, { headers });
  const before = await start();
  const { origin: was } = new URL(before.running.windowUrl);
  const { key: old, cookieName } = before.running.windowKey;
  await before[Symbol.asyncDispose]();
  expect(await readFile(join(folder.path, 'data', 'window.json'), 'utf8')).not.toContain(old);

  const after = await start();
  expect(new URL(after.running.windowUrl).origin).toBe(was);
  expect(after.running.windowKey.key).not.toBe(old);
  expect((await ask(after, { authorization: `Bearer ${old}` })).status).toBe(401);
  expect((await fetch(`${was}/?key=${old}`, { redirect: 'manual' })).status).toBe(401);
  const answer = await ask(after, { cookie: `${cookieName}=${old}` });
  expect(answer.status).toBe(200);
  const renewed = answer.headers.get('set-cookie')!;
  expect(renewed).toMatch(/; HttpOnly; SameSite=Strict/);
  expect((await ask(after, { cookie: renewed.split(';')[0]! })).status).toBe(200);
  await after[Symbol.asyncDispose]();

  // Another program has the port, and may have heard what the page sent to it.
  const taken = createServer().listen(Number(new URL(was).port), '127.0.0.1');
  await once(taken, 'listening');
  await using elsewhere = await start();
  taken.close();
  expect(new URL(elsewhere.running.windowUrl).origin).not.toBe(was);
  expect((await ask(elsewhere, { cookie: renewed.split(';')[0]! })).status).toBe(401);
});
