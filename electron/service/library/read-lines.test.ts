import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { expect, it } from 'vitest';

import { tempFolder } from '../../../tests/support/temp-folder.ts';

import { checkedLine, MAX_LINE_BYTES } from './checked-line.ts';
import { readLines, type ReadLine } from './read-lines.ts';

async function linesOf(content: string | Uint8Array, from?: number): Promise<ReadLine[]> {
  await using temp = await tempFolder();
  const path = join(temp.path, 'lines');
  await writeFile(path, content);
  return await Array.fromAsync(readLines(path, from));
}

it('gives each line with its value and where it ends', async () => {
  const [one, two] = [checkedLine({ n: 1 }), checkedLine({ n: 2, name: 'é'.repeat(50_000) })];
  const lines = await linesOf(one + two);
  expect(lines).toEqual([
    { lineNumber: 1, startOffset: 0, endOffset: one.length, value: { n: 1 }, complete: true },
    {
      lineNumber: 2,
      startOffset: one.length,
      endOffset: one.length + Buffer.byteLength(two),
      value: { n: 2, name: 'é'.repeat(50_000) },
      complete: true,
    },
  ]);
});

it('starts at any line it is told to', async () => {
  const one = checkedLine({ n: 1 });
  const lines = await linesOf(one + checkedLine({ n: 2 }), one.length);
  expect(lines.map((line) => [line.startOffset, line.value])).toEqual([[one.length, { n: 2 }]]);
});

it('has no lines to give of a missing or empty file, or behind the end', async () => {
  expect(await Array.fromAsync(readLines('/nowhere/at/all'))).toEqual([]);
  expect(await linesOf('')).toEqual([]);
  expect(await linesOf(checkedLine({ n: 1 }), 10_000)).toEqual([]);
});

it('names a damaged line and reads on behind it', async () => {
  const lines = await linesOf(`garbage\n\n${checkedLine({ n: 3 })}`);
  expect(lines.map((line) => line.value)).toEqual([undefined, undefined, { n: 3 }]);
  expect(lines.every((line) => line.complete)).toBe(true);
});

it('never takes a last line without its newline for a record', async () => {
  const lines = await linesOf(checkedLine({ n: 1 }) + checkedLine({ n: 2 }).slice(0, -1));
  expect(lines.map((line) => [line.value, line.complete])).toEqual([
    [{ n: 1 }, true],
    [undefined, false],
  ]);
});

it('gets past a line without end and keeps its place', async () => {
  const hole = Buffer.alloc(40 * MAX_LINE_BYTES);
  const good = checkedLine({ n: 1 });
  const lines = await linesOf(Buffer.concat([hole, Buffer.from('\n'), Buffer.from(good)]));
  expect(lines.map((line) => [line.startOffset, line.endOffset, line.value])).toEqual([
    [0, hole.byteLength + 1, undefined],
    [hole.byteLength + 1, hole.byteLength + 1 + good.length, { n: 1 }],
  ]);
});
