import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { expect, it } from 'vitest';

import { FaultyFileSystem } from '../../../tests/support/faulty-file-system.ts';
import { tempFolder } from '../../../tests/support/temp-folder.ts';

import { checkedLine } from './checked-line.ts';
import { nodeFileSystem } from './file-system.ts';
import { mendJournal } from './mend-journal.ts';

const GOOD = checkedLine({ n: 1 }) + checkedLine({ n: 2, name: 'Zürich' });
const LAST = Buffer.from(checkedLine({ n: 3, name: 'Genève' }));
const FILE = '2026-11.jsonl';

it('cuts a last line that was torn at any of its bytes, and keeps what it cut', async () => {
  for (let length = 1; length < LAST.byteLength; length++) {
    await using temp = await tempFolder();
    const path = join(temp.path, FILE);
    await writeFile(path, Buffer.concat([Buffer.from(GOOD), LAST.subarray(0, length)]));
    const mended = await mendJournal(temp.path, nodeFileSystem, 7);
    expect(mended).toEqual({ file: FILE, cutByteCount: length, keptAs: `torn-${FILE}-7.txt` });
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
  expect(await mendJournal(temp.path, nodeFileSystem, 7)).toBeUndefined();
  expect(await readdir(temp.path)).toEqual(content === undefined ? [] : [FILE]);
  if (content !== undefined) expect(await readFile(join(temp.path, FILE), 'utf8')).toBe(content);
});

it('looks at the newest month only: no other can have been written to', async () => {
  await using temp = await tempFolder();
  await writeFile(join(temp.path, '2026-10.jsonl'), 'to');
  await writeFile(join(temp.path, FILE), GOOD);
  expect(await mendJournal(temp.path, nodeFileSystem, 7)).toBeUndefined();
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
    if (mended) break;
    expect(at).toBeLessThan(50);
  }
});
