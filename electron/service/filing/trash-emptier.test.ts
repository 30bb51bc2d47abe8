import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { silentLog, TABLET, upload, visibleFiles } from '../../../tests/support/core-lab.ts';
import { expectWhole } from '../../../tests/support/expect-whole.ts';
import { FaultyFileSystem } from '../../../tests/support/faulty-file-system.ts';
import { BEFORE, fill, openFiling, type FilingLab } from '../../../tests/support/filing-lab.ts';
import { ManualTimers } from '../../../tests/support/manual-timers.ts';
import { tempFolder } from '../../../tests/support/temp-folder.ts';
import { readingTotals } from '../catalog/reading-rows.ts';
import { rebuildCatalog } from '../catalog/rebuild-catalog.ts';
import { receiptById } from '../catalog/receipt-queries.ts';
import { lastReturned, listTrash, trashTotals } from '../catalog/trash-rows.ts';
import { recogniseRepeat } from '../ingest/recognise.ts';
import type { FileSystem } from '../library/file-system.ts';
import { verifyLibrary } from '../library/verify-library.ts';

import { TrashEmptier } from './trash-emptier.ts';

const DAY_MS = 24 * 3_600_000;

interface Lab extends AsyncDisposable {
  readonly filing: FilingLab;
  readonly emptier: TrashEmptier;
  readonly gone: string[];
  days: number;
  isPresent: boolean;
}

async function open(folder: string, files?: FileSystem): Promise<Lab> {
  const stack = new AsyncDisposableStack();
  const filing = stack.use(await openFiling({ folder, ...(files && { files }) }));
  const { core } = filing;
  const gone: string[] = [];
  const emptier = new TrashEmptier({
    catalog: core.catalog,
    clock: core.clock,
    log: silentLog,
    session: () => ({
      ledger: core.ledger,
      library: { ...core.library, isPresent: () => Promise.resolve(lab.isPresent) },
    }),
    emptyAfterDays: () => lab.days,
    onGone: (sha256) => gone.push(sha256),
    onChange: () => undefined,
    timers: new ManualTimers(core.clock),
    uptime: core.clock.uptime,
  });
  stack.defer(() => emptier.close());
  const lab: Lab = {
    filing,
    emptier,
    gone,
    days: 30,
    isPresent: true,
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
  return lab;
}

function inTrash(lab: Lab): Promise<string[]> {
  return readdir(join(lab.filing.core.libraryFolder, '.roost/trash'));
}

describe('emptying the trash', () => {
  it('gives up what is in it, and nothing else: file, folder, receipt, and what was read of the bytes', async () => {
    await using temp = await tempFolder();
    await using lab = await open(temp.path);
    const { core, filing } = lab.filing;
    const [photo] = await fill(lab.filing);
    const assetId = photo?.assetId ?? '';
    await filing.trash([assetId]);
    expect(trashTotals(core.catalog)).toMatchObject({ assetCount: 1, fileCount: 5 });
    lab.emptier.empty();
    await lab.emptier.settled();
    expect(await inTrash(lab)).toEqual([]);
    expect(trashTotals(core.catalog)).toMatchObject({ assetCount: 0, fileCount: 0 });
    expect(listTrash(core.catalog, { limit: 10 }).assets).toEqual([]);
    expect(receiptById(core.catalog, photo?.receiptId ?? '')).toBeUndefined();
    expect(readingTotals(core.catalog, 0)).toMatchObject({ originalCount: 2 });
    expect(lab.gone).toHaveLength(5);
    expect(await visibleFiles(core.libraryFolder)).toEqual([BEFORE[0], BEFORE[6]]);
    expect(await expectWhole(core.libraryFolder)).toHaveLength(2);
    const report = await verifyLibrary({ libraryFolder: core.libraryFolder });
    expect(report).toMatchObject({ receiptCount: 2, missing: [], damaged: [], unknown: [] });
  });

  it('says to the device that the photo is not here any more, and takes it anew', async () => {
    await using temp = await tempFolder();
    await using lab = await open(temp.path);
    const { core, filing } = lab.filing;
    const { receipt } = await core.ingest.receive(upload('photo'));
    await filing.trash([receipt.assetId]);
    const asked = { ...receipt, assetKey: 'asset-1' };
    expect(await recogniseRepeat(core.library, core.catalog, asked)).toBeDefined();
    lab.emptier.empty([receipt.assetId]);
    await lab.emptier.settled();
    expect(await recogniseRepeat(core.library, core.catalog, asked)).toBeUndefined();
    const again = await core.ingest.receive(upload('photo'));
    expect(again).toMatchObject({ result: 'stored', receipt: { path: receipt.path } });
    expect(again.receipt.receiptId).not.toBe(receipt.receiptId);
    expect(await visibleFiles(core.libraryFolder)).toEqual([receipt.path]);
    await expectWhole(core.libraryFolder);
  });

  it('is known to a catalog that is made anew', async () => {
    await using temp = await tempFolder();
    let libraryFolder: string;
    {
      await using lab = await open(temp.path);
      const { core, filing } = lab.filing;
      ({ libraryFolder } = core);
      const [photo] = await fill(lab.filing);
      await filing.trash([photo?.assetId ?? '']);
      lab.emptier.empty();
      await lab.emptier.settled();
    }
    const counts = await rebuildCatalog({ libraryFolder, dataFolder: temp.path });
    expect(counts).toMatchObject({ assetCount: 2, resourceCount: 2, damagedLineCount: 0 });
  });

  it('removes after a crash what the journal gave up, and no file that came back', async () => {
    await using temp = await tempFolder();
    await using lab = await open(temp.path);
    const { core, filing } = lab.filing;
    const [photo] = await fill(lab.filing);
    const { batchId = '' } = await filing.trash([photo?.assetId ?? '']);
    // As a crash leaves it: written in the journal, and nothing removed yet.
    await core.ledger.record({
      entry: 'emptied',
      emptyingId: batchId,
      receiptIds: [photo?.receiptId ?? ''],
      isByAge: false,
      emptiedAt: core.clock.now(),
    });
    expect(await inTrash(lab)).toHaveLength(5);
    await filing.restore(batchId);
    lab.emptier.look();
    await lab.emptier.settled();
    expect(await inTrash(lab)).toEqual([]);
    expect(await visibleFiles(core.libraryFolder)).toEqual(
      BEFORE.filter((path) => path !== photo?.path),
    );
    await expectWhole(core.libraryFolder);
  });
});

it('is tried again where the drive was pulled while files were removed', async () => {
  await using temp = await tempFolder();
  const files = new FaultyFileSystem();
  await using lab = await open(temp.path, files);
  const { core, filing } = lab.filing;
  const { receipt } = await core.ingest.receive(upload('photo'));
  await filing.trash([receipt.assetId]);
  const unlink = files.unlink.bind(files);
  const gone = Object.assign(new Error('no such file'), { code: 'ENOENT' });
  files.unlink = () => Promise.reject(gone);
  lab.isPresent = false;
  lab.emptier.empty();
  await lab.emptier.settled();
  files.unlink = unlink;
  lab.isPresent = true;
  expect(await inTrash(lab)).toHaveLength(1);
  lab.emptier.look();
  await lab.emptier.settled();
  expect(await inTrash(lab)).toEqual([]);
});

it('removes again what a drive that was pulled forgot that it was removed', async () => {
  await using temp = await tempFolder();
  const files = new FaultyFileSystem();
  await using lab = await open(temp.path, files);
  const { core, filing } = lab.filing;
  const { receipt } = await core.ingest.receive(upload('photo'));
  await filing.trash([receipt.assetId]);
  const unlink = files.unlink.bind(files);
  const syncFolder = files.syncFolder.bind(files);
  // The removal never gets further than the memory of the computer.
  files.unlink = () => Promise.resolve();
  files.syncFolder = () => Promise.reject(Object.assign(new Error('gone'), { code: 'EIO' }));
  lab.emptier.empty();
  await lab.emptier.settled();
  files.unlink = unlink;
  files.syncFolder = syncFolder;
  expect(await inTrash(lab)).toHaveLength(1);
  expect(receiptById(core.catalog, receipt.receiptId)).toBeUndefined();
  lab.emptier.look();
  await lab.emptier.settled();
  expect(await inTrash(lab)).toEqual([]);
});

it('never gives up what an upload was told to be here: that comes back, or is stored for itself', async () => {
  await using temp = await tempFolder();
  const files = new FaultyFileSystem();
  await using lab = await open(temp.path, files);
  const { core, filing } = lab.filing;
  const { receipt } = await core.ingest.receive(upload('photo'));
  const other = { deviceId: TABLET, assetKey: 'theirs' };
  for (const first of ['empty', 'upload'] as const) {
    await filing.trash([receipt.assetId]);
    if (first === 'empty') lab.emptier.empty();
    const sending = core.ingest.receive(upload('photo', { ...other, assetKey: first }));
    if (first === 'upload') lab.emptier.empty();
    const { receipt: told } = await sending;
    await lab.emptier.settled();
    const now = receiptById(core.catalog, told.receiptId);
    expect(now && (await readFile(join(core.libraryFolder, now.path), 'utf8'))).toBe('photo');
    await filing.trash([now?.assetId ?? '']);
    lab.emptier.empty();
    await lab.emptier.settled();
    await core.ingest.receive(upload('photo'));
  }
  // Where the disk does not let it come back from the trash.
  const again = await core.ingest.receive(upload('photo'));
  await filing.trash([again.assetId]);
  const link = files.link.bind(files);
  const rename = files.rename.bind(files);
  const refused = (from: string): boolean => from.includes(join('.roost', 'trash'));
  const failure = (): Promise<never> =>
    Promise.reject(Object.assign(new Error('refused'), { code: 'EIO' }));
  files.link = (from, to) => (refused(from) ? failure() : link(from, to));
  files.rename = (from, to) => (refused(from) ? failure() : rename(from, to));
  const kept = await core.ingest.receive(upload('photo', { ...other, assetKey: 'kept' }));
  expect(kept.result).toBe('stored');
  lab.emptier.empty();
  await lab.emptier.settled();
  expect(await visibleFiles(core.libraryFolder)).toEqual([kept.receipt.path]);
  await expectWhole(core.libraryFolder);
});

describe('what is in the trash for long', () => {
  async function thrown(lab: Lab): Promise<void> {
    const { core, filing } = lab.filing;
    await begin(lab);
    const receipts = await fill(lab.filing);
    await filing.trash([receipts[0]?.assetId ?? '']);
    core.clock.advance(10 * DAY_MS);
    await filing.trash([receipts.at(-1)?.assetId ?? '']);
  }

  async function look(lab: Lab): Promise<void> {
    lab.emptier.look();
    await lab.emptier.settled();
  }

  async function passes(lab: Lab, days: number): Promise<void> {
    for (let day = 0; day < days; day += 1) {
      lab.filing.core.clock.advance(DAY_MS);
      await look(lab);
    }
  }

  /** From here on age counts. */
  async function begin(lab: Lab): Promise<void> {
    await look(lab);
    await passes(lab, 1);
  }

  it('is given up after the days that are set, each for itself', async () => {
    await using temp = await tempFolder();
    await using lab = await open(temp.path);
    await thrown(lab);
    await passes(lab, 19);
    expect(await inTrash(lab)).toHaveLength(6);
    // What a person is asked about before a shorter time is set.
    expect(lab.emptier.due(20)).toMatchObject({ assetCount: 1, fileCount: 5 });
    expect(lab.emptier.due(19)).toMatchObject({ assetCount: 2, fileCount: 6 });
    expect(lab.emptier.due(30)).toEqual({ assetCount: 0, fileCount: 0, byteCount: 0 });
    await passes(lab, 1);
    expect(await inTrash(lab)).toHaveLength(1);
    await passes(lab, 10);
    expect(await inTrash(lab)).toEqual([]);
    await expectWhole(lab.filing.core.libraryFolder);
  });

  it('is not due at once where an older Roost, which never emptied it, left it there', async () => {
    await using temp = await tempFolder();
    await using lab = await open(temp.path);
    const { core, filing } = lab.filing;
    const receipts = await fill(lab.filing);
    await filing.trash([receipts[0]?.assetId ?? '']);
    core.clock.advance(400 * DAY_MS);
    await begin(lab);
    expect(lab.emptier.due(1)).toMatchObject({ fileCount: 0 });
    await passes(lab, 29);
    expect(lab.emptier.due(29)).toMatchObject({ fileCount: 5 });
    expect(await inTrash(lab)).toHaveLength(5);
    await passes(lab, 1);
    expect(await inTrash(lab)).toEqual([]);
  });

  it('counts from when the clock is right, where it was wrong at first', async () => {
    await using temp = await tempFolder();
    await using lab = await open(temp.path);
    const { core, filing } = lab.filing;
    const receipts = await fill(lab.filing);
    await filing.trash([receipts[0]?.assetId ?? '']);
    await look(lab);
    core.clock.advance(400 * DAY_MS);
    await begin(lab);
    await passes(lab, 29);
    expect(await inTrash(lab)).toHaveLength(5);
    await passes(lab, 1);
    expect(await inTrash(lab)).toEqual([]);
  });

  it('can be counted for days that are not set', async () => {
    await using temp = await tempFolder();
    await using lab = await open(temp.path);
    await thrown(lab);
    lab.filing.core.clock.advance(DAY_MS);
    const all = trashTotals(lab.filing.core.catalog);
    expect(lab.emptier.due(1)).toEqual(all);
    const byDays = [2, 11, 12, 0].map((days) => lab.emptier.due(days).fileCount);
    expect(byDays).toEqual([5, 5, 0, 0]);
    expect(lab.emptier.due(11).byteCount).toBeLessThan(all.byteCount);
  });

  it('stays where the setting says so', async () => {
    await using temp = await tempFolder();
    await using lab = await open(temp.path);
    lab.days = 0;
    await thrown(lab);
    await passes(lab, 50);
    expect(await inTrash(lab)).toHaveLength(6);
  });

  it.each([
    ['set forward by days', (lab: Lab) => lab.filing.core.clock.set(12 * DAY_MS)],
    ['set forward by more than a year', (lab: Lab) => lab.filing.core.clock.set(400 * DAY_MS)],
    ['not looked at for long', (lab: Lab) => lab.filing.core.clock.advance(400 * DAY_MS)],
  ])('is not given up early by a clock that was %s', async (_what, jump) => {
    await using temp = await tempFolder();
    await using lab = await open(temp.path);
    await thrown(lab);
    await passes(lab, 15);
    jump(lab);
    await look(lab);
    await passes(lab, 30);
    expect(await inTrash(lab)).toHaveLength(6);
    await passes(lab, 1);
    expect(await inTrash(lab)).toEqual([]);
  });
});

it('tells what came back because a device sent it anew', async () => {
  await using temp = await tempFolder();
  await using lab = await open(temp.path);
  const { core, filing } = lab.filing;
  const { receipt } = await core.ingest.receive(upload('photo'));
  await filing.trash([receipt.assetId]);
  expect(lastReturned(core.catalog, 10)).toEqual([]);
  await core.ingest.receive(upload('photo', { deviceId: TABLET }));
  expect(lastReturned(core.catalog, 10)).toEqual([
    { assetId: receipt.assetId, fileName: 'IMG_1.HEIC', returnedAt: core.clock.now() },
  ]);
  expect(await inTrash(lab)).toEqual([]);
});

it('lists the trash page by page, last thrown away first', async () => {
  await using temp = await tempFolder();
  await using lab = await open(temp.path);
  const { core, filing } = lab.filing;
  const receipts = await fill(lab.filing);
  const assetIds = [...new Set(receipts.map(({ assetId }) => assetId))];
  for (const assetId of assetIds) {
    core.clock.advance(1000);
    await filing.trash([assetId]);
  }
  const first = listTrash(core.catalog, { limit: 2 });
  const second = listTrash(core.catalog, { limit: 2, before: first.nextCursor });
  expect([...first.assets, ...second.assets].map(({ assetId }) => assetId)).toEqual(
    assetIds.toReversed(),
  );
  expect(second.nextCursor).toBeUndefined();
  expect(second.assets).toMatchObject([{ fileName: 'IMG_1 (edited).heic', fileCount: 5 }]);
});
