import { mkdir, readdir, readFile, rename, rmdir } from 'node:fs/promises';
import { join } from 'node:path';

import { expect, it } from 'vitest';

import { ManualClock } from '../support/manual-clock.ts';
import { sampleJpeg } from '../support/sample-photos.ts';
import { ServiceInTest } from '../support/service-in-test.ts';

import { ImmichPhone } from './support/immich-phone.ts';

it('who guesses a password is slowed down, then locked out until a person says otherwise', async () => {
  const clock = new ManualClock();
  await using other = await ServiceInTest.start({ clock });
  const login = await other.window.call('device.createLogin', { name: 'Guessed' });
  const guest = new ImmichPhone(other.lanUrl, 'none');
  const tryOut = async (password: string): Promise<number> => {
    const body = { email: login.loginName, password };
    return (await guest.call('POST', '/api/auth/login', body)).status;
  };
  const statuses: number[] = [];
  const wrong = { email: login.loginName, password: 'wrong' };
  const refusal = (await guest.call('POST', '/api/auth/login', wrong)).json;
  expect(refusal).toMatchObject({
    statusCode: 401,
    message: expect.stringContaining('The name or the password is wrong.') as string,
  });
  for (let at = 0; at < 6; at++) statuses.push(await tryOut('wrong'));
  expect(statuses).toEqual([401, 401, 401, 401, 429, 429]);
  expect(await tryOut(login.password)).toBe(429);
  for (let at = 0; at < 15; at++) {
    clock.advance(61_000);
    expect(await tryOut('wrong')).toBe(401);
  }
  clock.advance(3_600_000);
  expect(await tryOut(login.password)).toBe(403);
  const { devices } = await other.window.call('devices.list', {});
  expect(devices[0]?.login).toMatchObject({ loginName: login.loginName });
  expect(devices[0]?.login?.lockedAt).toBeGreaterThan(0);
  await other.window.call('device.unlockLogin', { deviceId: login.deviceId });
  expect(await tryOut(login.password.replaceAll('-', ' '))).toBe(201);
  expect(
    await guest.call('POST', '/api/auth/login', { email: 'nobody@x', password: 'x' }),
  ).toMatchObject({
    status: 401,
  });
  await other.window.call('device.revoke', { deviceId: login.deviceId });
  expect(await tryOut(login.password)).toBe(401);
  guest.close();
});

it('writes no password and no token into its log, whatever succeeds or fails', async () => {
  await using other = await ServiceInTest.start();
  const login = await other.window.call('device.createLogin', { name: 'Secretive' });
  const { password, loginName: email } = login;
  const guest = new ImmichPhone(other.lanUrl, 'none');
  const logIn = (body: object): Promise<{ status: number; json: unknown }> =>
    guest.call('POST', '/api/auth/login', body);
  const { json } = await logIn({ email, password });
  const { accessToken: session } = json as { accessToken: string };
  const mistyped = `${password.slice(0, -1)}!`;
  expect((await logIn({ email, password: mistyped })).status).toBe(401);
  expect((await logIn({ email, password: [password] })).status).toBe(400);
  const file = {
    ...{ deviceAssetId: 'a/L0/001-jpeg-A.JPG', fileName: 'A.JPG', contentType: 'image/jpeg' },
    bytes: await sampleJpeg({ width: 40, height: 30 }),
  };
  const phones = [
    new ImmichPhone(other.lanUrl, session),
    new ImmichPhone(other.lanUrl, login.token, 'x-api-key'),
    new ImmichPhone(other.lanUrl, session, 'x-immich-user-token'),
  ];
  for (const each of phones) {
    expect((await each.uploadInBackground(file)).status).toBeLessThan(300);
    expect((await each.uploadAsYaiiu({ ...file, deviceAssetId: 'b' })).status).toBe(200);
    expect((await each.call('GET', `/api/assets/${password}`)).status).toBe(404);
  }
  // What cannot be written is logged with all that is known of it.
  const tokens = join(other.dataFolder, 'device-tokens.json');
  await rename(tokens, `${tokens}.aside`);
  await mkdir(tokens);
  expect((await logIn({ email, password })).status).toBe(500);
  await rmdir(tokens);
  await rename(`${tokens}.aside`, tokens);
  await other.window.call('device.revoke', { deviceId: login.deviceId });
  expect((await phones[0]!.uploadInBackground(file)).status).toBe(401);
  for (const each of [guest, ...phones]) each.close();

  const folder = join(other.dataFolder, 'logs');
  const texts = await Promise.all(
    (await readdir(folder)).map((name) => readFile(join(folder, name), 'utf8')),
  );
  const log = texts.join('');
  expect(log).toContain('request failed');
  const secrets = [
    ...[password, password.replaceAll('-', ''), mistyped, session, login.token],
    ...[session, login.token].map((token) => token.slice(-43)),
  ];
  for (const secret of secrets) expect(log.includes(secret), secret).toBe(false);
});
