import { createHash } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { expect, it } from 'vitest';

import type { Receipt } from '../../../shared/receipt.ts';
import {
  openCore,
  PHONE,
  silentLog,
  TABLET,
  upload,
  type Core,
} from '../../../tests/support/core-lab.ts';
import { ManualTimers } from '../../../tests/support/manual-timers.ts';
import { tempFolder } from '../../../tests/support/temp-folder.ts';
import { ownReceiptsBySha1 } from '../catalog/sha1-rows.ts';
import type { Finding } from '../library/check-original.ts';
import { nodeFileSystem } from '../library/file-system.ts';

import { Sha1Backfill } from './sha1-backfill.ts';

const sha1 = (text: string): string => createHash('sha1').update(text).digest('hex');

interface Lab {
  readonly backfill: Sha1Backfill;
  readonly timers: ManualTimers;
  readonly findings: Finding['kind'][];
  uploads: number;
}

function backfillOf(core: Core): Lab {
  const timers = new ManualTimers(core.clock);
  const lab: Lab = {
    timers,
    findings: [],
    uploads: 0,
    backfill: new Sha1Backfill({
      catalog: core.catalog,
      files: nodeFileSystem,
      pathOf: (path) => join(core.libraryFolder, path),
      isLibraryPresent: () => Promise.resolve(true),
      liveUploadCount: () => lab.uploads,
      onReread: (_, finding) => lab.findings.push(finding.kind),
      clock: core.clock,
      timers,
      log: silentLog,
    }),
  };
  return lab;
}

/** Asks until it is so, while time passes. */
function soon<Value>(lab: Lab, ask: () => Value): ReturnType<typeof expect.poll<Value>> {
  return expect.poll(() => {
    lab.timers.advance(1_000);
    return ask();
  });
}

async function receive(core: Core, text: string, deviceId = PHONE): Promise<Receipt> {
  const { receipt } = await core.ingest.receive(upload(text, { deviceId, assetKey: text }));
  return receipt;
}

it('gives the files of a device whose app asked their SHA-1, and those of others none', async () => {
  await using temp = await tempFolder();
  await using core = await openCore({ folder: temp.path });
  const own = await receive(core, 'own');
  await receive(core, 'of another', TABLET);
  await receive(core, 'of another', PHONE);
  const lab = backfillOf(core);
  lab.backfill.want(PHONE);
  await soon(lab, () => core.catalog.all('SELECT sha1 FROM sha1s').length).toBe(2);
  expect(ownReceiptsBySha1(core.catalog, PHONE, sha1('own'))[0]?.receiptId).toBe(own.receiptId);
  expect(ownReceiptsBySha1(core.catalog, TABLET, sha1('own'))).toEqual([]);
  expect(lab.findings).toEqual(['good', 'good']);
  await lab.backfill.close();
});

it('vouches for no file that is damaged or missing, and tells of it', async () => {
  await using temp = await tempFolder();
  await using core = await openCore({ folder: temp.path });
  const damaged = await receive(core, 'damaged');
  const missing = await receive(core, 'missing');
  await writeFile(join(core.libraryFolder, damaged.path), 'DAMAGED');
  await rm(join(core.libraryFolder, missing.path));
  const lab = backfillOf(core);
  lab.backfill.want(PHONE);
  await soon(lab, () => lab.findings).toEqual(['changed', 'missing']);
  expect(core.catalog.all('SELECT sha1 FROM sha1s')).toEqual([]);
  await lab.backfill.close();
});

it('waits while uploads are received', async () => {
  await using temp = await tempFolder();
  await using core = await openCore({ folder: temp.path });
  await receive(core, 'one');
  const lab = backfillOf(core);
  lab.uploads = 1;
  lab.backfill.want(PHONE);
  await expect.poll(() => lab.timers.nextDelayMs).toBeDefined();
  expect(core.catalog.all('SELECT sha1 FROM sha1s')).toEqual([]);
  lab.uploads = 0;
  await soon(lab, () => core.catalog.all('SELECT sha1 FROM sha1s').length).toBe(1);
  await lab.backfill.close();
});
