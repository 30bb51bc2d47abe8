import { join } from 'node:path';

import { afterEach, beforeEach, expect, it } from 'vitest';

import type { InventoryPage } from '../../../shared/inventory.ts';
import { PHONE, TABLET } from '../../../tests/support/core-lab.ts';
import { ManualClock } from '../../../tests/support/manual-clock.ts';
import { tempFolder } from '../../../tests/support/temp-folder.ts';
import { openCatalog, type Catalog } from '../catalog/open-catalog.ts';

import { Inventories } from './inventories.ts';

let temp: Awaited<ReturnType<typeof tempFolder>>;
let catalog: Catalog;
let clock: ManualClock;
let inventories: Inventories;
beforeEach(async () => {
  temp = await tempFolder();
  catalog = openCatalog(join(temp.path, 'catalog.sqlite'));
  clock = new ManualClock();
  inventories = new Inventories({
    catalog,
    clock,
    onChange: () => undefined,
    limits: { maxAssets: 1_000, maxResources: 1_500, maxByteCount: 100_000 },
  });
});
afterEach(async () => {
  await inventories.close();
  catalog.close();
  await temp[Symbol.asyncDispose]();
});

function page(change: Partial<InventoryPage>, keys: readonly string[] = []): InventoryPage {
  const assets = keys.map((assetKey) => ({ assetKey, resources: [{ resourceType: 'photo' }] }));
  return { inventoryId: 'a', page: 0, isLast: false, assets, ...change };
}

function keysFrom(first: number, count: number): string[] {
  return Array.from({ length: count }, (_, at) => `key-${first + at}`);
}

function rowCounts(): number[] {
  return ['inventories', 'inventory_pages', 'inventory_assets', 'inventory_resources'].map(
    (table) => catalog.get<{ count: number }>(`SELECT count(*) AS count FROM ${table}`)!.count,
  );
}

function clearAll(): void {
  while (inventories.clearSlice());
}

it('goes on after a page that was broken off in the middle as if it had never begun', async () => {
  const writing = inventories.put(PHONE, page({}, keysFrom(0, 900)));
  const closing = inventories.close();
  await expect(writing).rejects.toMatchObject({ code: 'service/stopping' });
  await closing;
  const [, pageCount, assetCount] = rowCounts();
  expect(pageCount).toBe(0);
  expect(assetCount).toBeGreaterThan(0);

  inventories = new Inventories({ catalog, clock, onChange: () => undefined });
  expect(inventories.status(PHONE)).toMatchObject({ draft: { pageCount: 0, nextPage: 0 } });
  const last = page({ page: 1, isLast: true });
  await expect(inventories.put(PHONE, last)).rejects.toMatchObject({ missingPages: [0] });
  await inventories.put(PHONE, page({}, keysFrom(5, 10)));
  expect(await inventories.put(PHONE, last)).toMatchObject({ state: 'current', assetCount: 10 });
});

it('takes an asset that is told twice for the last that was told of it', async () => {
  await inventories.put(PHONE, page({}, ['x', 'y', 'x']));
  await inventories.put(PHONE, page({ page: 1 }, ['y', 'z']));
  expect(await inventories.put(PHONE, page({}, ['x']))).toMatchObject({ assetCount: 3 });
  expect(rowCounts()).toEqual([1, 2, 3, 3]);
});

it('asks again for a page whose asset went to another page and away with it', async () => {
  await inventories.put(PHONE, page({}, ['a', 'b']));
  await inventories.put(PHONE, page({ page: 1 }, ['b', 'c']));
  await inventories.put(PHONE, page({ page: 1 }, ['c', 'd']));
  const last = page({ page: 2, isLast: true });
  await expect(inventories.put(PHONE, last)).rejects.toMatchObject({ missingPages: [0] });
  await inventories.put(PHONE, page({}, ['a', 'b']));
  expect(await inventories.put(PHONE, last)).toMatchObject({ state: 'current', assetCount: 4 });
});

it('asks again for that page, too, where replacing the other was broken off', async () => {
  await inventories.put(PHONE, page({}, ['a', 'b']));
  await inventories.put(PHONE, page({ page: 1 }, ['b', 'c']));
  const writing = inventories.put(PHONE, page({ page: 1 }, ['c', 'd']));
  const closing = inventories.close();
  await expect(writing).rejects.toMatchObject({ code: 'service/stopping' });
  await closing;
  inventories = new Inventories({ catalog, clock, onChange: () => undefined });
  await inventories.put(PHONE, page({ page: 1 }, ['c', 'd']));
  const last = page({ page: 2, isLast: true });
  await expect(inventories.put(PHONE, last)).rejects.toMatchObject({ missingPages: [0] });
});

it('does not let go of an old draft while its device goes on with it', async () => {
  await inventories.put(PHONE, page({}, keysFrom(0, 300)));
  clock.advance(8 * 24 * 60 * 60_000);
  const writing = inventories.put(PHONE, page({ page: 1, isLast: true }, keysFrom(300, 300)));
  await new Promise((resolve) => setImmediate(resolve));
  clearAll();
  expect(await writing).toMatchObject({ state: 'current', assetCount: 600 });
});

it('forgets pages beyond the last, and what another inventory began', async () => {
  await inventories.put(PHONE, page({ page: 7 }, keysFrom(0, 300)));
  await inventories.put(PHONE, page({ page: 0, isLast: true }, ['x']));
  expect(inventories.status(PHONE)).toMatchObject({ current: { assetCount: 1 } });
  await inventories.put(PHONE, page({ inventoryId: 'b', page: 1 }, ['y']));
  await inventories.put(PHONE, page({ inventoryId: 'c', page: 1 }, ['z']));
  expect(inventories.status(PHONE)).toMatchObject({
    current: { inventoryId: 'a' },
    draft: { inventoryId: 'c', nextPage: 0 },
  });
  clearAll();
  expect(rowCounts()).toEqual([2, 2, 2, 2]);
});

it('refuses more than its limits, and keeps what counts', async () => {
  await inventories.put(PHONE, page({ isLast: true }, ['x']));
  const next = { inventoryId: 'b' };
  await inventories.put(PHONE, page({ ...next, page: 0 }, keysFrom(0, 900)));
  const more = page({ ...next, page: 1 }, keysFrom(900, 200));
  await expect(inventories.put(PHONE, more)).rejects.toMatchObject({ code: 'request/too-large' });
  const last = page({ ...next, page: 2, isLast: true });
  await expect(inventories.put(PHONE, last)).rejects.toMatchObject({ missingPages: [1] });
  expect(inventories.status(PHONE)).toMatchObject({ current: { inventoryId: 'a' } });
});

it('never holds more than a few old ones of a device that begins one after another', async () => {
  for (let at = 0; at < 20; at++) {
    await inventories.put(PHONE, page({ inventoryId: `id-${at}` }, keysFrom(0, 50)));
    expect(rowCounts()[0]).toBeLessThanOrEqual(4);
  }
  clearAll();
  expect(rowCounts()).toEqual([1, 1, 50, 50]);
});

it('lets go of a draft its device does not go on with, and of no other', async () => {
  await inventories.put(PHONE, page({ isLast: true }, ['x']));
  await inventories.put(PHONE, page({ inventoryId: 'b' }, ['y']));
  clock.advance(6 * 24 * 60 * 60_000);
  await inventories.put(TABLET, page({ inventoryId: 'b' }, ['z']));
  clearAll();
  expect(inventories.status(PHONE).draft).toBeDefined();
  clock.advance(2 * 24 * 60 * 60_000);
  clearAll();
  expect(inventories.status(PHONE)).toMatchObject({ current: { inventoryId: 'a' } });
  expect(inventories.status(PHONE).draft).toBeUndefined();
  expect(inventories.status(TABLET).draft).toBeDefined();
});

it('takes no more text than the limit, also of pages that were broken off, and more again where a page gets shorter', async () => {
  const long = (page: number, length: number): InventoryPage => ({
    inventoryId: 'a',
    page,
    isLast: false,
    assets: [
      {
        assetKey: `key ${page}`,
        resources: Array.from({ length }, () => ({
          resourceType: 'photo',
          fileName: 'ü'.repeat(250),
        })),
      },
    ],
  });
  const tooLarge = { code: 'request/too-large' };
  await expect(inventories.put(PHONE, long(0, 200))).rejects.toMatchObject(tooLarge);
  for (const page of [0, 1]) await inventories.put(PHONE, long(page, 80));
  await expect(inventories.put(PHONE, long(2, 80))).rejects.toMatchObject(tooLarge);
  // Its own bytes of before do not count, and another device has its own.
  await inventories.put(PHONE, long(1, 20));
  await inventories.put(TABLET, long(0, 80));
  const breaking = inventories.put(PHONE, { ...long(2, 80), assets: [...long(2, 70).assets] });
  const closing = inventories.close();
  await expect(breaking).rejects.toMatchObject({ code: 'service/stopping' });
  await closing;
  const after = new Inventories({
    catalog,
    clock,
    onChange: () => undefined,
    limits: { maxAssets: 1_000, maxResources: 1_500, maxByteCount: 100_000 },
  });
  await expect(after.put(PHONE, long(3, 30))).rejects.toMatchObject(tooLarge);
  await after.put(PHONE, long(2, 20));
  await after.put(PHONE, { ...long(3, 30), isLast: true });
  await after.close();
});
