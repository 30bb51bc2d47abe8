import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { rebuildCatalog } from '../catalog/rebuild-catalog.ts';
import { recordFinding } from '../catalog/reading-rows.ts';
import { receiptById } from '../catalog/receipt-queries.ts';
import {
  journaledReceipts,
  openCore,
  TABLET,
  upload,
  visibleFiles,
  type Core,
} from '../../../tests/support/core-lab.ts';
import { expectWhole } from '../../../tests/support/expect-whole.ts';
import { FaultyFileSystem } from '../../../tests/support/faulty-file-system.ts';
import { tempFolder } from '../../../tests/support/temp-folder.ts';

import type { Receipt } from '../../../shared/receipt.ts';

const OLD = 'My iPhone/2019/2019-08/IMG_1.HEIC';
const PLACE = { folder: 'Elsewhere/2020', name: 'IMG_9.HEIC' };
const NEW = 'Elsewhere/2020/IMG_9.HEIC';

async function withPhoto(folder: string): Promise<{ core: Core; receipt: Receipt }> {
  const core = await openCore({ folder });
  const { receipt } = await core.ingest.receive(upload('photo'));
  return { core, receipt };
}

function on(core: Core, path: string): string {
  return join(core.libraryFolder, ...path.split('/'));
}

it('gives the receipt with its new path, to who asked and to everybody else', async () => {
  await using temp = await tempFolder();
  const { core, receipt } = await withPhoto(temp.path);
  await using _core = core;
  const batchId = randomUUID();
  const moved = await core.mover.move(receipt.receiptId, PLACE, 'refile', { batchId });
  expect(moved).toEqual({ ...receipt, path: NEW });
  expect(receiptById(core.catalog, receipt.receiptId)).toEqual(moved);
  expect(await journaledReceipts(core.libraryFolder)).toMatchObject([{ path: NEW }]);
  expect(await visibleFiles(core.libraryFolder)).toEqual([NEW]);
});

it('is found again by a catalog that is made anew', async () => {
  await using temp = await tempFolder();
  const { core, receipt } = await withPhoto(temp.path);
  await core.mover.move(receipt.receiptId, PLACE, 'refile');
  await core[Symbol.asyncDispose]();
  await rebuildCatalog({ libraryFolder: core.libraryFolder, dataFolder: temp.path });
  await using again = await openCore({ folder: temp.path });
  expect(receiptById(again.catalog, receipt.receiptId)?.path).toBe(NEW);
  expect((await again.ingest.receive(upload('photo'))).result).toBe('repeated');
});

it('does nothing where the original stands already, also under a number of its own', async () => {
  await using temp = await tempFolder();
  const { core, receipt } = await withPhoto(temp.path);
  await using _core = core;
  const second = await core.ingest.receive(upload('second', { assetKey: 'asset-2' }));
  expect(second.receipt.path).toMatch(/IMG_1 \(2\)\.HEIC$/);
  const place = { folder: dirname(OLD), name: 'IMG_1.HEIC' };
  for (const { receiptId, path } of [receipt, second.receipt]) {
    expect((await core.mover.move(receiptId, place, 'refile')).path).toBe(path);
  }
  const otherCase = { folder: dirname(OLD), name: 'img_1.heic' };
  expect((await core.mover.move(receipt.receiptId, otherCase, 'refile')).path).toBe(OLD);
});

describe('the old path of a moved original', () => {
  it('is taken by no other bytes', async () => {
    await using temp = await tempFolder();
    const { core, receipt } = await withPhoto(temp.path);
    await using _core = core;
    await core.mover.move(receipt.receiptId, PLACE, 'refile');
    const other = await core.ingest.receive(upload('another', { assetKey: 'asset-2' }));
    expect(other.receipt.path).toMatch(/IMG_1 \(2\)\.HEIC$/);
  });

  it('is its own again when the move is taken back', async () => {
    await using temp = await tempFolder();
    const { core, receipt } = await withPhoto(temp.path);
    await using _core = core;
    await core.mover.move(receipt.receiptId, PLACE, 'refile');
    const back = { folder: dirname(OLD), name: 'IMG_1.HEIC' };
    expect((await core.mover.move(receipt.receiptId, back, 'undo')).path).toBe(OLD);
    await expectWhole(core.libraryFolder);
  });
});

describe('a name in the new folder', () => {
  it('of a file that nobody knows is not overwritten', async () => {
    await using temp = await tempFolder();
    const { core, receipt } = await withPhoto(temp.path);
    await using _core = core;
    await mkdir(on(core, PLACE.folder), { recursive: true });
    await writeFile(on(core, NEW), 'of a person');
    const moved = await core.mover.move(receipt.receiptId, PLACE, 'refile');
    expect(moved.path).toBe('Elsewhere/2020/IMG_9 (2).HEIC');
    expect(await readFile(on(core, NEW), 'utf8')).toBe('of a person');
  });

  it('with the stem of another asset is not used, whatever its extension', async () => {
    await using temp = await tempFolder();
    const { core, receipt } = await withPhoto(temp.path);
    await using _core = core;
    const movie = await core.ingest.receive(
      upload('movie', { assetKey: 'asset-2', told: { fileName: 'CLIP.MOV' } }),
    );
    await core.mover.move(movie.receipt.receiptId, { ...PLACE, name: 'img_9.mov' }, 'refile');
    const moved = await core.mover.move(receipt.receiptId, PLACE, 'refile');
    expect(moved.path).toBe('Elsewhere/2020/IMG_9 (2).HEIC');
    const { assetId } = movie.receipt;
    const together = await core.mover.move(receipt.receiptId, PLACE, 'together', {
      assetIds: [assetId, receipt.assetId],
    });
    expect(together.path).toBe(NEW);
  });

  it('is given to one of many that want it at once, and the stem to one asset', async () => {
    await using temp = await tempFolder();
    await using core = await openCore({ folder: temp.path });
    const receipts: Receipt[] = [];
    for (let at = 0; at < 12; at++) {
      const fileName = `IMG_${at}.${at % 2 === 0 ? 'HEIC' : 'MOV'}`;
      const change = { assetKey: `asset-${at}`, told: { fileName } };
      receipts.push((await core.ingest.receive(upload(`bytes ${at}`, change))).receipt);
    }
    const moved = await Promise.all(
      receipts.map(({ receiptId }, at) =>
        core.mover.move(
          receiptId,
          { ...PLACE, name: at % 2 === 0 ? 'IMG_9.HEIC' : 'IMG_9.MOV' },
          'refile',
        ),
      ),
    );
    const stems = moved.map(({ path }) => path.replace(/\.[A-Z]+$/, ''));
    expect(new Set(stems).size).toBe(12);
    await expectWhole(core.libraryFolder);
  });
});

it('goes into the trash under the id of its move, and the person sees it no more', async () => {
  await using temp = await tempFolder();
  const { core, receipt } = await withPhoto(temp.path);
  await using _core = core;
  const { path } = await core.mover.move(receipt.receiptId, 'trash', 'trash');
  expect(path).toMatch(/^\.roost\/trash\/[0-9a-f-]{36}\/IMG_1\.HEIC$/);
  expect(await readFile(on(core, path), 'utf8')).toBe('photo');
  expect(await visibleFiles(core.libraryFolder)).toEqual([]);
  await expectWhole(core.libraryFolder);
});

describe('an original that is not as received', () => {
  it.each<[string, (core: Core) => Promise<unknown>]>([
    ['is gone', (core) => rm(on(core, OLD))],
    ['has another length', (core) => writeFile(on(core, OLD), 'longer than it was')],
    ['is a folder', (core) => rm(on(core, OLD)).then(() => mkdir(on(core, OLD)))],
  ])('because it %s is not moved', async (_, spoil) => {
    await using temp = await tempFolder();
    const { core, receipt } = await withPhoto(temp.path);
    await using _core = core;
    await spoil(core);
    await expect(core.mover.move(receipt.receiptId, PLACE, 'refile')).rejects.toMatchObject({
      code: 'request/not-found',
    });
    expect(receiptById(core.catalog, receipt.receiptId)?.path).toBe(OLD);
  });

  it('because the scrub found it damaged is not moved', async () => {
    await using temp = await tempFolder();
    const { core, receipt } = await withPhoto(temp.path);
    await using _core = core;
    recordFinding(core.catalog, receipt, { kind: 'changed' }, core.clock.now());
    await expect(core.mover.move(receipt.receiptId, PLACE, 'refile')).rejects.toMatchObject({
      code: 'request/not-found',
    });
  });
});

it('takes along every receipt that names the same file', async () => {
  await using temp = await tempFolder();
  const { core, receipt } = await withPhoto(temp.path);
  await using _core = core;
  await rm(on(core, OLD));
  core.library.names.forget(dirname(on(core, OLD)));
  const again = await core.ingest.receive(upload('photo'));
  expect(again).toMatchObject({ result: 'stored', receipt: { path: OLD } });
  await core.mover.move(again.receipt.receiptId, PLACE, 'refile');
  for (const { receiptId } of [receipt, again.receipt]) {
    expect(receiptById(core.catalog, receiptId)?.path).toBe(NEW);
  }
  expect(await visibleFiles(core.libraryFolder)).toEqual([NEW]);
});

it('goes on beside uploads of the same bytes, which find it wherever it stands', async () => {
  await using temp = await tempFolder();
  const { core, receipt } = await withPhoto(temp.path);
  await using _core = core;
  const places = ['a', 'b', 'c', 'd'].map((folder) => ({ folder, name: 'IMG_9.HEIC' }));
  const moving = (async () => {
    for (const place of places) await core.mover.move(receipt.receiptId, place, 'refile');
  })();
  const results: string[] = [];
  for (let at = 0; at < 12; at++) {
    const change = at % 2 === 0 ? {} : { deviceId: TABLET, assetKey: String(at) };
    results.push((await core.ingest.receive(upload('photo', change))).result);
  }
  await moving;
  expect(new Set(results)).toEqual(new Set(['repeated', 'duplicate']));
  await expectWhole(core.libraryFolder);
});

it('moves one original at a time to the places it is wanted at, and is at the last one', async () => {
  await using temp = await tempFolder();
  const { core, receipt } = await withPhoto(temp.path);
  await using _core = core;
  const folders = ['a', 'b', 'c', 'd', 'e'];
  const moved = await Promise.all(
    folders.map((folder) =>
      core.mover.move(receipt.receiptId, { folder, name: 'x.HEIC' }, 'refile'),
    ),
  );
  expect(moved.map(({ path }) => path)).toEqual(folders.map((folder) => `${folder}/x.HEIC`));
  expect(await visibleFiles(core.libraryFolder)).toEqual(['e/x.HEIC']);
});

it('waits for moves under way when it closes, and takes no more', async () => {
  await using temp = await tempFolder();
  const { core, receipt } = await withPhoto(temp.path);
  const moving = core.mover.move(receipt.receiptId, PLACE, 'refile');
  await core.mover.close();
  await expect(core.mover.move(receipt.receiptId, PLACE, 'refile')).rejects.toMatchObject({
    code: 'service/stopping',
  });
  await core[Symbol.asyncDispose]();
  expect((await moving).path).toBe(NEW);
});

it('never opens an original to write, nor changes anything in it but its name', async () => {
  await using temp = await tempFolder();
  const files = new FaultyFileSystem();
  await using core = await openCore({ folder: temp.path, files });
  const { receipt } = await core.ingest.receive(upload('photo'));
  const from = files.operations.length;
  await core.mover.move(receipt.receiptId, PLACE, 'refile');
  const touching = files.operations.slice(from).filter((each) => /IMG_\d\.HEIC$/.test(each));
  const kinds = new Set(touching.map((each) => each.split(' ')[0]));
  expect(kinds).toEqual(new Set(['stat', 'link', 'unlink']));
});
