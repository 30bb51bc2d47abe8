import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { describe, expect, it, vi } from 'vitest';

import { isInTrash } from '../../../shared/receipt.ts';
import { TABLET, upload, visibleFiles } from '../../../tests/support/core-lab.ts';
import { expectWhole } from '../../../tests/support/expect-whole.ts';
import { BEFORE, fill, openFiling } from '../../../tests/support/filing-lab.ts';
import { expectListed } from '../../../tests/support/sha256sum.ts';
import { tempFolder } from '../../../tests/support/temp-folder.ts';
import { dropItemsOfNoBatch, nextItem, saveItems } from '../catalog/filing-rows.ts';
import { receiptById } from '../catalog/receipt-queries.ts';
import { markFavourites } from '../window-api/mark-favourites.ts';

import { isTrashed } from './restore-files.ts';

/** For what never comes right, not for how fast it does. */
const PATIENT = { timeout: 20_000 };

describe('the trash', () => {
  it('takes all files of a photo and gives them back where they were', async () => {
    await using temp = await tempFolder();
    await using lab = await openFiling({ folder: temp.path });
    const { core, filing } = lab;
    const [photo] = await fill(lab);
    const assetId = photo?.assetId ?? '';
    const { batchId = '' } = await filing.trash([assetId]);
    expect(isTrashed(core.catalog, assetId)).toBe(true);
    expect(await visibleFiles(core.libraryFolder)).toEqual([BEFORE[0], BEFORE[6]]);
    const receipts = await expectWhole(core.libraryFolder);
    expect(receipts.filter(({ path }) => isInTrash(path))).toHaveLength(5);
    await core.hashLists.write();
    await expectListed(core.libraryFolder);

    await filing.restore(batchId);
    expect(isTrashed(core.catalog, assetId)).toBe(false);
    expect(await visibleFiles(core.libraryFolder)).toEqual(BEFORE);
    await core.hashLists.write();
    await expectListed(core.libraryFolder);
  });

  it('passes over photos that somebody else threw away before, and says how many', async () => {
    await using temp = await tempFolder();
    await using lab = await openFiling({ folder: temp.path });
    const [photo, , , , , alike] = await fill(lab);
    const none = '00000000-0000-4000-8000-000000000000';
    await lab.filing.trash([alike?.assetId ?? '']);
    const asked = [photo?.assetId ?? '', none, alike?.assetId ?? ''];
    const begun = await lab.filing.trash(asked);
    expect(begun).toMatchObject({ movedCount: 5, failedCount: 0, skippedCount: 2 });
    expect(await visibleFiles(lab.core.libraryFolder)).toEqual([BEFORE[6]]);
    const again = await lab.filing.trash(asked);
    expect(again).toEqual({ isRunning: false, movedCount: 0, failedCount: 0, skippedCount: 3 });
    expect(() => lab.filing.undo(none)).toThrow(/no such batch/);
  });

  it('looks at what was chosen in turns, between which uploads have theirs', async () => {
    await using temp = await tempFolder();
    await using lab = await openFiling({ folder: temp.path });
    const [photo] = await fill(lab);
    const assetId = photo?.assetId ?? '';
    const chosen = [...Array.from({ length: 2_000 }, () => randomUUID()), assetId];
    const turns = async (work: () => Promise<unknown>): Promise<number> => {
      let count = 0;
      let next = setImmediate(function another() {
        count += 1;
        next = setImmediate(another);
      });
      await work();
      clearImmediate(next);
      return count;
    };
    const told: string[] = [];
    const parts = {
      ...lab.core,
      ledger: () => lab.core.ledger,
      assetChanged: (id: string) => told.push(id),
    };
    const marked = async (isFavourite: boolean): Promise<void> => {
      expect(await markFavourites(parts, chosen, isFavourite)).toEqual([assetId]);
    };
    expect(await turns(() => marked(true))).toBeGreaterThanOrEqual(40);
    await marked(false);
    expect(told).toEqual([assetId, assetId]);
    const trash = async (): Promise<void> => {
      expect(await lab.filing.trash(chosen)).toMatchObject({ movedCount: 5, skippedCount: 2_000 });
    };
    expect(await turns(trash)).toBeGreaterThanOrEqual(10);
    expect(await lab.filing.bringBack(chosen)).toMatchObject({ movedCount: 5, isRunning: false });
  });

  it('forgets at its start what a batch was to be of that was never begun', async () => {
    await using temp = await tempFolder();
    await using lab = await openFiling({ folder: temp.path });
    const { catalog } = lab.core;
    saveItems(catalog, 'never begun', ['a', 'b']);
    dropItemsOfNoBatch(catalog);
    expect(nextItem(catalog, 'never begun')).toBeUndefined();
  });

  it('answers before it is done where many files move, there and back, also while all is filed anew', async () => {
    await using temp = await tempFolder();
    const quiet = Promise.withResolvers<undefined>();
    await using lab = await openFiling({ folder: temp.path }, undefined, () => ({
      maxWaitedFor: 4,
      untilQuiet: () => quiet.promise,
    }));
    const { core, filing } = lab;
    const receipts = await fill(lab);
    filing.refile();
    const { batchId = '', ...begun } = await filing.trash([receipts[0]?.assetId ?? '']);
    expect(begun).toEqual({ isRunning: true, movedCount: 0, failedCount: 0, skippedCount: 0 });
    await vi.waitFor(
      () => expect(isTrashed(core.catalog, receipts[0]?.assetId ?? '')).toBe(true),
      PATIENT,
    );
    expect(await filing.restore(batchId)).toMatchObject({ isRunning: true, movedCount: 0 });
    await vi.waitFor(
      async () => expect(await visibleFiles(core.libraryFolder)).toEqual(BEFORE),
      PATIENT,
    );
    quiet.resolve(undefined);
    await filing.settled();
    expect(await filing.trash([receipts.at(-1)?.assetId ?? ''])).toMatchObject({
      isRunning: false,
      movedCount: 1,
    });
  });

  it('still has the bytes for the device that sent them, and gives them back to another one', async () => {
    await using temp = await tempFolder();
    await using lab = await openFiling({ folder: temp.path });
    const { core, filing } = lab;
    const { receipt } = await core.ingest.receive(upload('photo'));
    await core.ingest.receive(
      upload('movie', { resourceType: 'paired-video', told: { fileName: 'IMG_1.MOV' } }),
    );
    await filing.trash([receipt.assetId]);
    const again = await core.ingest.receive(upload('photo'));
    expect(again.result).toBe('repeated');
    expect(isInTrash(again.receipt.path)).toBe(true);
    const other = await core.ingest.receive(upload('photo', { deviceId: TABLET }));
    expect(other).toMatchObject({ result: 'duplicate', receipt: { path: receipt.path } });
    expect(await visibleFiles(core.libraryFolder)).toEqual([
      'My iPhone/2019/2019-08/IMG_1.HEIC',
      'My iPhone/2019/2019-08/IMG_1.MOV',
    ]);
  });

  it('does not draw later files of its photo along', async () => {
    await using temp = await tempFolder();
    await using lab = await openFiling({ folder: temp.path });
    const { receipt } = await lab.core.ingest.receive(upload('photo'));
    await lab.filing.trash([receipt.assetId]);
    const movie = await lab.core.ingest.receive(
      upload('movie', {
        resourceType: 'paired-video',
        told: { fileName: 'IMG_1.MOV', createdAt: Date.UTC(2019, 7, 4, 12) },
      }),
    );
    expect(movie.receipt.path).toBe('My iPhone/2019/2019-08/IMG_1.MOV');
    expect(isTrashed(lab.core.catalog, receipt.assetId)).toBe(false);
  });

  it('gives a photo back under a free name where its own was taken by a person meanwhile', async () => {
    await using temp = await tempFolder();
    await using lab = await openFiling({ folder: temp.path });
    const { core, filing } = lab;
    const { receipt } = await core.ingest.receive(upload('photo'));
    const { batchId = '' } = await filing.trash([receipt.assetId]);
    await writeFile(join(core.libraryFolder, receipt.path), 'of a person');
    await filing.restore(batchId);
    expect(receiptById(core.catalog, receipt.receiptId)?.path).toMatch(/IMG_1 \(2\)\.HEIC$/);
  });
});
