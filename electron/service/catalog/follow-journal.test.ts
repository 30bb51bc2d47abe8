import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { expect, it } from 'vitest';

import { openCore, silentLog, upload } from '../../../tests/support/core-lab.ts';
import { ManualClock } from '../../../tests/support/manual-clock.ts';
import { tempFolder } from '../../../tests/support/temp-folder.ts';

import { catalogPath, removeCatalogFiles } from './catalog-files.ts';
import { openCatalogFor } from './open-catalog-for.ts';

it('tells of damage of the journal at each start, until a catalog is made from a clean one', async () => {
  await using temp = await tempFolder();
  const core = await openCore({ folder: temp.path });
  await core.ingest.receive(upload('photo 1', { assetKey: '1' }));
  await core.ingest.receive(upload('photo 2', { assetKey: '2' }));
  await core[Symbol.asyncDispose]();
  const { library } = core;
  const journal = join(library.layout.journalFolder, '2026-11.jsonl');
  const clean = await readFile(journal, 'utf8');
  const source = { ...library, journalFolder: library.layout.journalFolder };
  const start = async (): Promise<unknown> => {
    const opened = await openCatalogFor(temp.path, source, new ManualClock(), silentLog);
    opened.catalog.close();
    return opened.follow.damage;
  };
  await writeFile(journal, clean.replace('IMG_1.HEIC', 'IMG_X.HEIC'));
  await removeCatalogFiles(catalogPath(temp.path));
  const damage = [{ file: '2026-11.jsonl', lineNumber: 1 }];
  expect(await start()).toEqual(damage);
  expect(await start()).toEqual(damage);
  await writeFile(journal, clean);
  expect(await start()).toEqual(damage);
  await removeCatalogFiles(catalogPath(temp.path));
  expect(await start()).toEqual([]);
  expect(await start()).toEqual([]);
});

it('keeps only the last catalog that was put aside', async () => {
  await using temp = await tempFolder();
  const core = await openCore({ folder: temp.path });
  await core[Symbol.asyncDispose]();
  const { library } = core;
  const source = { ...library, journalFolder: library.layout.journalFolder };
  for (const at of [1000, 2000, 3000]) {
    await writeFile(catalogPath(temp.path), `not a database at all, though long enough: ${at}`);
    const { catalog } = await openCatalogFor(temp.path, source, new ManualClock(at), silentLog);
    catalog.close();
  }
  const aside = (await readdir(temp.path)).filter((name) => name.includes('.aside-'));
  expect(aside).toEqual(['catalog.sqlite.aside-3000']);
});
