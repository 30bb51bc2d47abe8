import { cp, readdir } from 'node:fs/promises';

import { afterAll, describe, expect, it } from 'vitest';

import { RoostError } from '../../../../shared/error-catalogue.ts';
import { openCore, upload, type Core } from '../../../../tests/support/core-lab.ts';
import { CrashingFileSystem } from '../../../../tests/support/crashing-file-system.ts';
import { expectWhole } from '../../../../tests/support/expect-whole.ts';
import { FaultyFileSystem, type Reach } from '../../../../tests/support/faulty-file-system.ts';
import { operationsToTry } from '../../../../tests/support/operations-to-try.ts';
import { PatientPhone, type PhoneMemory } from '../../../../tests/support/patient-phone.ts';
import { RESUMED_SCRIPTS, type ResumedScript } from '../../../../tests/support/resumed-scripts.ts';
import { tempFolderInMemory } from '../../../../tests/support/temp-folder.ts';

import { UPLOAD_LIMITS } from './open-uploads.ts';

/** Past any number of operations that a script takes. */
const MOST_OPERATIONS = 250;

const tried = { faults: 0, lasting: 0, kills: 0 };
afterAll(() => {
  process.stdout.write(
    `resumed uploads, faults: ${tried.faults} operations failed once, ${tried.lasting} began a failure that ` +
      `lasted, ${tried.kills} were the last before a kill\n`,
  );
});

/** A library with a photo, in which a script's earlier run has happened; gives what the phone knows. */
async function prepared(folder: string, script: ResumedScript): Promise<PhoneMemory> {
  await using core = await openCore({ folder });
  await core.ingest.receive(upload('the first photo'));
  const phone = new PatientPhone(script.bytes);
  await script.before?.(phone, core);
  return phone.memory;
}

/** The first operation worth failing: a start without unfinished uploads is tried by itself elsewhere. */
async function firstOperation(folder: string, script: ResumedScript): Promise<number> {
  if (script.before) return 1;
  await using copy = await tempFolderInMemory();
  await cp(folder, copy.path, { recursive: true });
  const files = new FaultyFileSystem();
  await using _core = await openCore({ folder: copy.path, files });
  return files.operations.length + 1;
}

async function stagedNames(core: Core): Promise<string[]> {
  return readdir(core.library.layout.stagingFolder);
}

/** Once nobody asks any more nothing is left. */
async function expectNothingStaged(core: Core, context: string): Promise<void> {
  core.clock.advance(UPLOAD_LIMITS.lifetimeMs + 1);
  await core.ingest.sweep();
  expect(await stagedNames(core), context).toEqual([]);
}

const FAILURES: { code: string; reach: Reach; isLasting?: boolean; told: string[] }[] = [
  { code: 'ENOSPC', reach: 'half', told: ['library/disk-full'] },
  { code: 'EIO', reach: 'all', told: ['library/write-failed'] },
  { code: 'EROFS', reach: 'nothing', told: ['library/write-failed'], isLasting: true },
];

const REACHES: readonly Reach[] = ['nothing', 'half', 'all'];

describe.each(RESUMED_SCRIPTS)('$name', (script) => {
  it.each(FAILURES)(
    'is stored in the end whichever operation answers $code, having done $reach (lasting: $isLasting)',
    async ({ told, ...fault }) => {
      await using temp = await tempFolderInMemory();
      const memory = await prepared(temp.path, script);
      const first = await firstOperation(temp.path, script);
      for (const at of operationsToTry(first, MOST_OPERATIONS)) {
        await using copy = await tempFolderInMemory();
        await cp(temp.path, copy.path, { recursive: true });
        const files = new FaultyFileSystem({ at, ...fault });
        const phone = new PatientPhone(script.bytes, memory);
        await using stack = new AsyncDisposableStack();
        let core: Core | undefined;
        try {
          core = stack.use(await openCore({ folder: copy.path, files }));
          await script.run(phone, core);
        } catch (error) {
          expect(error, `${files.failed}`).toBeInstanceOf(RoostError);
          // A library that does not answer may count as away.
          const codes = [...told, 'library/missing', 'upload/not-found'];
          expect(codes, `${files.failed}`).toContain((error as RoostError).code);
        }
        files.heal();
        const context = `operation ${at}: ${files.failed ?? 'none'}`;
        if (core) {
          await phone.goOn(core, { context, mayBeGone: true });
          await expectWhole(core.libraryFolder, context);
        }
        await stack.disposeAsync();
        await using reopened = await openCore({ folder: copy.path });
        if (!core) {
          await phone.goOn(reopened, { context, mayBeGone: false });
          await expectWhole(reopened.libraryFolder, context);
        }
        expect(reopened.library.recovery.completed, context).toEqual([]);
        await expectNothingStaged(reopened, context);
        if (files.failed === undefined) {
          expect(at - first).toBeGreaterThan(15);
          break;
        }
        if (fault.isLasting) tried.lasting += 1;
        else tried.faults += 1;
      }
    },
    600_000,
  );

  it.each(REACHES)(
    'is gone on with after a kill at any operation, of which %s happened',
    async (reach) => {
      await using temp = await tempFolderInMemory();
      const memory = await prepared(temp.path, script);
      const first = await firstOperation(temp.path, script);
      for (const at of operationsToTry(first, MOST_OPERATIONS)) {
        await using copy = await tempFolderInMemory();
        await cp(temp.path, copy.path, { recursive: true });
        const files = new CrashingFileSystem({ at, code: 'EKILLED', reach });
        const phone = new PatientPhone(script.bytes, memory);
        let core: Core | undefined;
        try {
          core = await openCore({ folder: copy.path, files });
          await script.run(phone, core);
        } catch {
          // A killed process tells nobody.
        }
        await core?.[Symbol.asyncDispose]();
        await files.abandon();

        await using reopened = await openCore({ folder: copy.path });
        const context = `operation ${at}: ${files.failed ?? 'none'}`;
        await expectWhole(reopened.libraryFolder, context);
        const { uploadId = '' } = phone.memory;
        for (const name of await stagedNames(reopened)) {
          expect([uploadId, `${uploadId}.upload`], context).toContain(name);
        }
        await phone.goOn(reopened, { context, mayBeGone: false });
        await expectWhole(reopened.libraryFolder, context);
        await expectNothingStaged(reopened, context);
        if (!files.hasCrashed) {
          expect(at - first).toBeGreaterThan(15);
          break;
        }
        tried.kills += 1;
      }
    },
    600_000,
  );
});
