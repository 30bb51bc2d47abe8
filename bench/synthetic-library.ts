import { createHash, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

import { setJournalPosition } from '../electron/service/catalog/follow-journal.ts';
import { catalogPath } from '../electron/service/catalog/catalog-files.ts';
import { openCatalog } from '../electron/service/catalog/open-catalog.ts';
import { recordEntry } from '../electron/service/catalog/record-entry.ts';
import { checkedLine } from '../electron/service/library/checked-line.ts';
import { libraryLayout } from '../electron/service/library/library-layout.ts';
import type { JournalEntry } from '../shared/receipt.ts';

const BATCH = 5_000;
const PER_MONTH = 8_000;

/**
 * Fills a library that no service has open with assets that were received years ago, as far as its journal and
 * its catalog know: both get what the real code writes for a photo. The files themselves are not there, since
 * receiving another photo looks at none of them.
 */
export async function fillLibrary(
  folders: { dataFolder: string; libraryFolder: string },
  deviceId: string,
  assetCount: number,
): Promise<void> {
  const { journalFolder } = libraryLayout(folders.libraryFolder);
  const file = (await readdir(journalFolder)).toSorted().at(-1);
  if (file === undefined) throw new Error('the library has no journal yet');
  const journal = createWriteStream(join(journalFolder, file), { flags: 'a' });
  const catalog = openCatalog(catalogPath(folders.dataFolder));
  try {
    for (let first = 0; first < assetCount; first += BATCH) {
      const count = Math.min(BATCH, assetCount - first);
      const entries = Array.from({ length: count }, (_, at) => receiptEntry(deviceId, first + at));
      const lines = entries.map((entry) => checkedLine(entry)).join('');
      if (!journal.write(lines)) await once(journal, 'drain');
      catalog.transaction(() => {
        for (const entry of entries) recordEntry(catalog, entry);
      });
    }
    journal.end();
    await once(journal, 'close');
    catalog.transaction(() => {
      catalog.run(`INSERT OR IGNORE INTO uploads (job_id, upload_number, started_at, finished_at, received_byte_count, result)
        SELECT job_id, 1, started_at, finished_at, received_byte_count, 'stored' FROM jobs`);
      catalog.run(`INSERT OR IGNORE INTO media (sha256, kind, media_type, width, height)
        SELECT sha256, 'photo', 'image/jpeg', 4032, 3024 FROM resources`);
      catalog.run(`INSERT OR IGNORE INTO previews (sha256, kind, state, priority, queued_at, attempts)
        SELECT sha256, 'tile', 'ready', 0, stored_at, 1 FROM resources`);
    });
    const { size } = await stat(join(journalFolder, file));
    setJournalPosition(catalog, { file, byteOffset: size });
  } finally {
    catalog.close();
  }
}

function receiptEntry(deviceId: string, index: number): JournalEntry {
  const at = Date.UTC(2015, 0, 1) + index * 300_000;
  const month = Math.floor(index / PER_MONTH);
  const year = String(2015 + Math.floor(month / 12));
  const yearAndMonth = `${year}-${String((month % 12) + 1).padStart(2, '0')}`;
  const name = `IMG_${String(index).padStart(7, '0')}.HEIC`;
  return {
    entry: 'receipt',
    receiptId: randomUUID(),
    assetId: randomUUID(),
    deviceId,
    assetKey: `${randomUUID().toUpperCase()}/L0/001`,
    resourceType: 'photo',
    path: `Bench/${year}/${yearAndMonth}/${name}`,
    byteCount: 2_000_000 + (index % 1_000_000),
    sha256: createHash('sha256').update(name).digest('hex'),
    captureTime: { local: `${yearAndMonth}-07T12:30:00`, source: 'exif' },
    told: { fileName: name, contentType: 'image/heic', createdAt: at, modifiedAt: at },
    jobId: randomUUID(),
    startedAt: at,
    storedAt: at + 40,
  };
}
