import { randomBytes } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { pairAnswerSchema, type PairAnswer } from '../../shared/native-protocol.ts';
import { FakePhone, type PhoneAnswer } from '../support/fake-phone.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { RawConnection } from '../support/raw-connection.ts';
import { ServiceInTest } from '../support/service-in-test.ts';
import { tempFolder } from '../support/temp-folder.ts';

const IPHONE = { name: 'iPhone', model: 'iPhone18,1', platform: 'iOS 27', app: 'Test 1' };

function redeem(roost: ServiceInTest, code: string, device: object = IPHONE): Promise<PhoneAnswer> {
  return roost.stranger().json('POST', '/v1/pair', { code, device });
}

async function paired(roost: ServiceInTest, device: object = IPHONE): Promise<PairAnswer> {
  const { code } = await roost.window.call('pairing.begin', {});
  const answer = await redeem(roost, code, device);
  expect(answer.status, answer.body).toBe(201);
  return pairAnswerSchema.parse(JSON.parse(answer.body));
}

describe('pairing', () => {
  it('by a code gives a token that uploads, and no other use of the code', async () => {
    await using roost = await ServiceInTest.start();
    const { code, url } = await roost.window.call('pairing.begin', {});
    expect(url).toBe(`${roost.lanUrl}/pair#${code}`);
    const answer = await redeem(roost, code);
    expect(answer.status).toBe(201);
    expect(answer.headers['cache-control']).toBe('no-store');
    const { token, server } = pairAnswerSchema.parse(JSON.parse(answer.body));
    expect(server.protocol).toBe(1);
    const phone = roost.stranger(token);
    expect((await phone.upload({ assetKey: 'a', bytes: randomBytes(9) })).status).toBe(201);
    const again = await redeem(roost, code);
    expect(again.status).toBe(403);
    expect(again.headers).toMatchObject({
      'roost-error': 'pairing/code-invalid',
      'roost-retry': 'after-user',
    });
  });

  it('with a code that has expired is refused', async () => {
    const clock = new ManualClock();
    await using roost = await ServiceInTest.start({ clock });
    const { code, expiresAt } = await roost.window.call('pairing.begin', {});
    clock.advance(expiresAt - clock.now());
    expect((await redeem(roost, code)).status).toBe(403);
  });

  it('with one code by many at once lets one in', async () => {
    await using roost = await ServiceInTest.start();
    const { code } = await roost.window.call('pairing.begin', {});
    const answers = await Promise.all(
      Array.from({ length: 4 }, (_, at) => redeem(roost, code, { ...IPHONE, name: `P${at}` })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 403, 403, 403]);
    expect((await roost.window.call('devices.list', {})).devices).toHaveLength(1);
  });

  it('with wrong codes is locked, for the right one too', async () => {
    await using roost = await ServiceInTest.start();
    const { code } = await roost.window.call('pairing.begin', {});
    const statuses: number[] = [];
    for (let attempt = 0; attempt < 5; attempt++) {
      statuses.push((await redeem(roost, code === '00000000' ? '1' : '00000000')).status);
    }
    expect(statuses).toEqual([403, 403, 403, 403, 429]);
    expect((await redeem(roost, code)).status).toBe(429);
    expect((await roost.window.call('devices.list', {})).devices).toEqual([]);
  });

  it('gives devices of one name, in whatever case or form, folders of their own', async () => {
    await using roost = await ServiceInTest.start();
    for (const name of ['Zoé', 'ZOE\u0301', 'zoe\u0301', '../Zoé', 'Zoé.']) {
      await paired(roost, { ...IPHONE, name, model: name });
    }
    const { devices } = await roost.window.call('devices.list', {});
    const folders = devices.map(({ folder }) => folder.normalize('NFC').toLowerCase());
    expect(new Set(folders).size).toBe(5);
  });

  it.each([
    '.roost',
    '.ROOST',
    '..',
    'CON',
    'a/b\\c',
    '<img src=x onerror=alert(1)>',
    '\u202egnp.exe',
    '\u001b[2J\u0000\r\nSet-Cookie: x',
    '📱'.repeat(100),
    'x'.repeat(200),
  ])('takes a device named %j, whose photos stay inside the library', async (name) => {
    await using roost = await ServiceInTest.start();
    const { token } = await paired(roost, { ...IPHONE, name });
    const answer = await roost
      .stranger(token)
      .upload({ assetKey: 'a', bytes: randomBytes(30), fileName: 'a.jpg' });
    expect(answer.status).toBe(201);
    const originals = await roost.originals();
    expect(originals).toHaveLength(1);
    expect(originals[0]!.split('/')).toHaveLength(4);
  });

  it('of a revoked device that comes back keeps its photos together', async () => {
    await using roost = await ServiceInTest.start();
    const before = await paired(roost);
    const bytes = randomBytes(40);
    await roost.stranger(before.token).upload({ assetKey: 'a', bytes });
    await roost.window.call('device.revoke', { deviceId: before.deviceId });
    const after = await paired(roost);
    expect(after.deviceId).toBe(before.deviceId);
    expect(after.token).not.toBe(before.token);
    const upload = { assetKey: 'a', bytes };
    expect((await roost.stranger(before.token).upload(upload)).status).toBe(401);
    expect((await roost.stranger(after.token).upload(upload)).headers['roost-result']).toBe(
      'repeated',
    );
    const { devices } = await roost.window.call('devices.list', {});
    expect(devices).toMatchObject([{ trusted: true, resourceCount: 1 }]);
    expect(devices[0]!.revokedAt).toBeUndefined();
  });

  it('of a device with the name of a trusted one makes another device', async () => {
    await using roost = await ServiceInTest.start();
    const first = await paired(roost);
    const second = await paired(roost);
    expect(second.deviceId).not.toBe(first.deviceId);
    const ofOther = await paired(roost, { ...IPHONE, model: 'iPad' });
    await roost.window.call('device.revoke', { deviceId: ofOther.deviceId });
    expect((await paired(roost)).deviceId).not.toBe(ofOther.deviceId);
  });

  it('uses the name the code was made for when the device says none', async () => {
    await using roost = await ServiceInTest.start();
    const { code } = await roost.window.call('pairing.begin', { name: 'Grandma’s phone' });
    expect((await redeem(roost, code, { name: ' ' })).status).toBe(201);
    const { devices } = await roost.window.call('devices.list', {});
    expect(devices[0]).toMatchObject({ name: 'Grandma’s phone', folder: 'Grandma’s phone' });
  });

  it.each([
    ['no JSON', 'code=1'],
    ['a JSON text', '"12345678"'],
    ['nothing', ''],
    ['a list', '[]'],
    ['no device', '{"code":"12345678"}'],
    ['a number for a code', '{"code":12345678,"device":{"name":"x"}}'],
    ['a long name', JSON.stringify({ code: '1', device: { name: 'x'.repeat(201) } })],
    ['bytes that are no UTF-8', '\u00ff\u00fe{'],
  ])('by a request with %s is refused, and does not count as a guess', async (_, body) => {
    await using roost = await ServiceInTest.start();
    const { code } = await roost.window.call('pairing.begin', {});
    for (let attempt = 0; attempt < 6; attempt++) {
      const answer = await roost.stranger().send('POST', '/v1/pair', {}, Buffer.from(body));
      expect(answer.status).toBe(400);
      expect(answer.headers['roost-error']).toBe('request/invalid');
    }
    expect((await redeem(roost, code)).status).toBe(201);
  });

  it('by a request without end is refused before its end', async () => {
    await using roost = await ServiceInTest.start();
    for (const head of ['Content-Length: 99999999\r\n\r\n', 'Transfer-Encoding: chunked\r\n\r\n']) {
      using raw = await RawConnection.to(roost.lanUrl);
      raw.send(`POST /v1/pair HTTP/1.1\r\nHost: roost\r\n${head}`);
      raw.send(`5000\r\n${'x'.repeat(0x5000)}\r\n`);
      expect(await raw.hears('\r\n\r\n')).toMatch(/^HTTP\/1\.1 413 /);
    }
  });
});

it('a change of the library takes nobody’s pairing away', async () => {
  await using temp = await tempFolder();
  let token: string;
  {
    await using roost = await ServiceInTest.start({ folder: temp.path });
    const phone = await roost.phone('Phone');
    ({ token } = phone);
    await roost.window.call('device.rename', { deviceId: phone.deviceId, name: 'Ada’s phone' });
    const gone = await roost.phone('Gone');
    await roost.window.call('device.revoke', { deviceId: gone.deviceId });
  }
  const overrides = { libraryFolder: join(temp.path, 'other library') };
  await using roost = await ServiceInTest.start({ folder: temp.path, overrides });
  const { devices } = await roost.window.call('devices.list', {});
  expect(devices).toMatchObject([{ name: 'Ada’s phone', trusted: true }]);
  const phone = new FakePhone(roost.lanUrl, token);
  expect((await phone.upload({ assetKey: 'a', bytes: randomBytes(10) })).status).toBe(201);
  phone.close();
});

it('no token or code is in any file of Roost', async () => {
  await using roost = await ServiceInTest.start();
  const { code } = await roost.window.call('pairing.begin', {});
  const answer = await redeem(roost, code);
  const { token } = pairAnswerSchema.parse(JSON.parse(answer.body));
  const phone = roost.stranger(token);
  await phone.upload({ assetKey: 'a', bytes: randomBytes(9) });
  await roost.stranger(`${token}x`).upload({ assetKey: 'b', bytes: randomBytes(9) });
  await roost.stranger().send('POST', '/v1/pair', {}, Buffer.from(`{"code":"${code}`));
  const window = new URL(roost.running.windowUrl).searchParams.get('key')!;
  await roost.running.close();
  let fileCount = 0;
  for (const folder of [roost.dataFolder, roost.libraryFolder]) {
    for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue;
      const bytes = await readFile(join(entry.parentPath, entry.name));
      for (const secret of [code, token, token.slice(-43), window]) {
        expect(bytes.includes(secret), entry.name).toBe(false);
      }
      fileCount += 1;
    }
  }
  expect(fileCount).toBeGreaterThan(5);
});
