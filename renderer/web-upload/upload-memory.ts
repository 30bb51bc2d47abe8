import { fieldsOf, parsedJson } from './outcome.ts';

/** An upload that may be gone on with, and how to know its file again. */
export interface RememberedUpload {
  /** The `id` of `GET /v1/ping`: another Roost knows nothing of it. */
  readonly serverId: string;
  readonly uploadId: string;
  readonly assetKey: string;
  readonly resourceType: string;
  readonly byteCount: number;
  /** See `fileFingerprint`. */
  readonly fingerprint: string;
  readonly fileName: string;
  /** When it was begun, milliseconds UTC. */
  readonly begunAt: number;
}

/** What is known of a picked file, to find its upload by. */
export interface UploadLook {
  readonly assetKey: string;
  readonly resourceType: string;
  readonly byteCount: number;
  readonly fingerprint: string;
}

/** The computer lets go of unfinished uploads after a week. */
const LIFETIME_MS = 7 * 24 * 3_600_000;
/** As many as the computer keeps of one device. */
const MAX_COUNT = 64;
const MAX_NAME_LENGTH = 100;
const KEY = 'roost.uploads';

/**
 * The uploads this browser began and did not end, over reloads of the page: at most 64 of one week. Where nothing can
 * be stored (private windows) they last as long as the page.
 */
export class UploadMemory {
  readonly #storage: () => Storage;
  readonly #serverId: string;
  readonly #now: () => number;
  #held: readonly RememberedUpload[] = [];
  #isStored = true;

  /** `storage` is a function because reading `window.localStorage` may itself throw. */
  constructor(storage: () => Storage, serverId: string, now: () => number = Date.now) {
    this.#storage = storage;
    this.#serverId = serverId;
    this.#now = now;
  }

  /** The uploads to this computer, last begun first. */
  unfinished(): RememberedUpload[] {
    return this.#read().filter(({ serverId }) => serverId === this.#serverId);
  }

  /**
   * The upload of a file. iOS gives a file another time, and so another key, at each pick: a file that is the same
   * inside is taken for the same, unless its upload belongs to another file of this pick (`keysOfPick`).
   */
  find(look: UploadLook, keysOfPick: ReadonlySet<string>): RememberedUpload | undefined {
    const same = this.unfinished().filter(
      (each) =>
        each.resourceType === look.resourceType &&
        each.byteCount === look.byteCount &&
        each.fingerprint === look.fingerprint,
    );
    return (
      same.find(({ assetKey }) => assetKey === look.assetKey) ??
      same.find(({ assetKey }) => !keysOfPick.has(assetKey))
    );
  }

  remember(look: UploadLook, uploadId: string, fileName: string): void {
    const { assetKey, resourceType, byteCount, fingerprint } = look;
    const fresh = {
      ...{ serverId: this.#serverId, uploadId, assetKey, resourceType, byteCount, fingerprint },
      fileName: fileName.slice(-MAX_NAME_LENGTH),
      begunAt: this.#now(),
    };
    this.#write([fresh, ...this.#read()].slice(0, MAX_COUNT));
  }

  forget(uploadId: string): void {
    this.#write(this.#read().filter((each) => each.uploadId !== uploadId));
  }

  /** The file of this key is safe. */
  forgetFile(assetKey: string): void {
    const all = this.#read();
    const rest = all.filter(
      (each) => each.serverId !== this.#serverId || each.assetKey !== assetKey,
    );
    if (rest.length < all.length) this.#write(rest);
  }

  forgetAll(): void {
    this.#write([]);
  }

  #read(): readonly RememberedUpload[] {
    const all = this.#isStored ? this.#stored() : this.#held;
    return all.filter(({ begunAt }) => Math.abs(this.#now() - begunAt) < LIFETIME_MS);
  }

  /** Read anew each time: another tab may have written. */
  #stored(): readonly RememberedUpload[] {
    try {
      const value = parsedJson(this.#storage().getItem(KEY) ?? '');
      return Array.isArray(value) ? value.filter(isRemembered).slice(0, MAX_COUNT) : [];
    } catch {
      return this.#held;
    }
  }

  #write(all: readonly RememberedUpload[]): void {
    this.#held = all;
    try {
      if (all.length === 0) this.#storage().removeItem(KEY);
      else this.#storage().setItem(KEY, JSON.stringify(all));
      this.#isStored = true;
    } catch {
      this.#isStored = false;
    }
  }
}

function isRemembered(value: unknown): value is RememberedUpload {
  const fields = fieldsOf(value);
  const texts = ['serverId', 'assetKey', 'resourceType', 'fingerprint', 'fileName'];
  return (
    texts.every((name) => typeof fields[name] === 'string') &&
    /^[\w-]{1,100}$/.test(String(fields['uploadId'])) &&
    Number.isSafeInteger(fields['byteCount']) &&
    Number.isSafeInteger(fields['begunAt'])
  );
}
