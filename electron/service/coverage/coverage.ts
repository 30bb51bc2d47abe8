import type { DeviceCoverage, SentSummary } from '../../../shared/coverage-view.ts';
import { RoostError } from '../../../shared/error-catalogue.ts';
import type { Clock } from '../../../shared/clock.ts';
import type {
  InventoryPage,
  InventoryPageAnswer,
  InventoryStatus,
} from '../../../shared/inventory.ts';
import type { CatalogWriter } from '../catalog/open-catalog.ts';
import type { CancelTimer, Timers } from '../timers.ts';

import { groupCounts, verifiedSpan, type VerifiedSpan } from './coverage-counts.ts';
import { coveredAssets, type CoveredFilter, type CoveredPage } from './covered-assets.ts';
import { Inventories, type InventoryLimits } from './inventories.ts';
import { heardDevices, type HeardDevice } from './heard-devices.ts';
import { inventoryOf, inventorySize, type InventoryRow } from './inventory-rows.ts';
import { quietAfterDays, quietForDays, type QuietSettings } from './quiet-devices.ts';
import { sentSummary } from './sent-summary.ts';
import { hasStale, settleStale } from './settle-stale.ts';

/** So many assets are judged before others have their turn: some milliseconds. */
const SLICE_ASSETS = 200;
/** Before an answer, so many at once: what a few uploads or readings changed is in it. */
const SLICES_BEFORE_ANSWER = 5;
/** How often it is looked for what changed meanwhile. */
const LOOK_MS = 2_000;
const QUIET_LOOK_MS = 10 * 60_000;

export interface CoverageParts {
  readonly catalog: CatalogWriter;
  readonly clock: Clock;
  readonly timers: Timers;
  /** Whether a device may send here: only then is it missed. */
  readonly hasToken: (deviceId: string) => boolean;
  readonly settings: () => QuietSettings & { readonly verifiedWithinDays: number };
  /** Whether the library is open and its files can be looked at. */
  readonly isLibraryPresent: () => Promise<boolean>;
  readonly isLibraryReady: () => boolean;
  /** Length of an original below the library; rejects where there is none. */
  readonly lengthOf: (path: string) => Promise<number>;
  /** Something of it is not what it was. */
  readonly onChange: () => void;
  /** Other devices are quiet than before. */
  readonly onQuietChange: () => void;
  /** Hears of what went wrong while nobody waited. */
  readonly onFailure: (error: unknown) => void;
  readonly limits?: InventoryLimits;
}

/** A page of the list that is safe to delete. */
export type SafePage = CoveredPage & { readonly inventoryId?: string };

/**
 * What devices say they have, against what the library has. Counts come from rows that are judged in the background;
 * lists are judged again when they are asked for, and of what is called safe the files are looked at too.
 */
export class Coverage implements AsyncDisposable {
  readonly #parts: CoverageParts;
  readonly #inventories: Inventories;
  #cancelLook: CancelTimer = () => undefined;
  #working: Promise<void> = Promise.resolve();
  #isWorking = false;
  #isClosed = false;
  #quiet = '';
  #quietLookedAt = Number.NEGATIVE_INFINITY;

  constructor(parts: CoverageParts) {
    this.#parts = parts;
    this.#inventories = new Inventories({
      ...parts,
      onChange: () => {
        parts.onChange();
        this.wake();
      },
    });
  }

  /** Begins to look for what is to be done. */
  start(): void {
    this.#quiet = this.#quietIds();
    this.#look();
  }

  /** @throws RoostError, see `Inventories.put`. */
  put(deviceId: string, page: InventoryPage): Promise<InventoryPageAnswer> {
    return this.#inventories.put(deviceId, page);
  }

  status(deviceId: string): InventoryStatus {
    return this.#inventories.status(deviceId);
  }

  get verifiedWithinDays(): number {
    return this.#parts.settings().verifiedWithinDays;
  }

  /** How much of each device is here. */
  list(): DeviceCoverage[] {
    this.#settleSome();
    return heardDevices(this.#parts.catalog).map((device) => this.#coverageOf(device));
  }

  /** Devices nothing was heard of for longer than the person wants. */
  quietDevices(): { readonly device: HeardDevice; readonly days: number }[] {
    return heardDevices(this.#parts.catalog).flatMap((device) => {
      const days = this.#quietForDays(device);
      return days === undefined ? [] : [{ device, days }];
    });
  }

  /** @throws RoostError `request/not-found` where the device has no inventory, `request/invalid`. */
  async assets(filter: Omit<CoveredFilter, 'inventoryNo' | 'span'>): Promise<CoveredPage> {
    const inventory = inventoryOf(this.#parts.catalog, filter.deviceId, 'current');
    if (!inventory) throw new RoostError('request/not-found', 'This device has sent no inventory.');
    return filter.group === 'verified'
      ? this.#safe(inventory, filter)
      : this.#page(inventory, filter);
  }

  /**
   * What may be deleted from a device: every file of it is here, was re-read in time, and stands there now in its
   * length. Nothing while the library cannot be looked at.
   * @throws RoostError `library/missing`, `request/invalid`.
   */
  async safeToDelete(
    filter: Pick<CoveredFilter, 'deviceId' | 'before' | 'limit'>,
  ): Promise<SafePage> {
    const inventory = inventoryOf(this.#parts.catalog, filter.deviceId, 'current');
    if (!inventory) return { assets: [] };
    const page = await this.#safe(inventory, { ...filter, group: 'verified' });
    return { inventoryId: inventory.inventory_id, ...page };
  }

  /** What became of all that a device sent. */
  sent(deviceId: string): Promise<SentSummary> {
    return sentSummary(this.#parts.catalog, deviceId, this.#span());
  }

  /** Looks now for what is to be done. */
  wake(): void {
    if (this.#isWorking || this.#isClosed) return;
    this.#isWorking = true;
    this.#working = this.#work()
      .catch((error: unknown) => this.#parts.onFailure(error))
      .finally(() => {
        this.#isWorking = false;
      });
  }

  /** Days that the person chose may be others. */
  settingsChanged(): void {
    this.#quiet = this.#quietIds();
    this.#parts.onQuietChange();
    this.#parts.onChange();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#isClosed = true;
    this.#cancelLook();
    await this.#inventories.close();
    await this.#working;
  }

  #look(): void {
    if (this.#isClosed) return;
    this.wake();
    this.#cancelLook = this.#parts.timers.after(LOOK_MS, () => this.#look());
  }

  async #work(): Promise<void> {
    const { catalog, onChange } = this.#parts;
    this.#lookForQuiet();
    if (hasStale(catalog)) {
      while (!this.#isClosed && settleStale(catalog, SLICE_ASSETS) > 0) await othersTurn();
      onChange();
    }
    while (!this.#isClosed && this.#inventories.clearSlice()) await othersTurn();
  }

  #lookForQuiet(): void {
    const now = this.#parts.clock.now();
    if (Math.abs(now - this.#quietLookedAt) < QUIET_LOOK_MS) return;
    this.#quietLookedAt = now;
    const quiet = this.#quietIds();
    if (quiet === this.#quiet) return;
    this.#quiet = quiet;
    this.#parts.onQuietChange();
  }

  #quietIds(): string {
    return this.quietDevices()
      .map(({ device, days }) => `${device.deviceId} ${days}`)
      .join();
  }

  #quietForDays(device: HeardDevice): number | undefined {
    const { hasToken, settings, clock } = this.#parts;
    return hasToken(device.deviceId) ? quietForDays(device, settings(), clock.now()) : undefined;
  }

  #settleSome(): void {
    for (let slice = 0; slice < SLICES_BEFORE_ANSWER; slice++) {
      if (settleStale(this.#parts.catalog, SLICE_ASSETS) === 0) return;
    }
  }

  async #page(
    inventory: InventoryRow,
    filter: Omit<CoveredFilter, 'inventoryNo' | 'span'>,
  ): Promise<CoveredPage> {
    this.#settleSome();
    return coveredAssets(this.#parts.catalog, {
      ...filter,
      inventoryNo: inventory.inventory_no,
      span: this.#span(),
    });
  }

  async #safe(
    inventory: InventoryRow,
    filter: Omit<CoveredFilter, 'inventoryNo' | 'span'>,
  ): Promise<CoveredPage> {
    const { isLibraryPresent } = this.#parts;
    if (!(await isLibraryPresent())) throw new RoostError('library/missing');
    const page = await this.#page(inventory, filter);
    const standing: CoveredPage['assets'][number][] = [];
    for (const asset of page.assets) {
      if (await this.#stands(asset.verdict.files)) standing.push(asset);
    }
    // A drive that was pulled out meanwhile looks like files that are missing, or worse: like another drive.
    if (!(await isLibraryPresent())) throw new RoostError('library/missing');
    return { ...page, assets: standing };
  }

  async #stands(
    files: readonly { readonly path: string; readonly byteCount: number }[],
  ): Promise<boolean> {
    const lengths = await Promise.all(
      files.map(({ path }) => this.#parts.lengthOf(path).catch(() => undefined)),
    );
    return files.length > 0 && files.every(({ byteCount }, at) => lengths[at] === byteCount);
  }

  #span(): VerifiedSpan {
    return verifiedSpan(this.#parts.clock.now(), this.verifiedWithinDays);
  }

  #coverageOf(device: HeardDevice): DeviceCoverage {
    const { catalog, settings } = this.#parts;
    const current = inventoryOf(catalog, device.deviceId, 'current');
    const draft = inventoryOf(catalog, device.deviceId, 'draft');
    const quiet = this.#quietForDays(device);
    return {
      deviceId: device.deviceId,
      ...(current && { inventory: this.#inventoryView(current) }),
      ...(draft && {
        draft: {
          changedAt: draft.changed_at,
          assetCount: inventorySize(catalog, draft.inventory_no).assetCount,
        },
      }),
      ...(device.heardAt !== undefined && { heardAt: device.heardAt }),
      ...(quiet !== undefined && { quietForDays: quiet }),
      quietAfterDays: quietAfterDays(settings(), device.deviceId),
      hasOwnQuietDays: settings().quietAfterDaysOf[device.deviceId] !== undefined,
      verifiedWithinDays: this.verifiedWithinDays,
    };
  }

  #inventoryView(inventory: InventoryRow): NonNullable<DeviceCoverage['inventory']> {
    const groups = groupCounts(this.#parts.catalog, inventory.inventory_no, this.#span());
    const all = Object.values(groups);
    const assetCount = all.reduce((sum, group) => sum + group.assetCount, 0);
    return {
      committedAt: inventory.committed_at ?? inventory.changed_at,
      assetCount,
      byteCount: all.reduce((sum, group) => sum + group.byteCount, 0),
      groups,
      isComplete: groups.verified.assetCount === assetCount && this.#parts.isLibraryReady(),
    };
  }
}

function othersTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
