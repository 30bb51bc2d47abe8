import { join } from 'node:path';

import { expect, it } from 'vitest';

import { openCore } from '../../../tests/support/core-lab.ts';
import { tempFolder } from '../../../tests/support/temp-folder.ts';

import { AppLogins } from './app-logins.ts';
import { DeviceTokens } from './device-tokens.ts';
import { Devices } from './devices.ts';
import { PairingCodes } from './pairing-codes.ts';

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
  const { device } = await devices.login(loginName, password);
  expect(device.deviceId).toBe(deviceId);

  const elsewhere = await devicesIn(core, join(temp.path, 'elsewhere'));
  expect(elsewhere.list()).toMatchObject([{ deviceId, trusted: false }]);
  await expect(elsewhere.renewLogin(deviceId)).rejects.toMatchObject({ code: 'request/not-found' });

  await devices.revoke(deviceId);
  expect(devices.list()[0]).not.toHaveProperty('login');
  await expect(devices.renewLogin(deviceId)).rejects.toMatchObject({ code: 'request/not-found' });
  await expect(devices.login(loginName, password)).rejects.toMatchObject({
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
