import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';

import { describe, expect, it } from 'vitest';

import { tempFolder } from '../../../tests/support/temp-folder.ts';

import { readSettings, writeSettings } from './settings-file.ts';

const PICTURES = { picturesFolder: resolve('/home/ada/Pictures') };

describe('the settings file', () => {
  it('that is not there means the defaults', async () => {
    await using temp = await tempFolder();
    const { stored, brokenFile } = await readSettings(temp.path, PICTURES);
    expect(brokenFile).toBeUndefined();
    expect(stored.settings).toEqual({
      name: expect.stringMatching(/.+/) as string,
      libraryFolder: join(PICTURES.picturesFolder, 'Roost'),
      folderTemplate: '{device}/{year}/{year}-{month}/{name}',
      lanPort: 7678,
      announce: true,
      reservedFreeByteCount: 512 * 1024 ** 2,
      scrubEveryDays: 30,
      emptyTrashAfterDays: 30,
      quietAfterDays: 7,
      quietAfterDaysOf: {},
      verifiedWithinDays: 30,
      startAtLogin: false,
    });
  });

  it('comes back as it was written, for the same user only', async () => {
    await using temp = await tempFolder();
    const folder = join(temp.path, 'new', 'data');
    const { stored } = await readSettings(folder, PICTURES);
    await writeSettings(folder, stored);
    expect(await readSettings(folder, PICTURES)).toEqual({ stored });
    if (process.platform !== 'win32') {
      expect((await stat(join(folder, 'config.json'))).mode & 0o777).toBe(0o600);
    }
  });

  it('of an earlier Roost gets the defaults of what is new', async () => {
    await using temp = await tempFolder();
    const settings = { name: 'Attic', libraryFolder: '/photos' };
    const serverId = '0f8fad5b-d9cb-469f-a165-70867728950e';
    await writeFile(join(temp.path, 'config.json'), JSON.stringify({ settings, serverId }));
    const { stored } = await readSettings(temp.path, PICTURES);
    expect(stored.settings).toMatchObject({ ...settings, lanPort: 7678, announce: true });
    expect(stored).toMatchObject({ serverId, knownLibraries: {} });
  });

  it.each([
    ['cut off', '{"settings":{"na'],
    ['empty', ''],
    ['of zeros after a power cut', '\0\0\0\0'],
    ['of another kind', '[]'],
    ['with a port there is not', '{"settings":{"name":"x","libraryFolder":"/x","lanPort":0}}'],
  ])('that is %s is put aside and kept', async (_, text) => {
    await using temp = await tempFolder();
    await writeFile(join(temp.path, 'config.json'), text);
    const { stored, brokenFile } = await readSettings(temp.path, PICTURES);
    expect(stored.settings.libraryFolder).toBe(join(PICTURES.picturesFolder, 'Roost'));
    expect(await readFile(brokenFile!, 'utf8')).toBe(text);
    expect(await readdir(temp.path)).toHaveLength(1);
  });

  it('that cannot be read for another reason is not taken for a broken one', async () => {
    await using temp = await tempFolder();
    await expect(readSettings(join(temp.path, 'x'.repeat(300)), PICTURES)).rejects.toThrow(
      /ENAMETOOLONG|ENOENT/,
    );
  });
});
