import fc from 'fast-check';
import { expect, it } from 'vitest';

import { openCore, PHONE, TABLET, upload, type Core } from '../../../tests/support/core-lab.ts';
import { tempFolder } from '../../../tests/support/temp-folder.ts';
import type { Receipt } from '../../../shared/receipt.ts';

import { refreshLinkedAssets } from './linked-assets.ts';
import { ownFilesIn } from './own-files.ts';

async function receive(core: Core, text: string, more: object = {}): Promise<Receipt> {
  const { receipt } = await core.ingest.receive({
    ...upload(text, { assetKey: text, ...more }),
    wantsSha1: true,
  });
  return receipt;
}

it('tells of a still when its movie is found to be its own, and when it is not any more', async () => {
  await using temp = await tempFolder();
  const core = await openCore({
    folder: temp.path,
    readHeader: () =>
      Promise.resolve({ mediaType: 'image/heic', kind: 'photo', contentId: 'AAAA-1' }),
  });
  await using _closed = core;
  const files = ownFilesIn(core.catalog);
  const still = await receive(core, 'still', { told: { fileName: 'IMG_1.HEIC' } });
  const before = files.lastChange();
  const named = { resourceType: 'paired-video', told: { fileName: 'IMG_1.MOV' } };
  const movie = await receive(core, 'movie', named);
  const behind = (from: number): unknown[] =>
    files
      .changesAfter(PHONE, from, files.lastChange(), 500)
      .changes.flatMap((change) =>
        'file' in change ? [[change.file.receipt.receiptId, change.file.movieId]] : [],
      );
  expect(behind(before)).toContainEqual([still.receiptId, movie.receiptId]);
  const tied = files.lastChange();
  await core.ledger.record({
    entry: 'grouping',
    decisionId: '6a1c0b0e-0000-4000-8000-000000000000',
    assetIds: [still.assetId, movie.assetId],
    decision: 'apart',
    decidedAt: core.clock.now(),
  });
  expect(behind(tied)).toContainEqual([still.receiptId, undefined]);
});

it('pages all that a device sent, once each, whoever was first', async () => {
  await using temp = await tempFolder();
  await using core = await openCore({ folder: temp.path });
  const files = ownFilesIn(core.catalog);
  const sent = fc.record({
    deviceId: fc.constantFrom(PHONE, TABLET),
    text: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'),
  });
  await fc.assert(
    fc.asyncProperty(
      fc.array(sent, { maxLength: 12 }),
      fc.integer({ min: 1, max: 4 }),
      async (each, limit) => {
        for (const { deviceId, text } of each) await receive(core, text, { deviceId });
        for (const deviceId of [PHONE, TABLET]) {
          const own = core.catalog
            .all<{ receipt_id: string }>(
              `SELECT receipt_id FROM resources WHERE device_id = ? OR receipt_id IN
                 (SELECT receipt_id FROM links WHERE device_id = ?) ORDER BY rowid DESC`,
              deviceId,
              deviceId,
            )
            .map((row) => row.receipt_id);
          const paged: string[] = [];
          for (let before: number | undefined = Infinity; before !== undefined;) {
            const page = files.page(deviceId, before, limit);
            paged.push(...page.files.map(({ receipt }) => receipt.receiptId));
            before = page.before;
          }
          expect(paged).toEqual(own);
          expect((await files.counts(deviceId)).images).toBe(own.length);
        }
      },
    ),
    { numRuns: 20 },
  );
});

it('has a page of what was sent again in the order of an index', async () => {
  await using temp = await tempFolder();
  await using core = await openCore({ folder: temp.path });
  const plan = core.catalog.all<{ detail: string }>(
    'EXPLAIN QUERY PLAN SELECT number FROM linked_numbers WHERE device_id = ? AND number < ? ORDER BY number DESC LIMIT ?',
    ...[PHONE, 1, 1],
  );
  expect(plan.map(({ detail }) => detail)).toEqual([
    'SEARCH linked_numbers USING PRIMARY KEY (device_id=? AND number<?)',
  ]);
});

it('finds what was linked before its devices were searched, once the catalog was brought up to date', async () => {
  await using temp = await tempFolder();
  await using core = await openCore({ folder: temp.path });
  const { catalog } = core;
  await receive(core, 'alone');
  await receive(core, 'both');
  await receive(core, 'both', { deviceId: TABLET });
  const devices = (): string[] =>
    catalog
      .all<{ device_ids: string }>(
        'SELECT device_ids FROM assets JOIN search_groups ON group_id = search_group ORDER BY assets.rowid',
      )
      .map((row) => row.device_ids);
  const now = devices();
  expect(now).toEqual([JSON.stringify([PHONE]), JSON.stringify([PHONE, TABLET])]);
  catalog.run('UPDATE assets SET search_group = (SELECT min(search_group) FROM assets)');
  await refreshLinkedAssets(catalog);
  expect(devices()).not.toEqual(now);
  catalog.run("INSERT INTO meta (key, value) VALUES ('linked-assets-refreshed', '0')");
  await refreshLinkedAssets(catalog);
  expect(devices()).toEqual(now);
  expect(catalog.get("SELECT 1 FROM meta WHERE key = 'linked-assets-refreshed'")).toBeUndefined();
});
