import { cp, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { RoostError } from '../../../shared/error-catalogue.ts';
import type { Receipt } from '../../../shared/receipt.ts';
import {
  journaledReceipts,
  openCore,
  sha256Of,
  upload,
  type Core,
} from '../../../tests/support/core-lab.ts';
import { CrashingFileSystem } from '../../../tests/support/crashing-file-system.ts';
import { expectWhole } from '../../../tests/support/expect-whole.ts';
import {
  FaultyFileSystem,
  type Fault,
  type Reach,
} from '../../../tests/support/faulty-file-system.ts';
import { Linkless } from '../../../tests/support/linkless.ts';
import { operationsToTry } from '../../../tests/support/operations-to-try.ts';
import { tempFolderInMemory } from '../../../tests/support/temp-folder.ts';

/** Past any number of operations that opening a library and one move take. */
const MOST_OPERATIONS = 150;

const BYTES = 'the photo that moves';
const OLD = 'My iPhone/2019/2019-08/IMG_1.HEIC';
/** Taken by another photo, so that the move also meets a collision. */
const PLACE = { folder: 'Elsewhere/2020', name: 'IMG_1.HEIC' };
const NEW = 'Elsewhere/2020/IMG_1 (2).HEIC';

/** A library with the photo that moves, and one where it would like to go. */
async function prepare(folder: string): Promise<Receipt> {
  await using core = await openCore({ folder });
  const { receipt } = await core.ingest.receive(upload(BYTES));
  const other = await core.ingest.receive(upload('another', { assetKey: 'asset-2' }));
  await core.mover.move(other.receipt.receiptId, PLACE, 'refile');
  return receipt;
}

/** Where the photo is: its file stands there and nowhere else, and the journal says so. */
async function whereItIs(libraryFolder: string, context: string): Promise<string> {
  const receipts = await expectWhole(libraryFolder, context);
  expect(receipts, context).toHaveLength(2);
  const path = receipts.find(({ sha256 }) => sha256 === sha256Of(BYTES))?.path ?? 'nowhere';
  expect([OLD, NEW], context).toContain(path);
  return path;
}

async function move(core: Core, { receiptId }: Receipt): Promise<string> {
  return (await core.mover.move(receiptId, PLACE, 'refile')).path;
}

const disks = [
  { disk: 'with hard links', isLinkless: false },
  { disk: 'without hard links', isLinkless: true },
];

describe.each(disks)('on a disk $disk', ({ isLinkless }) => {
  it.each<Omit<Fault, 'at'>>([
    { code: 'ENOSPC', reach: 'half' },
    { code: 'EIO', reach: 'nothing', isLasting: true },
    { code: 'EIO', reach: 'all' },
    { code: 'EIO', reach: 'all', isLasting: true },
    { code: 'ENOENT', reach: 'nothing', isLasting: true },
    { code: 'ESTALE', reach: 'all' },
  ])(
    'a move whose operation fails with $code ($reach, lasting: $isLasting) leaves the original in one place',
    async (fault) => {
      await using temp = await tempFolderInMemory();
      const receipt = await prepare(temp.path);
      const ends = new Set<string>();
      for (const at of operationsToTry(1, MOST_OPERATIONS)) {
        await using copy = await tempFolderInMemory();
        await cp(temp.path, copy.path, { recursive: true });
        const files = new FaultyFileSystem({ at, ...fault });
        let core: Core | undefined;
        let told: string | undefined;
        try {
          core = await openCore({
            folder: copy.path,
            files: isLinkless ? new Linkless(files) : files,
          });
          told = await move(core, receipt);
        } catch (error) {
          expect(error).toBeInstanceOf(RoostError);
        }
        files.heal();
        const context = `operation ${at}: ${files.failed ?? 'none'}`;
        if (core) {
          // What the disk refused to undo is settled by the next who comes.
          await core.library.placements.settleLeft();
          const path = await whereItIs(core.libraryFolder, context);
          if (told !== undefined) expect(path, context).toBe(told);
          ends.add(
            `${told === undefined ? 'failed' : 'told'} ${path === NEW ? 'moved' : 'not moved'}`,
          );
          expect(await move(core, receipt), context).toBe(NEW);
          expect(await whereItIs(core.libraryFolder, context)).toBe(NEW);
          await core[Symbol.asyncDispose]();
        }
        await using reopened = await openCore({ folder: copy.path });
        expect(await move(reopened, receipt), context).toBe(NEW);
        expect(await whereItIs(reopened.libraryFolder, context)).toBe(NEW);
        expect(reopened.library.recovery.moved, context).toEqual([]);
        if (files.failed === undefined) break;
      }
      expect(ends).toContain('failed not moved');
      expect(ends).not.toContain('told not moved');
    },
    600_000,
  );

  it.each<Reach>(['nothing', 'half', 'all'])(
    'a kill that lets %s of its operation happen leaves the original in one place',
    async (reach) => {
      await using temp = await tempFolderInMemory();
      const receipt = await prepare(temp.path);
      const ends = new Set<string>();
      for (let at = 1; ; at++) {
        expect(at).toBeLessThan(MOST_OPERATIONS);
        await using copy = await tempFolderInMemory();
        await cp(temp.path, copy.path, { recursive: true });
        const files = new CrashingFileSystem({ at, code: 'EKILLED', reach });
        let core: Core | undefined;
        let told: string | undefined;
        try {
          core = await openCore({
            folder: copy.path,
            files: isLinkless ? new Linkless(files) : files,
          });
          told = await move(core, receipt);
        } catch {
          // A killed process tells nobody.
        }
        await core?.[Symbol.asyncDispose]();
        await files.abandon();

        const context = `operation ${at}: ${files.failed ?? 'none'}`;
        await using reopened = await openCore({ folder: copy.path });
        const path = await whereItIs(reopened.libraryFolder, context);
        if (told !== undefined) expect(path, context).toBe(told);
        ends.add(
          `${told === undefined ? 'killed' : 'told'} ${path === NEW ? 'moved' : 'not moved'}`,
        );
        expect(await move(reopened, receipt), context).toBe(NEW);
        expect(await whereItIs(reopened.libraryFolder, context)).toBe(NEW);
        if (!files.hasCrashed) break;
      }
      expect([...ends].sort()).toEqual(['killed moved', 'killed not moved', 'told moved']);
    },
    600_000,
  );

  it('keeps bytes, inode and time of the file where it can', async () => {
    await using temp = await tempFolderInMemory();
    const receipt = await prepare(temp.path);
    const before = await stat(join(temp.path, 'library', receipt.path), { bigint: true });
    await using core = await openCore({
      folder: temp.path,
      ...(isLinkless && { files: new Linkless() }),
    });
    await move(core, receipt);
    const path = join(core.libraryFolder, NEW);
    const after = await stat(path, { bigint: true });
    expect(after.mtimeMs).toBe(before.mtimeMs);
    if (!isLinkless) expect(after.ino).toBe(before.ino);
    expect(after.nlink).toBe(1n);
    expect(await readFile(path, 'utf8')).toBe(BYTES);
    expect((await journaledReceipts(core.libraryFolder)).map(({ path }) => path)).toContain(NEW);
  });
});
