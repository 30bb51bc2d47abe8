import { appendFileSync, rmSync } from 'node:fs';
import { appendFile, mkdir, rm, stat, truncate, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { openCore, receipt, sha256Of, upload, type Core } from '../../../tests/support/core-lab.ts';
import { tempFolder } from '../../../tests/support/temp-folder.ts';

import { checkedLine } from './checked-line.ts';
import { verifyLibrary, type VerifyProgress } from './verify-library.ts';

const FOLDER = 'My iPhone/2019/2019-08';

/** A library with three photos, and no service running on it. */
async function library(folder: string): Promise<Core> {
  const core = await openCore({ folder });
  for (const number of [1, 2, 3]) {
    await core.ingest.receive(
      upload(`photo ${number}`, {
        assetKey: `asset-${number}`,
        told: { fileName: `IMG_${number}.HEIC`, createdAt: Date.UTC(2019, 7, 4) },
      }),
    );
  }
  return core;
}

it('finds nothing wrong with a whole library and says how far it is', async () => {
  await using temp = await tempFolder();
  await using core = await library(temp.path);
  const progress: VerifyProgress[] = [];
  const report = await verifyLibrary({
    libraryFolder: core.libraryFolder,
    onProgress: (each) => progress.push(each),
  });
  expect(report).toEqual({
    receiptCount: 3,
    fileCount: 3,
    byteCount: 21,
    damaged: [],
    missing: [],
    unknown: [],
    journalDamage: [],
    stagingFileCount: 0,
  });
  expect(progress.map((each) => each.checkedByteCount)).toEqual([7, 14, 21]);
  expect(progress.at(-1)).toEqual({
    checkedFileCount: 3,
    totalFileCount: 3,
    checkedByteCount: 21,
    totalByteCount: 21,
  });
});

describe('of a library that is not whole', () => {
  it('names changed, cut, unreadable, missing and unknown files, and leaves them alone', async () => {
    await using temp = await tempFolder();
    await using core = await library(temp.path);
    const path = (name: string): string => join(core.libraryFolder, ...FOLDER.split('/'), name);
    const { mtime } = await stat(path('IMG_1.HEIC'));
    await writeFile(path('IMG_1.HEIC'), 'photo X');
    await utimes(path('IMG_1.HEIC'), mtime, mtime);
    await truncate(path('IMG_2.HEIC'), 3);
    await rm(path('IMG_3.HEIC'));
    await writeFile(join(core.libraryFolder, 'mine.txt'), '');
    const report = await verifyLibrary({ libraryFolder: core.libraryFolder });
    expect(report).toMatchObject({
      receiptCount: 3,
      fileCount: 0,
      damaged: [
        {
          path: `${FOLDER}/IMG_1.HEIC`,
          expectedSha256: sha256Of('photo 1'),
          reason: 'its bytes changed',
        },
        {
          path: `${FOLDER}/IMG_2.HEIC`,
          expectedSha256: sha256Of('photo 2'),
          reason: 'it has 3 bytes instead of 7',
        },
      ],
      missing: [{ path: `${FOLDER}/IMG_3.HEIC` }],
      unknown: ['mine.txt'],
    });
    await mkdir(path('IMG_3.HEIC'));
    const again = await verifyLibrary({ libraryFolder: core.libraryFolder });
    expect(again.damaged.at(-1)?.reason).toBe('it cannot be read (EISDIR)');
    expect((await stat(path('IMG_2.HEIC'))).size).toBe(3);
  });

  it('names damaged journal lines, a torn one too, and counts uploads in flight', async () => {
    await using temp = await tempFolder();
    await using core = await library(temp.path);
    const journal = join(core.library.layout.journalFolder, '2026-11.jsonl');
    await appendFile(journal, 'rot\n{"torn');
    await writeFile(join(core.library.layout.stagingFolder, 'half'), '');
    // An unfinished upload has a log beside its bytes, and one that ended has only that.
    await writeFile(join(core.library.layout.stagingFolder, 'half.upload'), '');
    await writeFile(join(core.library.layout.stagingFolder, 'ended.upload'), '');
    const report = await verifyLibrary({ libraryFolder: core.libraryFolder });
    expect(report.journalDamage).toEqual([
      { file: '2026-11.jsonl', line: 4 },
      { file: '2026-11.jsonl', line: 5 },
    ]);
    expect(report.stagingFileCount).toBe(1);
  });
});

it('is not misled by a placement that a running service finishes meanwhile', async () => {
  await using temp = await tempFolder();
  await using core = await library(temp.path);
  const journal = join(core.library.layout.journalFolder, '2026-11.jsonl');
  const path = `${FOLDER}/new.HEIC`;
  await writeFile(join(core.libraryFolder, ...path.split('/')), 'bytes');
  const line = checkedLine({ entry: 'receipt', ...receipt({ path }) });
  await appendFile(journal, line.slice(0, 40));
  let rest = line.slice(40);
  const report = await verifyLibrary({
    libraryFolder: core.libraryFolder,
    onProgress: () => {
      appendFileSync(journal, rest);
      rest = '';
    },
  });
  expect(report).toMatchObject({ fileCount: 3, unknown: [], journalDamage: [] });
});

it('does not name a file that a running service took back meanwhile', async () => {
  await using temp = await tempFolder();
  await using core = await library(temp.path);
  const path = join(core.libraryFolder, 'placed.HEIC');
  await writeFile(path, 'bytes');
  const report = await verifyLibrary({
    libraryFolder: core.libraryFolder,
    onProgress: () => rmSync(path, { force: true }),
  });
  expect(report.unknown).toEqual([]);
});

it('stops when it is told to', async () => {
  await using temp = await tempFolder();
  await using core = await library(temp.path);
  const stop = new AbortController();
  const verifying = verifyLibrary({
    libraryFolder: core.libraryFolder,
    signal: stop.signal,
    onProgress: () => stop.abort(),
  });
  await expect(verifying).rejects.toMatchObject({ name: 'AbortError' });
});

it('tells where there is no library', async () => {
  await using temp = await tempFolder();
  await expect(verifyLibrary({ libraryFolder: temp.path })).rejects.toMatchObject({
    code: 'ENOENT',
  });
});
