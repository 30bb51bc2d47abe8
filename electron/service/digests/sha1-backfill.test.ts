import { createHash } from 'node:crypto';
import { rename, rm, writeFile } from 'node:fs/promises';
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
  isAway: boolean;
  /** What happens just before a file is looked for. */
  onReading: () => void;
}

function backfillOf(core: Core): Lab {
  const timers = new ManualTimers(core.clock);
  const lab: Lab = {
    timers,
    findings: [],
    uploads: 0,
    isAway: false,
    onReading: () => undefined,
    backfill: new Sha1Backfill({
      catalog: core.catalog,
      files: nodeFileSystem,
      pathOf: (path) => {
        lab.onReading();
        return join(core.libraryFolder, path);
      },
      isLibraryPresent: () => Promise.resolve(!lab.isAway),
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

it('comes back for what a device sends again that another had sent, and follows a file that moves', async () => {
  await using temp = await tempFolder();
  await using core = await openCore({ folder: temp.path });
  await receive(core, 'of the tablet', TABLET);
  await receive(core, 'own');
  const lab = backfillOf(core);
  const count = (): number => core.catalog.all('SELECT sha1 FROM sha1s').length;
  lab.backfill.want(PHONE);
  await soon(lab, count).toBe(1);
  const linked = await receive(core, 'of the tablet');
  // The catalog knows of the move when the file is looked for where it was.
  await rename(join(core.libraryFolder, linked.path), join(core.libraryFolder, 'moved.jpg'));
  const moved = JSON.stringify({ ...linked, path: 'moved.jpg' });
  lab.onReading = () => {
    core.catalog.run(
      "UPDATE resources SET path = 'moved.jpg', receipt = ? WHERE receipt_id = ?",
      ...[moved, linked.receiptId],
    );
  };
  lab.backfill.want(PHONE);
  await soon(lab, count).toBe(2);
  expect(lab.findings).toEqual(['good', 'good']);
  await lab.backfill.close();
});

it('settles nothing while the library is away, and goes on when it is asked again', async () => {
  await using temp = await tempFolder();
  await using core = await openCore({ folder: temp.path });
  const away = await receive(core, 'away');
  const lab = backfillOf(core);
  const [here, there] = [join(core.libraryFolder, away.path), join(temp.path, 'elsewhere')];
  await rename(here, there);
  // It goes between the look whether it is there and the reading.
  lab.onReading = () => (lab.isAway = true);
  lab.backfill.want(PHONE);
  await soon(lab, () => lab.isAway).toBe(true);
  lab.onReading = () => undefined;
  await rename(there, here);
  lab.isAway = false;
  await soon(lab, () => {
    lab.backfill.want(PHONE);
    return lab.findings;
  }).toEqual(['good']);
  await lab.backfill.close();
});
