import { randomUUID } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';

import type { Logger } from 'pino';

import type { Begun } from '../../../shared/action-calls.ts';
import type { Clock } from '../../../shared/clock.ts';
import { RoostError } from '../../../shared/error-catalogue.ts';
import type { FilingView, RefilePlan } from '../../../shared/filing-view.ts';
import { templateExample, type FolderTemplate } from '../../../shared/folder-template.ts';
import { countAssets, countFiles, isShown } from '../catalog/asset-files.ts';
import {
  batchById,
  dropItemsOfNoBatch,
  countMoves,
  endBatch,
  lastBatches,
  lastTrashBatches,
  removeItem,
  runningBatches,
  saveBatch,
  saveItems,
  saveStep,
  type KnownBatch,
} from '../catalog/filing-rows.ts';
import type { CatalogWriter } from '../catalog/open-catalog.ts';
import { assetOfPart } from '../catalog/regroup.ts';
import { inSlices } from '../in-slices.ts';

import { FilingSteps, type FilingSession } from './filing-steps.ts';
import { RefilePlans } from './refile-plans.ts';
import type { ChooseAnchor, WantedPlaceParts } from './wanted-places.ts';

export interface FilingParts {
  readonly catalog: CatalogWriter;
  readonly clock: Clock;
  readonly log: Logger;
  /** The library that is open now. @throws RoostError `library/missing` and the like where none is. */
  readonly session: () => FilingSession;
  readonly template: () => FolderTemplate;
  readonly deviceFolder: (deviceId: string) => string | undefined;
  readonly chooseAnchor: ChooseAnchor;
  /** Resolves when uploads leave room for other work; at once where none is under way. */
  readonly untilQuiet?: () => Promise<void>;
  /** Hears that `view` gives something else now, but for the plan. */
  readonly onChange: () => void;
  /** Files; what moves more is answered before it is done. */
  readonly maxWaitedFor?: number;
}

const LAST_BATCH_COUNT = 20;
/** Of those into the trash more, since nothing else leads back to what lies there. */
const LAST_TRASH_COUNT = 500;

/** Whoever throws away or brings back so few files waits until that is done, a matter of seconds also on a slow disk. */
const MAX_WAITED_FOR = 200;

const NOTHING_BEGUN = { isRunning: false, movedCount: 0, failedCount: 0, skippedCount: 0 } as const;

/** So many assets are looked at, or noted, in one turn. */
const AT_ONCE = 200;

/** How often progress is told. */
const TELL_EVERY_MS = 500;

/**
 * Moves many originals because a person asked: to where the template puts them today, into the trash, and back.
 * Every file is moved by itself, journaled with the id of its batch; how far a batch came stands in the catalog, so
 * it goes on after a restart, or when the library is there again.
 */
export class Filing {
  readonly #parts: FilingParts;
  /** Batches that are being worked on, each by one alone. */
  readonly #active = new Map<string, Promise<void>>();
  #toldAt = 0;
  #working: Promise<void> | undefined;
  #isClosed = false;
  readonly #maxWaitedFor: number;
  readonly #plans: RefilePlans;
  readonly #steps: FilingSteps;

  constructor(parts: FilingParts) {
    this.#parts = parts;
    this.#maxWaitedFor = parts.maxWaitedFor ?? MAX_WAITED_FOR;
    this.#plans = new RefilePlans(parts.catalog, parts.clock);
    dropItemsOfNoBatch(parts.catalog);
    this.#steps = new FilingSteps({ ...parts, placeParts: () => this.#placeParts() });
  }

  /** What filing anew would do now. */
  plan(): Promise<RefilePlan> {
    return this.#plans.plan(this.#placeParts());
  }

  /** How folders stand, and what was moved lately or lies in the trash; with a plan only where one is asked for. */
  async view(withPlan: boolean): Promise<FilingView> {
    const { catalog, template } = this.#parts;
    const last = lastBatches(catalog, LAST_BATCH_COUNT);
    const older = lastTrashBatches(catalog, LAST_TRASH_COUNT).filter(
      ({ batchId }) => !last.some((batch) => batch.batchId === batchId),
    );
    const batches = [...last, ...older].map(({ cursor: _cursor, ...batch }) => batch);
    const isRunning = batches.some(({ state }) => state === 'running');
    return {
      template: template().text,
      example: templateExample(template()),
      batches,
      ...(withPlan && !isRunning && { plan: await this.plan() }),
    };
  }

  /**
   * Begins to file everything anew, in the background; the batch that runs already where one does.
   * @throws RoostError `library/missing` and the like.
   */
  refile(): string {
    const running = this.#running('refile');
    if (running) return running.batchId;
    this.#parts.session();
    const batchId = randomUUID();
    this.#save(batchId, { kind: 'refile', count: countAssets(this.#parts.catalog) });
    this.resume();
    return batchId;
  }

  /** Ends what runs in the background after the photo it is at. What was moved stays, and can be taken back. */
  stop(): void {
    const { catalog, clock } = this.#parts;
    for (const { batchId, kind } of runningBatches(catalog)) {
      // What is thrown away or brought back was promised to be so when it is answered.
      if (kind === 'refile' || kind === 'undo') endBatch(catalog, batchId, 'stopped', clock.now());
    }
    this.#parts.onChange();
  }

  /**
   * Begins to take back a batch: each file that still stands where the batch put it. What is running of it is
   * stopped first.
   * @throws RoostError `request/not-found`, `library/missing` and the like.
   */
  undo(batchId: string): string {
    const undoing = this.#saveUndo(batchId);
    this.resume();
    return undoing;
  }

  /**
   * Puts all files of some assets into the trash. A few are there when this resolves; many follow in the background.
   * They can be taken back by `undo`. Files that are damaged or missing stay where they are, and are counted, like
   * assets that somebody else threw away before.
   * @throws RoostError of the library; then the rest follows when it is there again.
   */
  async trash(assetIds: readonly string[]): Promise<Begun> {
    const { catalog } = this.#parts;
    const asked = new Set<string>();
    const shown: string[] = [];
    for await (const slice of inSlices(assetIds, AT_ONCE)) {
      for (const assetId of slice.map((id) => assetOfPart(catalog, id))) {
        if (asked.has(assetId)) continue;
        asked.add(assetId);
        if (isShown(catalog, assetId)) shown.push(assetId);
      }
    }
    return { ...(await this.#begin('trash', shown)), skippedCount: asked.size - shown.length };
  }

  /**
   * Takes all files of some assets out of the trash, to where they were. Like `trash` otherwise.
   * @throws RoostError of the library; then the rest follows when it is there again.
   */
  bringBack(assetIds: readonly string[]): Promise<Begun> {
    return this.#begin('restore', assetIds);
  }

  /**
   * Takes back a batch, as one into the trash. Like `trash` otherwise.
   * @throws RoostError like `undo`; when the library goes meanwhile, the rest follows when it is there again.
   */
  async restore(batchId: string): Promise<Begun> {
    const undoing = this.#saveUndo(batchId);
    return this.#runOrBegin(undoing, countMoves(this.#parts.catalog, batchId));
  }

  async #begin(kind: 'trash' | 'restore', assetIds: readonly string[]): Promise<Begun> {
    const { catalog, session } = this.#parts;
    session();
    if (assetIds.length === 0) return { ...NOTHING_BEGUN };
    const batchId = randomUUID();
    // A batch is there once all is that it was begun for.
    for await (const slice of inSlices(assetIds, AT_ONCE)) {
      catalog.transaction(() => saveItems(catalog, batchId, slice));
    }
    session();
    if (this.#isClosed) throw new RoostError('service/stopping');
    this.#save(batchId, { kind, count: assetIds.length });
    return this.#runOrBegin(batchId, countFiles(catalog, assetIds, this.#maxWaitedFor + 1));
  }

  async #runOrBegin(batchId: string, fileCount: number): Promise<Begun> {
    if (fileCount <= this.#maxWaitedFor) await this.#run(batchId);
    else this.#runBeside(batchId);
    const batch = batchById(this.#parts.catalog, batchId);
    const isRunning = batch?.state === 'running';
    // Who waits for it to end must hear that it will not before the next start.
    if (isRunning && this.#isClosed) throw new RoostError('service/stopping');
    const { fileCount: movedCount = 0, failedCount = 0 } = batch ?? {};
    return { ...NOTHING_BEGUN, batchId, isRunning, movedCount, failedCount };
  }

  /** Beside what goes on: who throws away many does not wait until everything is filed anew. */
  #runBeside(batchId: string): void {
    const running = this.#run(batchId).catch((error: unknown) => this.#wait(batchId, error));
    this.#settleWith(Promise.all([this.#working, running]).then(() => undefined));
  }

  /** Goes on with what is not through; call it when a library was opened. */
  resume(): void {
    if (this.#isClosed) return;
    const before = this.#working ?? Promise.resolve();
    this.#settleWith(before.then(() => this.#work()));
  }

  #settleWith(working: Promise<void>): void {
    this.#working = working;
    void working.finally(() => {
      if (this.#working === working) this.#working = undefined;
    });
  }

  /** Done when nothing of this goes on in the background. */
  async settled(): Promise<void> {
    while (this.#working) await this.#working;
  }

  /** Stops after the file it is at; it goes on at the next start. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await this.settled();
  }

  #saveUndo(batchId: string): string {
    const { catalog, clock } = this.#parts;
    const batch = batchById(catalog, batchId);
    if (!batch) throw new RoostError('request/not-found', 'There is no such batch.');
    const running = runningBatches(catalog).find(({ ofBatchId }) => ofBatchId === batchId);
    if (running) return running.batchId;
    this.#parts.session();
    endBatch(catalog, batchId, 'stopped', clock.now());
    const undoing = randomUUID();
    const kind = batch.kind === 'trash' ? 'restore' : 'undo';
    this.#save(undoing, { kind, ofBatchId: batchId, count: countMoves(catalog, batchId) });
    return undoing;
  }

  #running(kind: KnownBatch['kind']): KnownBatch | undefined {
    return runningBatches(this.#parts.catalog).find((batch) => batch.kind === kind);
  }

  #save(
    batchId: string,
    batch: { kind: KnownBatch['kind']; ofBatchId?: string; count: number },
  ): void {
    const { catalog, clock, onChange } = this.#parts;
    saveBatch(catalog, { batchId, at: clock.now(), ...batch });
    onChange();
  }

  async #work(): Promise<void> {
    for (const { batchId } of runningBatches(this.#parts.catalog)) {
      try {
        await this.#run(batchId);
      } catch (error) {
        this.#wait(batchId, error);
        return;
      }
    }
  }

  /** The library went, or the disk refuses: it goes on when the library is opened the next time. */
  #wait(batchId: string, error: unknown): void {
    this.#parts.log.warn({ err: error, batchId }, 'filing has to wait');
  }

  /** Takes a batch as far as it goes. @throws RoostError of the library. */
  async #run(batchId: string): Promise<void> {
    if (this.#active.has(batchId)) return;
    const running = this.#runAfter(batchId);
    this.#active.set(batchId, running);
    try {
      await running;
    } finally {
      this.#active.delete(batchId);
    }
  }

  async #runAfter(batchId: string): Promise<void> {
    const ofBatchId = batchById(this.#parts.catalog, batchId)?.ofBatchId ?? '';
    // It was told to stop; the files it is at must be among those that are taken back.
    await this.#active.get(ofBatchId)?.catch(() => undefined);
    await this.#runAlone(batchId);
  }

  async #runAlone(batchId: string): Promise<void> {
    const { catalog, clock, onChange, untilQuiet } = this.#parts;
    for (;;) {
      const batch = this.#isClosed ? undefined : batchById(catalog, batchId);
      if (batch?.state !== 'running') return;
      const step = await this.#steps.step(batch);
      if (!step) {
        endBatch(catalog, batchId, 'done', clock.now());
        onChange();
        return;
      }
      catalog.transaction(() => {
        saveStep(catalog, batchId, step);
        if (step.assetId !== undefined) removeItem(catalog, batchId, step.assetId);
      });
      this.#tellProgress();
      await setImmediate();
      if (batch.kind === 'refile' || batch.kind === 'undo') await untilQuiet?.();
    }
  }

  #tellProgress(): void {
    const now = this.#parts.clock.now();
    // A clock that was set back must not keep the window waiting.
    if (now >= this.#toldAt && now < this.#toldAt + TELL_EVERY_MS) return;
    this.#toldAt = now;
    this.#parts.onChange();
  }

  #placeParts(): WantedPlaceParts {
    return { ...this.#parts, template: this.#parts.template() };
  }
}
