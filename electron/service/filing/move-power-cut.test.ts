import { copyFile, cp, mkdir } from 'node:fs/promises';
import { join } from 'node:path';

import { afterAll, describe, expect, it } from 'vitest';

import { openCore, sha256Of, upload, type Core } from '../../../tests/support/core-lab.ts';
import { SURVIVALS, type DiskImage } from '../../../tests/support/disk-history.ts';
import { expectWhole } from '../../../tests/support/expect-whole.ts';
import { ForgetfulFileSystem, writeImage } from '../../../tests/support/forgetful-file-system.ts';
import { Linkless } from '../../../tests/support/linkless.ts';
import { tempFolderInMemory } from '../../../tests/support/temp-folder.ts';
import { catalogPath } from '../catalog/catalog-files.ts';

const BYTES = 'the photo that moves';
const HOME = { folder: 'My iPhone/2019/2019-08', name: 'IMG_1.HEIC' };
const AWAY = { folder: 'Elsewhere/2020', name: 'IMG_9.HEIC' };

const tried = { images: 0, nested: 0 };
afterAll(() => {
  process.stdout.write(
    `power cuts during moves: ${tried.images} different disks, ${tried.nested} of cuts during the start after a cut\n`,
  );
});

function foldersIn(folder: string): { folder: string; dataFolder: string } {
  return { folder: join(folder, 'disk'), dataFolder: join(folder, 'data') };
}

interface Told {
  readonly path: string;
  readonly moment: number;
}

/** Away, back again, into the trash and out of it, with a photo that comes meanwhile. */
async function run(core: Core, receiptId: string, told: (path: string) => void): Promise<void> {
  const { mover, ingest } = core;
  told((await mover.move(receiptId, AWAY, 'refile')).path);
  told((await mover.move(receiptId, HOME, 'undo')).path);
  const [trashed] = await Promise.all([
    mover.move(receiptId, 'trash', 'trash'),
    ingest.receive(upload('another', { assetKey: 'asset-2' })),
  ]);
  told(trashed.path);
  told((await mover.move(receiptId, HOME, 'restore')).path);
}

/** Starts on what a cut left; gives the disk of that start, for cuts during it. */
async function expectSafe(
  image: DiskImage,
  start: string,
  mayBeAt: readonly string[],
  context: string,
): Promise<{ files: ForgetfulFileSystem; openedAt: number; isSettled: boolean } & AsyncDisposable> {
  const temp = await tempFolderInMemory();
  const { folder: disk, dataFolder } = foldersIn(temp.path);
  await mkdir(disk);
  await mkdir(dataFolder);
  await writeImage(image, disk);
  await copyFile(catalogPath(join(start, 'data')), catalogPath(dataFolder));
  const files = await ForgetfulFileSystem.over(disk);
  await using core = await openCore({ folder: disk, dataFolder, files });
  const openedAt = files.moment;
  const isSettled = core.library.recovery.moved.length > 0;
  const receipts = await expectWhole(core.libraryFolder, context);
  const photo = receipts.find(({ sha256 }) => sha256 === sha256Of(BYTES));
  // In the trash it stands under the id of its move.
  expect(mayBeAt, context).toContain(photo?.path.replace(/[0-9a-f-]{36}/, 'move'));
  const again = await core.mover.move(photo?.receiptId ?? '', AWAY, 'refile');
  expect(again.path, context).toBe(`${AWAY.folder}/${AWAY.name}`);
  await expectWhole(core.libraryFolder, `moved again, ${context}`);
  return { files, openedAt, isSettled, [Symbol.asyncDispose]: () => temp[Symbol.asyncDispose]() };
}

describe.each([
  { disk: 'with hard links', isLinkless: false },
  { disk: 'without hard links', isLinkless: true },
])('power cuts during moves on a disk $disk', ({ isLinkless }) => {
  it('leave each original at one place, and one that was told of where it was told to be', async () => {
    await using start = await tempFolderInMemory();
    await mkdir(join(start.path, 'disk'));
    await mkdir(join(start.path, 'data'));
    const receiptId = await (async () => {
      await using core = await openCore(foldersIn(start.path));
      return (await core.ingest.receive(upload(BYTES))).receipt.receiptId;
    })();
    await using temp = await tempFolderInMemory();
    await cp(start.path, temp.path, { recursive: true });
    const files = await ForgetfulFileSystem.over(join(temp.path, 'disk'));
    const told: Told[] = [{ path: `${HOME.folder}/${HOME.name}`, moment: 0 }];
    await using core = await openCore({
      ...foldersIn(temp.path),
      files: isLinkless ? new Linkless(files) : files,
    });
    await run(core, receiptId, (path) =>
      told.push({ path: path.replace(/[0-9a-f-]{36}/, 'move'), moment: files.moment }),
    );
    expect(told).toHaveLength(5);

    const seen = new Set<string>();
    let nestedCount = 0;
    for (let moment = files.moment; moment >= 0; moment--) {
      for (const survival of SURVIVALS) {
        const image = files.afterPowerCut(moment, survival);
        if (seen.has(image.key)) continue;
        seen.add(image.key);
        tried.images += 1;
        // Where it was last told to be, or where it was on its way to.
        const last = told.findLastIndex((each) => each.moment <= moment);
        const mayBeAt = told.slice(last, last + 2).map((each) => each.path);
        const context = `${survival} at ${moment}: ${files.lastBegunAt(moment)}`;
        await using settled = await expectSafe(image, start.path, mayBeAt, context);
        if (!settled.isSettled || nestedCount >= 3) continue;
        nestedCount += 1;
        const seenAgain = new Set<string>();
        for (let at = settled.openedAt; at >= 0; at--) {
          for (const again of ['strict', 'random'] as const) {
            const second = settled.files.afterPowerCut(at, again);
            if (seenAgain.has(second.key)) continue;
            seenAgain.add(second.key);
            tried.nested += 1;
            const when = `${again} at ${at} of the start after ${context}`;
            await using _second = await expectSafe(second, start.path, mayBeAt, when);
          }
        }
      }
    }
  }, 600_000);
});
