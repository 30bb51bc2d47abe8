import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';

import { describe, expect, it } from 'vitest';

import { tempFolder } from '../../../tests/support/temp-folder.ts';

import { readSettings } from './settings-file.ts';
import { SettingsKeeper } from './settings-keeper.ts';

const PICTURES = { picturesFolder: resolve('/home/ada/Pictures') };

async function keeperIn(folder: string): Promise<SettingsKeeper> {
  return new SettingsKeeper(folder, (await readSettings(folder, PICTURES)).stored);
}

describe('the settings', () => {
  it('keep a change over a restart, and everything else as it was', async () => {
    await using temp = await tempFolder();
    const keeper = await keeperIn(join(temp.path, 'data'));
    const { serverId, current } = keeper;
    await keeper.change({ name: ' Attic ' });
    expect(keeper.current).toEqual({ ...current, name: 'Attic' });
    const again = await keeperIn(join(temp.path, 'data'));
    expect(again.current).toEqual({ ...current, name: 'Attic' });
    expect(again.serverId).toBe(serverId);
  });

  it('keep two changes that come at once', async () => {
    await using temp = await tempFolder();
    const keeper = await keeperIn(join(temp.path, 'data'));
    const libraryId = 'ae0c7d6c-15c4-4d83-9a2c-4c1b1f6c0b11';
    await Promise.all([
      keeper.change({ name: 'Attic' }),
      keeper.change({ announce: false }),
      keeper.noteLibrary('/photos', libraryId),
      keeper.change({ lanPort: 8000 }),
    ]);
    const again = await keeperIn(join(temp.path, 'data'));
    expect(again.current).toMatchObject({ name: 'Attic', announce: false, lanPort: 8000 });
    expect(again.knownLibraryId('/photos')).toBe(libraryId);
    expect(keeper.current).toEqual(again.current);
  });

  it('say when a change waits for the next start, and no longer once it is taken back', async () => {
    await using temp = await tempFolder();
    const keeper = await keeperIn(join(temp.path, 'data'));
    await keeper.change({ name: 'Attic', announce: false, reservedFreeByteCount: 0 });
    expect(keeper.restartNeeded).toBe(false);
    await keeper.change({ lanPort: 8000 });
    expect(keeper.restartNeeded).toBe(true);
    await keeper.change({ lanPort: 7678 });
    expect(keeper.restartNeeded).toBe(false);
    await keeper.change({ libraryFolder: resolve(temp.path, 'other') });
    expect(keeper.restartNeeded).toBe(true);
  });

  it.each(['photos', './photos', '../photos', '', '~/photos', 'C:photos'])(
    'refuse %j as the library folder, and stay as they are',
    async (libraryFolder) => {
      await using temp = await tempFolder();
      const keeper = await keeperIn(join(temp.path, 'data'));
      const before = keeper.current;
      await expect(keeper.change({ libraryFolder })).rejects.toMatchObject({
        code: 'request/invalid',
      });
      expect(keeper.current).toEqual(before);
      await expect(readFile(join(temp.path, 'data', 'config.json'))).rejects.toThrow('ENOENT');
    },
  );

  it('stay as they are when they cannot be written, and can be changed again', async () => {
    await using temp = await tempFolder();
    const keeper = await keeperIn(join(temp.path, 'data'));
    await expect(keeper.change({ name: 'x'.repeat(64) })).rejects.toThrow();
    expect(keeper.current.name).not.toContain('xx');
    await keeper.change({ name: 'Attic' });
    expect(keeper.current.name).toBe('Attic');
  });
});
