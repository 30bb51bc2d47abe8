import { randomBytes, randomUUID } from 'node:crypto';

import { formatReprDigest } from '../../shared/structured-field.ts';
import type { JobDetails, JobView } from '../../shared/window-views.ts';
import { sha256Of, type FakePhone, type PhoneAnswer } from '../support/fake-phone.ts';
import { ResumingPhone, type InteropVersion } from '../support/resuming-phone.ts';
import { ServerEnds } from '../support/server-ends.ts';
import { ServiceInTest, type ServiceInTestOptions } from '../support/service-in-test.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { TusPhone } from '../support/tus-phone.ts';

type PairedPhone = FakePhone & { deviceId: string; token: string };

/** A running Roost with one trusted device that speaks every dialect, and the eyes to see what became of it. */
export class ResumableLab implements AsyncDisposable {
  readonly plain: PairedPhone;
  readonly ends = new ServerEnds();
  readonly #folder: string;
  readonly #stack: AsyncDisposableStack;
  #roost: ServiceInTest;

  private constructor(
    roost: ServiceInTest,
    plain: PairedPhone,
    folder: string,
    stack: AsyncDisposableStack,
  ) {
    this.#roost = roost;
    this.plain = plain;
    this.#folder = folder;
    this.#stack = stack;
  }

  static async start(options: Omit<ServiceInTestOptions, 'folder'> = {}): Promise<ResumableLab> {
    await using stack = new AsyncDisposableStack();
    const { path } = stack.use(await tempFolder());
    const roost = await ServiceInTest.start({ ...options, folder: path });
    return new ResumableLab(roost, await roost.phone('Phone'), path, stack.move());
  }

  get roost(): ServiceInTest {
    return this.#roost;
  }

  get token(): string {
    return this.plain.token;
  }

  /** Ends the service and starts it anew on the same folders, at another port. */
  async restart(options: Omit<ServiceInTestOptions, 'folder'> = {}): Promise<void> {
    await this.#roost[Symbol.asyncDispose]();
    this.#roost = await ServiceInTest.start({ ...options, folder: this.#folder });
  }

  /** The trusted device, or one with another token; with `null` one without. */
  phone(version: InteropVersion = 8, token: string | null = this.token): ResumingPhone {
    return new ResumingPhone(this.#roost.lanUrl, token ?? undefined, version);
  }

  tus(token: string | null = this.token): TusPhone {
    return new TusPhone(this.#roost.lanUrl, token ?? undefined);
  }

  /** An upload's address at the port of the moment: addresses in `Location` are whole. */
  at(url: string): string {
    return new URL(new URL(url, this.#roost.lanUrl).pathname, this.#roost.lanUrl).href;
  }

  async jobOf(assetKey: string): Promise<JobView | undefined> {
    const { jobs } = await this.#roost.window.call('jobs.list', { limit: 200 });
    return jobs.find((job) => job.assetKey === assetKey);
  }

  /** @throws Error when there is no job */
  async historyOf(assetKey: string): Promise<JobDetails> {
    const job = await this.jobOf(assetKey);
    if (!job) throw new Error(`There is no job of ${assetKey}.`);
    return this.#roost.window.call('job.get', { jobId: job.jobId });
  }

  /**
   * The bytes in the library behind an answer's receipt.
   * @throws Error when they do not have the digest that the answer told
   */
  async storedBytes({ headers }: Pick<PhoneAnswer, 'headers'>): Promise<Buffer> {
    const assetId = String(headers['roost-asset']);
    const { resources } = await this.#roost.window.call('asset.get', { assetId });
    const stored = resources.find(({ receiptId }) => receiptId === headers['roost-receipt']);
    if (!stored) throw new Error(`No resource has the receipt of ${JSON.stringify(headers)}.`);
    const bytes = await this.#roost.read(stored.path);
    const told = headers['repr-digest'];
    if (told !== formatReprDigest(sha256Of(bytes))) throw new Error(`${String(told)} is wrong.`);
    return bytes;
  }

  /** How often the library holds exactly these bytes. */
  async copiesOf(bytes: Uint8Array): Promise<number> {
    const sha256 = sha256Of(bytes);
    let count = 0;
    for (const path of await this.#roost.originals()) {
      if (sha256Of(await this.#roost.read(path)) === sha256) count += 1;
    }
    return count;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.ends[Symbol.dispose]();
    this.plain.close();
    await this.#roost[Symbol.asyncDispose]();
    await this.#stack.disposeAsync();
  }
}

export function freshKey(): string {
  return `${randomUUID()}/L0/001`;
}

/** Bytes no other file has. */
export function fileOf(byteCount = 300_000): Buffer {
  return randomBytes(byteCount);
}
