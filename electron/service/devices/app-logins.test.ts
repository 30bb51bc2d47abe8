import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { expect, it } from 'vitest';

import { ManualClock } from '../../../tests/support/manual-clock.ts';
import { tempFolder } from '../../../tests/support/temp-folder.ts';

import { AppLogins, TRIES_TO_LOCK } from './app-logins.ts';
import { FREE_TRIES } from './guess-pauses.ts';

const HERE = '192.168.1.30';

class LoginLab implements AsyncDisposable {
  readonly clock = new ManualClock();
  readonly path: string;
  readonly #dataFolder: string;
  changeCount = 0;
  logins!: AppLogins;
  readonly #temp: AsyncDisposable;

  private constructor(temp: AsyncDisposable & { path: string }) {
    this.#dataFolder = join(temp.path, 'data');
    this.path = join(this.#dataFolder, 'app-logins.json');
    this.#temp = temp;
  }

  static async open(): Promise<LoginLab> {
    const lab = new LoginLab(await tempFolder());
    await lab.#begin();
    return lab;
  }

  async restart(): Promise<void> {
    await this.logins.close();
    await this.#begin();
  }

  async #begin(): Promise<void> {
    this.logins = await AppLogins.open({
      dataFolder: this.#dataFolder,
      clock: this.clock,
      onChange: () => (this.changeCount += 1),
    });
  }

  /** The device that is let in, or the code of the refusal. */
  attempt(loginName: string, password: string, address = HERE): string {
    try {
      return this.logins.deviceOf(loginName, password, address);
    } catch (error) {
      return (error as { code: string }).code;
    }
  }

  /** Guesses wrong so often, waiting out each pause. */
  guess(loginName: string, times: number): void {
    for (let at = 0; at < times; at += 1) {
      this.clock.advance(61_000);
      expect(this.attempt(loginName, 'wrong')).toBe('auth/login-wrong');
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.logins.close();
    await this.#temp[Symbol.asyncDispose]();
  }
}

it('lets in who types the name and password as people do, and nobody else', async () => {
  await using lab = await LoginLab.open();
  const deviceId = randomUUID();
  const { loginName, password } = await lab.logins.make(deviceId, 'Ada’s iPhone');
  expect(password).toMatch(/^([a-z2-9]{4}-){4}[a-z2-9]{4}$/);
  for (const typed of [
    password,
    password.toUpperCase(),
    password.replaceAll('-', ''),
    ` ${password.replaceAll('-', ' ')} `,
    password.replaceAll('-', '–'),
  ]) {
    expect(lab.attempt(loginName, typed)).toBe(deviceId);
  }
  expect(lab.attempt(` ${loginName.toUpperCase()} `, password)).toBe(deviceId);
  for (const wrong of ['', '-', password.slice(1), `${password}a`]) {
    expect(lab.attempt(loginName, wrong)).toBe('auth/login-wrong');
  }
  expect(lab.attempt('nobody@roost.home.arpa', password)).toBe('auth/login-wrong');
  expect(lab.attempt('', '')).toBe('auth/login-wrong');
});

it('keeps no password, and lets nobody else on this computer read what it keeps', async () => {
  await using lab = await LoginLab.open();
  const { password } = await lab.logins.make(randomUUID(), 'Phone');
  const kept = await readFile(lab.path, 'utf8');
  expect(kept).not.toContain(password);
  expect(kept).not.toContain(password.replaceAll('-', ''));
  if (process.platform !== 'win32') {
    expect((await stat(join(lab.path, '..'))).mode & 0o077).toBe(0);
  }
});

it('makes whoever guesses wait twice as long each time, at most a minute', async () => {
  await using lab = await LoginLab.open();
  const deviceId = randomUUID();
  const { loginName, password } = await lab.logins.make(deviceId, 'Phone');
  for (let at = 0; at < FREE_TRIES; at += 1) {
    expect(lab.attempt(loginName, 'wrong')).toBe('auth/login-wrong');
  }
  for (const pauseMs of [2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000]) {
    expect(lab.attempt(loginName, 'wrong')).toBe('auth/login-wrong');
    lab.clock.advance(pauseMs - 1);
    expect(lab.attempt(loginName, 'wrong')).toBe('auth/login-paused');
    expect(lab.attempt(loginName, password)).toBe('auth/login-paused');
    lab.clock.advance(1);
  }
  expect(lab.attempt(loginName, password)).toBe(deviceId);
  // The right password begins the count anew.
  for (let at = 0; at < FREE_TRIES; at += 1) lab.attempt(loginName, 'wrong');
  expect(lab.attempt(loginName, password)).toBe(deviceId);
});

it('is not outrun by guesses that nobody waits for, nor by those from many addresses', async () => {
  await using lab = await LoginLab.open();
  const deviceId = randomUUID();
  const { loginName, password } = await lab.logins.make(deviceId, 'Phone');
  const codes = Array.from({ length: 200 }, () => lab.attempt(loginName, 'wrong'));
  expect(codes.filter((code) => code === 'auth/login-wrong')).toHaveLength(FREE_TRIES + 1);
  expect(new Set(codes.slice(FREE_TRIES + 1))).toEqual(new Set(['auth/login-paused']));
  // Who logs in from elsewhere does not wait for the guesser.
  expect(lab.attempt(loginName, password, '192.168.1.31')).toBe(deviceId);
  expect(lab.attempt(loginName, password, `::ffff:${HERE}`)).toBe('auth/login-paused');
  const before = lab.changeCount;
  const spread = Array.from({ length: 3000 }, (_, at) =>
    lab.attempt(loginName, 'wrong', `10.0.${at >> 8}.${at & 255}`),
  );
  expect(spread.filter((code) => code === 'auth/login-wrong')).toHaveLength(TRIES_TO_LOCK);
  expect(spread.at(-1)).toBe('auth/login-locked');
  // The window hears of the lock, once, and not of each guess.
  expect(lab.changeCount).toBe(before + 1);
});

it('refuses a wrong password as it does a name that is not there, and waits for no disk before', async () => {
  await using lab = await LoginLab.open();
  const { loginName, password } = await lab.logins.make(randomUUID(), 'Phone');
  await rm(lab.path);
  await mkdir(lab.path);
  for (const name of [loginName, 'nobody@roost.home.arpa']) {
    const codes = Array.from({ length: FREE_TRIES + 2 }, () => lab.attempt(name, 'wrong'));
    expect(codes.slice(-2), name).toEqual(['auth/login-wrong', 'auth/login-paused']);
    lab.clock.advance(61_000);
  }
  // What could not be written counts all the same.
  lab.guess(loginName, TRIES_TO_LOCK - FREE_TRIES - 1);
  expect(lab.attempt(loginName, password)).toBe('auth/login-locked');
});

it('does not wait longer because the clock was set back', async () => {
  await using lab = await LoginLab.open();
  const deviceId = randomUUID();
  const { loginName, password } = await lab.logins.make(deviceId, 'Phone');
  lab.guess(loginName, FREE_TRIES + 1);
  expect(lab.attempt(loginName, password)).toBe('auth/login-paused');
  lab.clock.advance(-3_600_000);
  expect(lab.attempt(loginName, password)).toBe(deviceId);
});

it('locks after many guesses, also the right password, until it is unlocked; a restart changes nothing', async () => {
  await using lab = await LoginLab.open();
  const deviceId = randomUUID();
  const { loginName, password } = await lab.logins.make(deviceId, 'Phone');
  const other = await lab.logins.make(randomUUID(), 'Phone');
  lab.guess(loginName, TRIES_TO_LOCK / 2);
  await lab.restart();
  lab.guess(loginName, TRIES_TO_LOCK / 2 - 1);
  expect(lab.logins.ofDevice(deviceId)).toEqual({ loginName });
  lab.guess(loginName, 1);
  const lockedAt = lab.clock.now();
  const lockedFrom = HERE;
  expect(lab.logins.ofDevice(deviceId)).toEqual({ loginName, lockedAt, lockedFrom });
  for (const waitMs of [0, 61_000, 86_400_000]) {
    lab.clock.advance(waitMs);
    expect(lab.attempt(loginName, password)).toBe('auth/login-locked');
  }
  expect(lab.attempt(other.loginName, other.password)).not.toMatch(/^auth/);
  await lab.restart();
  expect(lab.logins.ofDevice(deviceId)).toEqual({ loginName, lockedAt, lockedFrom });
  expect(lab.attempt(loginName, password)).toBe('auth/login-locked');
  const before = lab.changeCount;
  await lab.logins.unlock(deviceId);
  expect(lab.changeCount).toBeGreaterThan(before);
  expect(lab.attempt(loginName, password)).toBe(deviceId);
  await lab.restart();
  expect(lab.logins.ofDevice(deviceId)).toEqual({ loginName });
});

it('lets a new password in at once, under the same name, whatever was guessed before', async () => {
  await using lab = await LoginLab.open();
  const deviceId = randomUUID();
  const first = await lab.logins.make(deviceId, 'Phone');
  expect((await lab.logins.make(randomUUID(), 'Phone')).loginName).not.toBe(first.loginName);
  lab.guess(first.loginName, FREE_TRIES + 3);
  const second = await lab.logins.make(deviceId, 'Renamed meanwhile');
  expect(second.loginName).toBe(first.loginName);
  expect(lab.attempt(second.loginName, second.password)).toBe(deviceId);
  expect(lab.attempt(first.loginName, first.password)).toBe('auth/login-wrong');
  lab.guess(first.loginName, TRIES_TO_LOCK - 1);
  expect(lab.logins.ofDevice(deviceId)).toMatchObject({ lockedAt: lab.clock.now() });
  const third = await lab.logins.make(deviceId, 'Phone');
  expect(lab.logins.ofDevice(deviceId)).toEqual({ loginName: first.loginName });
  expect(lab.attempt(third.loginName, third.password)).toBe(deviceId);
});

it('lets nobody in by a login that was removed, and who has its name next does not wait for it', async () => {
  await using lab = await LoginLab.open();
  const deviceId = randomUUID();
  const gone = await lab.logins.make(deviceId, 'Phone');
  lab.guess(gone.loginName, FREE_TRIES + 3);
  await lab.logins.remove(deviceId);
  expect(lab.logins.ofDevice(deviceId)).toBeUndefined();
  expect(lab.attempt(gone.loginName, gone.password)).toBe('auth/login-wrong');
  await expect(lab.logins.unlock(deviceId)).rejects.toMatchObject({ code: 'request/not-found' });
  await lab.logins.remove(deviceId);
  const next = randomUUID();
  const { loginName, password } = await lab.logins.make(next, 'Phone');
  expect(loginName).toBe(gone.loginName);
  expect(lab.attempt(loginName, password)).toBe(next);
});

it.each([
  ['text that is no JSON', '{"logins": ['],
  ['nothing at all', ''],
  ['a login without its hash', JSON.stringify({ logins: [{ loginName: 'a@b' }] })],
])('does not start with %s in place of its logins, and says what to do', async (_, text) => {
  await using lab = await LoginLab.open();
  await lab.logins.make(randomUUID(), 'Phone');
  await writeFile(lab.path, text);
  await expect(lab.restart()).rejects.toMatchObject({
    code: 'service/failed',
    message: expect.stringContaining('app-logins.json') as string,
  });
  expect(await readFile(lab.path, 'utf8')).toBe(text);
});
