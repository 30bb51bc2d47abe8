import { join } from 'node:path';

import { expect, it } from 'vitest';

import { openCore } from '../../../tests/support/core-lab.ts';
import { tempFolder } from '../../../tests/support/temp-folder.ts';

import { AppLogins } from './app-logins.ts';
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
    logins: await AppLogins.open({
      dataFolder: temp.path,
      clock,
      onChange: () => undefined,
    }),
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
