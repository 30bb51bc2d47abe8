import { rm } from 'node:fs/promises';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { RoostError } from '../../../shared/error-catalogue.ts';
import { DEFAULT_FOLDER_TEMPLATE } from '../../../shared/folder-template.ts';
import {
  journaledReceipts,
  sha256Of,
  upload,
  visibleFiles,
  type Core,
} from '../../../tests/support/core-lab.ts';
import { CrashingFileSystem } from '../../../tests/support/crashing-file-system.ts';
import { expectWhole } from '../../../tests/support/expect-whole.ts';
import { BEFORE, fill, openFiling } from '../../../tests/support/filing-lab.ts';
import { expectListed } from '../../../tests/support/sha256sum.ts';
import { tempFolder, tempFolderInMemory } from '../../../tests/support/temp-folder.ts';
import { batchById } from '../catalog/filing-rows.ts';
import type { CatalogWriter } from '../catalog/open-catalog.ts';
import { rebuildCatalog } from '../catalog/rebuild-catalog.ts';
import { receiptById } from '../catalog/receipt-queries.ts';

import type { FilingSession } from './filing-steps.ts';

const BY_DAY = '{device}/{year}/{month}/{day}/{name}';

const AFTER = [
  'My iPhone/2019/08/04/IMG_1 (2).HEIC',
  'My iPhone/2019/08/04/IMG_1 (edited).heic',
  'My iPhone/2019/08/04/IMG_1 (edited).mov',
  'My iPhone/2019/08/04/IMG_1.HEIC',
  'My iPhone/2019/08/04/IMG_1.MOV',
  'My iPhone/2019/08/04/IMG_1.plist',
  'My iPhone/2019/09/09/IMG_2.JPG',
];

/** The two that are called alike may change numbers; the files of each stay together. */
function withoutNumbers(paths: readonly string[]): string[] {
  return paths.map((path) => path.replace(/ \(\d\)/, '')).sort();
}

describe('another template', () => {
  it('moves nothing until the person asks, and says before what would move', async () => {
    await using temp = await tempFolder();
    await using lab = await openFiling({ folder: temp.path });
    await fill(lab);
    expect(await lab.filing.plan()).toMatchObject({ assetCount: 0, fileCount: 0 });
    lab.template = BY_DAY;
    const { plan, template, example } = await lab.filing.view(true);
    expect({ template, example }).toEqual({
      template: BY_DAY,
      example: 'My iPhone/2026/11/03/IMG_4711.HEIC',
    });
    expect(plan).toMatchObject({
      assetCount: 3,
      fileCount: 7,
      reasons: { template: 3, time: 0, scattered: 0 },
    });
    expect(plan?.examples).toHaveLength(5);
    expect(await visibleFiles(lab.core.libraryFolder)).toEqual(BEFORE);
  });

  it('moves every file once it is asked for, and back again', async () => {
    await using temp = await tempFolder();
    await using lab = await openFiling({ folder: temp.path });
    const { core, filing } = lab;
    await fill(lab);
    lab.template = BY_DAY;
    const batchId = filing.refile();
    expect(filing.refile()).toBe(batchId);
    await filing.settled();
    await expectWhole(core.libraryFolder);
    const moved = await visibleFiles(core.libraryFolder);
    expect(withoutNumbers(moved)).toEqual(withoutNumbers(AFTER));
    expect((await filing.view(true)).batches).toMatchObject([
      {
        batchId,
        kind: 'refile',
        state: 'done',
        count: 3,
        doneCount: 3,
        fileCount: 7,
        canUndo: true,
      },
    ]);
    expect(await filing.plan()).toMatchObject({ assetCount: 0 });
    await core.hashLists.write();
    await expectListed(core.libraryFolder);

    const undoing = filing.undo(batchId);
    await filing.settled();
    expect(await visibleFiles(core.libraryFolder)).toEqual(BEFORE);
    expect((await filing.view(true)).batches).toMatchObject([
      { batchId: undoing, kind: 'undo', ofBatchId: batchId, state: 'done', fileCount: 7 },
      { batchId, canUndo: false },
    ]);
    await core.hashLists.write();
    await expectListed(core.libraryFolder);
  });

  it('leaves where it is what was moved on since, when a batch is taken back', async () => {
    await using temp = await tempFolder();
    await using lab = await openFiling({ folder: temp.path });
    const [, , , , , , other] = await fill(lab);
    lab.template = BY_DAY;
    const batchId = lab.filing.refile();
    await lab.filing.settled();
    const place = { folder: 'By hand', name: 'IMG_2.JPG' };
    await lab.core.mover.move(other?.receiptId ?? '', place, 'refile');
    await lab.filing.restore(batchId);
    const visible = await visibleFiles(lab.core.libraryFolder);
    expect(visible).toEqual(['By hand/IMG_2.JPG', ...BEFORE.slice(0, 6)]);
  });

  it('goes on where it was after a stop in the middle, and takes that back as well', async () => {
    await using temp = await tempFolder();
    await using lab = await openFiling({ folder: temp.path });
    await fill(lab);
    lab.template = BY_DAY;
    const batchId = lab.filing.refile();
    lab.filing.stop();
    await lab.filing.settled();
    expect(batchById(lab.core.catalog, batchId)).toMatchObject({ state: 'stopped' });
    expect(await visibleFiles(lab.core.libraryFolder)).toEqual(BEFORE);
    lab.filing.refile();
    await lab.filing.settled();
    expect(await lab.filing.plan()).toMatchObject({ assetCount: 0 });
  });

  it('counts files that are not there, and moves the others', async () => {
    await using temp = await tempFolder();
    await using lab = await openFiling({ folder: temp.path });
    const [, movie] = await fill(lab);
    await rm(join(lab.core.libraryFolder, movie?.path ?? ''));
    lab.template = BY_DAY;
    lab.filing.refile();
    await lab.filing.settled();
    expect((await lab.filing.view(true)).batches).toMatchObject([
      { state: 'done', fileCount: 6, failedCount: 1 },
    ]);
  });
});

it('is finished after a kill at any operation, by the next service, and can be taken back whole', async () => {
  for (let at = 40; ; at += 7) {
    await using temp = await tempFolderInMemory();
    {
      await using lab = await openFiling({ folder: temp.path });
      await fill(lab);
    }
    const files = new CrashingFileSystem({ at, code: 'EKILLED', reach: 'half' });
    const mortal = (core: Core): CatalogWriter => ({
      ...core.catalog,
      run: (sql, ...values) => {
        // A dead process notes nothing either.
        if (files.hasCrashed) throw new Error('the process is gone');
        return core.catalog.run(sql, ...values);
      },
    });
    let batchId: string | undefined;
    try {
      await using lab = await openFiling({ folder: temp.path, files }, BY_DAY, (core) => ({
        catalog: mortal(core),
      }));
      batchId = lab.filing.refile();
      await lab.filing.settled();
    } catch {
      // A killed process tells nobody.
    }
    await files.abandon();
    await using lab = await openFiling({ folder: temp.path }, BY_DAY);
    await expectWhole(lab.core.libraryFolder, `killed at ${files.failed}`);
    lab.filing.resume();
    await lab.filing.settled();
    if (batchId === undefined) continue;
    const context = `killed at ${files.failed}`;
    await expectWhole(lab.core.libraryFolder, context);
    expect(withoutNumbers(await visibleFiles(lab.core.libraryFolder)), context).toEqual(
      withoutNumbers(AFTER),
    );
    await lab.filing.restore(batchId);
    expect(await visibleFiles(lab.core.libraryFolder), context).toEqual(BEFORE);
    if (!files.hasCrashed) break;
  }
}, 300_000);

it('takes a template without folders: all files lie in the library itself, and can go back', async () => {
  await using temp = await tempFolder();
  await using lab = await openFiling({ folder: temp.path });
  const { core, filing } = lab;
  await fill(lab);
  lab.template = '{name}';
  const batchId = filing.refile();
  await filing.settled();
  const told = { fileName: 'IMG_1.HEIC' };
  await core.ingest.receive(upload('one more', { assetKey: 'more', told }));
  expect(await visibleFiles(core.libraryFolder)).toContain('IMG_1 (3).HEIC');
  expect(withoutNumbers(await visibleFiles(core.libraryFolder))).toEqual(
    withoutNumbers([...AFTER, '/IMG_1.HEIC'].map((path) => path.slice(path.lastIndexOf('/') + 1))),
  );
  await expectWhole(core.libraryFolder);
  await core.hashLists.write();
  await expectListed(core.libraryFolder);
  expect(await filing.plan()).toMatchObject({ assetCount: 0 });
  await filing.restore(batchId);
  expect(await visibleFiles(core.libraryFolder)).toEqual(['IMG_1 (3).HEIC', ...BEFORE]);
  await core.hashLists.write();
  await expectListed(core.libraryFolder);
});

it('waits while the library is away, and goes on when it is there again', async () => {
  await using temp = await tempFolder();
  let isAway = false;
  const missing = (): FilingSession => {
    if (isAway) throw new RoostError('library/missing');
    return lab.core;
  };
  await using lab = await openFiling({ folder: temp.path }, BY_DAY, () => ({
    session: missing,
    untilQuiet: () => {
      isAway = true;
      return Promise.resolve();
    },
  }));
  lab.template = DEFAULT_FOLDER_TEMPLATE;
  await fill(lab);
  lab.template = BY_DAY;
  const batchId = lab.filing.refile();
  await lab.filing.settled();
  const { state, doneCount } = batchById(lab.core.catalog, batchId) ?? {};
  expect({ state, doneCount }).toEqual({ state: 'running', doneCount: 1 });
  expect(await lab.filing.view(true)).not.toHaveProperty('plan');
  expect(() => lab.filing.undo(batchId)).toThrow(RoostError);
  for (let openings = 0; openings < 3; openings++) {
    isAway = false;
    lab.filing.resume();
    await lab.filing.settled();
  }
  expect(batchById(lab.core.catalog, batchId)).toMatchObject({ state: 'done', doneCount: 3 });
  expect(withoutNumbers(await visibleFiles(lab.core.libraryFolder))).toEqual(withoutNumbers(AFTER));
});

it('brings the files of a photo together that lie apart, and says so', async () => {
  await using temp = await tempFolder();
  await using lab = await openFiling({ folder: temp.path });
  const [photo, movie] = await fill(lab);
  const away = { folder: 'My iPhone/2018/2018-01', name: 'MOVIE.MOV' };
  await lab.core.mover.move(movie?.receiptId ?? '', away, 'refile');
  expect(await lab.filing.plan()).toMatchObject({
    assetCount: 1,
    fileCount: 1,
    reasons: { scattered: 1, template: 0, time: 0 },
    examples: [{ from: 'My iPhone/2018/2018-01/MOVIE.MOV', to: movie?.path, reason: 'scattered' }],
  });
  lab.filing.refile();
  await lab.filing.settled();
  expect(await visibleFiles(lab.core.libraryFolder)).toEqual(BEFORE);
  expect(receiptById(lab.core.catalog, photo?.receiptId ?? '')?.path).toBe(photo?.path);
});

it('follows a time that is known better now, and says so', async () => {
  await using temp = await tempFolder();
  await using lab = await openFiling({ folder: temp.path });
  const receipts = await fill(lab);
  const other = receipts.at(-1);
  lab.core.catalog.run(
    "UPDATE assets SET captured_local = '2017-03-04T05:06:07', capture_source = 'exif' WHERE asset_id = ?",
    other?.assetId ?? '',
  );
  expect(await lab.filing.plan()).toMatchObject({ assetCount: 1, reasons: { time: 1 } });
  lab.filing.refile();
  await lab.filing.settled();
  expect(await visibleFiles(lab.core.libraryFolder)).toContain('My iPhone/2017/2017-03/IMG_2.JPG');
});

it('is known to a catalog that is made anew: where all files are, and what can be taken back', async () => {
  await using temp = await tempFolder();
  let batchId: string;
  let libraryFolder: string;
  {
    await using lab = await openFiling({ folder: temp.path });
    const [photo] = await fill(lab);
    ({ batchId = '' } = await lab.filing.trash([photo?.assetId ?? '']));
    ({ libraryFolder } = lab.core);
  }
  await rebuildCatalog({ libraryFolder, dataFolder: temp.path });
  await using lab = await openFiling({ folder: temp.path });
  expect((await lab.filing.view(true)).batches).toMatchObject([
    { batchId, kind: 'trash', state: 'done', fileCount: 5, canUndo: true },
  ]);
  await lab.filing.restore(batchId);
  expect(await visibleFiles(libraryFolder)).toEqual(BEFORE);
  const hashes = (await journaledReceipts(libraryFolder)).map(({ sha256 }) => sha256);
  expect(hashes).toContain(sha256Of('live photo'));
});
