import { createHash, randomInt, timingSafeEqual } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { z } from 'zod';

import type { Clock } from '../../../shared/clock.ts';
import { RoostError } from '../../../shared/error-catalogue.ts';
import type { DeviceView } from '../../../shared/window-views.ts';
import { isCode, nodeFileSystem } from '../library/file-system.ts';
import { writeFileDurably } from '../library/write-file-durably.ts';

import { GuessPauses, plainAddress } from './guess-pauses.ts';
import { freeLoginName } from './login-name.ts';

const loginSchema = z.object({
  loginName: z.string().max(200),
  /** SHA-256 of the password: its 100 random bits need no slow hash. */
  passwordSha256: z.string().regex(/^[0-9a-f]{64}$/),
  deviceId: z.uuid(),
  madeAt: z.number().int(),
  /** Wrong passwords since the last right one. */
  wrongCount: z.number().int().nonnegative().default(0),
  lockedAt: z.number().int().optional(),
  /** The address that the last of its guesses came from. */
  lockedFrom: z.string().max(100).optional(),
});
const fileSchema = z.object({ logins: z.array(loginSchema) });

type Login = z.infer<typeof loginSchema>;

const FILE_NAME = 'app-logins.json';

/** Easy to type on a phone: nothing that looks like something else, no capitals. */
const LETTERS = 'abcdefghijkmnpqrstuvwxyz23456789';
const GROUPS = 5;
const GROUP_LENGTH = 4;

/** Then a person must let it in again, wherever they came from: nobody mistypes so often. */
export const TRIES_TO_LOCK = 20;

export interface AppLoginsParts {
  readonly dataFolder: string;
  readonly clock: Clock;
  readonly onChange: () => void;
}

/**
 * Names and passwords for apps that can only log in. Each belongs to one device; passwords are made here, told once
 * and kept hashed. Who guesses is slowed down where the guesses come from, then the login is locked until a person
 * says otherwise; sessions that were opened before go on.
 */
export class AppLogins {
  readonly #parts: AppLoginsParts;
  #logins: readonly Login[];
  readonly #pauses = new GuessPauses();
  #writing: Promise<void> = Promise.resolve();

  private constructor(parts: AppLoginsParts, logins: readonly Login[]) {
    this.#parts = parts;
    this.#logins = logins;
  }

  /** A missing file has no logins. @throws RoostError `service/failed` for a damaged one. */
  static async open(parts: AppLoginsParts): Promise<AppLogins> {
    try {
      const { logins } = fileSchema.parse(
        JSON.parse(await readFile(pathIn(parts.dataFolder), 'utf8')),
      );
      return new AppLogins(parts, logins);
    } catch (error) {
      if (isCode(error, 'ENOENT')) return new AppLogins(parts, []);
      if (!(error instanceof SyntaxError || error instanceof z.ZodError)) throw error;
      throw new RoostError(
        'service/failed',
        `The file ${FILE_NAME} in the data folder is damaged. Put a copy of it back, or remove it and ` +
          'make new passwords for the apps that log in.',
        { cause: error },
      );
    }
  }

  /**
   * Makes a login for a device, or a new password for the name it has: what an app shows stays right. The password
   * is told once and not kept.
   */
  async make(
    deviceId: string,
    deviceName: string,
  ): Promise<{ readonly loginName: string; readonly password: string }> {
    const others = this.#logins.filter((each) => each.deviceId !== deviceId);
    const loginName =
      this.ofDevice(deviceId)?.loginName ??
      freeLoginName(deviceName, new Set(others.map((each) => each.loginName)));
    const password = newPassword();
    const before = this.#logins.filter((each) => each.deviceId === deviceId);
    const made = {
      ...{ loginName, deviceId, passwordSha256: hashOf(password) },
      ...{ madeAt: this.#parts.clock.now(), wrongCount: 0 },
    };
    this.#pauses.forget(loginName);
    try {
      await this.#save([...others, made]);
    } catch (error) {
      // Nobody was told the new password: the one before goes on.
      if (this.#logins.includes(made)) {
        this.#logins = [...this.#logins.filter((each) => each !== made), ...before];
      }
      throw error;
    } finally {
      this.#parts.onChange();
    }
    return { loginName, password };
  }

  /**
   * The device of a name and its password; `address` is where it is asked from. A refusal waits for no disk, so that it
   * takes as long for a name that is not there as for a wrong password.
   * @throws RoostError `auth/login-wrong`, `auth/login-paused`, `auth/login-locked`.
   */
  deviceOf(loginName: string, password: string, address: string): string {
    const name = loginName.trim().toLowerCase();
    const login = this.#logins.find((each) => each.loginName === name);
    const now = this.#parts.clock.now();
    const isRight = timingSafeEqual(
      Buffer.from(hashOf(password), 'hex'),
      Buffer.from(login?.passwordSha256 ?? '0'.repeat(64), 'hex'),
    );
    if (login?.lockedAt !== undefined) throw new RoostError('auth/login-locked');
    if (this.#pauses.isPaused(address, name, now)) throw new RoostError('auth/login-paused');
    if (!login || !isRight) {
      this.#pauses.noteWrong(address, name, now);
      if (login) this.#countWrong(login, now, address);
      throw new RoostError('auth/login-wrong');
    }
    this.#pauses.noteRight(address, name);
    if (login.wrongCount > 0) this.#note(login.deviceId, { wrongCount: 0 });
    return login.deviceId;
  }

  ofDevice(deviceId: string): DeviceView['login'] {
    const login = this.#logins.find((each) => each.deviceId === deviceId);
    if (!login) return undefined;
    const { loginName, lockedAt, lockedFrom } = login;
    return {
      loginName,
      ...(lockedAt !== undefined && { lockedAt }),
      ...(lockedFrom !== undefined && { lockedFrom }),
    };
  }

  /** Lets a name that was locked try again. */
  async unlock(deviceId: string): Promise<void> {
    const login = this.#logins.find((each) => each.deviceId === deviceId);
    if (!login) throw new RoostError('request/not-found', 'This device has no login.');
    this.#pauses.forget(login.loginName);
    const { lockedAt: _, lockedFrom: __, ...unlocked } = login;
    const others = this.#logins.filter((each) => each !== login);
    const saved = this.#save([...others, { ...unlocked, wrongCount: 0 }]);
    this.#parts.onChange();
    await saved;
  }

  /** Lets nobody log in for this device any more: at once, and durably when it resolves. */
  async remove(deviceId: string): Promise<void> {
    const login = this.ofDevice(deviceId);
    if (!login) return;
    this.#pauses.forget(login.loginName);
    const saved = this.#save(this.#logins.filter((each) => each.deviceId !== deviceId));
    this.#parts.onChange();
    await saved;
  }

  /** Waits until what was counted is written. */
  async close(): Promise<void> {
    await this.#writing;
  }

  #countWrong(login: Login, now: number, address: string): void {
    const wrongCount = login.wrongCount + 1;
    const isLocked = wrongCount >= TRIES_TO_LOCK;
    const lock = isLocked && { lockedAt: now, lockedFrom: plainAddress(address).slice(0, 100) };
    this.#note(login.deviceId, { wrongCount, ...lock });
    if (isLocked) this.#parts.onChange();
  }

  /** In force at once; where it cannot be written it holds until the next start. */
  #note(deviceId: string, change: Partial<Login>): void {
    const logins = this.#logins.map((each) =>
      each.deviceId === deviceId ? { ...each, ...change } : each,
    );
    void this.#save(logins).catch(() => undefined);
  }

  async #save(logins: readonly Login[]): Promise<void> {
    this.#logins = logins;
    const write = this.#writing.then(async () => {
      await mkdir(this.#parts.dataFolder, { recursive: true, mode: 0o700 });
      const text = `${JSON.stringify({ logins: this.#logins })}\n`;
      await writeFileDurably(nodeFileSystem, pathIn(this.#parts.dataFolder), text);
    });
    this.#writing = write.catch(() => undefined);
    await write;
  }
}

function pathIn(dataFolder: string): string {
  return join(dataFolder, FILE_NAME);
}

function newPassword(): string {
  const group = (): string =>
    Array.from({ length: GROUP_LENGTH }, () => LETTERS.charAt(randomInt(LETTERS.length))).join('');
  return Array.from({ length: GROUPS }, group).join('-');
}

/** As people type it: with or without hyphens, and the capital that a keyboard begins with. */
function typed(password: string): string {
  return password.toLowerCase().replace(/[\s\p{Pd}]/gu, '');
}

function hashOf(password: string): string {
  return createHash('sha256').update(typed(password)).digest('hex');
}
