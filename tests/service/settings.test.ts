import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import type { Settings } from '../../shared/settings.ts';
import { ServiceInTest } from '../support/service-in-test.ts';
import { tempFolder } from '../support/temp-folder.ts';

describe('a service', () => {
  it('says where its host wants it otherwise than the settings', async () => {
    await using roost = await ServiceInTest.start();
    const { notices } = await roost.window.call('overview.get', {});
    expect(notices).toMatchObject([{ code: 'settings-overridden' }]);
    expect(notices[0]!.text).toContain(roost.libraryFolder);
    await roost.window.call('settings.change', {
      libraryFolder: roost.libraryFolder,
      announce: false,
    });
    expect((await roost.window.call('overview.get', {})).notices).toEqual([]);
  });

  it('that cannot understand its settings runs with defaults, says so, and keeps the file', async () => {
    await using temp = await tempFolder();
    await mkdir(join(temp.path, 'data'));
    await writeFile(join(temp.path, 'data', 'config.json'), '{"settings":');
    await using roost = await ServiceInTest.start({ folder: temp.path });
    const { notices } = await roost.window.call('overview.get', {});
    expect(notices[0]).toMatchObject({ code: 'settings-unreadable' });
    const names = await readdir(roost.dataFolder);
    const aside = names.find((name) => name.startsWith('config.json.broken-'))!;
    expect(notices[0]!.text).toContain(aside);
    expect(await readFile(join(roost.dataFolder, aside), 'utf8')).toBe('{"settings":');
  });

  it('goes by a new name at once, tells its host, and keeps its id', async () => {
    const told: Settings[] = [];
    await using roost = await ServiceInTest.start({
      onSettings: (settings) => told.push(settings),
    });
    const ping = async (): Promise<unknown> =>
      JSON.parse((await roost.stranger().send('GET', '/v1/ping', {})).body);
    const before = (await ping()) as { id: string };
    await roost.window.call('settings.change', { name: 'Attic', startAtLogin: true });
    expect(await ping()).toEqual({ ...before, name: 'Attic' });
    expect(told).toMatchObject([{ name: 'Attic', startAtLogin: true }]);
  });

  it('takes changes that come at once one after the other', async () => {
    await using roost = await ServiceInTest.start();
    await Promise.all([
      roost.window.call('settings.change', { name: 'Attic' }),
      roost.window.call('settings.change', { reservedFreeByteCount: 5 }),
      roost.window.call('settings.change', { startAtLogin: true }),
    ]);
    expect((await roost.window.call('settings.get', {})).settings).toMatchObject({
      name: 'Attic',
      reservedFreeByteCount: 5,
      startAtLogin: true,
    });
  });

  it('asks its host for a restart when the window wants one', async () => {
    const asked = Promise.withResolvers<undefined>();
    await using roost = await ServiceInTest.start({
      onRestartAsked: () => asked.resolve(undefined),
    });
    await roost.window.call('service.restart', {});
    await asked.promise;
  });

  it('refuses a library folder that cannot be one before it costs the next start', async () => {
    await using temp = await tempFolder();
    await using roost = await ServiceInTest.start({ folder: temp.path });
    await writeFile(join(temp.path, 'a-file'), '');
    for (const libraryFolder of [
      join(temp.path, 'a-file'),
      join(temp.path, 'a-file', 'below'),
      join(temp.path, 'x'.repeat(300)),
      join(temp.path, 'nul\0'),
      roost.dataFolder,
      join(roost.dataFolder, 'library'),
    ]) {
      await expect(roost.window.call('settings.change', { libraryFolder })).rejects.toThrow(
        'request/invalid',
      );
    }
    const libraryFolder = join(temp.path, 'new', 'library');
    expect(await roost.window.call('settings.change', { libraryFolder })).toMatchObject({
      restartNeeded: true,
    });
  });
});
