import { appendFile, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { receipt } from '../../../tests/support/core-lab.ts';
import { FaultyFileSystem } from '../../../tests/support/faulty-file-system.ts';
import { ManualClock } from '../../../tests/support/manual-clock.ts';
import { tempFolder } from '../../../tests/support/temp-folder.ts';

import { openLibrary, type Library } from './open-library.ts';

const clock = new ManualClock();
const KNOWN = '7b0f4f4e-9a53-4c8e-8d5b-1f0f2b1c9a10';

async function open(folder: string, knownLibraryId?: string): Promise<Library> {
  return openLibrary({ folder, clock, knownLibraryId });
}

it('makes a new library, with its parents, and finds the same one again', async () => {
  await using temp = await tempFolder();
  const folder = join(temp.path, 'Pictures', 'Roost');
  const first = await open(folder);
  const { libraryId } = first;
  await first[Symbol.asyncDispose]();
  await using second = await open(folder, libraryId);
  expect(second.libraryId).toBe(libraryId);
  expect(second.recovery).toEqual({ completed: [], moved: [], clearedCount: 0 });
  expect(await readdir(folder)).toEqual(['.roost']);
});

it('leaves alone what stands in a folder that becomes a library', async () => {
  await using temp = await tempFolder();
  await writeFile(join(temp.path, 'holiday.jpg'), 'mine');
  await using library = await open(temp.path);
  expect(library.recovery.completed).toEqual([]);
  expect(await readFile(join(temp.path, 'holiday.jpg'), 'utf8')).toBe('mine');
});

it('is held by one service at a time', async () => {
  await using temp = await tempFolder();
  const first = await open(temp.path);
  await expect(open(temp.path)).rejects.toMatchObject({ code: 'library/in-use' });
  await first[Symbol.asyncDispose]();
  await using again = await open(temp.path);
  expect(again.libraryId).toBe(first.libraryId);
});

it('becomes one library when two services make it at once', async () => {
  await using temp = await tempFolder();
  const opened = await Promise.allSettled([open(temp.path), open(temp.path), open(temp.path)]);
  const libraries = opened.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
  expect(libraries).toHaveLength(1);
  const reasons: unknown[] = opened.flatMap((each) =>
    each.status === 'rejected' ? [each.reason as unknown] : [],
  );
  expect(reasons).toMatchObject([{ code: 'library/in-use' }, { code: 'library/in-use' }]);
  const identity = JSON.parse(
    await readFile(join(temp.path, '.roost', 'library.json'), 'utf8'),
  ) as unknown;
  expect(identity).toMatchObject({ libraryId: libraries[0]?.libraryId });
  await libraries[0]?.[Symbol.asyncDispose]();
});

it.runIf(process.platform === 'linux')('is refused where no folder can be made', async () => {
  await expect(open('/proc/roost/library')).rejects.toMatchObject({ code: 'library/write-failed' });
});

it('is missing, and not new, where a known library is not there', async () => {
  await using temp = await tempFolder();
  await expect(open(temp.path, KNOWN)).rejects.toMatchObject({ code: 'library/missing' });
  expect(await readdir(temp.path)).toEqual([]);
  await expect(open(join(temp.path, 'gone'), KNOWN)).rejects.toMatchObject({
    code: 'library/missing',
  });
  expect(await readdir(temp.path)).toEqual([]);
});

it.each([
  ['{"roostLibrary":2,"libraryId":"another shape"}', 'library/not-a-library'],
  ['', 'library/identity-damaged'],
  ['{"roostLibrary":1,"libraryId":', 'library/identity-damaged'],
  ['{"roostLibrary":1,"libraryId":"x","createdAt":1}', 'library/identity-damaged'],
  ['[]', 'library/identity-damaged'],
])('is refused with the identity %j as %s, and not touched', async (identity, code) => {
  await using temp = await tempFolder();
  const path = join(temp.path, '.roost', 'library.json');
  await mkdir(join(temp.path, '.roost'));
  await writeFile(path, identity);
  await expect(open(temp.path)).rejects.toMatchObject({ code });
  expect(await readFile(path, 'utf8')).toBe(identity);
  expect(await readdir(join(temp.path, '.roost'))).toEqual(['library.json']);
});

it('clears half-arrived uploads and mends a torn journal at its start', async () => {
  await using temp = await tempFolder();
  const first = await open(temp.path);
  const { layout } = first;
  await first[Symbol.asyncDispose]();
  await writeFile(join(layout.stagingFolder, 'half'), 'bytes');
  await mkdir(join(layout.stagingFolder, 'folder'));
  await writeFile(join(layout.journalFolder, '2026-11.jsonl'), '{"torn');
  await using library = await open(temp.path);
  expect(library.recovery.clearedCount).toBe(2);
  expect(library.mended).toMatchObject([{ cutByteCount: 6 }]);
  expect(await readdir(layout.stagingFolder)).toEqual([]);
});

it('starts also when something in staging cannot be removed', async () => {
  await using temp = await tempFolder();
  const first = await open(temp.path);
  await writeFile(join(first.layout.stagingFolder, 'stuck'), '');
  await first[Symbol.asyncDispose]();
  await using library = await openLibrary({ folder: temp.path, clock, files: new StuckStaging() });
  expect(library.recovery.clearedCount).toBe(0);
});

it('knows whether its drive is there', async () => {
  await using temp = await tempFolder();
  const folder = join(temp.path, 'drive');
  await using library = await open(folder);
  expect(await library.isPresent()).toBe(true);
  await rm(folder, { recursive: true });
  expect(await library.isPresent()).toBe(false);
});

it('refuses another library than the one its folder is known by, and writes nothing to it', async () => {
  await using temp = await tempFolder();
  await (await open(temp.path))[Symbol.asyncDispose]();
  const own = join(temp.path, '.roost');
  await rm(join(own, 'lock'));
  const before = await readdir(own);
  await expect(open(temp.path, KNOWN)).rejects.toMatchObject({ code: 'library/other-library' });
  expect(await readdir(own)).toEqual(before);
});

describe('a look at an open library', () => {
  it('finds it as it was left, also behind what this service wrote', async () => {
    await using temp = await tempFolder();
    await using library = await open(join(temp.path, 'drive'));
    expect(await library.look()).toBe('as-left');
    await library.journal.append({ entry: 'receipt', ...receipt() }, clock.now());
    await library.placements.announce(receipt());
    expect(await library.look()).toBe('as-left');
    library.placements.settle();
    await library.placements.empty();
    expect(await library.look()).toBe('as-left');
  });

  it('finds it gone, and back again untouched', async () => {
    await using temp = await tempFolder();
    const folder = join(temp.path, 'drive');
    await using library = await open(folder);
    await rename(folder, `${folder}-away`);
    expect(await library.look()).toBe('gone');
    await mkdir(folder);
    expect(await library.look()).toBe('gone');
    await rm(folder, { recursive: true });
    await rename(`${folder}-away`, folder);
    expect(await library.look()).toBe('as-left');
  });

  it('finds another library in its place', async () => {
    await using temp = await tempFolder();
    const folder = join(temp.path, 'drive');
    await using library = await open(folder);
    await rename(folder, `${folder}-away`);
    await (await open(folder))[Symbol.asyncDispose]();
    expect(await library.look()).toBe('other');
    expect(await library.isPresent()).toBe(false);
  });

  it('keeps the journal of another library clean that came between two looks', async () => {
    await using temp = await tempFolder();
    const folder = join(temp.path, 'drive');
    await using library = await open(folder);
    await library.journal.append({ entry: 'receipt', ...receipt() }, clock.now());
    await rename(folder, `${folder}-away`);
    await using other = await open(folder);
    await other.journal.append({ entry: 'receipt', ...receipt() }, clock.now());
    const journal = join(other.layout.journalFolder, '2026-11.jsonl');
    const before = await readFile(journal, 'utf8');
    await expect(
      library.journal.append({ entry: 'receipt', ...receipt() }, clock.now()),
    ).rejects.toMatchObject({ code: 'library/missing' });
    expect(await readFile(journal, 'utf8')).toBe(before);
  });

  it.each([
    ['a line in the journal', 'journal/2026-11.jsonl'],
    ['a later month of the journal', 'journal/2026-12.jsonl'],
    ['an announced placement', 'placing.jsonl'],
  ])('finds it changed by %s of somebody else', async (_, file) => {
    await using temp = await tempFolder();
    await using library = await open(temp.path);
    await library.journal.append({ entry: 'receipt', ...receipt() }, clock.now());
    await appendFile(join(temp.path, '.roost', file), 'theirs\n');
    expect(await library.look()).toBe('changed');
  });

  it('finds it changed when its identity cannot be read', async () => {
    await using temp = await tempFolder();
    await using library = await open(temp.path);
    await writeFile(library.layout.identityFile, '{');
    expect(await library.look()).toBe('changed');
  });
});

it('tells whatever fails at its start in words of the catalogue, and lets go of the lock', async () => {
  for (let at = 1; ; at++) {
    await using temp = await tempFolder();
    const files = new FaultyFileSystem({ at, code: 'EIO' });
    const folder = join(temp.path, 'library');
    const opened = await openLibrary({ folder, clock, files }).catch((error: unknown) => error);
    if (opened instanceof Error) expect(opened).toMatchObject({ code: 'library/write-failed' });
    else await (opened as Library)[Symbol.asyncDispose]();
    await using again = await open(folder);
    expect(await again.isPresent()).toBe(true);
    if (files.failed === undefined) break;
  }
});

class StuckStaging extends FaultyFileSystem {
  override removeTree(): Promise<void> {
    return Promise.reject(Object.assign(new Error('made by a test'), { code: 'EPERM' }));
  }
}
