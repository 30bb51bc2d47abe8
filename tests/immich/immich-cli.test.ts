import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { sha256Of } from '../support/fake-phone.ts';
import { RoostProcess, type RoostFolders } from '../support/roost-process.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { WindowCaller } from '../support/window-caller.ts';

import { runImmich } from './support/immich-cli.ts';

describe.each([3, 2] as const)('the command line tool of Immich %i, unmodified', (major) => {
  it('logs in with the key, uploads a folder, and sends nothing the second time', async () => {
    await using temp = await tempFolder();
    const folders: RoostFolders = {
      dataFolder: join(temp.path, 'data'),
      libraryFolder: join(temp.path, 'library'),
    };
    await using roost = await RoostProcess.start(folders);
    const { token } = await roost.pair('Camera folder');
    const photos = join(temp.path, 'photos');
    await mkdir(photos);
    for (let at = 0; at < 3; at++) {
      await writeFile(join(photos, `IMG_000${at}.JPG`), `photo ${at} of ${major}`);
    }
    const config = join(temp.path, 'config');
    const login = await runImmich(major, config, ['login', roost.lanUrl, token]);
    expect(login).toMatchObject({ exitCode: 0 });
    const first = await runImmich(major, config, ['upload', '--recursive', photos]);
    console.log(login.output, first.output);
    expect(first).toMatchObject({ exitCode: 0 });
    const second = await runImmich(major, config, ['upload', '--recursive', photos]);
    console.log(second.output);
    expect(second.output).toMatch(/All assets were already uploaded|3 duplicates/);
    const window = new WindowCaller(roost.windowUrl);
    const { jobs } = await window.call('jobs.list', {});
    expect(jobs.map((job) => [job.fileName, job.state])).toEqual([]);
    expect(sha256Of(await readFile(join(photos, 'IMG_0000.JPG')))).toBeDefined();
  }, 120_000);
});
