import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { readingTotals, type ReadingTotals } from '../../electron/service/catalog/reading-rows.ts';
import type { LibraryFile } from '../../electron/service/library/file-system.ts';
import { startScrub, type Scrub, type ScrubParts } from '../../electron/service/scrub/scrub.ts';
import type { Receipt } from '../../shared/receipt.ts';
import type { ScrubStatus } from '../../shared/scrub-view.ts';

import { openCore, silentLog, upload, type Core } from './core-lab.ts';
import { FaultyFileSystem } from './faulty-file-system.ts';
import { ManualClock } from './manual-clock.ts';
import { ManualTimers } from './manual-timers.ts';
import { tempFolder } from './temp-folder.ts';

/** One read of a part of an original. */
export interface WatchedRead {
  /** File name without its folders. */
  readonly name: string;
  readonly position: number;
  readonly at: number;
}

/** The real file system, watched: which originals are read when, and which are open. */
export class WatchedFileSystem extends FaultyFileSystem {
  readonly reads: WatchedRead[] = [];
  openCount = 0;
  /** Runs before a part is read. */
  beforeRead: (read: WatchedRead) => unknown = () => undefined;
  readonly #clock: ManualClock;

  constructor(clock: ManualClock) {
    super();
    this.#clock = clock;
  }

  protected override wrap(file: LibraryFile, path: string): LibraryFile {
    if (path.includes('.roost')) return file;
    this.openCount += 1;
    const name = path.split(/[\\/]/).at(-1) ?? '';
    return {
      ...file,
      read: async (buffer, offset, length, position) => {
        const read = { name, position, at: this.#clock.now() };
        await this.beforeRead(read);
        this.reads.push(read);
        return file.read(buffer, offset, length, position);
      },
      close: async () => {
        this.openCount -= 1;
        await file.close();
      },
    };
  }
}

/**
 * A scrub over a real library and a real catalog, with time that passes only while the scrub waits for it: so what
 * happens does not depend on how fast the disk is.
 */
export class ScrubLab implements AsyncDisposable {
  readonly clock: ManualClock;
  readonly files: WatchedFileSystem;
  readonly core: Core;
  readonly told: ScrubStatus[] = [];
  timers: ManualTimers;
  liveUploadCount = 0;
  everyDays = 30;
  isLibraryPresent: () => Promise<boolean>;
  scrub: Scrub | undefined;
  readonly #stack: AsyncDisposableStack;
  #sentCount = 0;

  private constructor(
    clock: ManualClock,
    files: WatchedFileSystem,
    core: Core,
    stack: AsyncDisposableStack,
  ) {
    this.clock = clock;
    this.files = files;
    this.core = core;
    this.timers = new ManualTimers(clock);
    this.isLibraryPresent = () => core.library.isPresent();
    this.#stack = stack;
  }

  static async open(): Promise<ScrubLab> {
    await using stack = new AsyncDisposableStack();
    const temp = stack.use(await tempFolder());
    const clock = new ManualClock();
    const files = new WatchedFileSystem(clock);
    const core = stack.use(await openCore({ folder: temp.path, clock, files }));
    return new ScrubLab(clock, files, core, stack.move());
  }

  /** Receives an original; names count up. */
  async receive(bytes: Uint8Array | string, assetKey?: string): Promise<Receipt> {
    this.#sentCount += 1;
    const number = String(this.#sentCount).padStart(3, '0');
    const told = { fileName: `${number}.HEIC`, createdAt: Date.UTC(2019, 7, 4) };
    const { receipt } = await this.core.ingest.receive(
      upload(bytes, { assetKey: assetKey ?? number, told }),
    );
    this.files.reads.length = 0;
    return receipt;
  }

  pathOf(receipt: Pick<Receipt, 'path'>): string {
    return join(this.core.libraryFolder, ...receipt.path.split('/'));
  }

  /** Puts other bytes where a receipt has its own, whatever the file's rights. */
  async damage(receipt: Receipt, bytes: Uint8Array | string): Promise<void> {
    await writeFile(this.pathOf(receipt), bytes);
  }

  start(limits: ScrubParts['limits'] = {}): Scrub {
    // Timers of a scrub before this one are nobody's any more.
    this.timers = new ManualTimers(this.clock);
    this.scrub = startScrub({
      catalog: this.core.catalog,
      files: this.files,
      pathOf: (path) => this.pathOf({ path }),
      isLibraryPresent: () => this.isLibraryPresent(),
      liveUploadCount: () => this.liveUploadCount,
      everyDays: () => this.everyDays,
      onChange: (status) => this.told.push(status),
      clock: this.clock,
      timers: this.timers,
      log: silentLog,
      limits,
    });
    return this.scrub;
  }

  /** Lets time pass, never while a file is being read, until something is so. */
  async until(isSo: () => boolean): Promise<void> {
    while (!isSo()) {
      await new Promise((resolve) => setImmediate(resolve));
      const delayMs = this.timers.nextDelayMs;
      if (delayMs !== undefined && !isSo()) this.timers.advance(delayMs);
    }
  }

  /** Until nothing more is due. */
  untilDone(): Promise<void> {
    return this.until(() => this.activity === 'done');
  }

  /** Lets a time pass, during which the scrub may do what it wants. */
  async pass(byMs: number): Promise<void> {
    const until = this.clock.now() + byMs;
    await this.until(() => {
      const delayMs = this.timers.nextDelayMs;
      return delayMs !== undefined && this.clock.now() + delayMs > until;
    });
    this.clock.advance(Math.max(until - this.clock.now(), 0));
  }

  get activity(): ScrubStatus['activity']['kind'] | undefined {
    return this.scrub?.status().activity.kind;
  }

  get totals(): ReadingTotals {
    return readingTotals(this.core.catalog, 0);
  }

  /** Names of the files that were read, in order, each as often as it was begun. */
  get readNames(): string[] {
    return this.files.reads.filter(({ position }) => position === 0).map(({ name }) => name);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.scrub?.close();
    await this.#stack.disposeAsync();
  }
}
