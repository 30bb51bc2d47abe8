import { randomUUID } from 'node:crypto';
import { join } from 'node:path';

import { afterEach, beforeEach, expect, it } from 'vitest';

import type { Receipt } from '../../../shared/receipt.ts';
import { receipt, sha256Of } from '../../../tests/support/core-lab.ts';
import { tempFolder } from '../../../tests/support/temp-folder.ts';

import { recordHeader } from './media-rows.ts';
import { openCatalog, type Catalog } from './open-catalog.ts';
import { recordEntry } from './record-entry.ts';
import {
  assetById,
  assetIdsOfBytes,
  libraryCounts,
  neighbours,
  timelineMonth,
  timelineMonths,
  yearCovers,
  type MonthSpan,
} from './timeline-queries.ts';

let temp: Awaited<ReturnType<typeof tempFolder>>;
let catalog: Catalog;

beforeEach(async () => {
  temp = await tempFolder();
  catalog = openCatalog(join(temp.path, 'catalog.sqlite'));
});

afterEach(async () => {
  catalog.close();
  await temp[Symbol.asyncDispose]();
});

function add(local: string, change: Partial<Receipt> = {}): Receipt {
  const added = receipt({
    captureTime: { local, source: 'exif' },
    path: `Phone/${randomUUID()}.HEIC`,
    ...change,
  });
  recordEntry(catalog, { entry: 'receipt', ...added });
  return added;
}

const TIMES = [
  '2019-12-31T23:59:59',
  '2020-01-01T00:00:00',
  '2020-01-31T23:59:59',
  '2020-02-01T00:00:00',
];

it('counts months from the newest on, each with exactly its own assets', () => {
  for (const local of TIMES) add(local);
  expect(timelineMonths(catalog)).toEqual([
    { month: '2020-02', count: 1, days: [[1, 1]] },
    {
      month: '2020-01',
      count: 2,
      days: [
        [31, 1],
        [1, 1],
      ],
    },
    { month: '2019-12', count: 1, days: [[31, 1]] },
  ]);
  const shown = timelineMonths(catalog).flatMap(({ month }) => timelineMonth(catalog, { month }));
  expect(shown.map((asset) => asset.capturedLocal)).toEqual(TIMES.toReversed());
  expect(timelineMonth(catalog, { month: '2021-01' })).toEqual([]);
});

it('gives a part of a month: some days, and of those a page', () => {
  const minutes = ['59', '58', '57', '56'];
  for (const minute of minutes) add(`2020-01-15T12:${minute}:00`);
  for (const local of TIMES) add(local);
  const shown = (span: Omit<MonthSpan, 'month'>): string[] =>
    timelineMonth(catalog, { month: '2020-01', ...span }).map((asset) => asset.capturedLocal);
  expect(shown({ firstDay: 15, lastDay: 15 })).toHaveLength(4);
  expect(shown({ firstDay: 2, lastDay: 14 })).toEqual([]);
  expect(shown({ firstDay: 15, limit: 2 })).toEqual(['2020-01-31T23:59:59', '2020-01-15T12:59:00']);
  expect(shown({ lastDay: 15, offset: 3 })).toEqual(['2020-01-15T12:56:00', '2020-01-01T00:00:00']);
});

it('keeps the counts of days as assets come, move to another day and go', () => {
  const first = add('2020-01-01T00:00:00');
  add('2020-01-01T10:00:00');
  const counted = () => timelineMonths(catalog).flatMap(({ days }) => days);
  expect(counted()).toEqual([[1, 2]]);
  catalog.run(
    "UPDATE assets SET captured_local = '2020-01-03T00:00:00' WHERE asset_id = ?",
    first.assetId,
  );
  expect(counted()).toEqual([
    [3, 1],
    [1, 1],
  ]);
  catalog.run('DELETE FROM assets WHERE asset_id = ?', first.assetId);
  expect(counted()).toEqual([[1, 1]]);
});

it('shows a year by the newest picture of each of its months', () => {
  const withTile = (local: string): string => {
    const { assetId, sha256 } = add(local, { sha256: sha256Of(local) });
    catalog.run(
      `INSERT INTO previews (sha256, kind, state, priority, queued_at, attempts)
       VALUES (?, 'tile', 'ready', 0, 0, 1)`,
      sha256,
    );
    return assetId;
  };
  const may = withTile('2020-05-01T00:00:00');
  add('2020-05-02T00:00:00', { sha256: sha256Of('without a picture') });
  const december = withTile('2020-12-31T00:00:00');
  withTile('2021-01-01T00:00:00');
  add('2020-07-01T00:00:00', { sha256: sha256Of('also without') });
  expect(yearCovers(catalog, '2020').map(({ assetId }) => assetId)).toEqual([december, may]);
});

it('counts and shows only what passes a filter: days from and to their ends, and a device', () => {
  const deviceId = randomUUID();
  for (const local of TIMES) add(local);
  add('2020-01-31T12:00:00', { deviceId });
  const days = { from: '2020-01-01', to: '2020-01-31' };
  expect(timelineMonths(catalog, days)).toMatchObject([{ month: '2020-01', count: 3 }]);
  expect(timelineMonths(catalog, { to: '2019-12-31' })).toMatchObject([
    { month: '2019-12', count: 1 },
  ]);
  expect(timelineMonths(catalog, { ...days, deviceId })).toEqual([
    { month: '2020-01', count: 1, days: [[31, 1]] },
  ]);
  const shown = timelineMonth(catalog, { month: '2020-01' }, { deviceId });
  expect(shown.map((asset) => asset.capturedLocal)).toEqual(['2020-01-31T12:00:00']);
});

it('leads from each asset to its neighbours in the same order, also at equal times', () => {
  for (const local of [...TIMES, ...TIMES, ...TIMES]) add(local);
  const order = timelineMonths(catalog)
    .flatMap(({ month }) => timelineMonth(catalog, { month }))
    .map((asset) => asset.assetId);
  for (const [at, assetId] of order.entries()) {
    expect(neighbours(catalog, assetId)).toEqual({
      ...(at > 0 && { newerAssetId: order[at - 1] }),
      ...(at < order.length - 1 && { olderAssetId: order[at + 1] }),
    });
  }
  expect(neighbours(catalog, randomUUID())).toEqual({});
});

it('tells of an asset what is known, and is content before the decoder has seen it', () => {
  const added = add('2020-01-01T00:00:00', { path: 'Phone/2020/2020-01/IMG_1.HEIC' });
  const before = assetById(catalog, added.assetId);
  expect(before).toMatchObject({
    kind: 'file',
    fileName: 'IMG_1.HEIC',
    version: added.sha256.slice(0, 16),
    resourceCount: 1,
  });
  expect(before).not.toHaveProperty('width');
  recordHeader(catalog, added.sha256, {
    mediaType: 'video/quicktime',
    kind: 'video',
    width: 4,
    height: 3,
    durationMs: 1500,
  });
  expect(assetById(catalog, added.assetId)).toMatchObject({
    kind: 'video',
    width: 4,
    height: 3,
    durationMs: 1500,
  });
  expect(assetById(catalog, randomUUID())).toBeUndefined();
});

it('shows the edit, keeps the day of the original, and goes by the journal and not by the clock', () => {
  const original = add('2020-01-01T00:00:00', { storedAt: 100 });
  const { assetId, assetKey } = original;
  const edit = (storedAt: number, text: string): Receipt =>
    add('2024-05-05T00:00:00', {
      assetId,
      assetKey,
      resourceType: 'full-size-photo',
      sha256: sha256Of(text),
      storedAt,
    });
  edit(200, 'first edit');
  // The clock of the computer was set back before the second edit came.
  const second = edit(50, 'second edit');
  expect(assetById(catalog, assetId)).toMatchObject({
    version: second.sha256.slice(0, 16),
    capturedLocal: '2020-01-01T00:00:00',
    resourceCount: 3,
    byteCount: original.byteCount * 3,
  });
});

it('finds assets by bytes and counts the library', () => {
  expect(libraryCounts(catalog)).toEqual({ assetCount: 0, resourceCount: 0, byteCount: 0 });
  const added = add('2020-01-01T00:00:00', { byteCount: 7 });
  add('2020-01-01T00:00:00', { assetId: added.assetId, sha256: sha256Of('other'), byteCount: 5 });
  expect(assetIdsOfBytes(catalog, added.sha256)).toEqual([added.assetId]);
  expect(libraryCounts(catalog)).toEqual({ assetCount: 1, resourceCount: 2, byteCount: 12 });
});
