import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { expect, it, vi } from 'vitest';

import { findExiftool } from '../../electron/service/decoder/metadata/find-exiftool.ts';
import { FakePhone } from '../support/fake-phone.ts';
import { RoostProcess } from '../support/roost-process.ts';
import { sampleJpeg } from '../support/sample-photos.ts';
import { tempFolder } from '../support/temp-folder.ts';

const CAN_LOOK = process.platform === 'linux' && (await findExiftool()).ok;

interface Running {
  readonly pid: number;
  readonly name: string;
}

/** What a process has started and has not ended. */
async function childrenOf(parent: number): Promise<Running[]> {
  const found: Running[] = [];
  for (const pid of (await readdir('/proc')).map(Number).filter(Boolean)) {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
    // `pid (name) state parent`; the name may have anything in it.
    const [, name = '', parentPid] = /^\d+ \((.*)\) \S (\d+)/s.exec(stat) ?? [];
    if (Number(parentPid) === parent) found.push({ pid, name });
  }
  return found;
}

async function isRunning(pid: number): Promise<boolean> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  return stat !== '' && !stat.includes(') Z ');
}

it.skipIf(!CAN_LOOK).each(['kill', 'stop'] as const)(
  'leaves no process behind after a %s (only Linux with Perl shows it)',
  async (end) => {
    await using temp = await tempFolder();
    await using roost = await RoostProcess.start({
      dataFolder: join(temp.path, 'data'),
      libraryFolder: join(temp.path, 'library'),
    });
    const { token } = await roost.pair('Ada');
    const phone = new FakePhone(roost.lanUrl, token);
    const bytes = await sampleJpeg({ takenAt: '2019:08:04 12:30:00' });
    expect((await phone.upload({ assetKey: 'a', bytes })).status).toBe(201);
    const names = async (): Promise<string[]> =>
      (await childrenOf(roost.pid)).map(({ name }) => name);
    await vi.waitUntil(async () => (await names()).includes('perl'), { timeout: 60_000 });
    const children = await childrenOf(roost.pid);
    await roost[end]();
    for (const { pid } of children) {
      await vi.waitUntil(async () => !(await isRunning(pid)), { timeout: 60_000 });
    }
  },
);
