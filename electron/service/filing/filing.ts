import { randomUUID } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';

import type { Logger } from 'pino';

import type { Clock } from '../../../shared/clock.ts';
import { RoostError } from '../../../shared/error-catalogue.ts';
import type { FilingView, RefilePlan } from '../../../shared/filing-view.ts';
import { templateExample, type FolderTemplate } from '../../../shared/folder-template.ts';
import { isInTrash, type Receipt } from '../../../shared/receipt.ts';
import { assetsBehind, countAssets, filedAsset, type FiledAsset } from '../catalog/asset-files.ts';
import {
  batchById,
  countMoves,
  endBatch,
  lastBatches,
  lastTrashBatches,
  moveBefore,
  nextItem,
  removeItem,
  runningBatches,
  saveBatch,
  saveItems,
  saveStep,
  type KnownBatch,
} from '../catalog/filing-rows.ts';
import type { CatalogWriter } from '../catalog/open-catalog.ts';
import { receiptById, receiptsOfAsset } from '../catalog/receipt-queries.ts';
import { assetLock } from '../library/asset-lock.ts';
import type { Library } from '../library/open-library.ts';

import type { OriginalMover } from './move-original.ts';
import { RefilePlans } from './refile-plans.ts';
import { restoreFiles } from './restore-files.ts';
import {
  anchorMove,
  movesBeside,
  type ChooseAnchor,
  type WantedPlaceParts,
} from './wanted-places.ts';

/** What filing needs of an open library. */
export interface FilingSession {
  readonly library: Pick<Library, 'locks'>;
  readonly mover: Pick<OriginalMover, 'move'>;
}

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
}

const LAST_BATCH_COUNT = 20;
/** Of those into the trash more, since nothing else leads back to what lies there. */
const LAST_TRASH_COUNT = 500;

/** How often progress is told. */
const TELL_EVERY_MS = 500;

/** A single file may be refused, as one that another program holds open; so many are the disk's fault. */
const MAX_REFUSED_IN_A_ROW = 3;

/**
 * Moves many originals because a person asked: to where the template puts them today, into the trash, and back.
 * Every file is moved by itself, journaled with the id of its batch; how far a batch came stands in the catalog, so
 * it goes on after a restart, or when the library is there again.
 */
export class Filing {
  readonly #parts: FilingParts;
  /** Batches that are being worked on, each by one alone. */
  readonly #active = new Set<string>();
  #refusedInARow = 0;
  #toldAt = 0;
  #working: Promise<void> | undefined;
  #isClosed = false;
  readonly #plans: RefilePlans;

  constructor(parts: FilingParts) {
    this.#parts = parts;
    this.#plans = new RefilePlans(parts.catalog, parts.clock);
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
   * Puts all files of some assets into the trash; resolves when they are there. They can be taken back by `undo`.
   * @throws RoostError `request/not-found`, or of the library; then the rest follows when it is there again.
   */
  async trash(assetIds: readonly string[]): Promise<string> {
    const { catalog } = this.#parts;
    if (assetIds.some((assetId) => !filedAsset(catalog, assetId))) {
      throw new RoostError('request/not-found', 'There is no such photo.');
    }
    this.#parts.session();
    const batchId = randomUUID();
    this.#save(batchId, { kind: 'trash', count: assetIds.length }, assetIds);
    await this.#run(batchId);
    this.#requireAll(batchId);
    return batchId;
  }

  /**
   * Takes back a batch at once, as one into the trash; resolves when its files are where they were.
   * @throws RoostError like `undo`; when the library goes meanwhile, the rest follows when it is there again.
   */
  async restore(batchId: string): Promise<string> {
    const undoing = this.#saveUndo(batchId);
    await this.#run(undoing);
    this.#requireAll(undoing);
    return undoing;
  }

  /** Goes on with what is not through; call it when a library was opened. */
  resume(): void {
    if (this.#isClosed) return;
    const before = this.#working ?? Promise.resolve();
    const working = before.then(() => this.#work());
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

  /** @throws RoostError unless every file of a batch was moved. */
  #requireAll(batchId: string): void {
    const batch = batchById(this.#parts.catalog, batchId);
    if (batch?.state === 'done' && batch.failedCount === 0) return;
    if (batch?.state === 'running') throw new RoostError('service/stopping');
    throw new RoostError(
      'library/write-failed',
      `${batch?.failedCount ?? 0} of the files could not be moved, because they are missing or damaged. The others were moved.`,
    );
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
    assetIds: readonly string[] = [],
  ): void {
    const { catalog, clock, onChange } = this.#parts;
    catalog.transaction(() => {
      saveBatch(catalog, { batchId, at: clock.now(), ...batch });
      saveItems(catalog, batchId, assetIds);
    });
    onChange();
  }

  async #work(): Promise<void> {
    for (const { batchId } of runningBatches(this.#parts.catalog)) {
      try {
        await this.#run(batchId);
      } catch (error) {
        // The library went, or the disk refuses: it goes on when the library is opened the next time.
        this.#parts.log.warn({ err: error, batchId }, 'filing has to wait');
        return;
      }
    }
  }

  /** Takes a batch as far as it goes. @throws RoostError of the library. */
  async #run(batchId: string): Promise<void> {
    if (this.#active.has(batchId)) return;
    this.#active.add(batchId);
    try {
      await this.#runAlone(batchId);
    } finally {
      this.#active.delete(batchId);
    }
  }

  async #runAlone(batchId: string): Promise<void> {
    const { catalog, clock, onChange, untilQuiet } = this.#parts;
    for (;;) {
      const batch = this.#isClosed ? undefined : batchById(catalog, batchId);
      if (batch?.state !== 'running') return;
      const step = await this.#step(batch);
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

  /** One photo, or one file that is taken back; nothing where the batch is through. */
  async #step(
    batch: KnownBatch,
  ): Promise<{ cursor: string; failedCount: number; assetId?: string } | undefined> {
    const { catalog } = this.#parts;
    if (batch.kind === 'refile') {
      const [asset] = assetsBehind(catalog, batch.cursor, 1);
      if (!asset) return undefined;
      return { cursor: asset.assetId, failedCount: await this.#refile(asset, batch.batchId) };
    }
    if (batch.kind === 'trash') {
      const assetId = nextItem(catalog, batch.batchId);
      if (assetId === undefined) return undefined;
      return { cursor: assetId, assetId, failedCount: await this.#trash(assetId, batch.batchId) };
    }
    const before = batch.cursor === '' ? Number.MAX_SAFE_INTEGER : Number(batch.cursor);
    const move = moveBefore(catalog, batch.ofBatchId ?? '', before);
    if (!move) return undefined;
    const receipt = receiptById(catalog, move.receiptId);
    const cause = batch.kind === 'restore' ? 'restore' : 'undo';
    let failedCount = 0;
    // What was moved on since is left where it is.
    if (receipt?.path === move.to) {
      using _locks = await this.#lock([receipt]);
      failedCount = await this.#tried(() =>
        restoreFiles(this.#mover(), [{ receipt, to: move.from }], cause, batch.batchId),
      );
    }
    return { cursor: String(move.number), failedCount };
  }

  async #refile({ assetId, receipts: seen }: FiledAsset, batchId: string): Promise<number> {
    const { catalog } = this.#parts;
    using _locks = await this.#lock(seen);
    const asset = filedAsset(catalog, assetId);
    const wanted = asset && anchorMove(this.#placeParts(), asset);
    if (!asset || !wanted) return 0;
    let { anchor } = wanted;
    let failedCount = 0;
    const move = async (
      receipt: Receipt,
      place: Parameters<OriginalMover['move']>[1],
    ): Promise<Receipt> => {
      let moved = receipt;
      failedCount += await this.#tried(async () => {
        moved = await this.#mover().move(receipt.receiptId, place, 'refile', { batchId });
      });
      return moved;
    };
    // First the one that the others go by: its name may turn out to be taken.
    if (wanted.place) anchor = await move(anchor, wanted.place);
    for (const { receipt, place } of movesBeside(this.#placeParts(), asset, anchor)) {
      await move(receipt, place);
    }
    return failedCount;
  }

  async #trash(assetId: string, batchId: string): Promise<number> {
    const { catalog } = this.#parts;
    using _locks = await this.#lock(receiptsOfAsset(catalog, assetId));
    let failedCount = 0;
    for (const { receiptId, path } of receiptsOfAsset(catalog, assetId)) {
      // Receipts that name one file moved with the first of them.
      if (isInTrash(path) || isInTrash(receiptById(catalog, receiptId)?.path ?? '')) continue;
      failedCount += await this.#tried(() =>
        this.#mover().move(receiptId, 'trash', 'trash', { batchId }),
      );
    }
    return failedCount;
  }

  /** Gives 1 where a file could not be moved. @throws RoostError of the library. */
  async #tried(work: () => Promise<unknown>): Promise<0 | 1> {
    try {
      await work();
      this.#refusedInARow = 0;
      return 0;
    } catch (error) {
      const code = error instanceof RoostError ? error.code : undefined;
      if (code === 'request/not-found') return 1;
      if (code !== 'library/write-failed') throw error;
      this.#refusedInARow += 1;
      if (this.#refusedInARow > MAX_REFUSED_IN_A_ROW) throw error;
      return 1;
    }
  }

  /** So that no upload of these assets looks where the others lie while they move. */
  async #lock(receipts: readonly Receipt[]): Promise<Disposable> {
    const { library } = this.#parts.session();
    const keys = new Set(receipts.map(assetLock));
    // Always in one order: two that want the same ones must not wait for each other.
    const held = new DisposableStack();
    for (const key of [...keys].sort()) held.use(await library.locks.acquire(key));
    return held;
  }

  #mover(): FilingSession['mover'] {
    return this.#parts.session().mover;
  }

  #placeParts(): WantedPlaceParts {
    return { ...this.#parts, template: this.#parts.template() };
  }
}
