import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { openCore, receipt, sha256Of, upload, type Core } from '../../../tests/support/core-lab.ts';
import { CrashingFileSystem } from '../../../tests/support/crashing-file-system.ts';
import { expectListed, hasSha256sum, sha256sumCheck } from '../../../tests/support/sha256sum.ts';
import { tempFolder, tempFolderInMemory } from '../../../tests/support/temp-folder.ts';
import { nextUnlisted } from '../catalog/hash-list-rows.ts';
import { recordEntry } from '../catalog/record-entry.ts';
import { hashListLine, parseHashList } from '../library/hash-list.ts';
import { verifyLibrary } from '../library/verify-library.ts';

const FOLDER = 'My iPhone/2019/2019-08';

function on(core: Core, path: string): string {
  return join(core.libraryFolder, ...path.split('/'));
}

function listOf(core: Core, folder = FOLDER): Promise<string> {
  return readFile(on(core, `${folder}/SHA256SUMS`), 'utf8');
}

async function withPhotos(folder: string, count = 2): Promise<Core> {
  const core = await openCore({ folder });
  for (let at = 0; at < count; at++) {
    await core.ingest.receive(
      upload(`photo ${at}`, {
        assetKey: `asset-${at}`,
        told: { fileName: `IMG ${at} é.HEIC`, createdAt: Date.UTC(2019, 7, 4, 12) },
      }),
    );
  }
  return core;
}

it('lists every original as sha256sum does, and verify does not wonder at the list', async () => {
  await using temp = await tempFolder();
  await using core = await withPhotos(temp.path);
  await core.hashLists.write();
  expect(await listOf(core)).toBe(
    `${sha256Of('photo 0')}  IMG 0 é.HEIC\n${sha256Of('photo 1')}  IMG 1 é.HEIC\n`
      .split('\n')
      .filter((line) => line !== '')
      .sort()
      .map((line) => `${line}\n`)
      .join(''),
  );
  await expectListed(core.libraryFolder);
  const report = await verifyLibrary({ libraryFolder: core.libraryFolder });
  expect(report).toMatchObject({ fileCount: 2, unknown: [] });
});

it('looks only at folders in which something changed', async () => {
  await using temp = await tempFolder();
  await using core = await withPhotos(temp.path);
  await core.hashLists.write();
  await rm(on(core, `${FOLDER}/SHA256SUMS`));
  await core.ingest.receive(
    upload('later', { assetKey: 'later', told: { createdAt: Date.UTC(2020, 1, 4, 12) } }),
  );
  await core.hashLists.write();
  expect(await readdir(on(core, FOLDER))).not.toContain('SHA256SUMS');
  expect(await readdir(on(core, 'My iPhone/2020/2020-02'))).toContain('SHA256SUMS');
  expect(nextUnlisted(core.catalog, undefined)).toBeUndefined();
});

it('does not touch a list that says what it should', async () => {
  await using temp = await tempFolder();
  await using core = await withPhotos(temp.path);
  await core.hashLists.write();
  const before = await stat(on(core, `${FOLDER}/SHA256SUMS`), { bigint: true });
  recordEntry(core.catalog, { entry: 'receipt', ...receipt({ path: `${FOLDER}/gone.HEIC` }) });
  core.catalog.run("DELETE FROM resources WHERE path LIKE '%gone.HEIC'");
  await core.hashLists.write();
  const after = await stat(on(core, `${FOLDER}/SHA256SUMS`), { bigint: true });
  expect(after.ino).toBe(before.ino);
});

it('follows moves, and goes with the folder that a move left empty, but not with what is not ours', async () => {
  await using temp = await tempFolder();
  await using core = await withPhotos(temp.path, 1);
  await core.hashLists.write();
  const [{ receipt_id: id } = { receipt_id: '' }] = core.catalog.all<{ receipt_id: string }>(
    'SELECT receipt_id FROM resources',
  );
  await core.mover.move(id, { folder: 'Elsewhere/2020', name: 'a.HEIC' }, 'refile');
  await core.hashLists.write();
  await expectListed(core.libraryFolder);
  expect((await readdir(core.libraryFolder)).sort()).toEqual(['.roost', 'Elsewhere']);
  await writeFile(on(core, 'Elsewhere/2020/.DS_Store'), 'of the Finder');
  await core.mover.move(id, 'trash', 'trash');
  await core.hashLists.write();
  expect(await readdir(on(core, 'Elsewhere/2020'))).toEqual(['.DS_Store']);
});

it('does not remove a folder that an upload is on its way to', async () => {
  await using temp = await tempFolder();
  await using core = await withPhotos(temp.path, 1);
  await core.hashLists.write();
  const [{ receipt_id: id } = { receipt_id: '' }] = core.catalog.all<{ receipt_id: string }>(
    'SELECT receipt_id FROM resources',
  );
  await core.mover.move(id, { folder: 'Elsewhere', name: 'a.HEIC' }, 'refile');
  for (let at = 0; at < 20; at++) {
    const change = {
      assetKey: `more-${at}`,
      told: { fileName: `more ${at}.HEIC`, createdAt: Date.UTC(2019, 7, 4, 12) },
    };
    const [{ receipt }] = await Promise.all([
      core.ingest.receive(upload(`more ${at}`, change)),
      core.hashLists.write(),
    ]);
    await core.mover.move(receipt.receiptId, { folder: 'Elsewhere', name: 'a.HEIC' }, 'refile');
  }
  await core.hashLists.write();
  await expectListed(core.libraryFolder);
  expect((await readdir(core.libraryFolder)).sort()).toEqual(['.roost', 'Elsewhere']);
});

describe('a list that a person made', () => {
  const hash = sha256Of('mine');

  it('keeps lines of files that stand there, and loses those of files that do not', async () => {
    await using temp = await tempFolder();
    await using core = await withPhotos(temp.path);
    const folder = on(core, FOLDER);
    const windows = process.platform === 'win32';
    const odd = windows ? 'odd.txt' : 'od\\d\nname.txt';
    for (const name of ['mine.txt', 'tagged.txt', odd]) await writeFile(join(folder, name), 'mine');
    await mkdir(join(folder, 'sub'));
    await writeFile(join(folder, 'sub', 'deep.txt'), 'mine');
    const kept = [
      '# my own words',
      `${hash.toUpperCase()} *mine.txt`,
      `SHA256 (tagged.txt) = ${hash}`,
      hashListLine(odd, hash),
      `${hash}  sub/deep.txt`,
    ];
    const lost = [`${hash}  gone.txt`, 'nonsense', `${hash}  IMG 0 é.HEIC`];
    await writeFile(join(folder, 'SHA256SUMS'), [...kept, ...lost].join('\n'));
    await core.hashLists.write();
    const list = await listOf(core);
    for (const line of kept) expect(list).toContain(`${line}\n`);
    expect(list).not.toMatch(/gone|nonsense/);
    expect(list).toContain(`${sha256Of('photo 0')}  IMG 0 é.HEIC\n`);
    if (hasSha256sum) expect(await sha256sumCheck(folder)).toMatchObject({ status: 0 });
    await core.hashLists.write();
    expect(await listOf(core)).toBe(list);
  });

  it('is left alone when it is no such list, or a folder', async () => {
    await using temp = await tempFolder();
    await using core = await withPhotos(temp.path, 1);
    await writeFile(on(core, `${FOLDER}/SHA256SUMS`), 'a diary');
    await mkdir(on(core, 'Elsewhere/SHA256SUMS'), { recursive: true });
    const [{ receipt_id: id } = { receipt_id: '' }] = core.catalog.all<{ receipt_id: string }>(
      'SELECT receipt_id FROM resources',
    );
    await core.mover.move(id, { folder: 'Elsewhere', name: 'a.HEIC' }, 'refile');
    await core.hashLists.write();
    expect(await listOf(core)).toBe('a diary');
    expect((await stat(on(core, 'Elsewhere/SHA256SUMS'))).isDirectory()).toBe(true);
    expect(nextUnlisted(core.catalog, undefined)).toBeUndefined();
  });
});

it('gives an upload that is called like the list another name', async () => {
  await using temp = await tempFolder();
  await using core = await openCore({ folder: temp.path });
  for (const [at, fileName] of ['SHA256SUMS', 'sha256sums', 'Sha256Sums'].entries()) {
    await core.ingest.receive(
      upload(`bytes ${at}`, { assetKey: fileName, told: { fileName, createdAt: 0 } }),
    );
  }
  await core.hashLists.write();
  await expectListed(core.libraryFolder);
});

it('stands whole, the old one or the new one, wherever writing it is broken off, and is written after the next start', async () => {
  await using temp = await tempFolderInMemory();
  await using before = await withPhotos(temp.path, 1);
  await before.hashLists.write();
  const old = await listOf(before);
  await before.ingest.receive(
    upload('more', {
      assetKey: 'more',
      told: { fileName: 'more.HEIC', createdAt: Date.UTC(2019, 7, 4, 12) },
    }),
  );
  await before[Symbol.asyncDispose]();
  const start = await readFile(join(temp.path, 'catalog.sqlite'));
  let isWritten = false;
  for (let at = 1; !isWritten; at++) {
    expect(at).toBeLessThan(100);
    await rm(join(temp.path, 'catalog.sqlite-wal'), { force: true });
    await rm(join(temp.path, 'catalog.sqlite-shm'), { force: true });
    await writeFile(join(temp.path, 'catalog.sqlite'), start);
    await writeFile(on(before, `${FOLDER}/SHA256SUMS`), old);
    const files = new CrashingFileSystem({ at, code: 'EKILLED', reach: 'half' });
    try {
      await using crashing = await openCore({ folder: temp.path, files });
      await crashing.hashLists.write();
    } catch {
      // A killed process tells nobody.
    }
    await files.abandon();
    isWritten = !files.hasCrashed;
    const list = await listOf(before);
    if (list !== old) expect(parseHashList(list)).toHaveLength(2);
    await using again = await openCore({ folder: temp.path });
    await again.hashLists.write();
    await expectListed(again.libraryFolder);
  }
});

it('reads its own lines again, whatever is in the names', () => {
  for (const name of ['a b.jpg', 'a\nb', 'a\\nb', 'back\\slash', ' two  blanks', '*star', 'c\rr']) {
    const [line] = parseHashList(`${hashListLine(name, sha256Of(name))}\n`);
    expect(line?.file).toEqual({ name, sha256: sha256Of(name) });
  }
});
