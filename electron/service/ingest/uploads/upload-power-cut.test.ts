import { copyFile, cp, mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';

import { afterAll, describe, expect, it } from 'vitest';

import { openCore, sha256Of, upload, type Core } from '../../../../tests/support/core-lab.ts';
import { CrashingFileSystem } from '../../../../tests/support/crashing-file-system.ts';
import {
  SURVIVALS,
  type DiskImage,
  type Survival,
} from '../../../../tests/support/disk-history.ts';
import { expectWhole } from '../../../../tests/support/expect-whole.ts';
import type { Reach } from '../../../../tests/support/faulty-file-system.ts';
import {
  ForgetfulFileSystem,
  writeImage,
} from '../../../../tests/support/forgetful-file-system.ts';
import { operationsToTry } from '../../../../tests/support/operations-to-try.ts';
import { PatientPhone, type PhoneMemory } from '../../../../tests/support/patient-phone.ts';
import { RESUMED_SCRIPTS, type ResumedScript } from '../../../../tests/support/resumed-scripts.ts';
import { tempFolderInMemory } from '../../../../tests/support/temp-folder.ts';
import { catalogPath } from '../../catalog/catalog-files.ts';

import { UPLOAD_LIMITS } from './open-uploads.ts';

/** Past any number of operations that a script takes. */
const MOST_OPERATIONS = 250;

const REACHES: readonly Reach[] = ['nothing', 'half', 'all'];

const tried = { operations: 0, moments: 0, images: 0, kills: 0, imagesAfterKills: 0 };
afterAll(() => {
  process.stdout.write(
    `resumed uploads, power cuts: ${tried.operations} operations, ${tried.moments} moments, ` +
      `${SURVIVALS.length} ways to survive each: ${tried.images} different disks; ` +
      `${tried.imagesAfterKills} more after ${tried.kills} kills\n`,
  );
});

/** What a power cut left of the disk, and what the phone knows then. */
interface Cut {
  readonly image: DiskImage;
  readonly memory: PhoneMemory;
  /** A block of zeros inside the last line of its log costs an upload: then it begins anew. */
  readonly mayBeGone: boolean;
  readonly context: string;
}

function foldersIn(folder: string): { folder: string; dataFolder: string } {
  return { folder: join(folder, 'disk'), dataFolder: join(folder, 'data') };
}

/** A library with a photo, in which a script's earlier run has happened; gives what the phone knows. */
async function prepared(start: string, script: ResumedScript): Promise<PhoneMemory> {
  await mkdir(join(start, 'disk'));
  await mkdir(join(start, 'data'));
  await using core = await openCore(foldersIn(start));
  await core.ingest.receive(upload('the first photo'));
  const phone = new PatientPhone(script.bytes);
  await script.before?.(phone, core);
  return phone.memory;
}

/** All that power cuts between two moments may leave, each once, with the latest that the phone knows. */
function* cuts(
  files: ForgetfulFileSystem,
  phone: PatientPhone,
  survivals: readonly Survival[],
  from = 0,
  to = files.moment,
): Generator<Cut> {
  const seen = new Set<string>();
  for (let moment = to; moment >= from; moment--) {
    const memory = phone.memoryAt(moment);
    for (const survival of survivals) {
      const image = files.afterPowerCut(moment, survival, to);
      const content = [...image.entries].map(
        ([path, bytes]) => `${path} ${bytes ? sha256Of(bytes) : 'folder'}`,
      );
      // One that is leaving may find less than it was told before.
      const key = [...content, memory.uploadId, memory.isLeaving].join('\n');
      if (seen.has(key)) continue;
      seen.add(key);
      const context = `${survival} at ${moment}: ${files.lastBegunAt(moment)}`;
      const mayBeGone = survival === 'torn' || survival === 'random';
      yield { image, memory, mayBeGone, context };
    }
  }
}

/** Starts on what a cut left, sees that it holds what was told, and has the phone go on to the end. */
async function expectSafe(
  start: string,
  script: ResumedScript,
  { image, memory, mayBeGone, context }: Cut,
): Promise<void> {
  await using temp = await tempFolderInMemory();
  const folders = foldersIn(temp.path);
  await mkdir(folders.folder);
  await mkdir(folders.dataFolder);
  await writeImage(image, folders.folder);
  await copyFile(catalogPath(join(start, 'data')), catalogPath(folders.dataFolder));
  await using core = await openCore(folders);
  const { uploadId = '', receipt } = memory;
  const receipts = await expectWhole(core.libraryFolder, context);
  const found = receipts.find((each) => each.receiptId === receipt?.receiptId);
  if (receipt) expect(found, context).toMatchObject(receipt);
  for (const name of await stagedNames(core)) {
    expect([uploadId, `${uploadId}.upload`], context).toContain(name);
  }
  const phone = new PatientPhone(script.bytes, memory);
  await phone.goOn(core, { context, mayBeGone });
  await expectWhole(core.libraryFolder, context);
  core.clock.advance(UPLOAD_LIMITS.lifetimeMs + 1);
  await core.ingest.sweep();
  expect(await stagedNames(core), context).toEqual([]);
}

async function stagedNames(core: Core): Promise<string[]> {
  return readdir(core.library.layout.stagingFolder);
}

describe.each(RESUMED_SCRIPTS)('power cuts during $name', (script) => {
  it('leave every offset and every end that was told', async () => {
    await using start = await tempFolderInMemory();
    const memory = await prepared(start.path, script);
    await using temp = await tempFolderInMemory();
    await cp(start.path, temp.path, { recursive: true });
    const folders = foldersIn(temp.path);
    const files = await ForgetfulFileSystem.over(folders.folder);
    const phone = new PatientPhone(script.bytes, memory, () => files.moment);
    const core = await openCore({ ...folders, files });
    await script.run(phone, core);
    await core[Symbol.asyncDispose]();
    tried.operations += files.operationCount;
    tried.moments += files.moment + 1;
    for (const cut of cuts(files, phone, SURVIVALS)) {
      await expectSafe(start.path, script, cut);
      tried.images += 1;
    }
  }, 600_000);

  it('leave what the next run tells after a kill', async () => {
    await using start = await tempFolderInMemory();
    const memory = await prepared(start.path, script);
    for (const at of operationsToTry(1, MOST_OPERATIONS)) {
      await using temp = await tempFolderInMemory();
      await cp(start.path, temp.path, { recursive: true });
      const folders = foldersIn(temp.path);
      const files = await ForgetfulFileSystem.over(folders.folder, at);
      const phone = new PatientPhone(script.bytes, memory, () => files.moment);
      const reach = REACHES[at % 3]!;
      const crashing = new CrashingFileSystem({ at, code: 'EKILLED', reach }, files);
      let killed: Core | undefined;
      try {
        killed = await openCore({ ...folders, files: crashing });
        await script.run(phone, killed);
      } catch {
        // A killed process tells nobody.
      }
      await killed?.[Symbol.asyncDispose]();
      await crashing.abandon();
      if (!crashing.hasCrashed) break;
      tried.kills += 1;
      const next = await openCore({ ...folders, files });
      await phone.ask(next).catch(() => undefined);
      const toldAt = files.moment;
      await next[Symbol.asyncDispose]();
      for (const cut of cuts(files, phone, ['strict', 'random'], toldAt, toldAt)) {
        const context = `killed at ${at}, ${crashing.failed}; ${cut.context}`;
        await expectSafe(start.path, script, { ...cut, context });
        tried.imagesAfterKills += 1;
      }
    }
  }, 600_000);
});
