import { rename } from 'node:fs/promises';
import { join } from 'node:path';

import Database from 'better-sqlite3';
import { expect, it } from 'vitest';

import { openCore, receipt, upload } from '../../../tests/support/core-lab.ts';
import { ScrubLab } from '../../../tests/support/scrub-lab.ts';
import { tempFolder } from '../../../tests/support/temp-folder.ts';
import { MIGRATIONS, openCatalog } from '../catalog/open-catalog.ts';
import { readingTotals } from '../catalog/reading-rows.ts';
import { isPathFree } from '../catalog/receipt-queries.ts';
import { isStemFree } from '../catalog/stem-queries.ts';
import { verifyLibrary } from '../library/verify-library.ts';

const PLACE = { folder: 'Elsewhere', name: 'IMG_9.HEIC' };

it('a scrub calls no file missing that is moved while it has let go of it for uploads', async () => {
  await using lab = await ScrubLab.open();
  const { receiptId } = await lab.receive(Buffer.alloc(2_500_000, 1));
  let isMoved = false;
  lab.files.beforeRead = async ({ position }) => {
    if (position === 0 || isMoved) return;
    isMoved = true;
    // It closes the file for an upload, and opens it again where it is no more.
    lab.liveUploadCount = 1;
    await lab.core.mover.move(receiptId, PLACE, 'refile');
    setImmediate(() => (lab.liveUploadCount = 0));
  };
  lab.start({ startRestMs: 0 });
  await lab.untilDone();
  expect(isMoved).toBe(true);
  expect(readingTotals(lab.core.catalog, 0)).toMatchObject({ unreadCount: 0, missingCount: 0 });
});

it('verify beside a running service finds every original while they are moved to and fro', async () => {
  await using temp = await tempFolder();
  await using core = await openCore({ folder: temp.path });
  const ids: string[] = [];
  for (let at = 0; at < 8; at++) {
    const change = { assetKey: String(at), told: { fileName: `IMG_${at}.HEIC` } };
    ids.push((await core.ingest.receive(upload(`photo ${at}`, change))).receipt.receiptId);
  }
  const turns = { isLast: false };
  const moving = (async () => {
    for (let turn = 0; !turns.isLast; turn++) {
      for (const id of ids) {
        await core.mover.move(id, { folder: `turn ${turn % 3}`, name: `${id}.HEIC` }, 'refile');
      }
    }
  })();
  for (let look = 0; look < 5; look++) {
    const report = await verifyLibrary({ libraryFolder: core.libraryFolder });
    expect(report).toMatchObject({ fileCount: 8, missing: [], damaged: [], journalDamage: [] });
  }
  turns.isLast = true;
  await moving;
  const report = await verifyLibrary({ libraryFolder: core.libraryFolder });
  expect(report).toMatchObject({ fileCount: 8, unknown: [] });
});

it('verify says that a file is missing which somebody took from where it was moved to', async () => {
  await using temp = await tempFolder();
  await using core = await openCore({ folder: temp.path });
  const { receipt } = await core.ingest.receive(upload('photo'));
  const { path } = await core.mover.move(receipt.receiptId, PLACE, 'refile');
  await rename(join(core.libraryFolder, path), join(core.libraryFolder, receipt.path));
  const report = await verifyLibrary({ libraryFolder: core.libraryFolder });
  expect(report).toMatchObject({ missing: [{ path }], unknown: [receipt.path] });
});

it('a catalog of before knows stems, folders and old paths once it is brought along', async () => {
  await using temp = await tempFolder();
  const path = join(temp.path, 'catalog.sqlite');
  openCatalog(
    path,
    MIGRATIONS.filter(({ version }) => version < 8),
  ).close();
  const old = new Database(path);
  const { receiptId, assetId, sha256, ...rest } = receipt({ path: 'Ä/ÜBER (edited).HEIC' });
  const columns = old.pragma('table_info(resources)') as { name: string }[];
  const values: Record<string, unknown> = {
    receipt_id: receiptId,
    asset_id: assetId,
    device_id: rest.deviceId,
    asset_key: rest.assetKey,
    resource_type: rest.resourceType,
    path: rest.path,
    path_key: 'ä/über (edited).heic',
    byte_count: rest.byteCount,
    sha256,
    stored_at: rest.storedAt,
    receipt: '{}',
  };
  const known = columns.map(({ name }) => name).filter((name) => name in values);
  old
    .prepare(`INSERT INTO resources (${known.join()}) VALUES (${known.map(() => '?').join()})`)
    .run(...known.map((name) => values[name]));
  old
    .prepare(
      "INSERT INTO moves VALUES ('m', ?, NULL, 'refile', 'Ö/alt.HEIC', 'Ä/ÜBER (edited).HEIC', 0)",
    )
    .run(receiptId);
  old.close();
  const catalog = openCatalog(path);
  try {
    expect(isStemFree(catalog, 'ä', 'über.MOV', ['another'])).toBe(false);
    expect(isStemFree(catalog, 'ä', 'über.MOV', [assetId])).toBe(true);
    expect(isPathFree(catalog, 'ö/ALT.heic', 'other bytes')).toBe(false);
    expect(isPathFree(catalog, 'ö/ALT.heic', sha256)).toBe(true);
    expect(catalog.all('SELECT folder FROM unlisted_folders')).toEqual([{ folder: 'Ä' }]);
  } finally {
    catalog.close();
  }
});
