import { mkdir, rm, rmdir } from 'node:fs/promises';
import { join } from 'node:path';

import { expect, it } from 'vitest';

import { openCore } from '../../../tests/support/core-lab.ts';
import { tempFolder } from '../../../tests/support/temp-folder.ts';

import { AppLogins } from './app-logins.ts';
import { DeviceTokens } from './device-tokens.ts';
import { Devices } from './devices.ts';
import { PairingCodes } from './pairing-codes.ts';

const HERE = '192.168.1.30';

async function devicesIn(
  { catalog, ledger, clock }: Awaited<ReturnType<typeof openCore>>,
  dataFolder: string,
  codes = new PairingCodes(clock),
): Promise<Devices> {
  return new Devices({
    catalog,
    ledger: () => ledger,
    tokens: await DeviceTokens.open(join(dataFolder, 'device-tokens.json')),
    codes,
    logins: await AppLogins.open({
      dataFolder,
      clock,
      onChange: () => undefined,
    }),
    clock,
    onChange: () => undefined,
  });
}

it('trusts a device although it cannot be noted when it was seen', async () => {
  await using temp = await tempFolder();
  await using core = await openCore({ folder: temp.path });
  const { catalog, clock } = core;
  const devices = await devicesIn(core, temp.path);
  const { deviceId, token } = await devices.create('Anna');
  catalog.run(
    "CREATE TRIGGER full BEFORE UPDATE ON devices BEGIN SELECT RAISE(FAIL, 'disk is full'); END",
  );
  expect(devices.trusted(token)).toMatchObject({ deviceId, name: 'Anna' });
  catalog.run('DROP TRIGGER full');
  clock.advance(60_000);
  devices.trusted(token);
  expect(catalog.get('SELECT last_seen_at AS at FROM devices')).toEqual({ at: clock.now() });
});

it('makes no password for a device that is not trusted here, or not any more', async () => {
  await using temp = await tempFolder();
  await using core = await openCore({ folder: temp.path });
  const devices = await devicesIn(core, join(temp.path, 'here'));
  const { deviceId, loginName, password } = await devices.createWithLogin('Anna');
  const { device } = await devices.login(loginName, password, HERE);
  expect(device.deviceId).toBe(deviceId);

  const elsewhere = await devicesIn(core, join(temp.path, 'elsewhere'));
  expect(elsewhere.list()).toMatchObject([{ deviceId, trusted: false }]);
  await expect(elsewhere.renewLogin(deviceId)).rejects.toMatchObject({ code: 'request/not-found' });

  await devices.revoke(deviceId);
  expect(devices.list()[0]).not.toHaveProperty('login');
  await expect(devices.renewLogin(deviceId)).rejects.toMatchObject({ code: 'request/not-found' });
  await expect(devices.login(loginName, password, HERE)).rejects.toMatchObject({
    code: 'auth/login-wrong',
  });
});

it('makes who uses the code for a device that device again, and lists it again', async () => {
  await using temp = await tempFolder();
  await using core = await openCore({ folder: temp.path });
  const { clock } = core;
  const codes = new PairingCodes(clock);
  const devices = await devicesIn(core, temp.path, codes);
  const told = { name: 'iPhone', model: '', platform: 'web', app: 'Roost web page' };
  const { deviceId } = await devices.pair(codes.begin().code, told);
  await devices.rename(deviceId, 'Anna’s old phone');
  await expect(devices.setRemoved(deviceId, true)).rejects.toThrow('stays in the list');
  await devices.revoke(deviceId);
  expect(await devices.setRemoved(deviceId, true)).toMatchObject({ removedAt: clock.now() });

  const again = await devices.pair(codes.begin(undefined, deviceId).code, told);
  expect(again.deviceId).toBe(deviceId);
  const listed = devices.list();
  expect(listed).toMatchObject([{ name: 'Anna’s old phone', folder: 'iPhone', trusted: true }]);
  expect(listed[0]).not.toHaveProperty('removedAt');
  expect(devices.trusted(again.token)).toMatchObject({ deviceId });

  // The code of a device that came back meanwhile lets in another one.
  const late = await devices.pair(codes.begin(undefined, deviceId).code, told);
  expect(late.deviceId).not.toBe(deviceId);

  const script = await devices.create('Nightly');
  await expect(devices.renewToken(script.deviceId)).rejects.toThrow('needs no other token');
  await devices.revoke(script.deviceId);
  const renewed = await devices.renewToken(script.deviceId);
  expect(devices.trusted(script.token)).toBeUndefined();
  expect(devices.trusted(renewed.token)).toMatchObject({
    deviceId: script.deviceId,
    folder: 'Nightly',
  });
});

/** Lets no file of this name be written in a folder, until it is let go. */
async function blocked(folder: string, name: string): Promise<AsyncDisposable> {
  const path = join(folder, name);
  await rm(path, { force: true });
  await mkdir(path);
  return { [Symbol.asyncDispose]: () => rmdir(path) };
}

it('keeps nothing of a device whose login cannot be written, and no new password that nobody was told', async () => {
  await using temp = await tempFolder();
  await using core = await openCore({ folder: temp.path });
  const data = join(temp.path, 'data');
  const devices = await devicesIn(core, data);
  await mkdir(data);
  for (const name of ['app-logins.json', 'device-tokens.json']) {
    await using _ = await blocked(data, name);
    await expect(devices.createWithLogin('Anna'), name).rejects.toThrow();
    expect(devices.list()).toEqual([]);
  }
  const made = await devices.createWithLogin('Anna');
  expect(devices.list()).toMatchObject([{ folder: 'Anna', login: { loginName: made.loginName } }]);
  {
    await using _ = await blocked(data, 'app-logins.json');
    await expect(devices.renewLogin(made.deviceId)).rejects.toThrow();
  }
  const { device } = await devices.login(made.loginName, made.password, HERE);
  expect(device.deviceId).toBe(made.deviceId);
  // Taking trust away holds although that, too, cannot be written here.
  for (const name of ['app-logins.json', 'device-tokens.json']) {
    await using _ = await blocked(data, name);
    await expect(devices.revoke(made.deviceId)).rejects.toThrow();
    expect(devices.list()).toMatchObject([{ trusted: false }]);
    expect(devices.trusted(made.token)).toBeUndefined();
    await devices.renewToken(made.deviceId).catch(() => undefined);
  }
});

it('lets a login live with its device: renamed, renewed, made again, shut out, found in another catalog', async () => {
  await using temp = await tempFolder();
  const data = join(temp.path, 'data');
  let made: Awaited<ReturnType<Devices['createWithLogin']>>;
  let lastPassword: string;
  {
    await using core = await openCore({ folder: temp.path });
    const devices = await devicesIn(core, data);
    let goneCount = 0;
    devices.onTokenGone(() => (goneCount += 1));
    made = await devices.createWithLogin('Anna');
    const { deviceId, loginName } = made;
    const session = await devices.login(loginName, made.password, HERE);
    await devices.rename(deviceId, 'Anna’s phone');
    const renewed = await devices.renewLogin(deviceId);
    expect(renewed.loginName).toBe(loginName);
    await expect(devices.login(loginName, made.password, HERE)).rejects.toMatchObject({
      code: 'auth/login-wrong',
    });
    expect(devices.trusted(session.token)).toMatchObject({ name: 'Anna’s phone' });
    expect(devices.trusted(made.token)).toBeDefined();

    await expect(devices.createWithLogin('Anna', deviceId)).rejects.toThrow('needs no other token');
    const other = await devices.login(loginName, renewed.password, HERE);
    const before = goneCount;
    await devices.logout(other.token);
    expect(goneCount).toBeGreaterThan(before);
    expect([devices.isToken(other.token), devices.isToken(session.token)]).toEqual([false, true]);

    const revoking = devices.revoke(deviceId);
    expect(goneCount).toBeGreaterThan(before + 1);
    expect(devices.isToken(session.token)).toBe(false);
    await revoking;
    await devices.setRemoved(deviceId, true);
    const again = await devices.createWithLogin('whatever', deviceId);
    expect(again.deviceId).toBe(deviceId);
    for (const old of [made.password, renewed.password]) {
      await expect(devices.login(again.loginName, old, HERE)).rejects.toThrow();
    }
    for (const old of [made.token, session.token]) expect(devices.trusted(old)).toBeUndefined();
    const [only, ...others] = devices.list();
    expect(others).toEqual([]);
    expect(only).toMatchObject({ name: 'Anna’s phone', folder: 'Anna', trusted: true });
    expect(only).not.toHaveProperty('removedAt');
    ({ password: lastPassword } = again);
    made = again;
  }
  await rm(join(temp.path, 'catalog.sqlite'), { force: true });
  await using core = await openCore({ folder: temp.path });
  const devices = await devicesIn(core, data);
  const { device } = await devices.login(made.loginName, lastPassword, HERE);
  expect(device).toMatchObject({ deviceId: made.deviceId, name: 'Anna’s phone' });
});

it('makes a login for a device that came by a code, which stays the one it is', async () => {
  await using temp = await tempFolder();
  await using core = await openCore({ folder: temp.path });
  const codes = new PairingCodes(core.clock);
  const devices = await devicesIn(core, temp.path, codes);
  const told = { name: 'iPad', model: 'iPad', platform: 'iOS', app: 'Roost' };
  const { deviceId, token } = await devices.pair(codes.begin().code, told);
  const { loginName, password } = await devices.renewLogin(deviceId);
  expect((await devices.login(loginName, password, HERE)).device.deviceId).toBe(deviceId);
  expect(devices.trusted(token)).toMatchObject({ deviceId });
  expect(devices.list()).toMatchObject([{ deviceId, login: { loginName } }]);
});

it('keeps the newest sessions of a login, and its key however often somebody logs in', async () => {
  await using temp = await tempFolder();
  await using core = await openCore({ folder: temp.path });
  const devices = await devicesIn(core, temp.path);
  const other = await devices.createWithLogin('Ben');
  const ofOther = await devices.login(other.loginName, other.password, HERE);
  const { loginName, password, token } = await devices.createWithLogin('Anna');
  let goneCount = 0;
  const sessions: string[] = [];
  for (let at = 0; at < 12; at++) {
    sessions.push((await devices.login(loginName, password, HERE)).token);
    if (at === 9) devices.onTokenGone(() => (goneCount += 1));
  }
  const areTokens = sessions.map((session) => devices.isToken(session));
  expect(areTokens).toEqual([false, false, ...Array<boolean>(10).fill(true)]);
  expect(goneCount).toBe(2);
  for (const kept of [token, other.token, ofOther.token]) expect(devices.isToken(kept)).toBe(true);
});
