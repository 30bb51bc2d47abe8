import { RoostError } from '../../../shared/error-catalogue.ts';
import { isInTrash, type Receipt } from '../../../shared/receipt.ts';
import { assetsBehind, filedAsset, type FiledAsset } from '../catalog/asset-files.ts';
import { moveBefore, nextItem, pathBefore, type KnownBatch } from '../catalog/filing-rows.ts';
import type { CatalogReader } from '../catalog/open-catalog.ts';
import { receiptById, receiptsOfAsset } from '../catalog/receipt-queries.ts';
import { assetLock } from '../library/asset-lock.ts';
import type { Library } from '../library/open-library.ts';

import type { OriginalMover } from './move-original.ts';
import { restoreFiles } from './restore-files.ts';
import { anchorMove, movesBeside, type WantedPlaceParts } from './wanted-places.ts';

/** What filing needs of an open library. */
export interface FilingSession {
  readonly library: Pick<Library, 'locks'>;
  readonly mover: Pick<OriginalMover, 'move'>;
}

export interface FilingStepParts {
  readonly catalog: CatalogReader;
  /** The library that is open now. @throws RoostError `library/missing` and the like where none is. */
  readonly session: () => FilingSession;
  readonly placeParts: () => WantedPlaceParts;
}

/** A single file may be refused, as one that another program holds open; so many are the disk's fault. */
const MAX_REFUSED_IN_A_ROW = 3;

/** How far a batch came by a step. */
export interface FilingStep {
  readonly cursor: string;
  /** Files that could not be moved. */
  readonly failedCount: number;
  /** The asset it was, where the batch was begun for some. */
  readonly assetId?: string;
}

/** What is done for one photo of a batch, or for one file that is taken back. */
export class FilingSteps {
  readonly #parts: FilingStepParts;
  #refusedInARow = 0;

  constructor(parts: FilingStepParts) {
    this.#parts = parts;
  }

  /**
   * One photo, or one file that is taken back; nothing where the batch is through.
   * @throws RoostError of the library.
   */
  async step(batch: KnownBatch): Promise<FilingStep | undefined> {
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
    if (batch.kind === 'restore' && batch.ofBatchId === undefined) {
      const assetId = nextItem(catalog, batch.batchId);
      if (assetId === undefined) return undefined;
      const failedCount = await this.#bringBack(assetId, batch.batchId);
      return { cursor: assetId, assetId, failedCount };
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
    const wanted = asset && anchorMove(this.#parts.placeParts(), asset);
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
    for (const { receipt, place } of movesBeside(this.#parts.placeParts(), asset, anchor)) {
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

  async #bringBack(assetId: string, batchId: string): Promise<number> {
    const { catalog } = this.#parts;
    using _locks = await this.#lock(receiptsOfAsset(catalog, assetId));
    let failedCount = 0;
    for (const { receiptId } of receiptsOfAsset(catalog, assetId)) {
      const receipt = receiptById(catalog, receiptId);
      if (!receipt || !isInTrash(receipt.path)) continue;
      const to = pathBefore(catalog, receiptId, receipt.path);
      if (to === undefined) continue;
      failedCount += await this.#tried(() =>
        restoreFiles(this.#mover(), [{ receipt, to }], 'restore', batchId),
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
}
