import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';

import type { Logger } from 'pino';

import type { Clock } from '../../../shared/clock.ts';
import { RoostError } from '../../../shared/error-catalogue.ts';
import type { ExportFiles, ExportView } from '../../../shared/export-view.ts';
import { isCode, nodeFileSystem, type FileSystem } from '../library/file-system.ts';

import { ExportRun } from './export-run.ts';
import { folderExport } from './folder-export.ts';
import { ExportPlan, type Exported } from './plan-export.ts';
import { usableFolder } from './usable-folder.ts';
import { zipExport, type OriginalSource } from './zip-export.ts';

export interface ExportsParts extends OriginalSource {
  readonly clock: Clock;
  readonly log: Logger;
  /** @throws RoostError of the library while originals cannot be reached. */
  readonly requireLibrary: () => void;
  /** Folders that nothing is exported into, as the library. */
  readonly ownFolders: readonly string[];
  /** Hears, a few times a second while an export runs, how all of them are. */
  readonly onChange: (exports: ExportView[]) => void;
  /** The file system that folders are exported to; a test puts a full one below. */
  readonly files?: FileSystem;
}

export type ExportRequest = Exported & {
  readonly files: ExportFiles;
  /** Absolute path; absent for a zip. */
  readonly folder?: string | undefined;
};

/** Each holds some of what it remembers of its files in memory, and the rest on the disk. */
const MAX_OPEN = 4;
const MAX_KNOWN = 20;
/** A zip that nobody fetched by then is let go. */
const WAITS_FOR_MS = 10 * 60_000;
const TELL_EVERY_MS = 250;
/** An export of more than can be counted in this time begins while it is counted. */
const PLANNED_WITHIN_MS = 2000;

/** Originals on their way out of the library: known until the service ends, and the last ones only. */
export class Exports {
  readonly #parts: ExportsParts;
  /** Newest first. */
  #runs: ExportRun[] = [];
  readonly #working = new Set<Promise<void>>();
  #planningCount = 0;
  #tellTimer: NodeJS.Timeout | undefined;
  #isClosed = false;

  constructor(parts: ExportsParts) {
    this.#parts = parts;
  }

  list(): ExportView[] {
    this.#letGo();
    return this.#runs.map((run) => run.view());
  }

  /**
   * Begins an export: into a folder at once, in the background; a zip when it is fetched. What is a lot is counted
   * while it goes on.
   * @throws RoostError `export/too-many`, `export/folder-unusable`, `request/not-found` where there is nothing to
   * export, or of the library.
   */
  async begin({ files, folder: asked, ...exported }: ExportRequest): Promise<ExportView> {
    const { catalog, clock, requireLibrary, ownFolders } = this.#parts;
    requireLibrary();
    this.#letGo();
    const openCount = this.#runs.filter(({ isOpen }) => isOpen).length + this.#planningCount;
    if (openCount >= MAX_OPEN) throw new RoostError('export/too-many');
    this.#planningCount += 1;
    let unused: ExportPlan | undefined;
    try {
      const plan = new ExportPlan(catalog, exported, files);
      unused = plan;
      await Promise.race([plan.whole, setTimeout(PLANNED_WITHIN_MS, undefined, { ref: false })]);
      if (plan.isWhole) requireFiles(plan);
      const folder = asked === undefined ? undefined : await usableFolder(asked, ownFolders);
      if (this.#isClosed) throw new RoostError('service/stopping');
      const exportId = randomUUID();
      const startedAt = clock.now();
      const run = new ExportRun({ exportId, folder, files, plan, startedAt }, () => this.#tell());
      unused = undefined;
      this.#runs = [run, ...this.#runs].filter((each, index) => each.isOpen || index < MAX_KNOWN);
      if (folder !== undefined) {
        const target = folder;
        void this.#start(run, () =>
          folderExport(this.#parts, this.#parts.files ?? nodeFileSystem, target, run, (id) =>
            this.#runs.some((each) => each.exportId === id && each.isOpen),
          ),
        );
      }
      this.#tell();
      return run.view();
    } finally {
      void unused?.close();
      this.#planningCount -= 1;
    }
  }

  /** Ends an export after the part it is at; takes one that has ended off the list. */
  stop(exportId: string): void {
    const run = this.#find(exportId);
    if (!run.isOpen) this.#runs = this.#runs.filter((each) => each !== run);
    else {
      run.stop();
      if (run.state === 'waiting') run.end('stopped', this.#parts.clock.now());
    }
    this.#tell();
  }

  /**
   * Writes the zip of an export that waits for that. Resolves when all is written, or told as stopped or failed.
   * @throws RoostError `request/not-found` where no zip waits under that id, or of the library.
   */
  async sendZip(exportId: string, target: NodeJS.WritableStream): Promise<void> {
    this.#letGo();
    const run = this.#find(exportId);
    if (run.state !== 'waiting') {
      throw new RoostError('request/not-found', 'This export was fetched, or it is over.');
    }
    this.#parts.requireLibrary();
    await this.#start(run, () => zipExport(this.#parts, run, target));
  }

  /** Ends everything that is open. */
  async close(): Promise<void> {
    this.#isClosed = true;
    clearTimeout(this.#tellTimer);
    for (const run of this.#runs) run.stop();
    await Promise.all(this.#working);
    for (const run of this.#runs) run.end('stopped', this.#parts.clock.now());
    await Promise.all(this.#runs.map(({ plan }) => plan.close()));
  }

  #find(exportId: string): ExportRun {
    const run = this.#runs.find((each) => each.exportId === exportId);
    if (!run) throw new RoostError('request/not-found', 'There is no such export.');
    return run;
  }

  /** Never rejects: how it ended stands in the run. */
  #start(run: ExportRun, work: () => Promise<void>): Promise<void> {
    run.begin();
    const working = this.#work(run, work).finally(() => this.#working.delete(working));
    this.#working.add(working);
    return working;
  }

  async #work(run: ExportRun, work: () => Promise<void>): Promise<void> {
    const { clock, log } = this.#parts;
    try {
      await work();
      // Its files may just have ended with it: what was stopped is not whole.
      run.signal.throwIfAborted();
      requireFiles(run.plan);
      run.end('done', clock.now());
    } catch (error) {
      if (run.signal.aborted || isCode(error, 'ERR_STREAM_PREMATURE_CLOSE')) {
        run.end('stopped', clock.now());
        return;
      }
      log.warn({ err: error, exportId: run.exportId }, 'an export failed');
      const { code, message } = exportError(error);
      run.end('failed', clock.now(), { code, detail: message });
    }
  }

  #letGo(): void {
    const { clock } = this.#parts;
    for (const run of this.#runs) {
      const isLate = clock.now() >= run.startedAt + WAITS_FOR_MS;
      if (run.state === 'waiting' && isLate) run.end('stopped', clock.now());
    }
  }

  #tell(): void {
    if (this.#isClosed) return;
    this.#tellTimer ??= globalThis
      .setTimeout(() => {
        this.#tellTimer = undefined;
        this.#parts.onChange(this.#runs.map((run) => run.view()));
      }, TELL_EVERY_MS)
      .unref();
  }
}

function requireFiles({ counts }: ExportPlan): void {
  if (counts.fileCount > 0) return;
  throw new RoostError('request/not-found', 'There is nothing to export.');
}

function exportError(error: unknown): RoostError {
  if (error instanceof RoostError) return error;
  if (isCode(error, 'ENOSPC', 'EDQUOT', 'EFBIG')) {
    return new RoostError('export/folder-full', undefined, { cause: error });
  }
  return new RoostError('export/folder-unusable', undefined, { cause: error });
}
