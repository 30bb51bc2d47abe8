import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { openCore, upload, visibleFiles } from '../../../tests/support/core-lab.ts';
import { tempFolder } from '../../../tests/support/temp-folder.ts';

import { DAMAGES, plantDamage, type DamageKind } from './plant-damage.ts';
import { MAX_SAMPLE_FILE_COUNT } from './sample-library.ts';
import { runSelfTest } from './self-test.ts';

const KINDS = Object.keys(DAMAGES) as DamageKind[];

describe('the self-test', () => {
  it('finds all damage it plants in copies, of every kind, and changes nothing of the library', async () => {
    await using temp = await tempFolder();
    await using core = await openCore({ folder: temp.path });
    for (let at = 0; at < MAX_SAMPLE_FILE_COUNT + 5; at += 1) {
      await core.ingest.receive(upload(randomBytes(1000 + at), { assetKey: `${at}` }));
    }
    const before = await snapshot(core.libraryFolder);
    const report = await runSelfTest({ libraryFolder: core.libraryFolder });
    expect(report).toMatchObject({ ok: true, falseAlarms: [], notWholeCount: 0 });
    expect(report.copiedCount).toBe(MAX_SAMPLE_FILE_COUNT);
    const kinds = new Set([...report.planted.map(({ kind }) => kind), ...report.notPossible]);
    expect([...kinds].sort()).toEqual([...KINDS].sort());
    expect(report.planted.every(({ found }) => found !== undefined)).toBe(true);
    expect(report.planted.length).toBeLessThan(report.copiedCount + report.madeCount);
    expect(await snapshot(core.libraryFolder)).toEqual(before);
  });

  it('makes its own files where there is no original, and leaves nothing behind', async () => {
    await using temp = await tempFolder();
    await using core = await openCore({ folder: temp.path });
    const leftovers = async (): Promise<string[]> =>
      (await readdir(tmpdir())).filter((name) => name.startsWith('roost-self-test-'));
    const before = await leftovers();
    const report = await runSelfTest({ libraryFolder: core.libraryFolder });
    expect(report).toMatchObject({ ok: true, copiedCount: 0, copiedByteCount: 0 });
    expect(report.madeCount).toBeGreaterThan(KINDS.length);
    expect(await leftovers()).toEqual(before);
  });

  it('says that an original could not be copied whole, and takes it for no damage of its own', async () => {
    await using temp = await tempFolder();
    await using core = await openCore({ folder: temp.path });
    const { receipt } = await core.ingest.receive(upload('photo 1', { assetKey: '1' }));
    await core.ingest.receive(upload('photo 2', { assetKey: '2' }));
    await writeFile(join(core.libraryFolder, ...receipt.path.split('/')), 'photo X');
    const report = await runSelfTest({ libraryFolder: core.libraryFolder });
    expect(report).toMatchObject({ ok: true, notWholeCount: 1, copiedCount: 1 });
  });

  it('stops when it is told to', async () => {
    await using temp = await tempFolder();
    await using core = await openCore({ folder: temp.path });
    const stopped = runSelfTest({ libraryFolder: core.libraryFolder, signal: AbortSignal.abort() });
    await expect(stopped).rejects.toMatchObject({ name: 'AbortError' });
  });
});

describe('planted damage', () => {
  it.each(KINDS.filter((kind) => kind !== 'removed' && kind !== 'unreadable'))(
    '“%s” changes the bytes and not the modification time',
    async (kind) => {
      await using temp = await tempFolder();
      for (const byteCount of [2, 5000]) {
        const folder = await mkdtemp(join(temp.path, 'planted-'));
        const [path, other] = [join(folder, 'a'), join(folder, 'b')];
        const bytes = Buffer.alloc(byteCount, 7);
        await writeFile(path, bytes);
        await writeFile(other, Buffer.alloc(byteCount, 9));
        const { mtimeMs } = await stat(path);
        expect(await plantDamage(kind, path, other)).toBe(true);
        expect((await readFile(path)).equals(bytes)).toBe(false);
        if (kind !== 'swapped') expect((await stat(path)).mtimeMs).toBeCloseTo(mtimeMs, 0);
      }
    },
  );

  it('is not said to be done where nothing would change', async () => {
    await using temp = await tempFolder();
    await mkdir(join(temp.path, 'folder'));
    const zeros = join(temp.path, 'zeros');
    await writeFile(zeros, Buffer.alloc(10_000));
    expect(await plantDamage('zeroed-block', zeros)).toBe(false);
    expect(await plantDamage('swapped', zeros)).toBe(false);
  });
});

/** Everything a library holds, with lengths, times and bytes. */
async function snapshot(folder: string): Promise<unknown> {
  return Promise.all(
    (await visibleFiles(folder)).map(async (path) => {
      const absolute = join(folder, ...path.split('/'));
      const { mtimeMs, mode } = await stat(absolute);
      return { path, mtimeMs, mode, bytes: await readFile(absolute, 'hex') };
    }),
  );
}
