import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { expect, it } from 'vitest';

import { THREAD_POOL_SIZE } from '../../electron/service/config/thread-pool.ts';
import { RoostProcess } from '../support/roost-process.ts';
import { tempFolder } from '../support/temp-folder.ts';

it.skipIf(process.platform !== 'linux')(
  'the service has threads enough for many syncs of the disk at once (only Linux shows threads)',
  async () => {
    await using temp = await tempFolder();
    await using roost = await RoostProcess.start({
      dataFolder: join(temp.path, 'data'),
      libraryFolder: join(temp.path, 'library'),
    });
    const folder = `/proc/${roost.pid}/task`;
    const names = await Promise.all(
      (await readdir(folder)).map((thread) => readFile(join(folder, thread, 'comm'), 'utf8')),
    );
    expect(names.filter((name) => name.startsWith('libuv-worker'))).toHaveLength(THREAD_POOL_SIZE);
  },
);
