import { randomUUID } from 'node:crypto';
import { join } from 'node:path';

import { afterEach, beforeEach, expect, it } from 'vitest';

import { receipt } from '../../../tests/support/core-lab.ts';
import { tempFolder } from '../../../tests/support/temp-folder.ts';

import { neighbourAssets } from './neighbour-queries.ts';
import { openCatalog, type Catalog } from './open-catalog.ts';
import { recordEntry } from './record-entry.ts';
import { timelineMonth, timelineMonths } from './timeline-queries.ts';

const ONE_DEVICE = randomUUID();
const OTHER_DEVICE = randomUUID();

let temp: Awaited<ReturnType<typeof tempFolder>>;
let catalog: Catalog;
/** Newest first. */
let order: readonly string[];

beforeEach(async () => {
  temp = await tempFolder();
  catalog = openCatalog(join(temp.path, 'catalog.sqlite'));
  // Three at each moment, so that the order within one counts, too.
  for (let number = 0; number < 12; number += 1) {
    const day = String(1 + Math.floor(number / 3)).padStart(2, '0');
    const added = receipt({
      captureTime: { local: `2020-01-${day}T12:00:00`, source: 'exif' },
      path: `Phone/${randomUUID()}.HEIC`,
      deviceId: number % 2 === 0 ? ONE_DEVICE : OTHER_DEVICE,
    });
    recordEntry(catalog, { entry: 'receipt', ...added });
  }
  order = shown({});
});

afterEach(async () => {
  catalog.close();
  await temp[Symbol.asyncDispose]();
});

function shown(filter: Parameters<typeof timelineMonths>[1]): string[] {
  return timelineMonths(catalog, filter)
    .flatMap(({ month }) => timelineMonth(catalog, { month }, filter))
    .map((asset) => asset.assetId);
}

const ids = (assets: readonly { readonly assetId: string }[]) =>
  assets.map(({ assetId }) => assetId);

it('gives what stands around an asset in the order of the timeline, at most as many as asked for', () => {
  for (const [at, assetId] of order.entries()) {
    const { newer, here, older } = neighbourAssets(catalog, assetId, 4);
    expect(here?.assetId).toBe(assetId);
    expect(ids(newer)).toEqual(order.slice(Math.max(0, at - 4), at).reverse());
    expect(ids(older)).toEqual(order.slice(at + 1, at + 5));
  }
});

it('stays inside a filtered view, also from an asset that is not in it', () => {
  const filter = { deviceId: ONE_DEVICE, from: '2020-01-02' };
  const passing = shown(filter);
  for (const [at, assetId] of order.entries()) {
    const { newer, older } = neighbourAssets(catalog, assetId, 60, filter);
    expect(ids(newer)).toEqual(
      order
        .slice(0, at)
        .filter((id) => passing.includes(id))
        .toReversed(),
    );
    expect(ids(older)).toEqual(order.slice(at + 1).filter((id) => passing.includes(id)));
  }
});

it('has nothing around an asset that is not shown', () => {
  expect(neighbourAssets(catalog, randomUUID(), 4)).toEqual({ newer: [], older: [] });
});
