import { copyFile, cp, mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';

import { expect } from 'vitest';

import { catalogPath } from '../../electron/service/catalog/catalog-files.ts';
import type {
  IncomingResource,
  StoredOutcome,
} from '../../electron/service/ingest/incoming-resource.ts';
import type { FileSystem } from '../../electron/service/library/file-system.ts';

import { openCore, sha256Of, upload, type Core } from './core-lab.ts';
import type { DiskImage, Survival } from './disk-history.ts';
import { ForgetfulFileSystem, writeImage } from './forgetful-file-system.ts';
import { ManualClock } from './manual-clock.ts';
import { tempFolderInMemory } from './temp-folder.ts';
import { expectWhole } from './expect-whole.ts';

/** One upload that can be sent again and again. */
export interface Sending {
  readonly chunks: readonly Buffer[];
  readonly change: Partial<IncomingResource>;
}

export interface Answer {
  readonly sending: Sending;
  readonly outcome: StoredOutcome;
  /** How far the disk was when the answer came. */
  readonly moment: number;
}

export interface Sender {
  readonly clock: ManualClock;
  /** Sends and notes the answer; rejects with the reason where there is none. */
  readonly send: (sending: Sending) => Promise<void>;
}

/** Uploads in some order, and what was there before them. */
export interface Script {
  readonly name: string;
  readonly before: readonly Sending[];
  /** What the script sends and the service must take. */
  readonly sendings: readonly Sending[];
  readonly run: (sender: Sender) => Promise<void>;
  /** The disk that the script runs on, made of an ordinary one. */
  readonly diskOf?: (files: FileSystem) => FileSystem;
}

/** One image of a disk that a power cut may have left. */
export interface Cut {
  readonly image: DiskImage;
  readonly answers: readonly Answer[];
  /** Says when it was, for messages. */
  readonly context: string;
}

/** A start after a power cut. */
export interface Settled {
  /** Starts of one kind had the same sorts of things to settle. */
  readonly kind: string;
  /** All that power cuts during it may leave in turn. */
  readonly cuts: () => Generator<Cut>;
}

export function sending(
  change: Partial<IncomingResource>,
  ...chunks: readonly (string | Buffer)[]
): Sending {
  return { chunks: chunks.map((chunk) => Buffer.from(chunk)), change };
}

export function incoming({ chunks, change }: Sending): IncomingResource {
  return upload('', { body: Readable.from(chunks), ...change });
}

/** A computer whose library's disk remembers what a power cut would leave of it. */
export class PowerCutLab implements AsyncDisposable {
  readonly files: ForgetfulFileSystem;
  readonly answers: Answer[] = [];
  readonly #start: string;
  readonly #folder: Awaited<ReturnType<typeof tempFolderInMemory>>;
  readonly #script: Script;

  private constructor(
    start: string,
    folder: Awaited<ReturnType<typeof tempFolderInMemory>>,
    files: ForgetfulFileSystem,
    script: Script,
  ) {
    this.#start = start;
    this.#folder = folder;
    this.files = files;
    this.#script = script;
  }

  /** Makes what a script finds, to begin labs from. */
  static async prepare(start: string, script: Script): Promise<void> {
    await mkdir(join(start, 'disk'));
    await mkdir(join(start, 'data'));
    if (script.before.length === 0) return;
    await using core = await openCore(foldersIn(start));
    for (const each of script.before) await core.ingest.receive(incoming(each));
  }

  static async begin(start: string, script: Script, seed = 1): Promise<PowerCutLab> {
    const folder = await tempFolderInMemory();
    await cp(start, folder.path, { recursive: true });
    const files = await ForgetfulFileSystem.over(join(folder.path, 'disk'), seed);
    return new PowerCutLab(start, folder, files, script);
  }

  /**
   * Starts the service on the disk, or on another view of it, and runs the script. Gives the service, still
   * running, when it ended well; what went wrong else.
   */
  async run(on: FileSystem = this.files): Promise<{ core?: Core; error?: unknown }> {
    const clock = new ManualClock();
    let core: Core | undefined;
    try {
      const files = this.#script.diskOf?.(on) ?? on;
      const opened = await openCore({ ...foldersIn(this.#folder.path), files, clock });
      core = opened;
      await this.#script.run({ clock, send: (each) => this.send(opened, each) });
      return { core };
    } catch (error) {
      return { error, ...(core && { core }) };
    }
  }

  async send(core: Core, each: Sending): Promise<void> {
    const outcome = await core.ingest.receive(incoming(each));
    this.answers.push({ sending: each, outcome, moment: this.files.moment });
  }

  /**
   * All that power cuts between two moments may leave, each once: of cuts that leave the same, the latest, at
   * which most had been answered.
   */
  *cuts(
    survivals: readonly Survival[],
    from = 0,
    to = this.files.moment,
    seed = 1,
  ): Generator<Cut> {
    const seen = new Set<string>();
    for (let moment = to; moment >= from; moment--) {
      for (const survival of survivals) {
        const image = this.files.afterPowerCut(moment, survival, seed);
        const key = contentOf(image);
        if (seen.has(key)) continue;
        seen.add(key);
        yield {
          image,
          answers: this.answers.filter((each) => each.moment <= moment),
          context: `${survival} at ${moment}: ${this.files.lastBegunAt(moment)}`,
        };
      }
    }
  }

  /**
   * Starts the service on what a cut left, and sees that every answered upload is there, that nothing else is,
   * and that what is sent again is taken.
   */
  async expectSafe({ image, answers, context }: Cut): Promise<Settled> {
    await using folder = await tempFolderInMemory();
    const { dataFolder, folder: disk } = foldersIn(folder.path);
    await mkdir(disk);
    await mkdir(dataFolder);
    await writeImage(image, disk);
    // What a catalog was before the script; SQLite's own files are not on the disk that forgets.
    if (this.#script.before.length > 0) {
      await copyFile(catalogPath(join(this.#start, 'data')), catalogPath(dataFolder));
    }
    const files = await ForgetfulFileSystem.over(disk);
    await using core = await openCore({ folder: disk, dataFolder, files });
    const openedAt = files.moment;
    const receipts = await expectWhole(core.libraryFolder, context);
    for (const { outcome } of answers) {
      const { receiptId, path, sha256 } = outcome.receipt;
      const found = receipts.find((each) => each.receiptId === receiptId);
      expect(found, context).toMatchObject({ path, sha256 });
    }
    const sent = [...this.#script.before, ...this.#script.sendings].map(sha256OfSending);
    for (const { sha256 } of receipts) expect(sent, context).toContain(sha256);
    expect(await readdir(core.library.layout.stagingFolder), context).toEqual([]);
    await this.#expectTakenAgain(core, answers, context);
    const { completed, clearedCount } = core.library.recovery;
    const nested = new PowerCutLab(this.#start, folder, files, this.#script);
    return {
      kind: [completed.length > 0, core.library.mended.length > 0, clearedCount > 0].join(),
      cuts: function* () {
        for (const { image, context: when } of nested.cuts(['strict', 'random'], 0, openedAt)) {
          yield { image, answers, context: `${when}, at the start after ${context}` };
        }
      },
    };
  }

  async #expectTakenAgain(core: Core, answers: readonly Answer[], context: string): Promise<void> {
    let isNew = false;
    for (const each of this.#script.sendings) {
      const again = await core.ingest.receive(incoming(each));
      if (answers.some((answer) => answer.sending === each)) {
        expect(again.result, context).toBe('repeated');
      }
      expect(again.receipt.sha256, context).toBe(sha256OfSending(each));
      isNew ||= again.result === 'stored';
    }
    if (isNew) await expectWhole(core.libraryFolder, `sent again, ${context}`);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#folder[Symbol.asyncDispose]();
  }
}

function foldersIn(folder: string): { folder: string; dataFolder: string } {
  return { folder: join(folder, 'disk'), dataFolder: join(folder, 'data') };
}

function sha256OfSending({ chunks }: Sending): string {
  return sha256Of(Buffer.concat(chunks));
}

function contentOf(image: DiskImage): string {
  const parts = [...image.entries].map(
    ([path, bytes]) => `${path} ${bytes ? sha256Of(bytes) : 'folder'}`,
  );
  return parts.sort().join('\n');
}
