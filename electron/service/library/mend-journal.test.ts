import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { receipt } from '../../../tests/support/core-lab.ts';
import { FaultyFileSystem } from '../../../tests/support/faulty-file-system.ts';
import { ForgetfulFileSystem } from '../../../tests/support/forgetful-file-system.ts';
import { tempFolder } from '../../../tests/support/temp-folder.ts';

import { checkedLine } from './checked-line.ts';
import { nodeFileSystem } from './file-system.ts';
import { mendJournal } from './mend-journal.ts';
import type { Placements } from './placement-log.ts';

const GOOD = checkedLine({ n: 1 }) + checkedLine({ n: 2, name: 'Zug' });
const LAST = Buffer.from(checkedLine({ n: 3, name: 'Genève' }));
const FILE = '2026-11.jsonl';

it('cuts a last line that was torn at any of its bytes, and keeps what it cut', async () => {
  for (let length = 1; length < LAST.byteLength; length++) {
    await using temp = await tempFolder();
    const path = join(temp.path, FILE);
    await writeFile(path, Buffer.concat([Buffer.from(GOOD), LAST.subarray(0, length)]));
    const mended = await mendJournal(temp.path, nodeFileSystem, 7);
    expect(mended).toEqual([{ file: FILE, cutByteCount: length, keptAs: `torn-${FILE}-7.txt` }]);
    expect(await readFile(path, 'utf8')).toBe(GOOD);
    const kept = await readFile(join(temp.path, `torn-${FILE}-7.txt`));
    expect(kept.equals(LAST.subarray(0, length))).toBe(true);
  }
});

it.each([
  ['there is none', undefined],
  ['it is empty', ''],
  ['every line is whole', GOOD],
  ['a line in the middle is damaged', `${GOOD}rot\n${GOOD}`],
  ['the last whole line is damaged, which may have been answered for', `${GOOD}rot\n`],
])('leaves a journal alone when %s', async (_, content) => {
  await using temp = await tempFolder();
  if (content !== undefined) await writeFile(join(temp.path, FILE), content);
  expect(await mendJournal(temp.path, nodeFileSystem, 7)).toEqual([]);
  expect(await readdir(temp.path)).toEqual(content === undefined ? [] : [FILE]);
  if (content !== undefined) expect(await readFile(join(temp.path, FILE), 'utf8')).toBe(content);
});

it('looks at the newest month only where it knows nothing of the others', async () => {
  await using temp = await tempFolder();
  await writeFile(join(temp.path, '2026-10.jsonl'), 'to');
  await writeFile(join(temp.path, FILE), GOOD);
  expect(await mendJournal(temp.path, nodeFileSystem, 7)).toEqual([]);
});

it('has kept the bytes before it cuts them, whichever step fails, and ends well at the next start', async () => {
  for (let at = 1; ; at++) {
    await using temp = await tempFolder();
    await writeFile(join(temp.path, FILE), `${GOOD}torn`);
    const files = new FaultyFileSystem({ at, code: 'EIO', reach: 'half' });
    const mended = await mendJournal(temp.path, files, 7).catch(() => undefined);
    const left = await readFile(join(temp.path, FILE), 'utf8');
    if (left === GOOD) {
      expect(await readFile(join(temp.path, `torn-${FILE}-7.txt`), 'utf8')).toBe('torn');
    } else expect(left).toBe(`${GOOD}torn`);
    await mendJournal(temp.path, nodeFileSystem, 7);
    expect(await readFile(join(temp.path, FILE), 'utf8')).toBe(GOOD);
    if (mended?.length) break;
    expect(at).toBeLessThan(50);
  }
});

describe('with a place up to which the journal was durable', () => {
  const announced = receipt();
  const vouched = checkedLine({ entry: 'receipt', ...announced });
  const unvouched = checkedLine({ entry: 'receipt', ...receipt() });
  const durable = (byteOffset: number): Placements => ({
    announced: [announced],
    moves: [],
    journalEnd: { file: FILE, byteOffset },
  });

  it.each([
    ['a damaged line', 'rot\n'],
    ['what the disk held there before', '\0\0\n\0\nrot'],
    ['a damaged line and a receipt that is announced', `rot\n${vouched}`],
    ['a receipt that is announced, torn behind a damaged line', `rot\n${vouched.slice(0, -9)}`],
  ])('cuts %s behind it', async (_, tail) => {
    await using temp = await tempFolder();
    await writeFile(join(temp.path, FILE), `${GOOD}${vouched}${tail}`);
    const mended = await mendJournal(temp.path, nodeFileSystem, 7, durable(GOOD.length));
    expect(mended).toMatchObject([{ cutByteCount: tail.length }]);
    expect(await readFile(join(temp.path, FILE), 'utf8')).toBe(`${GOOD}${vouched}`);
    expect(await readFile(join(temp.path, `torn-${FILE}-7.txt`), 'utf8')).toBe(tail);
  });

  it.each([
    ['a damaged line before it, which was answered for', `rot\n${GOOD}`, 4],
    ['damage with a receipt behind it that comes back by nothing', `${GOOD}rot\n${unvouched}`, 0],
    ['lines that are whole, whatever they say', `${GOOD}${GOOD}`, 1],
  ])('leaves %s alone', async (_, content, byteOffset) => {
    await using temp = await tempFolder();
    await writeFile(join(temp.path, FILE), content);
    expect(await mendJournal(temp.path, nodeFileSystem, 7, durable(byteOffset))).toEqual([]);
    expect(await readFile(join(temp.path, FILE), 'utf8')).toBe(content);
  });

  it('mends the month before too, when a new one began a moment before the power went', async () => {
    await using temp = await tempFolder();
    await writeFile(join(temp.path, FILE), `${GOOD}half a li`);
    await writeFile(join(temp.path, '2026-12.jsonl'), `rot\n`);
    const mended = await mendJournal(temp.path, nodeFileSystem, 7, durable(GOOD.length));
    expect(mended.map((each) => [each.file, each.cutByteCount])).toEqual([
      ['2026-12.jsonl', 4],
      [FILE, 9],
    ]);
  });
});

it('makes durable what a killed service left in the newest file', async () => {
  await using temp = await tempFolder();
  const files = await ForgetfulFileSystem.over(temp.path);
  const path = join(temp.path, FILE);
  const file = await files.open(path, 'wx');
  await files.syncFolder(temp.path);
  await file.write(Buffer.from(GOOD), 0, GOOD.length, 0);
  await file.close();
  expect(await mendJournal(temp.path, files, 7)).toEqual([]);
  const { entries } = files.afterPowerCut(files.moment, 'strict');
  expect(entries.get(FILE)?.toString()).toBe(GOOD);
});
