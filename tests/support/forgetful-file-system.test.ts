import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import type { LibraryFile } from '../../electron/service/library/file-system.ts';

import { SURVIVALS, type Survival } from './disk-history.ts';
import { ForgetfulFileSystem } from './forgetful-file-system.ts';
import { tempFolder } from './temp-folder.ts';

/** What is left when the power goes after some work: bytes as text by path, folders as `undefined`. */
async function leftOf(
  work: (files: ForgetfulFileSystem, at: (name: string) => string) => Promise<void>,
  survival: Survival = 'strict',
  seed = 1,
): Promise<Record<string, string | undefined>> {
  await using temp = await tempFolder();
  await writeFile(join(temp.path, 'old'), 'old bytes');
  await mkdir(join(temp.path, 'album'));
  const files = await ForgetfulFileSystem.over(temp.path);
  await work(files, (name) => join(temp.path, ...name.split('/')));
  const { entries } = files.afterPowerCut(files.moment, survival, seed);
  return Object.fromEntries([...entries].map(([path, bytes]) => [path, bytes?.toString()]));
}

const BEFORE = { old: 'old bytes', album: undefined };

async function write(file: LibraryFile, text: string, position = 0): Promise<void> {
  await file.write(Buffer.from(text), 0, text.length, position);
}

async function make(files: ForgetfulFileSystem, path: string, text: string): Promise<void> {
  const file = await files.open(path, 'wx');
  await write(file, text);
  await file.sync();
  await file.close();
}

describe('a power cut', () => {
  it('leaves what stood there before', async () => {
    for (const survival of SURVIVALS) {
      expect(await leftOf(() => Promise.resolve(), survival)).toEqual(BEFORE);
    }
  });

  it('takes a synced file whose folder was not synced, and leaves it once it was', async () => {
    expect(await leftOf((files, at) => make(files, at('new'), 'bytes'))).toEqual(BEFORE);
    const synced = await leftOf(async (files, at) => {
      await make(files, at('new'), 'bytes');
      await files.syncFolder(at(''));
    });
    expect(synced).toEqual({ ...BEFORE, new: 'bytes' });
  });

  it('takes bytes that were not synced from a name that was', async () => {
    const left = await leftOf(async (files, at) => {
      const file = await files.open(at('new'), 'wx');
      await files.syncFolder(at(''));
      await write(file, 'bytes');
      await file.close();
    });
    expect(left).toEqual({ ...BEFORE, new: '' });
  });

  it('leaves a file as of its last sync', async () => {
    const left = await leftOf(async (files, at) => {
      const file = await files.open(at('old'), 'r+');
      await write(file, 'OLD');
      await file.datasync();
      await write(file, 'BYTES', 4);
      await file.truncate(2);
      await file.close();
    });
    expect(left).toEqual({ ...BEFORE, old: 'OLD bytes' });
  });

  it('brings back what was cut, removed or overwritten without a sync', async () => {
    const left = await leftOf(async (files, at) => {
      await files.truncate(at('old'), 0);
      await make(files, at('fresh'), 'fresh bytes');
      await files.rename(at('fresh'), at('old'));
      await files.unlink(at('old'));
      await files.removeTree(at('album'));
    });
    expect(left).toEqual(BEFORE);
  });

  it('takes a folder, with everything in it, that its parent was not synced for', async () => {
    const work = async (
      files: ForgetfulFileSystem,
      at: (name: string) => string,
    ): Promise<void> => {
      await files.mkdir(at('month'));
      await make(files, at('month/new'), 'bytes');
      await files.syncFolder(at('month'));
    };
    expect(await leftOf(work)).toEqual(BEFORE);
    const synced = await leftOf(async (files, at) => {
      await work(files, at);
      await files.syncFolder(at(''));
    });
    expect(synced).toEqual({ ...BEFORE, month: undefined, 'month/new': 'bytes' });
  });

  it('knows a file by itself, not by its name: a sync before a link holds for the new name', async () => {
    const left = await leftOf(async (files, at) => {
      await make(files, at('staged'), 'bytes');
      await files.link(at('staged'), at('album/new'));
      await files.unlink(at('staged'));
      await files.syncFolder(at('album'));
    });
    expect(left).toEqual({ ...BEFORE, 'album/new': 'bytes' });
    const unsynced = await leftOf(async (files, at) => {
      await make(files, at('staged'), 'bytes');
      await files.link(at('staged'), at('album/new'));
    });
    expect(unsynced).toEqual(BEFORE);
  });

  it('leaves a renamed file under both names while only its new folder was synced', async () => {
    const left = await leftOf(async (files, at) => {
      await files.rename(at('old'), at('album/old'));
      await files.syncFolder(at('album'));
    });
    expect(left).toEqual({ ...BEFORE, 'album/old': 'old bytes' });
  });

  it('takes what was written while a sync was under way', async () => {
    const left = await leftOf(async (files, at) => {
      const file = await files.open(at('old'), 'r+');
      const syncing = file.sync();
      await write(file, 'OLD');
      await syncing;
      await file.close();
    });
    expect(left).toEqual(BEFORE);
  });

  it('remembers where writes went, at a place or one after the other', async () => {
    const left = await leftOf(async (files, at) => {
      const file = await files.open(at('old'), 'w');
      await file.writev([Buffer.from('c'), Buffer.from('de')], 2);
      await file.write(Buffer.from('-a-'), 1, 1, null);
      await file.write(Buffer.from('-b-'), 1, 1, null);
      await file.datasync();
      await file.close();
    });
    expect(left).toEqual({ ...BEFORE, old: 'abcde' });
  });
});

describe('a power cut in the middle', () => {
  it('does not count a sync that had not ended', async () => {
    await using temp = await tempFolder();
    await writeFile(join(temp.path, 'old'), 'old bytes');
    const files = await ForgetfulFileSystem.over(temp.path);
    const file = await files.open(join(temp.path, 'old'), 'r+');
    await write(file, 'OLD');
    await file.sync();
    const last = files.moment;
    await file.close();
    const texts = [last - 1, last].map((at) =>
      files.afterPowerCut(at, 'strict').entries.get('old')?.toString(),
    );
    expect(texts).toEqual(['old bytes', 'OLD bytes']);
  });

  it('knows nothing of what came later', async () => {
    await using temp = await tempFolder();
    const files = await ForgetfulFileSystem.over(temp.path);
    await make(files, join(temp.path, 'one'), '1');
    const between = files.moment;
    await make(files, join(temp.path, 'two'), '2');
    const names = [...files.afterPowerCut(between, 'names-first').entries.keys()];
    expect(names).toEqual(['one']);
  });
});

describe('what no sync covered', () => {
  /** The bytes of a new and of an old file, as `new|old`, for many seeds. */
  async function seen(survival: Survival): Promise<Set<string>> {
    await using temp = await tempFolder();
    await writeFile(join(temp.path, 'old'), 'old');
    const files = await ForgetfulFileSystem.over(temp.path);
    const added = await files.open(join(temp.path, 'new'), 'wx');
    await write(added, 'bytes');
    await added.close();
    const changed = await files.open(join(temp.path, 'old'), 'r+');
    await write(changed, 'OLD');
    await changed.close();
    const all = new Set<string>();
    for (let seed = 1; seed <= 200; seed++) {
      const { entries } = files.afterPowerCut(files.moment, survival, seed);
      all.add([entries.get('new')?.toString() ?? 'none', entries.get('old')?.toString()].join('|'));
    }
    return all;
  }

  it('survives with its names alone or its bytes alone', async () => {
    expect(await seen('strict')).toEqual(new Set(['none|old']));
    expect(await seen('names-first')).toEqual(new Set(['|old']));
    expect(await seen('bytes-first')).toEqual(new Set(['none|OLD']));
  });

  it('survives torn: cut off in the middle, or with zeros inside', async () => {
    const torn = await seen('torn');
    expect([...torn].some((each) => each.startsWith('by|'))).toBe(true);
    expect([...torn].some((each) => each.startsWith('b\0\0es|'))).toBe(true);
    expect([...torn].every((each) => !each.startsWith('bytes|'))).toBe(true);
  });

  it('survives in any mixture', async () => {
    const mixed = await seen('random');
    for (const each of ['none|old', '|old', 'none|OLD', 'bytes|old', 'bytes|OLD', '|OLD']) {
      expect([...mixed]).toContain(each);
    }
  });
});
