import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { beforeEach, describe, expect, it } from 'vitest';

import { FaultyFileSystem } from '../../../tests/support/faulty-file-system.ts';
import { tempFolder } from '../../../tests/support/temp-folder.ts';

import {
  nodeFileSystem,
  type FileFacts,
  type FileSystem,
  type LibraryFile,
} from './file-system.ts';
import { placeFile, removeFile } from './place-file.ts';
import { writeFileDurably } from './write-file-durably.ts';

/** A file system without hard links, as exFAT; each platform has its own word for it. */
class Linkless extends FaultyFileSystem {
  code = 'EPERM';

  override link(): Promise<void> {
    return Promise.reject(Object.assign(new Error('no links here'), { code: this.code }));
  }
}

/** A network drive that gives its files no numbers. */
class Unnumbered extends FaultyFileSystem {
  override async stat(path: string): Promise<FileFacts> {
    return { ...(await super.stat(path)), ino: 0n };
  }
}

let files: FileSystem;

async function place(folder: string): Promise<'placed' | 'taken'> {
  await writeFile(join(folder, 'staged'), 'new bytes');
  return placeFile(files, join(folder, 'staged'), join(folder, 'final'));
}

describe.each([
  ['hard links', () => nodeFileSystem],
  ['no hard links', () => new Linkless()],
])('with %s', (_, make) => {
  beforeEach(() => {
    files = make();
  });

  it('gives a staged file its final name', async () => {
    await using temp = await tempFolder();
    expect(await place(temp.path)).toBe('placed');
    expect(await readFile(join(temp.path, 'final'), 'utf8')).toBe('new bytes');
  });

  it('never overwrites what stands there', async () => {
    await using temp = await tempFolder();
    await writeFile(join(temp.path, 'final'), 'old bytes');
    expect(await place(temp.path)).toBe('taken');
    expect(await readFile(join(temp.path, 'final'), 'utf8')).toBe('old bytes');
    expect(await readFile(join(temp.path, 'staged'), 'utf8')).toBe('new bytes');
  });

  it('fails when there is nothing to place', async () => {
    await using temp = await tempFolder();
    await expect(
      placeFile(files, join(temp.path, 'nothing'), join(temp.path, 'final')),
    ).rejects.toMatchObject({ code: 'ENOENT' });
    expect(await readdir(temp.path)).toEqual([]);
  });
});

it.each(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EISDIR', 'UNKNOWN'])(
  'renames where a file system says %s to a link',
  async (code) => {
    await using temp = await tempFolder();
    const linkless = new Linkless();
    linkless.code = code;
    files = linkless;
    expect(await place(temp.path)).toBe('placed');
    expect((await stat(join(temp.path, 'final'))).nlink).toBe(1);
  },
);

it.each(['EEXIST', 'EIO'])(
  'sees its own file when a network drive links it and then answers %s',
  async (code) => {
    await using temp = await tempFolder();
    files = new FaultyFileSystem({ at: 1, code, reach: 'all' });
    expect(await place(temp.path)).toBe('placed');
  },
);

it('takes no other file of its length for its own where a drive numbers all files 0', async () => {
  await using temp = await tempFolder();
  files = new Unnumbered();
  await writeFile(join(temp.path, 'final'), 'old bytes');
  expect(await place(temp.path)).toBe('taken');
  expect(await readFile(join(temp.path, 'final'), 'utf8')).toBe('old bytes');
});

it('sees its own file when a rename happened and then answered an error', async () => {
  await using temp = await tempFolder();
  const linkless = new Linkless({ at: 4, code: 'EIO', reach: 'all' });
  files = linkless;
  expect(await place(temp.path)).toBe('placed');
  expect(linkless.failed).toMatch(/^rename /);
});

it('tells any other error and places nothing', async () => {
  await using temp = await tempFolder();
  files = new FaultyFileSystem({ at: 1, code: 'EIO' });
  await expect(place(temp.path)).rejects.toMatchObject({ code: 'EIO' });
  expect(await readdir(temp.path)).toEqual(['staged']);
});

it('removes a file, also one that is gone already', async () => {
  await using temp = await tempFolder();
  await writeFile(join(temp.path, 'a'), '');
  await removeFile(nodeFileSystem, join(temp.path, 'a'));
  await removeFile(nodeFileSystem, join(temp.path, 'a'));
  expect(await readdir(temp.path)).toEqual([]);
});

describe('a small file that is written durably', () => {
  it('is the old one or the new one whichever step fails, and never half of one', async () => {
    for (let at = 1; ; at++) {
      await using temp = await tempFolder();
      const path = join(temp.path, 'config.json');
      await writeFile(path, 'old');
      const faulty = new FaultyFileSystem({ at, code: 'ENOSPC', reach: 'half' });
      const isDone = await writeFileDurably(faulty, path, 'new text').then(
        () => true,
        () => false,
      );
      const text = await readFile(path, 'utf8');
      if (isDone) {
        expect(text).toBe('new text');
        expect(faulty.failed).toBeUndefined();
        break;
      }
      expect(['old', 'new text']).toContain(text);
      await writeFileDurably(nodeFileSystem, path, 'later');
      expect(await readFile(path, 'utf8')).toBe('later');
    }
  });

  it('is whole where the disk takes a few bytes at a time, and fails where it takes none', async () => {
    await using temp = await tempFolder();
    const path = join(temp.path, 'config.json');
    await writeFileDurably(new SmallBites(3), path, 'twelve bytes');
    expect(await readFile(path, 'utf8')).toBe('twelve bytes');
    await expect(writeFileDurably(new SmallBites(0), path, 'other')).rejects.toMatchObject({
      code: 'EIO',
    });
    expect(await readFile(path, 'utf8')).toBe('twelve bytes');
  });
});

/** Takes only so many bytes with each write. */
class SmallBites extends FaultyFileSystem {
  readonly #most: number;

  constructor(most: number) {
    super();
    this.#most = most;
  }

  protected override wrap(file: LibraryFile, path: string): LibraryFile {
    const wrapped = super.wrap(file, path);
    return {
      ...wrapped,
      write: (bytes, offset, length, position) =>
        wrapped.write(bytes, offset, Math.min(length, this.#most), position),
    };
  }
}
