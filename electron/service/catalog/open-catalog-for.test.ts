import { readdir, readFile, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import Database from 'better-sqlite3';
import { beforeEach, afterEach, describe, expect, it } from 'vitest';

import { openCore, silentLog, upload, type Core } from '../../../tests/support/core-lab.ts';
import { FaultyFileSystem } from '../../../tests/support/faulty-file-system.ts';
import { ManualClock } from '../../../tests/support/manual-clock.ts';
import { tempFolder } from '../../../tests/support/temp-folder.ts';
import { nodeFileSystem } from '../library/file-system.ts';

import { catalogPath } from './catalog-files.ts';
import { openCatalogFor } from './open-catalog-for.ts';
import { countPreviews } from './preview-rows.ts';
import { libraryCounts } from './timeline-queries.ts';

let temp: Awaited<ReturnType<typeof tempFolder>>;

beforeEach(async () => {
  temp = await tempFolder();
});

afterEach(() => temp[Symbol.asyncDispose]());

async function withTwoPhotos(): Promise<Core> {
  const core = await openCore({ folder: temp.path });
  await core.ingest.receive(upload('photo 1', { assetKey: '1' }));
  await core.ingest.receive(upload('photo 2', { assetKey: '2' }));
  await core[Symbol.asyncDispose]();
  return core;
}

async function asideCount(): Promise<number> {
  return (await readdir(temp.path)).filter((name) => name.includes('.aside-')).length;
}

async function expectTwoPhotos(): Promise<void> {
  await using core = await openCore({ folder: temp.path });
  expect(libraryCounts(core.catalog)).toEqual({
    assetCount: 2,
    resourceCount: 2,
    byteCount: 14,
  });
}

it('keeps a catalog that fits, with what it alone knows', async () => {
  await withTwoPhotos();
  const database = new Database(catalogPath(temp.path));
  database.exec("UPDATE jobs SET error_detail = 'mine'");
  database.close();
  await using core = await openCore({ folder: temp.path });
  expect(core.catalog.get('SELECT count(*) AS n FROM jobs WHERE error_detail IS NOT NULL')).toEqual(
    {
      n: 2,
    },
  );
  expect(await asideCount()).toBe(0);
});

it('makes a missing catalog anew from the journal and asks for its tiles', async () => {
  const { library } = await withTwoPhotos();
  const source = { ...library, journalFolder: library.layout.journalFolder };
  const data = join(temp.path, 'library', '.roost');
  const { catalog, follow } = await openCatalogFor(data, source, new ManualClock(), silentLog);
  expect(follow).toEqual({ entryCount: 2, damage: [] });
  expect(countPreviews(catalog).waitingCount).toBe(2);
  catalog.close();
});

describe('puts aside and makes anew a catalog', () => {
  it.each([
    [
      'that is none',
      () => writeFile(catalogPath(temp.path), 'not a database at all, but long enough'),
    ],
    [
      'of a newer Roost',
      async () => {
        const database = new Database(catalogPath(temp.path));
        database.pragma('user_version = 99');
        await Promise.resolve(database.close());
      },
    ],
    [
      'of another library',
      async () => {
        const database = new Database(catalogPath(temp.path));
        database.exec(`UPDATE meta SET value = '${crypto.randomUUID()}' WHERE key = 'library-id'`);
        await Promise.resolve(database.close());
      },
    ],
    [
      'that was ahead of a journal put back from a backup',
      async () => {
        const database = new Database(catalogPath(temp.path));
        const position = JSON.stringify({ file: '2026-11.jsonl', byteOffset: 1_000_000 });
        database.exec(`UPDATE meta SET value = '${position}' WHERE key = 'journal-position'`);
        await Promise.resolve(database.close());
      },
    ],
    [
      'that turns out to be damaged while the journal is followed',
      async () => {
        const bytes = await readFile(catalogPath(temp.path));
        // The first page, with the tables' names, stays; everything behind it is lost.
        bytes.fill(0xff, 4096);
        await writeFile(catalogPath(temp.path), bytes);
      },
    ],
  ])('%s', async (_, spoil) => {
    await withTwoPhotos();
    await spoil();
    await expectTwoPhotos();
    expect(await asideCount()).toBe(1);
    await expectTwoPhotos();
    expect(await asideCount()).toBe(1);
  });
});

it('tells a library that cannot be read in words of the catalogue', async () => {
  const { library } = await withTwoPhotos();
  const files = new FaultyFileSystem({ at: 1, code: 'EIO' });
  const source = { ...library, files, journalFolder: library.layout.journalFolder };
  await expect(
    openCatalogFor(temp.path, source, new ManualClock(), silentLog),
  ).rejects.toMatchObject({ code: 'library/write-failed' });
});

it('reports damage of the journal once and brings in what stands behind it', async () => {
  const { library } = await withTwoPhotos();
  const journal = join(library.layout.journalFolder, '2026-11.jsonl');
  const text = await readFile(journal, 'utf8');
  await writeFile(journal, text.replace('IMG_1.HEIC', 'IMG_X.HEIC'));
  await truncate(catalogPath(temp.path), 0);
  const source = { ...library, files: nodeFileSystem, journalFolder: library.layout.journalFolder };
  const { catalog, follow } = await openCatalogFor(temp.path, source, new ManualClock(), silentLog);
  expect(follow).toEqual({
    entryCount: 1,
    damage: [{ file: '2026-11.jsonl', lineNumber: 1 }],
  });
  catalog.close();
});
