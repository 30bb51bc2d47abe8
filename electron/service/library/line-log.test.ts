import { appendFile, readFile, rename, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { FaultyFileSystem } from '../../../tests/support/faulty-file-system.ts';
import { tempFolder } from '../../../tests/support/temp-folder.ts';

import { nodeFileSystem } from './file-system.ts';
import { LineLog, NotAsLeftError, UncutLineError } from './line-log.ts';

/** The `count`-th operation of a kind fails, with part of it done. */
async function failing(
  path: string,
  kinds: readonly RegExp[],
  act: (log: LineLog) => Promise<unknown>,
): Promise<LineLog> {
  const rehearsed = new FaultyFileSystem();
  const practice = new LineLog(`${path}.practice`, rehearsed);
  await act(practice).catch(() => undefined);
  await practice.close();
  const at = 1 + rehearsed.operations.findIndex((each) => kinds.some((kind) => kind.test(each)));
  expect(at).toBeGreaterThan(0);
  return new LineLog(path, new FaultyFileSystem({ at, code: 'ENOSPC', reach: 'half' }));
}

it('keeps lines in the order they were appended in and tells where each ends', async () => {
  await using temp = await tempFolder();
  const log = new LineLog(join(temp.path, 'log'), nodeFileSystem);
  const ends = await Promise.all(['a\n', 'bb\n', 'ccc\n'].map((line) => log.append(line)));
  expect(ends).toEqual([2, 5, 9]);
  await log.close();
  expect(await log.append('d\n')).toBe(11);
  await log.close();
  expect(await readFile(log.path, 'utf8')).toBe('a\nbb\nccc\nd\n');
});

it('makes every line durable before it says so, and many with one sync', async () => {
  await using temp = await tempFolder();
  const files = new FaultyFileSystem();
  const log = new LineLog(join(temp.path, 'log'), files);
  const lines = Array.from({ length: 500 }, (_, at) => `${at}\n`);
  await Promise.all(
    lines.map(async (line) => {
      const end = await log.append(line);
      const synced = files.operations.lastIndexOf(`datasync ${log.path}`);
      expect(synced).toBeGreaterThan(files.operations.lastIndexOf(`write ${log.path}`));
      expect((await stat(log.path)).size).toBeGreaterThanOrEqual(end);
    }),
  );
  expect(await readFile(log.path, 'utf8')).toBe(lines.join(''));
  expect(files.operations.filter((each) => each.startsWith('datasync')).length).toBeLessThan(10);
  await log.close();
});

it('has a new file named by its folder for good before the first line counts', async () => {
  await using temp = await tempFolder();
  const files = new FaultyFileSystem();
  const log = new LineLog(join(temp.path, 'log'), files);
  await log.append('a\n');
  expect(files.operations).toContain(`syncFolder ${temp.path}`);
  await log.close();
});

it('syncs the folder at the next append where that failed for a new file', async () => {
  await using temp = await tempFolder();
  const files = new FaultyFileSystem({ at: 4, code: 'EIO' });
  const log = new LineLog(join(temp.path, 'log'), files);
  await expect(log.append('a\n')).rejects.toMatchObject({ code: 'EIO' });
  expect(files.failed).toBe(`syncFolder ${temp.path}`);
  await log.append('b\n');
  expect(files.operations.filter((each) => each.startsWith('syncFolder'))).toHaveLength(2);
  expect(await readFile(log.path, 'utf8')).toBe('b\n');
  await log.close();
});

it.each([
  ['the write', /^write /],
  ['the sync', /^datasync /],
])('leaves nothing of a line when %s fails, also as the very first', async (_, kind) => {
  await using temp = await tempFolder();
  const path = join(temp.path, 'log');
  const log = await failing(path, [kind], (practice) => practice.append('lost\n'));
  await expect(log.append('lost\n')).rejects.toMatchObject({ code: 'ENOSPC' });
  expect(await readFile(path, 'utf8')).toBe('');
  expect(await log.append('kept\n')).toBe(5);
  expect(await readFile(path, 'utf8')).toBe('kept\n');
  await log.close();
});

it('says when a failed line could not be cut off, and cuts it before the next', async () => {
  await using temp = await tempFolder();
  const path = join(temp.path, 'log');
  const files = new FailingTwice();
  const log = new LineLog(path, files);
  await log.append('first\n');
  files.failNext = ['datasync', 'ftruncate'];
  await expect(log.append('torn\n')).rejects.toThrow(UncutLineError);
  expect(await readFile(path, 'utf8')).toBe('first\ntorn\n');
  await log.append('next\n');
  expect(await readFile(path, 'utf8')).toBe('first\nnext\n');
  await log.close();
});

it('cuts a line that could not be cut off also when nothing was written before it', async () => {
  await using temp = await tempFolder();
  const path = join(temp.path, 'log');
  const files = new FailingTwice();
  const log = new LineLog(path, files);
  files.failNext = ['datasync', 'ftruncate'];
  await expect(log.append('torn\n')).rejects.toThrow(UncutLineError);
  await log.append('next\n');
  expect(await readFile(path, 'utf8')).toBe('next\n');
  await log.close();
});

it('does not glue a line to one that was found torn', async () => {
  await using temp = await tempFolder();
  const path = join(temp.path, 'log');
  await writeFile(path, 'whole\nto');
  const log = new LineLog(path, nodeFileSystem);
  const end = await log.append('next\n');
  expect(await readFile(path, 'utf8')).toBe('whole\nto\nnext\n');
  expect(end).toBe((await stat(path)).size);
  await log.close();
});

it('writes neither to a file that stands in the place of its own, nor a new one where its own is gone', async () => {
  await using temp = await tempFolder();
  const path = join(temp.path, 'log');
  const log = new LineLog(path, nodeFileSystem);
  await log.append('a\n');
  await writeFile(`${path}.backup`, 'restored, longer\n');
  await rename(`${path}.backup`, path);
  expect(await log.isAsLeft()).toBe(false);
  await expect(log.append('b\n')).rejects.toThrow(NotAsLeftError);
  expect(await readFile(path, 'utf8')).toBe('restored, longer\n');
  await rm(path);
  expect(await log.isAsLeft()).toBe(false);
  await expect(log.append('b\n')).rejects.toThrow(NotAsLeftError);
  await expect(stat(path)).rejects.toThrow('ENOENT');
  await log.close();
});

describe('a file that somebody else wrote to meanwhile, as a drive that was at another computer', () => {
  it('keeps their lines when the log still has it open, and says so instead of writing', async () => {
    await using temp = await tempFolder();
    const log = new LineLog(join(temp.path, 'log'), nodeFileSystem);
    await log.append('ours\n');
    expect(await log.isAsLeft()).toBe(true);
    await appendFile(log.path, 'theirs\n');
    expect(await log.isAsLeft()).toBe(false);
    await expect(log.append('next\n')).rejects.toThrow(NotAsLeftError);
    await expect(log.append('next\n')).rejects.toThrow(NotAsLeftError);
    expect(await readFile(log.path, 'utf8')).toBe('ours\ntheirs\n');
    await log.close();
  });

  it('keeps their lines when the log opens it anew', async () => {
    await using temp = await tempFolder();
    const log = new LineLog(join(temp.path, 'log'), nodeFileSystem);
    await log.append('ours\n');
    await log.close();
    await appendFile(log.path, 'theirs\n');
    await expect(log.append('next\n')).rejects.toThrow(NotAsLeftError);
    expect(await readFile(log.path, 'utf8')).toBe('ours\ntheirs\n');
  });

  it('keeps their lines also where a failed line of ours could not be cut off', async () => {
    await using temp = await tempFolder();
    const files = new FailingTwice();
    const log = new LineLog(join(temp.path, 'log'), files);
    await log.append('ours\n');
    files.failNext = ['datasync', 'ftruncate'];
    await expect(log.append('torn\n')).rejects.toThrow(UncutLineError);
    expect(await log.isAsLeft()).toBe(true);
    await appendFile(log.path, 'theirs\n');
    expect(await log.isAsLeft()).toBe(false);
    await expect(log.append('next\n')).rejects.toThrow(NotAsLeftError);
    expect(await readFile(log.path, 'utf8')).toBe('ours\ntorn\ntheirs\n');
    await log.close();
  });

  it('is not emptied either', async () => {
    await using temp = await tempFolder();
    const log = new LineLog(join(temp.path, 'log'), nodeFileSystem);
    await log.append('ours\n');
    await appendFile(log.path, 'theirs\n');
    await expect(log.clear()).rejects.toThrow(NotAsLeftError);
    expect(await readFile(log.path, 'utf8')).toBe('ours\ntheirs\n');
    await log.close();
  });

  it('counts from when it was first looked at, also without a line of ours', async () => {
    await using temp = await tempFolder();
    const log = new LineLog(join(temp.path, 'log'), nodeFileSystem);
    await writeFile(log.path, 'before\n');
    await log.look();
    expect(await log.isAsLeft()).toBe(true);
    await appendFile(log.path, 'theirs\n');
    expect(await log.isAsLeft()).toBe(false);
    await expect(log.append('ours\n')).rejects.toThrow(NotAsLeftError);
    await log.close();
  });

  it('is not as it was left when it is gone or shorter', async () => {
    await using temp = await tempFolder();
    const log = new LineLog(join(temp.path, 'log'), nodeFileSystem);
    expect(await log.isAsLeft()).toBe(true);
    await log.append('ours\n');
    await truncate(log.path, 2);
    expect(await log.isAsLeft()).toBe(false);
    await rm(log.path);
    expect(await log.isAsLeft()).toBe(false);
    await log.close();
  });
});

it('begins anew after it was cleared, with appends before and behind in their order', async () => {
  await using temp = await tempFolder();
  const log = new LineLog(join(temp.path, 'log'), nodeFileSystem);
  const before = log.append('before\n');
  const cleared = log.clear();
  const behind = log.append('behind\n');
  expect(await Promise.all([before, cleared, behind])).toEqual([7, undefined, 7]);
  expect(await readFile(log.path, 'utf8')).toBe('behind\n');
  await log.close();
});

it('finds its place again when clearing failed half way', async () => {
  await using temp = await tempFolder();
  const files = new FailingTwice();
  const log = new LineLog(join(temp.path, 'log'), files);
  await log.append('old\n');
  files.failNext = ['datasync'];
  await expect(log.clear()).rejects.toMatchObject({ code: 'EIO' });
  await log.append('new\n');
  expect(await readFile(log.path, 'utf8')).toBe('new\n');
  await log.close();
});

it('has exactly the lines that were answered for, whichever operation fails', async () => {
  await using temp = await tempFolder();
  let run = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 25 }),
      fc.constantFrom('nothing' as const, 'half' as const, 'all' as const),
      fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 5 }),
      async (at, reach, batches) => {
        run += 1;
        const path = join(temp.path, `log-${run}`);
        const log = new LineLog(path, new FaultyFileSystem({ at, code: 'EIO', reach }));
        const kept: string[] = [];
        let number = 0;
        for (const size of batches) {
          const lines = Array.from({ length: size }, () => `line ${(number += 1)}\n`);
          const results = await Promise.allSettled(lines.map((line) => log.append(line)));
          kept.push(...lines.filter((_, index) => results[index]?.status === 'fulfilled'));
        }
        await log.append('last\n').catch(() => log.append('last\n'));
        await log.close();
        expect(await readFile(path, 'utf8')).toBe(`${kept.join('')}last\n`);
      },
    ),
    { numRuns: 60 },
  );
});

it('waits for what was asked for when it is closed', async () => {
  await using temp = await tempFolder();
  const path = join(temp.path, 'log');
  await appendFile(path, '');
  const log = new LineLog(path, nodeFileSystem);
  const appended = log.append('a\n');
  await log.close();
  expect(await readFile(path, 'utf8')).toBe('a\n');
  await appended;
});

/** Fails the next operations of the named kinds, each once. */
class FailingTwice extends FaultyFileSystem {
  failNext: string[] = [];

  protected override async act<Result>(
    operation: Parameters<FaultyFileSystem['act']>[0],
    work: () => Promise<Result>,
  ): Promise<Result> {
    const at = this.failNext.indexOf(operation.name);
    if (at < 0) return super.act(operation, work);
    this.failNext.splice(at, 1);
    throw Object.assign(new Error('made by a test'), { code: 'EIO' });
  }
}
