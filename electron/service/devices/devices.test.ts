import { join } from 'node:path';

import { expect, it } from 'vitest';

import { openCore } from '../../../tests/support/core-lab.ts';
import { tempFolder } from '../../../tests/support/temp-folder.ts';

import { DeviceTokens } from './device-tokens.ts';
import { Devices } from './devices.ts';
import { PairingCodes } from './pairing-codes.ts';

it('trusts a device although it cannot be noted when it was seen', async () => {
  await using temp = await tempFolder();
  await using core = await openCore({ folder: temp.path });
  const { catalog, ledger, clock } = core;
  const devices = new Devices({
    catalog,
    ledger: () => ledger,
    tokens: await DeviceTokens.open(join(temp.path, 'device-tokens.json')),
    codes: new PairingCodes(clock),
    clock,
    onChange: () => undefined,
  });
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

it('makes who uses the code for a device that device again, and lists it again', async () => {
  await using temp = await tempFolder();
  await using core = await openCore({ folder: temp.path });
  const { catalog, ledger, clock } = core;
  const codes = new PairingCodes(clock);
  const devices = new Devices({
    catalog,
    ledger: () => ledger,
    tokens: await DeviceTokens.open(join(temp.path, 'device-tokens.json')),
    codes,
    clock,
    onChange: () => undefined,
  });
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
