import type { ExportFiles, ExportProblem, ExportView } from '../../../shared/export-view.ts';
import type { ErrorCode } from '../../../shared/error-catalogue.ts';

import type { ExportPlan } from './plan-export.ts';

const MAX_PROBLEMS = 100;

/** One export, from when it was asked for until it is forgotten. */
export class ExportRun {
  readonly exportId: string;
  /** Absent for a zip. */
  readonly folder: string | undefined;
  readonly files: ExportFiles;
  readonly plan: ExportPlan;
  readonly startedAt: number;
  readonly #stop = new AbortController();
  readonly #onChange: () => void;
  #state: ExportView['state'] = 'waiting';
  #doneFileCount = 0;
  #doneByteCount = 0;
  #skippedCount = 0;
  readonly #problems: ExportProblem[] = [];
  #problemCount = 0;
  #error: { readonly code: ErrorCode; readonly detail: string } | undefined;
  #finishedAt: number | undefined;

  constructor(
    facts: Pick<ExportRun, 'exportId' | 'folder' | 'files' | 'plan' | 'startedAt'>,
    onChange: () => void,
  ) {
    this.exportId = facts.exportId;
    this.folder = facts.folder;
    this.files = facts.files;
    this.plan = facts.plan;
    this.startedAt = facts.startedAt;
    this.#onChange = onChange;
  }

  get state(): ExportView['state'] {
    return this.#state;
  }

  get isOpen(): boolean {
    return this.#state === 'waiting' || this.#state === 'running';
  }

  /** Aborted when the person, or the service that closes, ends it. */
  get signal(): AbortSignal {
    return this.#stop.signal;
  }

  get problems(): readonly ExportProblem[] {
    return this.#problems;
  }

  get problemCount(): number {
    return this.#problemCount;
  }

  begin(): void {
    this.#state = 'running';
    this.#onChange();
  }

  carried(byteCount: number): void {
    this.#doneByteCount += byteCount;
    this.#onChange();
  }

  fileDone(): void {
    this.#doneFileCount += 1;
    this.#onChange();
  }

  /** A file that stands there already counts as done, too. */
  skipped(byteCount: number): void {
    this.#skippedCount += 1;
    this.carried(byteCount);
    this.fileDone();
  }

  problem(problem: ExportProblem): void {
    this.#problemCount += 1;
    if (this.#problems.length < MAX_PROBLEMS) this.#problems.push(problem);
    this.#onChange();
  }

  /** Asks it to end; `end` follows once it did. */
  stop(): void {
    this.#stop.abort();
    this.plan.stop();
  }

  /** Call it when nothing works on it any more: what it remembered of its files goes. */
  end(
    state: 'done' | 'stopped' | 'failed',
    at: number,
    error?: { readonly code: ErrorCode; readonly detail: string },
  ): void {
    if (!this.isOpen) return;
    this.#state = state;
    this.#error = error;
    this.#finishedAt = at;
    void this.plan.close();
    this.#onChange();
  }

  view(): ExportView {
    const { assetCount, fileCount, byteCount } = this.plan.counts;
    return {
      exportId: this.exportId,
      kind: this.folder === undefined ? 'zip' : 'folder',
      ...(this.folder !== undefined && { folder: this.folder }),
      state: this.#state,
      assetCount,
      fileCount,
      byteCount,
      doneFileCount: this.#doneFileCount,
      doneByteCount: this.#doneByteCount,
      skippedCount: this.#skippedCount,
      problemCount: this.#problemCount,
      problems: [...this.#problems],
      ...(this.#error && { errorCode: this.#error.code, errorDetail: this.#error.detail }),
      startedAt: this.startedAt,
      ...(this.#finishedAt !== undefined && { finishedAt: this.#finishedAt }),
    };
  }
}
