import { cp, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';

import { afterAll, describe, expect, it } from 'vitest';

import { RoostError } from '../../../shared/error-catalogue.ts';
import {
  journaledReceipts,
  openCore,
  sha256Of,
  TABLET,
  upload,
  type Core,
} from '../../../tests/support/core-lab.ts';
import { CrashingFileSystem } from '../../../tests/support/crashing-file-system.ts';
import { FaultyFileSystem, type Reach } from '../../../tests/support/faulty-file-system.ts';
import { expectWhole } from '../../../tests/support/expect-whole.ts';
import { operationsToTry } from '../../../tests/support/operations-to-try.ts';
import { tempFolder, tempFolderInMemory } from '../../../tests/support/temp-folder.ts';

import type { IncomingResource, StoredOutcome } from './incoming-resource.ts';

/** Past any number of operations that opening a library and one upload take. */
const MOST_OPERATIONS = 150;

const FIRST = 'the first photo';

const PARTS = [Buffer.alloc(1_050_000, 1), Buffer.alloc(50_000, 2)];
const SECOND = sha256Of(Buffer.concat(PARTS));

/** An upload whose name is taken, so that it also meets a collision; in several writes. */
function second(): IncomingResource {
  return upload('', { assetKey: 'asset-2', body: Readable.from(PARTS) });
}

const tried = { faults: 0, lasting: 0, kills: 0 };
afterAll(() => {
  process.stdout.write(
    `faults: ${tried.faults} operations failed once, ${tried.lasting} began a failure that lasted, ` +
      `${tried.kills} were the last before a kill\n`,
  );
});

/** The library as it was before the second upload, to make copies of. */
async function firstStored(folder: string): Promise<void> {
  await using first = await openCore({ folder });
  await first.ingest.receive(upload(FIRST));
}

async function stored(libraryFolder: string, sha256: string): Promise<boolean> {
  const receipts = await journaledReceipts(libraryFolder);
  return receipts.some((receipt) => receipt.sha256 === sha256);
}

const FULL = ['library/disk-full', 'library/missing'];
const FAILED = ['library/write-failed', 'library/missing'];
const GONE = ['library/missing'];

describe.each<{ code: string; reach: Reach; told: string[]; isLasting?: boolean }>([
  { code: 'ENOSPC', reach: 'half', told: FULL },
  { code: 'EDQUOT', reach: 'nothing', told: FULL, isLasting: true },
  { code: 'EIO', reach: 'half', told: FAILED },
  { code: 'EIO', reach: 'all', told: FAILED, isLasting: true },
  { code: 'EROFS', reach: 'nothing', told: FAILED },
  { code: 'ENOENT', reach: 'nothing', told: GONE, isLasting: true },
  { code: 'ESTALE', reach: 'all', told: GONE },
])('a disk that answers $code, having done $reach (lasting: $isLasting)', (fault) => {
  it('leaves a whole library whichever operation of an upload fails, and takes the next upload', async () => {
    await using temp = await tempFolderInMemory();
    await firstStored(temp.path);
    const failed: string[] = [];
    let lastAt = 0;
    for (const at of operationsToTry(1, MOST_OPERATIONS)) {
      lastAt = at;
      await using copy = await tempFolderInMemory();
      await cp(temp.path, copy.path, { recursive: true });
      const files = new FaultyFileSystem({ at, ...fault });
      let core: Core | undefined;
      let outcome: StoredOutcome | undefined;
      try {
        core = await openCore({ folder: copy.path, files });
        outcome = await core.ingest.receive(second());
      } catch (error) {
        expect(error).toBeInstanceOf(RoostError);
        expect(fault.told, `${files.failed}`).toContain((error as RoostError).code);
      }
      files.heal();
      const context = `operation ${at}: ${files.failed ?? 'none'}`;
      if (core) {
        if (outcome) expect(await stored(core.libraryFolder, SECOND), context).toBe(true);
        const again = await core.ingest.receive(second());
        // What the disk refused to undo was settled before, and is answered for now.
        if (outcome) expect(again.result, context).toBe('repeated');
        else if (!fault.isLasting) expect(again.result, context).toBe('stored');
        expect(again.receipt.sha256).toBe(SECOND);
        await expectWhole(core.libraryFolder, context);
        await core[Symbol.asyncDispose]();
      }
      await using reopened = await openCore({ folder: copy.path });
      const last = await reopened.ingest.receive(second());
      expect(last.result, context).toBe(core ? 'repeated' : 'stored');
      await expectWhole(reopened.libraryFolder, context);
      expect(reopened.library.recovery.completed, context).toEqual([]);
      if (files.failed === undefined) {
        expect(outcome?.result).toBe('stored');
        break;
      }
      failed.push(files.failed);
    }
    expect(lastAt).toBeGreaterThan(20);
    if (fault.isLasting) tried.lasting += failed.length;
    else tried.faults += failed.length;
  }, 600_000);
});

describe.each<Reach>(['nothing', 'half', 'all'])(
  'a kill that lets %s of its operation happen',
  (reach) => {
    it('leaves the resource stored or not stored, whichever operation it hits', async () => {
      await using temp = await tempFolderInMemory();
      await firstStored(temp.path);

      let crashCount = 0;
      const ends = new Set<string>();
      for (let at = 1; at <= MOST_OPERATIONS; at++) {
        await using copy = await tempFolderInMemory();
        await cp(temp.path, copy.path, { recursive: true });
        const files = new CrashingFileSystem({ at, code: 'EKILLED', reach });
        let core: Core | undefined;
        let outcome: StoredOutcome | undefined;
        try {
          core = await openCore({ folder: copy.path, files });
          outcome = await core.ingest.receive(second());
        } catch {
          // A killed process tells nobody.
        }
        await core?.[Symbol.asyncDispose]();
        await files.abandon();

        await using reopened = await openCore({ folder: copy.path });
        const context = `operation ${at}: ${files.failed ?? 'none'}`;
        await expectWhole(reopened.libraryFolder);
        const isStored = await stored(reopened.libraryFolder, SECOND);
        if (outcome) expect(isStored, context).toBe(true);
        expect(await readdir(reopened.library.layout.stagingFolder), context).toEqual([]);
        const again = await reopened.ingest.receive(second());
        expect(again.result, context).toBe(isStored ? 'repeated' : 'stored');
        expect(sha256Of(await readFile(join(reopened.libraryFolder, again.receipt.path)))).toBe(
          SECOND,
        );
        await expectWhole(reopened.libraryFolder);
        if (!files.hasCrashed) break;
        crashCount += 1;
        ends.add(`${outcome ? 'answered' : 'not answered'}, ${isStored ? 'stored' : 'not stored'}`);
      }
      expect(crashCount).toBeGreaterThan(20);
      expect(crashCount).toBeLessThan(MOST_OPERATIONS);
      tried.kills += crashCount;
      // The three ends there may be; "answered, not stored" must not be among them.
      expect([...ends].sort()).toEqual([
        'answered, stored',
        'not answered, not stored',
        'not answered, stored',
      ]);
    }, 600_000);
  },
);

describe('two faults at once', () => {
  it('lets the next start settle a file whose journal line could be neither written nor cut, nor the file removed', async () => {
    await using temp = await tempFolder();
    // Learn which operation is the journal's own sync.
    const rehearsal = new FaultyFileSystem();
    await using practice = await openCore({
      folder: join(temp.path, 'practice'),
      files: rehearsal,
    });
    await practice.ingest.receive(upload(FIRST));
    const at =
      1 +
      rehearsal.operations.findIndex(
        (each) => /datasync .*jsonl$/.test(each) && each.includes('journal'),
      );
    expect(at).toBeGreaterThan(0);
    await practice[Symbol.asyncDispose]();

    const folder = join(temp.path, 'real');
    const files = new CrashingFileSystem({ at, code: 'EIO', reach: 'nothing' });
    await using broken = await openCore({ folder, files });
    await expect(broken.ingest.receive(upload(FIRST, { deviceId: TABLET }))).rejects.toMatchObject({
      code: 'library/write-failed',
    });
    await broken[Symbol.asyncDispose]();
    await files.abandon();

    await using reopened = await openCore({ folder });
    await expectWhole(reopened.libraryFolder);
    expect(await stored(reopened.libraryFolder, sha256Of(FIRST))).toBe(true);
  });
});
