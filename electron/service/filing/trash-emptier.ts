import { randomUUID } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';

import type { Logger } from 'pino';

import type { Clock } from '../../../shared/clock.ts';
import { RoostError } from '../../../shared/error-catalogue.ts';
import type { TrashPage, TrashTotals } from '../../../shared/trash-view.ts';
import type { Ledger } from '../catalog/ledger.ts';
import { receiptsOfFile } from '../catalog/move-rows.ts';
import type { CatalogWriter } from '../catalog/open-catalog.ts';
import {
  areBytesHere,
  filesToRemove,
  filesTrashedUntil,
  isNamed,
  markRemoved,
  trashedFilesOf,
  trashTotals,
  type TrashedFile,
} from '../catalog/trash-rows.ts';
import { assetLock } from '../library/asset-lock.ts';
import { absolutePath, folderOf, TRASH_FOLDER } from '../library/library-layout.ts';
import type { Library } from '../library/open-library.ts';
import { isCode } from '../library/file-system.ts';
import { removeFile } from '../library/place-file.ts';
import { inSlices } from '../in-slices.ts';
import {
  systemTimers,
  systemUptime,
  type CancelTimer,
  type Timers,
  type Uptime,
} from '../timers.ts';

import { dueUntil, lookAtClock } from './trash-clock.ts';

/** What emptying needs of an open library. */
export interface EmptyingSession {
  readonly library: Pick<Library, 'locks' | 'files' | 'folders' | 'layout' | 'isPresent'>;
  readonly ledger: Pick<Ledger, 'record'>;
}

export interface TrashEmptierParts {
  readonly catalog: CatalogWriter;
  readonly clock: Clock;
  readonly log: Logger;
  /** The library that is open now. @throws RoostError `library/missing` and the like where none is. */
  readonly session: () => EmptyingSession;
  /** 0: nothing is given up by itself. */
  readonly emptyAfterDays: () => number;
  /** Hears of bytes that are nowhere here any more: what was derived of them goes, too. */
  readonly onGone?: (sha256: string) => void;
  /** Hears that the trash is another one now. */
  readonly onChange: () => void;
  readonly timers?: Timers;
  readonly uptime?: Uptime;
}

const LOOK_EVERY_MS = 3_600_000;
/** Files that are given up by one entry of the journal. */
const AT_ONCE = 50;
/** Files whose removal is made durable together. */
const REMOVED_AT_ONCE = 200;
/** Assets that are looked at in one turn. */
const COUNTED_AT_ONCE = 200;

/**
 * Gives up for good what lies in the trash, because a person asked or its days are over.
 *
 * [Note: How the trash is emptied]
 * The journal is told first, then the files are removed: a crash in between leaves files that nobody vouches for any
 * more, which the next start removes, and never a receipt without its file. Both happen under the locks under which
 * the same bytes would be recognised when they are sent anew: either they come back from the trash before, or they are
 * stored as new ones.
 */
export class TrashEmptier {
  readonly #parts: TrashEmptierParts;
  readonly #timers: Timers;
  readonly #uptime: Uptime;
  #lookedUptime: number | undefined;
  #working: Promise<void> = Promise.resolve();
  #progress: TrashPage['emptying'];
  #cancelLook: CancelTimer | undefined;
  /** The library, as it was opened last, whose empty folders are gone. */
  #swept: EmptyingSession['library']['folders'] | undefined;
  #isClosed = false;

  constructor(parts: TrashEmptierParts) {
    this.#parts = parts;
    this.#timers = parts.timers ?? systemTimers;
    this.#uptime = parts.uptime ?? systemUptime;
  }

  /** See the setting; 0: nothing is given up by itself. */
  get emptyAfterDays(): number {
    return this.#parts.emptyAfterDays();
  }

  /** How much would be given up by itself now if the setting were so many days. */
  due(days: number): TrashTotals {
    const { catalog, clock } = this.#parts;
    const until = dueUntil(catalog, clock.now(), days);
    return until === undefined
      ? { assetCount: 0, fileCount: 0, byteCount: 0 }
      : trashTotals(catalog, until);
  }

  /** How far it is while it goes on because a person asked. */
  get progress(): TrashPage['emptying'] {
    return this.#progress;
  }

  /**
   * Begins to give up what is in the trash now, or what of some assets is; what is thrown away from now on stays.
   * @throws RoostError `library/missing` and the like.
   */
  empty(assetIds?: readonly string[]): void {
    const { catalog, clock, session } = this.#parts;
    session();
    const until = clock.now();
    const next =
      assetIds === undefined
        ? (passed: number) => filesTrashedUntil(catalog, until, AT_ONCE + passed).slice(passed)
        : nextOfAssets(catalog, assetIds, until);
    this.#do(async () => {
      this.#progress = { doneCount: 0, fileCount: 0 };
      try {
        const fileCount = await countFiles(catalog, assetIds, until);
        this.#progress = { doneCount: 0, fileCount };
        await this.#giveUp(next, false);
      } finally {
        this.#progress = undefined;
        this.#parts.onChange();
      }
    });
  }

  /** Looks what is to be done by itself, now and each hour: leftovers, and what was in the trash long enough. */
  look(): void {
    this.#cancelLook?.();
    if (this.#isClosed) return;
    this.#cancelLook = this.#timers.after(LOOK_EVERY_MS, () => this.look());
    this.#do(async () => {
      await this.#removeGivenUp();
      const { folders } = this.#parts.session().library;
      if (this.#swept !== folders) await this.#removeEmptyFolders();
      this.#swept = folders;
      const { catalog, clock } = this.#parts;
      const uptime = this.#uptime();
      const passedMs = this.#lookedUptime === undefined ? undefined : uptime - this.#lookedUptime;
      this.#lookedUptime = uptime;
      if (!lookAtClock(catalog, clock.now(), passedMs)) return;
      const until = dueUntil(catalog, clock.now(), this.#parts.emptyAfterDays());
      if (until === undefined) return;
      await this.#giveUp(
        (passed) => filesTrashedUntil(catalog, until, AT_ONCE + passed).slice(passed),
        true,
      );
    });
  }

  /** Done when nothing of this goes on. */
  settled(): Promise<void> {
    return this.#working;
  }

  /** Stops after the files it is at; what a person asked for beyond them stays in the trash. */
  async close(): Promise<void> {
    this.#isClosed = true;
    this.#cancelLook?.();
    await this.#working;
  }

  #do(work: () => Promise<void>): void {
    this.#working = this.#working.then(async () => {
      if (this.#isClosed) return;
      try {
        await work();
      } catch (error) {
        // The library went, or the disk refuses; what is left stays in the trash.
        this.#parts.log.warn({ err: error }, 'the trash could not be emptied');
      }
    });
  }

  /** `next` gives files beyond those that were passed over. */
  async #giveUp(next: (passed: number) => TrashedFile[], isByAge: boolean): Promise<void> {
    let passed = 0;
    while (!this.#mustEnd()) {
      const files = next(passed);
      if (files.length === 0) return;
      for (let at = 0; at < files.length; at += AT_ONCE) {
        if (this.#mustEnd()) return;
        await this.#giveUpSome(files.slice(at, at + AT_ONCE), isByAge);
      }
      const left = files.filter(({ receiptId, path }) =>
        isAt(this.#parts.catalog, receiptId, path),
      );
      passed += left.length;
      const done = files.length - left.length;
      if (this.#progress) {
        const doneCount = this.#progress.doneCount + done;
        this.#progress = { ...this.#progress, doneCount };
      }
      this.#parts.onChange();
      await setImmediate();
    }
  }

  #mustEnd(): boolean {
    return this.#isClosed;
  }

  /** @throws RoostError of the library. */
  async #giveUpSome(files: readonly TrashedFile[], isByAge: boolean): Promise<void> {
    const { catalog, clock, session, onGone } = this.#parts;
    const { library, ledger } = session();
    using _locks = await lockAll(library, files);
    // As it is now: while the locks were waited for, one may have been brought back.
    const still = files.filter(({ receiptId, path }) => isAt(catalog, receiptId, path));
    const receiptIds = new Set(still.flatMap((file) => receiptsOfFile(catalog, file)));
    if (receiptIds.size === 0) return;
    await ledger.record({
      entry: 'emptied',
      emptyingId: randomUUID(),
      receiptIds: [...receiptIds].slice(0, 200),
      isByAge,
      emptiedAt: clock.now(),
    });
    await this.#removeGivenUp();
    for (const { sha256 } of still) if (!areBytesHere(catalog, sha256)) onGone?.(sha256);
  }

  /**
   * Removes the files that the journal gave up. One that cannot be removed now is tried again another time, and so is
   * one of which a drive that is pulled might forget that it was removed: it counts as removed once that is durable.
   */
  async #removeGivenUp(): Promise<void> {
    const { catalog, session } = this.#parts;
    const { library } = session();
    const { files, layout } = library;
    for (let behind = ''; ;) {
      const paths = filesToRemove(catalog, behind, REMOVED_AT_ONCE);
      const last = paths.at(-1);
      if (last === undefined) return;
      behind = last;
      const removed: string[] = [];
      for (const path of paths) {
        if (this.#isClosed) return;
        if (await this.#removeFile(library, path)) removed.push(path);
      }
      const folders = new Set(removed.map((path) => absolutePath(layout, folderOf(path))));
      for (const folder of [...folders, absolutePath(layout, TRASH_FOLDER)]) {
        await files.syncFolder(folder).catch((error: unknown) => {
          if (!isCode(error, 'ENOENT', 'ENOTDIR')) throw error;
        });
      }
      // A drive that was pulled has none of its files, and has them all again later.
      if (!(await library.isPresent())) throw new RoostError('library/missing');
      catalog.transaction(() => {
        for (const path of removed) markRemoved(catalog, path);
      });
    }
  }

  async #removeFile(
    { files, folders, layout }: EmptyingSession['library'],
    path: string,
  ): Promise<boolean> {
    const { catalog, log } = this.#parts;
    try {
      if (!isNamed(catalog, path)) await removeFile(files, absolutePath(layout, path));
      await folders.removeIfEmpty(folderOf(path));
    } catch (error) {
      if (!isCode(error, 'ENOENT', 'ENOTDIR')) {
        log.warn({ err: error }, 'a file in the trash could not be removed');
        return false;
      }
    }
    return true;
  }

  /** Folders of the trash that a file left before they were taken away with it. */
  async #removeEmptyFolders(): Promise<void> {
    const { library } = this.#parts.session();
    const { files, folders, layout } = library;
    let names: string[];
    try {
      names = await files.readdir(absolutePath(layout, TRASH_FOLDER));
    } catch (error) {
      if (isCode(error, 'ENOENT')) return;
      throw error;
    }
    for (const name of names) {
      if (this.#isClosed) return;
      await folders.removeIfEmpty(`${TRASH_FOLDER}/${name}`).catch(() => false);
    }
  }
}

function isAt(catalog: CatalogWriter, receiptId: string, path: string): boolean {
  const row = catalog.get(
    'SELECT 1 FROM resources WHERE receipt_id = ? AND path = ? AND trashed_at IS NOT NULL',
    receiptId,
    path,
  );
  return row !== undefined;
}

async function countFiles(
  catalog: CatalogWriter,
  assetIds: readonly string[] | undefined,
  until: number,
): Promise<number> {
  if (assetIds === undefined) return trashTotals(catalog, until).fileCount;
  let count = 0;
  for await (const slice of inSlices(assetIds, COUNTED_AT_ONCE)) {
    for (const id of slice) count += trashedFilesOf(catalog, id, until).length;
  }
  return count;
}

function nextOfAssets(
  catalog: CatalogWriter,
  assetIds: readonly string[],
  until: number,
): () => TrashedFile[] {
  let at = 0;
  return () => {
    const files: TrashedFile[] = [];
    while (at < assetIds.length && files.length < AT_ONCE) {
      files.push(...trashedFilesOf(catalog, assetIds[at] ?? '', until));
      at += 1;
    }
    return files;
  };
}

/** First by asset, then by bytes, each in one order, as who stores a file takes them: nobody waits for the other. */
async function lockAll(
  { locks }: Pick<Library, 'locks'>,
  files: readonly TrashedFile[],
): Promise<Disposable> {
  const assets = new Set(files.map(assetLock));
  const bytes = new Set(files.map(({ sha256 }) => `bytes ${sha256}`));
  const held = new DisposableStack();
  for (const keys of [assets, bytes]) {
    for (const key of [...keys].sort()) held.use(await locks.acquire(key));
  }
  return held;
}
