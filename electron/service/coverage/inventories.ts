import { createHash } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';

import type { Clock } from '../../../shared/clock.ts';
import { RoostError } from '../../../shared/error-catalogue.ts';
import {
  MAX_INVENTORY_ASSETS,
  MAX_INVENTORY_BYTES,
  MAX_INVENTORY_RESOURCES,
  MAX_PAGES,
  type InventoryPage,
  type InventoryPageAnswer,
  type InventoryStatus,
} from '../../../shared/inventory.ts';
import type { CatalogWriter } from '../catalog/open-catalog.ts';

import {
  dropLostPages,
  inventoryOf,
  inventorySize,
  inventoryStatus,
  missingPages,
  pagesOf,
  removeAssets,
  removeSizes,
  saveAssets,
  saveSize,
  textByteCount,
  type InventoryRow,
} from './inventory-rows.ts';

/** So many assets are written or deleted before others have their turn: some milliseconds. */
const SLICE_ASSETS = 200;
/** An inventory that its device does not go on with is let go. */
const DRAFT_KEPT_MS = 7 * 24 * 60 * 60_000;
/** However fast a device begins new ones, no more than so many wait to be cleared. */
const MAX_OLD = 2;
/** As many missing pages are named. */
const MAX_MISSING_TOLD = 100;

export interface InventoryLimits {
  readonly maxAssets: number;
  readonly maxResources: number;
  /** Of the text of all pages. */
  readonly maxByteCount: number;
}

export interface InventoriesParts {
  readonly catalog: CatalogWriter;
  readonly clock: Clock;
  /** Hears of each page, and of each inventory that counts from now on. */
  readonly onChange: () => void;
  readonly limits?: InventoryLimits;
}

/** Pages before the last are missing; tells which. */
export class IncompleteInventoryError extends RoostError {
  readonly missingPages: readonly number[];

  constructor(missing: readonly number[]) {
    super('inventory/incomplete');
    this.missingPages = missing;
  }
}

/**
 * Takes what devices say they have, page by page. What is being sent never stands in for what was sent in full: it
 * becomes current in one step, with its last page.
 */
export class Inventories {
  readonly #parts: InventoriesParts;
  readonly #limits: InventoryLimits;
  /** The pages of one device go one after another. */
  readonly #turns = new Map<string, Promise<unknown>>();
  #isClosed = false;

  constructor(parts: InventoriesParts) {
    this.#parts = parts;
    this.#limits = parts.limits ?? {
      maxAssets: MAX_INVENTORY_ASSETS,
      maxResources: MAX_INVENTORY_RESOURCES,
      maxByteCount: MAX_INVENTORY_BYTES,
    };
  }

  status(deviceId: string): InventoryStatus {
    return inventoryStatus(this.#parts.catalog, deviceId);
  }

  /**
   * Keeps a page; the same one again changes nothing, another in its place replaces it.
   * @throws IncompleteInventoryError, RoostError `inventory/closed`, `request/too-large`, `service/stopping`.
   */
  async put(deviceId: string, page: InventoryPage): Promise<InventoryPageAnswer> {
    const before = this.#turns.get(deviceId);
    const turn = (async () => {
      await before?.catch(() => undefined);
      return this.#put(deviceId, page);
    })();
    this.#turns.set(deviceId, turn);
    try {
      return await turn;
    } finally {
      if (this.#turns.get(deviceId) === turn) this.#turns.delete(deviceId);
    }
  }

  async #put(deviceId: string, page: InventoryPage): Promise<InventoryPageAnswer> {
    const { catalog, onChange } = this.#parts;
    const text = JSON.stringify(page.assets);
    const digest = createHash('sha256').update(text).digest('hex');
    const byteCount = Buffer.byteLength(text);
    const current = inventoryOf(catalog, deviceId, 'current');
    if (current?.inventory_id === page.inventoryId) {
      if (!this.#hasPage(current, page.page, digest)) throw new RoostError('inventory/closed');
      return this.#answer(current, 'current');
    }
    const draft = await this.#draft(deviceId, page.inventoryId);
    if (!this.#hasPage(draft, page.page, digest)) {
      await this.#write(draft, page, { digest, byteCount });
    }
    if (page.isLast) await this.#commit(deviceId, draft, page.page);
    onChange();
    return this.#answer(draft, page.isLast ? 'current' : 'draft');
  }

  async #draft(deviceId: string, inventoryId: string): Promise<InventoryRow> {
    const { catalog, clock } = this.#parts;
    const known = inventoryOf(catalog, deviceId, 'draft');
    if (known?.inventory_id === inventoryId) {
      // From here on it is gone on with: while this page is written it must not be let go as too old.
      this.#touch(known.inventory_no);
      return known;
    }
    while (this.#oldOf(deviceId).length >= MAX_OLD) {
      this.clearSlice(deviceId);
      await this.#othersTurn();
    }
    catalog.transaction(() => {
      catalog.run(
        "UPDATE inventories SET state = 'old' WHERE device_id = ? AND state = 'draft'",
        deviceId,
      );
      catalog.run(
        `INSERT INTO inventories (device_id, inventory_id, state, begun_at, changed_at) VALUES (?, ?, 'draft', ?, ?)`,
        deviceId,
        inventoryId,
        clock.now(),
        clock.now(),
      );
    });
    const begun = inventoryOf(catalog, deviceId, 'draft');
    if (!begun) throw new RoostError('service/failed');
    return begun;
  }

  #hasPage({ inventory_no: no }: InventoryRow, page: number, digest: string): boolean {
    const row = this.#parts.catalog.get(
      'SELECT 1 FROM inventory_pages WHERE inventory_no = ? AND page_no = ? AND digest = ?',
      no,
      page,
      digest,
    );
    return row !== undefined;
  }

  async #write(
    draft: InventoryRow,
    page: InventoryPage,
    { digest, byteCount }: { readonly digest: string; readonly byteCount: number },
  ): Promise<void> {
    const { catalog } = this.#parts;
    const no = draft.inventory_no;
    // Until it is here in full it is not here, also when this process ends in the middle.
    catalog.transaction(() => {
      catalog.run(
        'DELETE FROM inventory_pages WHERE inventory_no = ? AND page_no = ?',
        no,
        page.page,
      );
      dropLostPages(catalog, no, page.page);
    });
    await this.#remove(no, page.page, page.page);
    removeSizes(catalog, no, page.page, page.page);
    if (textByteCount(catalog, no) + byteCount > this.#limits.maxByteCount) {
      throw new RoostError('request/too-large', 'The inventory is longer than Roost takes.');
    }
    // Also where it is broken off in the middle.
    saveSize(catalog, no, page.page, byteCount);
    for (let at = 0; at < page.assets.length; at += SLICE_ASSETS) {
      const slice = page.assets.slice(at, at + SLICE_ASSETS);
      const size = inventorySize(catalog, no);
      const resourceCount = slice.reduce((sum, { resources }) => sum + resources.length, 0);
      if (
        size.assetCount + slice.length > this.#limits.maxAssets ||
        size.resourceCount + resourceCount > this.#limits.maxResources
      ) {
        throw new RoostError('request/too-large', 'The inventory names more than Roost takes.');
      }
      saveAssets(catalog, no, page.page, slice);
      await this.#othersTurn();
    }
    catalog.transaction(() => {
      catalog.run(
        'INSERT INTO inventory_pages (inventory_no, page_no, digest) VALUES (?, ?, ?)',
        no,
        page.page,
        digest,
      );
      this.#touch(no);
    });
  }

  #touch(inventoryNo: number): void {
    const { catalog, clock } = this.#parts;
    catalog.run(
      'UPDATE inventories SET changed_at = ? WHERE inventory_no = ?',
      clock.now(),
      inventoryNo,
    );
  }

  async #commit(deviceId: string, draft: InventoryRow, lastPage: number): Promise<void> {
    const { catalog, clock } = this.#parts;
    const no = draft.inventory_no;
    const missing = missingPages(catalog, no, lastPage + 1, MAX_MISSING_TOLD);
    if (missing.length > 0) throw new IncompleteInventoryError(missing);
    // Left of a try with more pages.
    await this.#remove(no, lastPage + 1, MAX_PAGES);
    catalog.transaction(() => {
      catalog.run(
        'DELETE FROM inventory_pages WHERE inventory_no = ? AND page_no > ?',
        no,
        lastPage,
      );
      removeSizes(catalog, no, lastPage + 1, MAX_PAGES);
      catalog.run(
        "UPDATE inventories SET state = 'old' WHERE device_id = ? AND state = 'current'",
        deviceId,
      );
      const changes = catalog.run(
        "UPDATE inventories SET state = 'current', committed_at = ? WHERE inventory_no = ? AND state = 'draft'",
        clock.now(),
        no,
      );
      if (changes === 0) throw new IncompleteInventoryError([0]);
    });
  }

  async #remove(inventoryNo: number, from: number, to: number): Promise<void> {
    const { catalog } = this.#parts;
    while (removeAssets(catalog, inventoryNo, { from, to }, SLICE_ASSETS) > 0) {
      await this.#othersTurn();
    }
  }

  /**
   * Deletes a few rows of what does not count any more, of one device or of any.
   * @returns whether there may be more
   */
  clearSlice(deviceId?: string): boolean {
    const { catalog, clock } = this.#parts;
    catalog.run(
      "UPDATE inventories SET state = 'old' WHERE state = 'draft' AND changed_at < ?",
      clock.now() - DRAFT_KEPT_MS,
    );
    const old = deviceId === undefined ? this.#old() : this.#oldOf(deviceId)[0];
    if (old === undefined) return false;
    const all = { from: 0, to: MAX_PAGES };
    catalog.transaction(() => {
      if (removeAssets(catalog, old, all, SLICE_ASSETS) > 0) return;
      for (const table of [
        'inventory_pages',
        'inventory_page_sizes',
        'inventory_counts',
        'inventories',
      ]) {
        catalog.run(`DELETE FROM ${table} WHERE inventory_no = ?`, old);
      }
    });
    return true;
  }

  #old(): number | undefined {
    return this.#parts.catalog.get<{ inventory_no: number }>(
      "SELECT inventory_no FROM inventories WHERE state = 'old' LIMIT 1",
    )?.inventory_no;
  }

  #oldOf(deviceId: string): number[] {
    return this.#parts.catalog
      .all<{ inventory_no: number }>(
        "SELECT inventory_no FROM inventories WHERE device_id = ? AND state = 'old'",
        deviceId,
      )
      .map((row) => row.inventory_no);
  }

  #answer(inventory: InventoryRow, state: InventoryPageAnswer['state']): InventoryPageAnswer {
    const { catalog } = this.#parts;
    return {
      inventoryId: inventory.inventory_id,
      state,
      pageCount: pagesOf(catalog, inventory.inventory_no).pageCount,
      assetCount: inventorySize(catalog, inventory.inventory_no).assetCount,
    };
  }

  async #othersTurn(): Promise<void> {
    await nextTurn();
    if (this.#isClosed) throw new RoostError('service/stopping');
  }

  /** Pages that are being written stop; their device sends them again. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await Promise.allSettled(this.#turns.values());
  }
}
