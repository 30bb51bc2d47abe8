import { execFileSync } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { Writable } from 'node:stream';

import express from 'express';
import { describe, expect, it } from 'vitest';

import { sha256Of, TABLET, upload } from '../../../tests/support/core-lab.ts';
import { openExports, type ExportsLab } from '../../../tests/support/exports-lab.ts';
import { FaultyFileSystem } from '../../../tests/support/faulty-file-system.ts';
import { unzipped } from '../../../tests/support/unzipped.ts';
import { asOfNow } from '../catalog/chosen-files.ts';

import { exportRoutes } from './export-routes.ts';
import { ExportPlan } from './plan-export.ts';
import { PROBLEMS_NAME } from './zip-export.ts';

async function zipOf(lab: ExportsLab, assetIds = lab.assetIds): Promise<string> {
  const { exportId } = await lab.exports.begin({ assetIds, files: 'everything' });
  const path = join(lab.folder, `${exportId}.zip`);
  await lab.exports.sendZip(exportId, createWriteStream(path));
  return path;
}

/** All files of the library that `fill` sends, with numbers where two photos are called alike. */
const NAMES = [
  'IMG_1 (2).HEIC',
  'IMG_1 (edited).heic',
  'IMG_1 (edited).mov',
  'IMG_1.HEIC',
  'IMG_1.MOV',
  'IMG_1.plist',
  'IMG_2.JPG',
];

describe('a zip', () => {
  it('has every file bit for bit under its name, the files of a photo under one stem', async () => {
    await using lab = await openExports();
    const files = await unzipped(await zipOf(lab));
    expect([...files.keys()].sort()).toEqual(NAMES);
    const hashes = [...files.values()].map(sha256Of).sort();
    expect(hashes).toEqual(lab.receipts.map(({ sha256 }) => sha256).sort());
    expect(lab.exports.list()).toMatchObject([
      { kind: 'zip', state: 'done', assetCount: 3, doneFileCount: 7, problemCount: 0 },
    ]);
  });

  it('gives photos that are called alike in several folders numbers, and the same one to all files of each', async () => {
    await using lab = await openExports();
    const { core } = lab.filing;
    const told = { fileName: 'IMG_1.HEIC', createdAt: Date.UTC(2021, 1, 1) };
    const { receipt } = await core.ingest.receive(upload('tablet', { deviceId: TABLET, told }));
    const movie = { fileName: 'IMG_1.MOV', createdAt: Date.UTC(2021, 1, 1) };
    await core.ingest.receive(
      upload('tablet movie', { deviceId: TABLET, resourceType: 'paired-video', told: movie }),
    );
    const files = await unzipped(await zipOf(lab, [...lab.assetIds, receipt.assetId]));
    expect([...files.keys()].sort()).toEqual([...NAMES, 'IMG_1 (3).HEIC', 'IMG_1 (3).MOV'].sort());
    expect(files.get('IMG_1 (3).MOV')?.toString()).toBe('tablet movie');
  });

  it('can leave out what edits made', async () => {
    await using lab = await openExports();
    const { exportId, fileCount } = await lab.exports.begin({
      assetIds: lab.assetIds,
      files: 'originals',
    });
    expect(fileCount).toBe(4);
    const path = join(lab.folder, 'originals.zip');
    await lab.exports.sendZip(exportId, createWriteStream(path));
    expect([...(await unzipped(path)).keys()].sort()).toEqual([
      'IMG_1 (2).HEIC',
      'IMG_1.HEIC',
      'IMG_1.MOV',
      'IMG_2.JPG',
    ]);
  });

  it('says in itself and in its result which originals are damaged or missing', async () => {
    await using lab = await openExports();
    const [photo, movie] = lab.receipts;
    await writeFile(lab.pathOf(photo?.path ?? ''), 'LIVE photo');
    await rm(lab.pathOf(movie?.path ?? ''));
    const files = await unzipped(await zipOf(lab));
    const text = files.get(PROBLEMS_NAME)?.toString() ?? '';
    expect(text).toContain('DAMAGED / BESCHÄDIGT: IMG_1.HEIC');
    expect(text).toContain('MISSING / FEHLT: IMG_1.MOV');
    expect(files.has('IMG_1.MOV')).toBe(false);
    expect(lab.exports.list()[0]).toMatchObject({
      state: 'done',
      problemCount: 2,
      problems: [
        { fileName: 'IMG_1.HEIC', reason: 'damaged' },
        { fileName: 'IMG_1.MOV', reason: 'missing' },
      ],
    });
    expect(lab.reread).toContainEqual({ path: photo?.path, kind: 'changed' });
  });

  it('has a file that lost its end as it is read, and tells the scrub of that and of what is missing', async () => {
    await using lab = await openExports();
    const [photo, movie] = lab.receipts;
    await writeFile(lab.pathOf(photo?.path ?? ''), 'live');
    await rm(lab.pathOf(movie?.path ?? ''));
    const files = await unzipped(await zipOf(lab));
    expect(files.get('IMG_1.HEIC')?.toString()).toBe('live');
    expect(lab.exports.list()[0]?.problems).toEqual([
      { fileName: 'IMG_1.HEIC', reason: 'damaged' },
      { fileName: 'IMG_1.MOV', reason: 'missing' },
    ]);
    const told = lab.reread.map(({ kind }) => kind).filter((kind) => kind !== 'good');
    expect(told).toEqual(['wrong-length', 'missing']);
  });

  it.each(['zip', 'folder'])('fails where the library goes meanwhile: a %s', async (kind) => {
    await using lab = await openExports();
    const folder = kind === 'folder' ? join(lab.folder, 'out') : undefined;
    await rm(lab.pathOf(lab.receipts[0]?.path ?? ''));
    lab.isPresent = false;
    const { exportId } = await lab.exports.begin({
      assetIds: lab.assetIds,
      files: 'everything',
      folder,
    });
    if (folder === undefined) {
      const target = createWriteStream(join(lab.folder, 'broken.zip'));
      await lab.exports.sendZip(exportId, target);
      expect(target.destroyed).toBe(true);
      await expect(unzipped(join(lab.folder, 'broken.zip'))).rejects.toThrow();
    }
    expect(await lab.ended(exportId)).toMatchObject({
      state: 'failed',
      errorCode: 'library/missing',
      problemCount: 0,
    });
    expect(lab.reread.filter((each) => each.kind !== 'good')).toEqual([]);
  });

  it('stays in the list while it is open, however many came after it, and HEAD does not use it up', async () => {
    await using lab = await openExports();
    const ask = { assetIds: lab.assetIds.slice(0, 1), files: 'originals' as const };
    const { exportId } = await lab.exports.begin(ask);
    for (let count = 0; count < 21; count += 1) {
      lab.exports.stop((await lab.exports.begin(ask)).exportId);
    }
    expect(lab.exports.list().map((each) => each.exportId)).toContain(exportId);
    const server = createServer(express().use(exportRoutes(lab.exports)));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    try {
      const { port } = server.address() as AddressInfo;
      const url = `http://127.0.0.1:${port}/media/exports/${exportId}/zip`;
      const head = await fetch(url, { method: 'HEAD' });
      expect(head.headers.get('content-type')).toBe('application/zip');
      expect((await (await fetch(url)).arrayBuffer()).byteLength).toBeGreaterThan(0);
    } finally {
      server.close();
    }
  });

  it('finds an original that moved after the export was begun', async () => {
    await using lab = await openExports();
    const { exportId } = await lab.exports.begin({ assetIds: lab.assetIds, files: 'everything' });
    lab.filing.template = '{device}/{year}/{name}';
    lab.filing.filing.refile();
    await lab.filing.filing.settled();
    const path = join(lab.folder, 'moved.zip');
    await lab.exports.sendZip(exportId, createWriteStream(path));
    const hashes = [...(await unzipped(path)).values()].map(sha256Of).sort();
    expect(hashes).toEqual(lab.receipts.map(({ sha256 }) => sha256).sort());
  });

  it('ends as stopped when the browser goes, and is not fetched twice', async () => {
    await using lab = await openExports();
    await lab.filing.core.ingest.receive(
      upload(Buffer.alloc(12 * 1024 * 1024, 7), { assetKey: 'large', told: { fileName: 'a.mov' } }),
    );
    const large = lab.filing.core.catalog.get<{ asset_id: string }>(
      'SELECT asset_id FROM resources ORDER BY byte_count DESC LIMIT 1',
    );
    const { exportId } = await lab.exports.begin({
      assetIds: [large?.asset_id ?? ''],
      files: 'everything',
    });
    const gone: Writable = new Writable({ write: () => gone.destroy() });
    await lab.exports.sendZip(exportId, gone);
    expect(lab.exports.list()).toMatchObject([{ exportId, state: 'stopped' }]);
    await expect(lab.exports.sendZip(exportId, gone)).rejects.toMatchObject({
      code: 'request/not-found',
    });
  });

  it('is let go when nobody fetches it, and only a few wait at once', async () => {
    await using lab = await openExports();
    const ask = () => lab.exports.begin({ assetIds: lab.assetIds, files: 'everything' });
    for (let count = 0; count < 4; count += 1) await ask();
    await expect(ask()).rejects.toMatchObject({ code: 'export/too-many' });
    lab.filing.core.clock.advance(10 * 60_000);
    await ask();
    expect(lab.exports.list().map(({ state }) => state)).toEqual([
      'waiting',
      ...Array<string>(4).fill('stopped'),
    ]);
  });
});

describe('a folder', () => {
  it('gets every file bit for bit with its time; asked again, nothing is copied twice', async () => {
    await using lab = await openExports();
    const folder = join(lab.folder, 'out');
    const first = await lab.exports.begin({ assetIds: lab.assetIds, files: 'everything', folder });
    expect(await lab.ended(first.exportId)).toMatchObject({ state: 'done', skippedCount: 0 });
    expect((await readdir(folder)).sort()).toEqual(NAMES);
    for (const { path, sha256 } of lab.receipts) {
      const name = path.slice(path.lastIndexOf('/') + 1);
      expect(sha256Of(await readFile(join(folder, name)))).toBe(sha256);
      expect((await stat(join(folder, name))).mtimeMs).toBe((await stat(lab.pathOf(path))).mtimeMs);
    }
    const again = await lab.exports.begin({ assetIds: lab.assetIds, files: 'everything', folder });
    expect(await lab.ended(again.exportId)).toMatchObject({ state: 'done', skippedCount: 7 });
    expect((await readdir(folder)).sort()).toEqual(NAMES);
  });

  it('never overwrites: what is called alike there gives the whole photo another number', async () => {
    await using lab = await openExports();
    const folder = join(lab.folder, 'out');
    await mkdir(folder);
    await writeFile(join(folder, 'IMG_1.MOV'), 'of a person');
    const { exportId } = await lab.exports.begin({
      assetIds: lab.assetIds.slice(0, 1),
      files: 'originals',
      folder,
    });
    expect(await lab.ended(exportId)).toMatchObject({ state: 'done' });
    expect((await readdir(folder)).sort()).toEqual([
      'IMG_1 (2).HEIC',
      'IMG_1 (2).MOV',
      'IMG_1.MOV',
    ]);
    expect(await readFile(join(folder, 'IMG_1.MOV'), 'utf8')).toBe('of a person');
  });

  it('loses the half files of exports that ended without a word, and nothing else', async () => {
    await using lab = await openExports();
    const folder = join(lab.folder, 'out');
    await mkdir(folder);
    const others = ['.roost-export-notes.part', '.hidden'];
    const left = '.roost-export-c0ffee00-0000-4000-8000-00000000000f.part';
    for (const name of [left, ...others]) await writeFile(join(folder, name), 'half');
    const { exportId } = await lab.exports.begin({
      assetIds: lab.assetIds.slice(0, 1),
      files: 'originals',
      folder,
    });
    expect(await lab.ended(exportId)).toMatchObject({ state: 'done' });
    expect((await readdir(folder)).sort()).toEqual([...others, 'IMG_1.HEIC', 'IMG_1.MOV'].sort());
  });

  it('does not get what is damaged, and says so', async () => {
    await using lab = await openExports();
    await writeFile(lab.pathOf(lab.receipts[0]?.path ?? ''), 'LIVE photo');
    const folder = join(lab.folder, 'out');
    const { exportId } = await lab.exports.begin({
      assetIds: lab.assetIds.slice(0, 1),
      files: 'originals',
      folder,
    });
    expect(await lab.ended(exportId)).toMatchObject({
      state: 'done',
      problems: [{ fileName: 'IMG_1.HEIC', reason: 'damaged' }],
    });
    expect(await readdir(folder)).toEqual(['IMG_1.MOV']);
  });

  it('is left without half a file when its disk is full', async () => {
    const files = new FaultyFileSystem();
    await using lab = await openExports(files);
    files.freeByteCount = () => Promise.resolve(1024);
    const folder = join(lab.folder, 'out');
    const { exportId } = await lab.exports.begin({
      assetIds: lab.assetIds,
      files: 'everything',
      folder,
    });
    expect(await lab.ended(exportId)).toMatchObject({
      state: 'failed',
      errorCode: 'export/folder-full',
    });
    expect(await readdir(folder)).toEqual([]);
  });

  it.each([
    ['a path that is not whole', () => 'Pictures', /not a whole one/],
    [
      'a folder in a folder that is not there',
      (lab: ExportsLab) => join(lab.folder, 'no', 'out'),
      /not exist/,
    ],
    ['a file', (lab: ExportsLab) => lab.pathOf(lab.receipts[0]?.path ?? ''), /file of that name/],
    ['the library', (lab: ExportsLab) => lab.pathOf('My iPhone'), /Roost itself keeps/],
  ])('is refused when it is %s', async (_what, folderOf, words) => {
    await using lab = await openExports();
    const asked = lab.exports.begin({
      assetIds: lab.assetIds,
      files: 'everything',
      folder: folderOf(lab),
    });
    await expect(asked).rejects.toMatchObject({
      code: 'export/folder-unusable',
      message: expect.stringMatching(words) as string,
    });
  });
});

describe('everything that a filter lets through', () => {
  it('is exported however much it is, but for what came after it was shown', async () => {
    await using lab = await openExports();
    const { core } = lab.filing;
    const asOf = asOfNow(core.catalog);
    await core.ingest.receive(upload('late', { assetKey: 'late', told: { fileName: 'late.jpg' } }));
    const ask = { filter: {}, asOf, files: 'everything' } as const;
    const { exportId, ...view } = await lab.exports.begin(ask);
    expect(view).toMatchObject({ assetCount: 3, fileCount: 7 });
    const path = join(lab.folder, 'all.zip');
    await lab.exports.sendZip(exportId, createWriteStream(path));
    expect([...(await unzipped(path)).keys()].sort()).toEqual(NAMES);

    const folder = join(lab.folder, 'out');
    const named = await lab.exports.begin({
      filter: { q: 'img_2' },
      files: 'everything',
      folder,
    });
    expect(await lab.ended(named.exportId)).toMatchObject({ state: 'done', assetCount: 1 });
    expect(await readdir(folder)).toEqual(['IMG_2.JPG']);
  });

  it('is planned in turns between which others get theirs', async () => {
    await using lab = await openExports();
    const { catalog } = lab.filing.core;
    let turnCount = 0;
    const timer = setInterval(() => (turnCount += 1), 0);
    const many = Array.from({ length: 2_000 }, () => lab.assetIds).flat();
    const plan = new ExportPlan(catalog, { assetIds: many }, 'everything');
    // An export begins before all is counted.
    expect((await plan.groups().next()).done).toBe(false);
    expect(plan.isWhole).toBe(false);
    await plan.whole;
    clearInterval(timer);
    await plan.close();
    expect(plan.counts).toMatchObject({ assetCount: 3, fileCount: 7 });
    expect(turnCount).toBeGreaterThan(5);
  });
});

it('exports nothing where nothing is left, as when it was thrown away meanwhile', async () => {
  await using lab = await openExports();
  await lab.filing.filing.trash(lab.assetIds);
  await expect(
    lab.exports.begin({ assetIds: lab.assetIds, files: 'everything' }),
  ).rejects.toMatchObject({ code: 'request/not-found' });
});

it('is taken by unzip', async ({ skip }) => {
  await using lab = await openExports();
  const path = await zipOf(lab);
  let said: string;
  try {
    said = execFileSync('unzip', ['-t', path], { encoding: 'utf8' });
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') {
      skip('there is no unzip on this computer');
    }
    throw error;
  }
  expect(said).toContain('No errors detected');
});
