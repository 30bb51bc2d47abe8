import { appendFile, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { expect, it } from 'vitest';

import type { JournalEntry } from '../../../shared/receipt.ts';
import { receipt } from '../../../tests/support/core-lab.ts';
import { FaultyFileSystem } from '../../../tests/support/faulty-file-system.ts';
import { tempFolder } from '../../../tests/support/temp-folder.ts';

import { nodeFileSystem } from './file-system.ts';
import type { JournalPosition } from './journal-position.ts';
import { isInJournal, Journal, readJournal } from './journal.ts';

const NOVEMBER = Date.UTC(2026, 10, 30, 23, 59);
const DECEMBER = Date.UTC(2026, 11, 1, 0, 1);

function entry(path: string): JournalEntry {
  return { entry: 'receipt', ...receipt({ path }) };
}

async function pathsIn(folder: string, from?: JournalPosition): Promise<string[]> {
  const lines = await Array.fromAsync(readJournal(folder, nodeFileSystem, from));
  return lines.map((line) => {
    if ('damage' in line) return `damage ${line.damage.file}:${line.damage.lineNumber}`;
    return line.entry.entry === 'receipt' ? line.entry.path : line.entry.entry;
  });
}

it('begins a file each month and reads them in order', async () => {
  await using temp = await tempFolder();
  const journal = await Journal.open(temp.path, nodeFileSystem);
  await journal.append(entry('a'), NOVEMBER);
  await journal.append(entry('b'), DECEMBER);
  await journal.append(entry('c'), DECEMBER);
  await journal.close();
  expect((await readdir(temp.path)).sort()).toEqual(['2026-11.jsonl', '2026-12.jsonl']);
  expect(await pathsIn(temp.path)).toEqual(['a', 'b', 'c']);
});

it('never goes back to an earlier month when the clock is set back, also after a restart', async () => {
  await using temp = await tempFolder();
  const journal = await Journal.open(temp.path, nodeFileSystem);
  await journal.append(entry('a'), DECEMBER);
  await journal.append(entry('b'), NOVEMBER);
  await journal.close();
  const reopened = await Journal.open(temp.path, nodeFileSystem);
  await reopened.append(entry('c'), NOVEMBER);
  await reopened.close();
  expect(await readdir(temp.path)).toEqual(['2026-12.jsonl']);
  expect(await pathsIn(temp.path)).toEqual(['a', 'b', 'c']);
});

it('gives with each entry the position from which the rest is read', async () => {
  await using temp = await tempFolder();
  const journal = await Journal.open(temp.path, nodeFileSystem);
  const paths = ['a', 'b', 'c', 'd'];
  const positions = [];
  for (const [at, path] of paths.entries()) {
    positions.push(await journal.append(entry(path), at < 2 ? NOVEMBER : DECEMBER));
  }
  await journal.close();
  for (const [at, position] of positions.entries()) {
    expect(await pathsIn(temp.path, position)).toEqual(paths.slice(at + 1));
    expect(await isInJournal(temp.path, nodeFileSystem, position)).toBe(true);
  }
});

it('knows a position of a journal that was longer, or had more months', async () => {
  await using temp = await tempFolder();
  const journal = await Journal.open(temp.path, nodeFileSystem);
  const { file, byteOffset } = await journal.append(entry('a'), NOVEMBER);
  await journal.close();
  const isIn = (position: JournalPosition): Promise<boolean> =>
    isInJournal(temp.path, nodeFileSystem, position);
  expect(await isIn({ file, byteOffset: byteOffset + 1 })).toBe(false);
  expect(await isIn({ file: '2027-01.jsonl', byteOffset: 0 })).toBe(false);
  expect(await isIn({ file, byteOffset: 0 })).toBe(true);
  // Another computer cut what was never durable there, and wrote longer lines.
  expect(await isIn({ file, byteOffset: byteOffset - 1 })).toBe(false);
});

it('names damaged lines and entries that are none, and reads on', async () => {
  await using temp = await tempFolder();
  const journal = await Journal.open(temp.path, nodeFileSystem);
  await journal.append(entry('a'), NOVEMBER);
  await appendFile(join(temp.path, '2026-11.jsonl'), 'rot\n{"entry":"receipt"}\n');
  await journal.close();
  const reopened = await Journal.open(temp.path, nodeFileSystem);
  await reopened.append(entry('b'), NOVEMBER);
  await reopened.close();
  expect(await pathsIn(temp.path)).toEqual([
    'a',
    'damage 2026-11.jsonl:2',
    'damage 2026-11.jsonl:3',
    'b',
  ]);
});

it('leaves files alone that are no months', async () => {
  await using temp = await tempFolder();
  await writeFile(join(temp.path, 'torn-2026-11.jsonl-1.txt'), 'x');
  await writeFile(join(temp.path, '.DS_Store'), 'x');
  expect(await pathsIn(temp.path)).toEqual([]);
  expect(await pathsIn(join(temp.path, 'nowhere'))).toEqual([]);
});

it('tells a failed write in words of the catalogue and has nothing of it', async () => {
  await using temp = await tempFolder();
  const files = new FaultyFileSystem({ at: 6, code: 'ENOSPC', reach: 'half' });
  const journal = await Journal.open(temp.path, files);
  await expect(journal.append(entry('a'), NOVEMBER)).rejects.toMatchObject({
    code: 'library/disk-full',
  });
  expect(files.failed).toMatch(/^write /);
  await journal.append(entry('b'), NOVEMBER);
  await journal.close();
  expect(await pathsIn(temp.path)).toEqual(['b']);
});

it('refuses an entry that its reader would take for damage', async () => {
  await using temp = await tempFolder();
  const journal = await Journal.open(temp.path, nodeFileSystem);
  await expect(journal.append(entry('x'.repeat(300_000)), NOVEMBER)).rejects.toMatchObject({
    code: 'request/too-large',
  });
  await journal.append(entry('b'), NOVEMBER);
  await journal.close();
  expect(await pathsIn(temp.path)).toEqual(['b']);
});

it('writes nothing once it is closed: the lock on the library is gone', async () => {
  await using temp = await tempFolder();
  const journal = await Journal.open(temp.path, nodeFileSystem);
  await journal.append(entry('a'), NOVEMBER);
  await journal.close();
  await expect(journal.append(entry('b'), NOVEMBER)).rejects.toMatchObject({
    code: 'service/stopping',
  });
  expect(await readFile(join(temp.path, '2026-11.jsonl'), 'utf8')).not.toContain('"b"');
});
