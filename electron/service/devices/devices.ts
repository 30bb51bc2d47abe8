import { randomUUID } from 'node:crypto';

import type { Clock } from '../../../shared/clock.ts';
import { RoostError } from '../../../shared/error-catalogue.ts';
import type { PairingDevice } from '../../../shared/native-protocol.ts';
import type { DeviceRecord } from '../../../shared/receipt.ts';
import type { DeviceView } from '../../../shared/window-views.ts';
import type { Ledger } from '../catalog/ledger.ts';
import type { CatalogWriter } from '../catalog/open-catalog.ts';
import { numberedName, safeFolderName } from '../library/safe-name.ts';

import type { AppLogins } from './app-logins.ts';
import { deviceById, deviceRecords, listDevices } from './device-queries.ts';
import type { DeviceTokens } from './device-tokens.ts';
import type { PairingCodes } from './pairing-codes.ts';

/** Last-seen times are written at most this often. */
const SEEN_EVERY_MS = 30_000;

/** Of a device that a person makes here nothing but its name is known. */
const UNTOLD = { model: '', platform: '', app: '' };

const noLogin = (): Promise<object> => Promise.resolve({});

/** A device whose token was accepted. */
export interface TrustedDevice {
  readonly deviceId: string;
  readonly name: string;
  readonly folder: string;
}

export interface DevicesParts {
  readonly catalog: CatalogWriter;
  /** The open library's; throws RoostError `library/missing` while there is none. */
  readonly ledger: () => Ledger;
  readonly tokens: DeviceTokens;
  readonly codes: PairingCodes;
  readonly logins: AppLogins;
  readonly clock: Clock;
  readonly onChange: () => void;
}

/** Who may send: pairing, renaming, revoking, recognising tokens. */
export class Devices {
  readonly #parts: DevicesParts;
  readonly #seenAt = new Map<string, number>();
  /** Pairings go one after another, so that two at once never get the same folder. */
  #pairing: Promise<unknown> = Promise.resolve();
  readonly #onTokenGone = new Set<() => void>();

  constructor(parts: DevicesParts) {
    this.#parts = parts;
  }

  /**
   * The device of a token, or `undefined` when the token is wrong, revoked or of a device gone.
   * @throws RoostError `library/missing` where only the library could say who it is: a phone that is told its token
   * is wrong gives its photos up.
   */
  trusted(token: string): TrustedDevice | undefined {
    const { tokens, catalog, clock, onChange } = this.#parts;
    const deviceId = tokens.deviceOf(token);
    if (deviceId === undefined) return undefined;
    const device = deviceById(catalog, deviceId);
    if (!device) this.requireLibrary();
    if (!device || device.revokedAt !== undefined) return undefined;
    const now = clock.now();
    if (now - (this.#seenAt.get(device.deviceId) ?? 0) >= SEEN_EVERY_MS) {
      this.#seenAt.set(device.deviceId, now);
      try {
        catalog.run(
          'UPDATE devices SET last_seen_at = ? WHERE device_id = ?',
          now,
          device.deviceId,
        );
        onChange();
      } catch {
        // A full disk under the catalog: when a device was seen is worth less than what it sends.
      }
    }
    return { deviceId: device.deviceId, name: device.name, folder: device.folder };
  }

  /** Tells each time that tokens stopped being ones: whoever keeps a connection open by one looks again. */
  onTokenGone(listener: () => void): void {
    this.#onTokenGone.add(listener);
  }

  /** Whether a token still is one, of whatever device. */
  isToken(token: string): boolean {
    return this.#parts.tokens.deviceOf(token) !== undefined;
  }

  /** Whether a device that was let in may still send: trust may have been taken away meanwhile. */
  isTrusted(deviceId: string): boolean {
    const device = deviceById(this.#parts.catalog, deviceId);
    return device !== undefined && device.revokedAt === undefined;
  }

  /**
   * Who may send is written in the library: without it nothing of that can change.
   * @throws RoostError `library/missing`.
   */
  requireLibrary(): void {
    this.#parts.ledger();
  }

  /**
   * Pairs by a code.
   * @throws RoostError of pairing or the library.
   */
  async pair(code: string, told: PairingDevice): Promise<{ deviceId: string; token: string }> {
    // Before the code is used up.
    this.requireLibrary();
    const redeemed = this.#parts.codes.redeem(code);
    const name = told.name.trim() || (redeemed.name ?? 'Device');
    return this.#admit({ ...told, name }, redeemed.deviceId, noLogin);
  }

  /** Makes a trusted device without a code, for who sits at this computer. */
  async create(name: string): Promise<{ deviceId: string; token: string }> {
    return this.#admit({ name, ...UNTOLD }, undefined, noLogin);
  }

  /**
   * Makes a trusted device that logs in, for who sits at this computer; the token is a key for other programs. With
   * `againAs` that device, which may not send any more, is let in again, under the name it has.
   * @throws RoostError `request/not-found`, `request/invalid` where it may send, or of the library.
   */
  async createWithLogin(
    name: string,
    againAs?: string,
  ): Promise<{ deviceId: string; token: string; loginName: string; password: string }> {
    const told = againAs === undefined ? { name, ...UNTOLD } : this.#shutOut(againAs);
    return this.#admit(told, againAs, (device) =>
      this.#parts.logins.make(device.deviceId, device.name),
    );
  }

  /** A new password for a device that is trusted. @throws RoostError `request/not-found`. */
  async renewLogin(deviceId: string): Promise<{ loginName: string; password: string }> {
    const device = deviceById(this.#parts.catalog, deviceId);
    if (!device || device.revokedAt !== undefined || !this.#parts.tokens.has(deviceId)) {
      throw new RoostError('request/not-found', 'There is no such device.');
    }
    return this.#parts.logins.make(deviceId, device.name);
  }

  /** Lets a login that was locked be tried again. @throws RoostError `request/not-found`. */
  async unlockLogin(deviceId: string): Promise<DeviceView> {
    await this.#parts.logins.unlock(deviceId);
    return this.#viewOf(deviceId);
  }

  /**
   * Opens a session of the device that a name and its password belong to; `address` is where it is asked from.
   * @throws RoostError of logging in, `auth/token-invalid` for a device whose trust was taken away.
   */
  async login(
    loginName: string,
    password: string,
    address: string,
  ): Promise<{ readonly device: TrustedDevice; readonly token: string }> {
    const { logins, tokens, clock } = this.#parts;
    const deviceId = logins.deviceOf(loginName, password, address);
    this.requireLibrary();
    // A session of a device that is not let in any more must not wait for it to be.
    if (!this.isTrusted(deviceId)) throw new RoostError('auth/token-invalid');
    const token = await tokens.issueSession(deviceId, clock.now());
    // The oldest of many had to go.
    this.#tokensAreGone();
    const device = this.trusted(token);
    if (device) return { device, token };
    await tokens.endSession(token);
    throw new RoostError('auth/token-invalid');
  }

  /** The list of changes that the app of a session keeps, wherever the catalog is by now. */
  followedList(sessionId: string): string | undefined {
    return this.#parts.tokens.followedList(sessionId);
  }

  /** Notes that it follows another one from now on. */
  async followList(sessionId: string, listId: string): Promise<void> {
    await this.#parts.tokens.follow(sessionId, listId);
  }

  /** Ends a session. A key that was not made by logging in goes on. */
  async logout(token: string): Promise<void> {
    await this.#parts.tokens.endSession(token).finally(() => this.#tokensAreGone());
  }

  /**
   * A new token for a device that lost its trust, without a code: it is that device again.
   * @throws RoostError `request/not-found`, `request/invalid` where it may send, or of the library.
   */
  async renewToken(deviceId: string): Promise<{ deviceId: string; token: string }> {
    return this.#admit(this.#shutOut(deviceId), deviceId, noLogin);
  }

  /**
   * Takes a device that may not send out of the list, or puts it back. What it sent stays.
   * @throws RoostError `request/not-found`, `request/invalid` where it may send, or of the library.
   */
  async setRemoved(deviceId: string, isRemoved: boolean): Promise<DeviceView> {
    if (isRemoved && this.#maySend(deviceId)) {
      throw new RoostError('request/invalid', 'A device that may send stays in the list.');
    }
    return this.#change(deviceId, ({ removedAt, ...device }) =>
      isRemoved ? { ...device, removedAt: removedAt ?? this.#parts.clock.now() } : device,
    );
  }

  /**
   * Makes devices that hold tokens known to a library that has never heard of them, so that a change of the
   * library takes nobody's pairing away. Once for each opening of a library, into its `ledger`.
   * @throws RoostError of the library.
   */
  async introduce(ledger: Ledger): Promise<void> {
    const { catalog, tokens } = this.#parts;
    for (const device of tokens.devices()) {
      if (deviceById(catalog, device.deviceId)) continue;
      await this.#record({ ...device, folder: this.#freeFolder(device.name) }, ledger);
    }
  }

  list(): DeviceView[] {
    return listDevices(this.#parts.catalog, this.#parts.tokens, this.#parts.logins);
  }

  /** @throws RoostError `request/not-found` or of the library. */
  async rename(deviceId: string, name: string): Promise<DeviceView> {
    return this.#change(deviceId, (device) => ({ ...device, name }));
  }

  /**
   * Takes a device's trust away, at once and durably. What it sent stays.
   * @throws RoostError `request/not-found` or of the library.
   */
  async revoke(deviceId: string): Promise<DeviceView> {
    this.requireLibrary();
    const { logins, tokens, clock } = this.#parts;
    // All of it, whichever cannot be written: what the journal says holds by itself.
    const taken = Promise.allSettled([tokens.revoke(deviceId), logins.remove(deviceId)]);
    this.#tokensAreGone();
    const view = this.#change(deviceId, (device) => ({
      ...device,
      revokedAt: device.revokedAt ?? clock.now(),
    }));
    await Promise.allSettled([view]);
    for (const each of await taken) if (each.status === 'rejected') throw each.reason;
    return view;
  }

  #tokensAreGone(): void {
    for (const listener of this.#onTokenGone) listener();
  }

  async #change(
    deviceId: string,
    change: (device: DeviceRecord) => DeviceRecord,
  ): Promise<DeviceView> {
    await this.#record(change(this.#known(deviceId)));
    return this.#viewOf(deviceId);
  }

  #viewOf(deviceId: string): DeviceView {
    const view = this.list().find((each) => each.deviceId === deviceId);
    if (!view) throw new RoostError('request/not-found', 'There is no such device.');
    return view;
  }

  #maySend(deviceId: string): boolean {
    return this.isTrusted(deviceId) && this.#parts.tokens.has(deviceId);
  }

  /** What is known of a device that may not send. */
  #shutOut(deviceId: string): PairingDevice {
    const { name, model, platform, app } = this.#known(deviceId);
    if (this.#maySend(deviceId)) {
      throw new RoostError('request/invalid', 'A device that may send needs no other token.');
    }
    return { name, model, platform, app };
  }

  #known(deviceId: string): DeviceRecord {
    const device = deviceById(this.#parts.catalog, deviceId);
    if (!device) throw new RoostError('request/not-found', 'There is no such device.');
    return device;
  }

  /**
   * `againAs` is the device that this one is meant to be again. Where its token, its login or its record cannot be
   * written nothing of it stays.
   */
  async #admit<Login extends object>(
    told: PairingDevice,
    againAs: string | undefined,
    makeLogin: (device: DeviceRecord) => Promise<Login>,
  ): Promise<{ deviceId: string; token: string } & Login> {
    const { promise, resolve } = Promise.withResolvers<undefined>();
    const before = this.#pairing;
    this.#pairing = promise;
    try {
      await before;
      const { tokens, logins, clock } = this.#parts;
      const ledger = this.#parts.ledger();
      const device = this.#again(told, againAs) ?? this.#returning(told) ?? this.#fresh(told);
      const { deviceId } = device;
      try {
        // A session that was opened while it was shut out must not come back with it.
        if (tokens.has(deviceId)) await tokens.revoke(deviceId);
        const login = await makeLogin(device);
        const token = await tokens.issue(deviceId, clock.now(), device);
        await this.#record(device, ledger);
        return { deviceId, token, ...login };
      } catch (error) {
        const hasLogin = makeLogin !== (noLogin as unknown);
        await Promise.allSettled([tokens.revoke(deviceId), hasLogin && logins.remove(deviceId)]);
        throw error;
      }
    } finally {
      resolve(undefined);
    }
  }

  /** Who paired for a certain device keeps the name that a person gave it: a page in a browser knows no better one. */
  #again(told: PairingDevice, deviceId: string | undefined): DeviceRecord | undefined {
    const known = deviceId === undefined ? undefined : deviceById(this.#parts.catalog, deviceId);
    // Two phones must not become one device: a code outlives the moment in which the first of them came back.
    if (!known || this.#maySend(known.deviceId)) return undefined;
    return this.#trustedAgain(known, { ...told, name: known.name });
  }

  #trustedAgain(known: DeviceRecord, told: PairingDevice): DeviceRecord {
    const { revokedAt: _, removedAt: __, ...trusted } = known;
    return { ...trusted, ...told, pairedAt: this.#parts.clock.now() };
  }

  /** A device that lost its trust and comes back keeps its identity, so that its photos stay together. */
  #returning(told: PairingDevice): DeviceRecord | undefined {
    const { catalog, tokens } = this.#parts;
    const known = deviceRecords(catalog).find(
      (device) =>
        device.name === told.name && device.model === told.model && !tokens.has(device.deviceId),
    );
    return known && this.#trustedAgain(known, told);
  }

  #fresh(told: PairingDevice): DeviceRecord {
    const folder = this.#freeFolder(told.name);
    return { deviceId: randomUUID(), ...told, folder, pairedAt: this.#parts.clock.now() };
  }

  #freeFolder(name: string): string {
    const taken = new Set(
      deviceRecords(this.#parts.catalog).map((device) => device.folder.toLowerCase()),
    );
    const wanted = safeFolderName(name);
    let folder = wanted;
    for (let attempt = 2; taken.has(folder.toLowerCase()); attempt++) {
      folder = numberedName(wanted, attempt);
    }
    return folder;
  }

  async #record(device: DeviceRecord, ledger = this.#parts.ledger()): Promise<void> {
    const { tokens, clock, onChange } = this.#parts;
    await ledger.record({ entry: 'device', ...device, recordedAt: clock.now() });
    await tokens.remember(device);
    onChange();
  }
}
