import { randomUUID } from 'node:crypto';
import { join } from 'node:path';

import { expect, it } from 'vitest';

import { COVERAGE_GROUPS } from '../../../shared/coverage-view.ts';
import type { InventoryAsset } from '../../../shared/inventory.ts';
import { PHONE, receipt as receiptOf, sha256Of, TABLET } from '../../../tests/support/core-lab.ts';
import { ManualClock } from '../../../tests/support/manual-clock.ts';
import { ManualTimers } from '../../../tests/support/manual-timers.ts';
import { SeededRandom } from '../../../tests/support/seeded-random.ts';
import { tempFolder } from '../../../tests/support/temp-folder.ts';
import { openCatalog, type Catalog } from '../catalog/open-catalog.ts';
import { recordFinding } from '../catalog/reading-rows.ts';
import { recordEntry } from '../catalog/record-entry.ts';

import { Coverage } from './coverage.ts';

const DAY_MS = 24 * 60 * 60_000;
const HOUR_MS = 60 * 60_000;
const STEPS = 250;
const WITHIN_DAYS = 3;

const DEVICES = [PHONE, TABLET];
const KEYS = ['a', 'b', 'c', 'd'];
/** What the camera made, and what an edit replaces. */
const TYPES = ['photo', 'adjustment-data'];
const CONTENTS = ['one', 'three', 'seven', 'twice'];

/** A file as this test remembers it, in its own words. */
interface StoredFile {
  readonly receiptId: string;
  readonly content: string;
  readonly home: string;
  path: string;
  isWhole: boolean;
  isOnDisk: boolean;
  readAt: number;
}

interface Sending {
  readonly deviceId: string;
  readonly key: string;
  readonly type: string;
  readonly file: StoredFile;
  modifiedAt: number | undefined;
}

/** What a device has: content and time of each file, and how much of that it tells. */
interface PhoneFile {
  readonly type: string;
  readonly content: string;
  readonly modifiedAt: number;
  readonly tells: 'hash' | 'size' | 'size and time' | 'time' | 'nothing';
}

class Model {
  readonly clock = new ManualClock();
  readonly files: StoredFile[] = [];
  readonly sendings: Sending[] = [];
  readonly phone = new Map<string, PhoneFile[]>();
  readonly catalog: Catalog;
  readonly coverage: Coverage;

  constructor(catalog: Catalog) {
    this.catalog = catalog;
    this.coverage = new Coverage({
      catalog,
      clock: this.clock,
      timers: new ManualTimers(this.clock),
      hasToken: () => true,
      settings: () => ({
        quietAfterDays: 0,
        quietAfterDaysOf: {},
        verifiedWithinDays: WITHIN_DAYS,
      }),
      isLibraryPresent: () => Promise.resolve(true),
      isLibraryReady: () => true,
      lengthOf: (path) => {
        const found = this.files.find((file) => file.path === path && file.isOnDisk);
        return found ? Promise.resolve(found.content.length) : Promise.reject(new Error('gone'));
      },
      onChange: () => undefined,
      onQuietChange: () => undefined,
      onFailure: (error) => {
        throw error;
      },
    });
    for (const deviceId of DEVICES) {
      const facts = { name: deviceId, folder: deviceId, model: '', platform: '', app: '' };
      const at = this.clock.now();
      const device = { deviceId, ...facts, pairedAt: at, recordedAt: at };
      recordEntry(catalog, { entry: 'device', ...device });
    }
  }

  receive(deviceId: string, key: string, { type, content, modifiedAt }: PhoneFile): void {
    const path = `P/${this.files.length}.HEIC`;
    const receipt = receiptOf({
      deviceId,
      assetKey: key,
      resourceType: type,
      path,
      byteCount: content.length,
      sha256: sha256Of(content),
      told: { modifiedAt },
      storedAt: this.clock.now(),
    });
    recordEntry(this.catalog, { entry: 'receipt', ...receipt });
    const file = { content, home: path, path, isWhole: true, isOnDisk: true, readAt: 0 };
    this.files.push({ receiptId: receipt.receiptId, ...file });
    this.sendings.push({ deviceId, key, type, file: this.files.at(-1)!, modifiedAt });
  }

  link(deviceId: string, key: string, type: string, file: StoredFile): void {
    const { receiptId } = file;
    recordEntry(this.catalog, {
      entry: 'link',
      ...receiptOf({ deviceId, assetKey: key, resourceType: type }),
      receiptId,
      linkId: randomUUID(),
      linkedAt: this.clock.now(),
    });
    const known = this.sendings.some(
      (each) =>
        each.deviceId === deviceId && each.key === key && each.type === type && each.file === file,
    );
    if (!known) this.sendings.push({ deviceId, key, type, file, modifiedAt: undefined });
  }

  find(file: StoredFile, isWhole: boolean): void {
    const receipt = { path: file.path, sha256: sha256Of(file.content) };
    recordFinding(this.catalog, receipt, { kind: isWhole ? 'good' : 'missing' }, this.clock.now());
    file.isWhole = isWhole;
    file.readAt = this.clock.now();
  }

  move(file: StoredFile): void {
    const moveId = randomUUID();
    const isTrashed = file.path !== file.home;
    const to = isTrashed ? file.home : `.roost/trash/${moveId}/x.HEIC`;
    const { receiptId, path: from } = file;
    const cause = isTrashed ? 'restore' : 'trash';
    const movedAt = this.clock.now();
    recordEntry(this.catalog, { entry: 'move', moveId, receiptId, from, to, cause, movedAt });
    file.path = to;
  }

  async tell(inventoryId: string): Promise<void> {
    const assets: InventoryAsset[] = [...this.phone].map(([assetKey, files]) => ({
      assetKey,
      resources: files.map(({ type, content, modifiedAt, tells }) => ({
        resourceType: type,
        ...(tells === 'hash' && { sha256: sha256Of(content) }),
        ...(tells.startsWith('size') && { byteCount: content.length }),
        ...(tells.endsWith('time') && { modifiedAt }),
      })),
    }));
    const half = Math.floor(assets.length / 2);
    const [first, last] = [assets.slice(0, half), assets.slice(half)];
    await this.coverage.put(PHONE, { inventoryId, page: 0, isLast: false, assets: first });
    await this.coverage.put(PHONE, { inventoryId, page: 1, isLast: true, assets: last });
    this.told = structuredClone(this.phone);
  }

  told = new Map<string, PhoneFile[]>();

  /** By plain search through what happened, with nothing of the code it judges. */
  isSafe(key: string): boolean {
    const files = this.told.get(key) ?? [];
    return files.length > 0 && files.every((file) => this.isFileSafe(key, file));
  }

  isFileSafe(key: string, wanted: PhoneFile): boolean {
    if (wanted.tells === 'nothing') return false;
    return this.sendings.some(({ deviceId, key: sentKey, type, file, modifiedAt }) => {
      if (deviceId !== PHONE || sentKey !== key || type !== wanted.type) return false;
      const isOther =
        (wanted.tells === 'hash' && file.content !== wanted.content) ||
        (wanted.tells.startsWith('size') && file.content.length !== wanted.content.length) ||
        (wanted.tells === 'time' && modifiedAt !== wanted.modifiedAt) ||
        (wanted.tells === 'size and time' &&
          modifiedAt !== undefined &&
          modifiedAt !== wanted.modifiedAt);
      const isSure =
        wanted.tells === 'hash' ||
        type === 'photo' ||
        (wanted.tells.endsWith('time') && modifiedAt === wanted.modifiedAt);
      return !isOther && isSure && this.isProven(file);
    });
  }

  isProven(file: StoredFile): boolean {
    const stands = file.isWhole && file.isOnDisk && file.path === file.home;
    // Whole hours, and never what is at the edge.
    const from = Math.ceil((this.clock.now() - WITHIN_DAYS * DAY_MS) / HOUR_MS) * HOUR_MS;
    return stands && file.readAt > 0 && file.readAt >= from;
  }
}

async function listedAsSafe(coverage: Coverage): Promise<string[]> {
  const keys: string[] = [];
  let before: string | undefined;
  do {
    const page = await coverage.safeToDelete({ deviceId: PHONE, before, limit: 2 });
    keys.push(...page.assets.map(({ view }) => view.assetKey));
    before = page.nextCursor;
  } while (before !== undefined);
  return keys.sort();
}

function step(model: Model, random: SeededRandom): void {
  const file = model.files.length > 0 ? random.oneOf(model.files) : undefined;
  const key = random.oneOf(KEYS);
  const ofPhone = model.phone.get(key);
  switch (random.integer(0, 8)) {
    case 0:
      if (ofPhone) for (const each of ofPhone) model.receive(PHONE, key, each);
      break;
    case 1:
      for (const each of ofPhone?.slice(0, 1) ?? []) {
        model.receive(random.oneOf(DEVICES), key, each);
      }
      break;
    case 2:
      if (file) model.link(random.oneOf(DEVICES), key, random.oneOf(TYPES), file);
      break;
    case 3:
    case 4:
      for (const each of model.files) if (random.chance(0.7)) model.find(each, random.chance(0.9));
      break;
    case 5:
      if (file) model.move(file);
      break;
    case 6:
      if (file && random.chance(0.3)) file.isOnDisk = false;
      else for (const each of model.files) each.isOnDisk = true;
      break;
    case 7:
      model.clock.advance(random.integer(1, 40) * HOUR_MS + random.integer(0, HOUR_MS));
      break;
    default: {
      const tells = ['hash', 'size', 'size and time', 'time', 'nothing'] as const;
      const types = random.chance(0.5) ? TYPES : [random.oneOf(TYPES)];
      const made = types.map((type) => ({
        type,
        content: random.oneOf(CONTENTS),
        modifiedAt: random.integer(1, 2),
        tells: random.chance(0.8) ? random.oneOf(tells.slice(0, 3)) : random.oneOf(tells),
      }));
      model.phone.set(key, random.chance(0.05) ? [] : made);
    }
  }
}

it('calls safe to delete just what is here, whole, in its place, re-read in time and the same, whatever happens', async () => {
  const random = SeededRandom.fromEnvironment();
  await using temp = await tempFolder();
  const catalog = openCatalog(join(temp.path, 'catalog.sqlite'));
  const model = new Model(catalog);
  let safeCount = 0;
  for (let at = 0; at < STEPS; at++) {
    const said = `step ${at} (ROOST_TEST_SEED=${random.seed})`;
    step(model, random);
    if (random.chance(0.15)) await model.tell(`inventory-${at}`);
    const safe = KEYS.filter((key) => model.told.has(key) && model.isSafe(key));
    safeCount += safe.length;
    const listed = await listedAsSafe(model.coverage);
    expect(
      listed.filter((key) => !safe.includes(key)),
      said,
    ).toEqual([]);
    // Of two good copies it trusts the one read last: where that was taken away since, it says less than it could.
    const isAllOnDisk = model.files.every(({ isOnDisk }) => isOnDisk);
    if (isAllOnDisk) expect(listed, said).toEqual(safe);
    const { inventory } = model.coverage.list().find(({ deviceId }) => deviceId === PHONE)!;
    if (!inventory) continue;
    const counts = COVERAGE_GROUPS.map((group) => inventory.groups[group].assetCount);
    expect(
      counts.reduce((sum, count) => sum + count),
      said,
    ).toBe(model.told.size);
    expect(inventory.groups.counting.assetCount, said).toBe(0);
    expect(inventory.groups.verified.assetCount, said).toBeGreaterThanOrEqual(listed.length);
    // The counts know nothing of a file that was taken away since; everything else they know.
    if (isAllOnDisk) expect(inventory.groups.verified.assetCount, said).toBe(safe.length);
  }
  // Else it would say little.
  expect(safeCount).toBeGreaterThan(20);
  await model.coverage[Symbol.asyncDispose]();
  catalog.close();
});
