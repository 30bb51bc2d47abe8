import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import { basename, dirname } from 'node:path';

import { z } from 'zod';

import { RoostError } from '../../../shared/error-catalogue.ts';
import { deviceRecordSchema, type DeviceRecord } from '../../../shared/receipt.ts';

import { isCode, nodeFileSystem } from '../library/file-system.ts';
import { writeFileDurably } from '../library/write-file-durably.ts';

const tokenFileSchema = z.object({
  tokens: z.array(
    z.object({
      /** Public half of the token, to find it by. */
      tokenId: z.string().regex(/^[0-9a-f]{16}$/),
      /** SHA-256 of the secret half: 256 random bits need no slow hash. */
      secretSha256: z.string().regex(/^[0-9a-f]{64}$/),
      deviceId: z.uuid(),
      madeAt: z.number().int(),
      /** Made by logging in: an app may forget it and log in again, so only the newest are kept. */
      isSession: z.boolean().optional(),
      /** The list of changes that its app last followed: what it keeps of another one is not true any more. */
      followedList: z.uuid().optional(),
      /** Whom the token belongs to, so that another library can come to know the device. */
      device: deviceRecordSchema.optional(),
    }),
  ),
});

type TokenRecord = z.infer<typeof tokenFileSchema>['tokens'][number];

/** An app on a phone and one on a tablet, each logged in a few times. */
const MAX_SESSIONS = 10;

const TOKEN = /^roost_([0-9a-f]{16})_([A-Za-z0-9_-]{43})$/;

/**
 * The tokens of paired devices, hashed, in a file of this computer's data folder. They are not in the catalog,
 * which may be thrown away, nor in the library, which may be carried elsewhere.
 */
export class DeviceTokens {
  readonly #path: string;
  #tokens: readonly TokenRecord[];
  #writing: Promise<void> = Promise.resolve();

  private constructor(path: string, tokens: readonly TokenRecord[]) {
    this.#path = path;
    this.#tokens = tokens;
  }

  /** A missing file has no tokens; a damaged one is an error, since devices would silently lose their pairing. */
  static async open(path: string): Promise<DeviceTokens> {
    try {
      const parsed = tokenFileSchema.parse(JSON.parse(await readFile(path, 'utf8')));
      return new DeviceTokens(path, parsed.tokens);
    } catch (error) {
      if (isCode(error, 'ENOENT')) return new DeviceTokens(path, []);
      if (!(error instanceof SyntaxError || error instanceof z.ZodError)) throw error;
      throw new RoostError(
        'service/failed',
        `The file ${basename(path)} in the data folder is damaged. Put a copy of it back, or remove it and pair ` +
          'all devices again.',
        { cause: error },
      );
    }
  }

  /** Makes a token for a device; the text is told once and not kept. */
  async issue(deviceId: string, madeAt: number, device?: DeviceRecord): Promise<string> {
    return this.#issue({ deviceId, madeAt, ...(device && { device }) }, this.#tokens);
  }

  /** Makes a token for a device that logged in; the oldest such token goes where there are too many. */
  async issueSession(deviceId: string, madeAt: number): Promise<string> {
    const isOwn = (each: TokenRecord): boolean => each.deviceId === deviceId;
    const own = this.#tokens.filter((each) => isOwn(each) && each.isSession === true);
    const gone = new Set(own.slice(0, Math.max(0, own.length + 1 - MAX_SESSIONS)));
    const device = this.#tokens.find((each) => isOwn(each) && each.device)?.device;
    return this.#issue(
      { deviceId, madeAt, isSession: true, ...(device && { device }) },
      this.#tokens.filter((each) => !gone.has(each)),
    );
  }

  /** The list of changes that the app behind a token follows. */
  followedList(tokenId: string): string | undefined {
    return this.#tokens.find((each) => each.tokenId === tokenId)?.followedList;
  }

  /** Keeps which list that is; durable when it resolves. */
  async follow(tokenId: string, followedList: string): Promise<void> {
    if (this.followedList(tokenId) === followedList) return;
    await this.#save(
      this.#tokens.map((each) => (each.tokenId === tokenId ? { ...each, followedList } : each)),
    );
  }

  /** Ends a session; a token that was not made by logging in stays. */
  async endSession(token: string): Promise<void> {
    const tokenId = tokenIdOf(token);
    const left = this.#tokens.filter((each) => each.tokenId !== tokenId || each.isSession !== true);
    if (left.length < this.#tokens.length) await this.#save(left);
  }

  async #issue(
    record: Omit<TokenRecord, 'tokenId' | 'secretSha256'>,
    others: readonly TokenRecord[],
  ): Promise<string> {
    const tokenId = randomBytes(8).toString('hex');
    const secret = randomBytes(32).toString('base64url');
    await this.#save([...others, { tokenId, secretSha256: hashOf(secret), ...record }]);
    return `roost_${tokenId}_${secret}`;
  }

  /** The device a token belongs to, or `undefined` for one that is wrong or revoked. */
  deviceOf(token: string): string | undefined {
    const [, tokenId, secret] = TOKEN.exec(token) ?? [];
    if (tokenId === undefined || secret === undefined) return undefined;
    const record = this.#tokens.find((each) => each.tokenId === tokenId);
    if (!record) return undefined;
    const matches = timingSafeEqual(
      Buffer.from(hashOf(secret), 'hex'),
      Buffer.from(record.secretSha256, 'hex'),
    );
    return matches ? record.deviceId : undefined;
  }

  has(deviceId: string): boolean {
    return this.#tokens.some((each) => each.deviceId === deviceId);
  }

  /** The devices that hold tokens, each once, as they were last known. */
  devices(): DeviceRecord[] {
    const known = this.#tokens.flatMap(({ device }) => device ?? []);
    return [...new Map(known.map((device) => [device.deviceId, device])).values()];
  }

  /** Keeps what became of a device that holds tokens. */
  async remember(device: DeviceRecord): Promise<void> {
    const own = this.#tokens.filter((each) => each.deviceId === device.deviceId);
    if (own.every((each) => each.device === device)) return;
    await this.#save(
      this.#tokens.map((each) => (each.deviceId === device.deviceId ? { ...each, device } : each)),
    );
  }

  /** Takes all tokens of a device away; durable when it resolves, in force at once. */
  async revoke(deviceId: string): Promise<void> {
    await this.#save(this.#tokens.filter((each) => each.deviceId !== deviceId));
  }

  async #save(tokens: readonly TokenRecord[]): Promise<void> {
    this.#tokens = tokens;
    const write = this.#writing.then(async () => {
      await mkdir(dirname(this.#path), { recursive: true, mode: 0o700 });
      await writeFileDurably(
        nodeFileSystem,
        this.#path,
        `${JSON.stringify({ tokens: this.#tokens })}\n`,
      );
    });
    this.#writing = write.catch(() => undefined);
    await write;
  }
}

/** The half of a token that is no secret. */
export function tokenIdOf(token: string): string | undefined {
  return TOKEN.exec(token)?.[1];
}

function hashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}
