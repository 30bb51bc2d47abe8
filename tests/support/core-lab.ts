import { createHash, randomUUID } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';

import { pino } from 'pino';

import { DEFAULT_FOLDER_TEMPLATE, folderTemplate } from '../../shared/folder-template.ts';
import type { Receipt } from '../../shared/receipt.ts';
import type { JobView } from '../../shared/window-views.ts';
import { assetOfReceipt } from '../../electron/service/catalog/stem-queries.ts';
import { Ledger } from '../../electron/service/catalog/ledger.ts';
import type { Catalog } from '../../electron/service/catalog/open-catalog.ts';
import { openCatalogFor } from '../../electron/service/catalog/open-catalog-for.ts';
import { HashLists } from '../../electron/service/filing/hash-lists.ts';
import { restoreAsset } from '../../electron/service/filing/restore-files.ts';
import { OriginalMover } from '../../electron/service/filing/move-original.ts';
import { Ingest, type IngestParts } from '../../electron/service/ingest/ingest.ts';
import type { SeenHeader } from '../../electron/service/ingest/settle-resource.ts';
import type { IncomingResource } from '../../electron/service/ingest/incoming-resource.ts';
import { JobTracker } from '../../electron/service/jobs/job-tracker.ts';
import type { FileSystem } from '../../electron/service/library/file-system.ts';
import { nodeFileSystem } from '../../electron/service/library/file-system.ts';
import { isHashList } from '../../electron/service/library/hash-list.ts';
import { readJournal } from '../../electron/service/library/journal.ts';
import { OWN_FOLDER } from '../../electron/service/library/library-layout.ts';
import { openLibrary, type Library } from '../../electron/service/library/open-library.ts';

import { ManualClock } from './manual-clock.ts';
import { ManualTimers } from './manual-timers.ts';

export const PHONE = 'c0ffee00-0000-4000-8000-000000000001';
export const TABLET = 'c0ffee00-0000-4000-8000-000000000002';

export const silentLog = pino({ level: 'silent' });

export interface CoreOptions {
  readonly folder: string;
  /** Where the catalog is; beside the library unless told. */
  readonly dataFolder?: string;
  readonly files?: FileSystem;
  readonly clock?: ManualClock;
  readonly readHeader?: (path: string) => Promise<SeenHeader | undefined>;
  readonly reservedFreeByteCount?: number;
  readonly template?: () => string;
  readonly onRecorded?: IngestParts['onRecorded'];
  readonly uploadLimits?: IngestParts['uploadLimits'];
}

/** Library, catalog, jobs and ingest over real files, as the service puts them together. */
export interface Core extends AsyncDisposable {
  readonly libraryFolder: string;
  readonly clock: ManualClock;
  readonly library: Library;
  readonly catalog: Catalog;
  readonly ledger: Ledger;
  readonly jobs: JobTracker;
  readonly ingest: Ingest;
  readonly mover: OriginalMover;
  /** Written when they are told to; nothing wakes them. */
  readonly hashLists: HashLists;
  /** Every change of a job that was told. */
  readonly jobChanges: JobView[];
}

export async function openCore(options: CoreOptions): Promise<Core> {
  const { folder, clock = new ManualClock() } = options;
  const libraryFolder = join(folder, 'library');
  const stack = new AsyncDisposableStack();
  try {
    const library = stack.use(
      await openLibrary({
        folder: libraryFolder,
        clock,
        ...(options.files && { files: options.files }),
      }),
    );
    const source = { ...library, journalFolder: library.layout.journalFolder };
    const { dataFolder = folder } = options;
    const { catalog } = await openCatalogFor(dataFolder, source, clock, silentLog);
    stack.defer(() => catalog.close());
    const ledger = new Ledger(library.journal, catalog, clock, silentLog);
    const jobChanges: JobView[] = [];
    const jobs = new JobTracker(catalog, clock, (job) => jobChanges.push(job), silentLog);
    jobs.interruptLeftOvers();
    const mover = new OriginalMover({ library, catalog, ledger, clock });
    stack.defer(() => mover.close());
    const ingest = new Ingest({
      library,
      catalog,
      ledger,
      mover,
      jobs,
      clock,
      readHeader: options.readHeader ?? (() => Promise.resolve(undefined)),
      reservedFreeByteCount: () => options.reservedFreeByteCount ?? 0,
      onRecorded: options.onRecorded ?? (() => undefined),
      onLinked: () => undefined,
      offsetAt: () => 0,
      restore: (receipt) =>
        restoreAsset(mover, catalog, assetOfReceipt(catalog, receipt.receiptId) ?? ''),
      template: () => folderTemplate(options.template?.() ?? DEFAULT_FOLDER_TEMPLATE),
      log: silentLog,
      ...(options.uploadLimits && { uploadLimits: options.uploadLimits }),
    });
    stack.defer(() => ingest.close(0));
    const hashLists = new HashLists({
      library,
      catalog,
      clock,
      timers: new ManualTimers(clock),
      log: silentLog,
    });
    stack.defer(() => hashLists.close());
    await ingest.resume();
    return {
      libraryFolder,
      clock,
      library,
      catalog,
      ledger,
      jobs,
      ingest,
      mover,
      hashLists,
      jobChanges,
      [Symbol.asyncDispose]: () => stack.disposeAsync(),
    };
  } catch (error) {
    await stack.disposeAsync();
    throw error;
  }
}

/** An upload of some bytes; what it does not name is as a phone would tell it. */
export function upload(
  bytes: Uint8Array | string,
  change: Partial<IncomingResource> = {},
): IncomingResource {
  return {
    deviceId: PHONE,
    deviceFolder: 'My iPhone',
    assetKey: 'asset-1',
    resourceType: 'photo',
    told: { fileName: 'IMG_1.HEIC', createdAt: Date.UTC(2019, 7, 4, 12) },
    digests: {},
    body: Readable.from([Buffer.from(bytes)]),
    ...change,
  };
}

export function sha256Of(bytes: Uint8Array | string): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** A receipt as it might stand in a journal. */
export function receipt(change: Partial<Receipt> = {}): Receipt {
  return {
    receiptId: randomUUID(),
    assetId: randomUUID(),
    deviceId: PHONE,
    assetKey: 'asset-1',
    resourceType: 'photo',
    path: 'My iPhone/2019/2019-08/IMG_1.HEIC',
    byteCount: 5,
    sha256: sha256Of('bytes'),
    captureTime: { local: '2019-08-04T12:00:00', source: 'device-created' },
    told: {},
    jobId: randomUUID(),
    startedAt: Date.UTC(2026, 10, 21, 12),
    storedAt: Date.UTC(2026, 10, 21, 12),
    ...change,
  };
}

/** Paths below a library of everything that a person sees there, but for the lists of hashes. */
export async function visibleFiles(libraryFolder: string): Promise<string[]> {
  const found: string[] = [];
  for (const entry of await readdir(libraryFolder, { recursive: true, withFileTypes: true })) {
    if (entry.isDirectory()) continue;
    const path = join(entry.parentPath, entry.name)
      .slice(libraryFolder.length + 1)
      .replaceAll('\\', '/');
    if (!path.startsWith(`${OWN_FOLDER}/`) && !isHashList(path)) found.push(path);
  }
  return found.sort();
}

/** The receipts that a library's journal has, with their paths of now, read by nothing of the service that wrote them. */
export async function journaledReceipts(libraryFolder: string): Promise<Receipt[]> {
  const receipts: Receipt[] = [];
  const folder = join(libraryFolder, OWN_FOLDER, 'journal');
  for await (const line of readJournal(folder, nodeFileSystem)) {
    if ('damage' in line) throw new Error(`damaged line ${line.damage.lineNumber}`);
    const { entry } = line;
    if (entry.entry === 'receipt') receipts.push(entry);
    if (entry.entry === 'emptied') {
      const given = new Set(entry.receiptIds);
      receipts.splice(0, receipts.length, ...receipts.filter((each) => !given.has(each.receiptId)));
    }
    if (entry.entry !== 'move') continue;
    const at = receipts.findIndex(({ receiptId }) => receiptId === entry.receiptId);
    const moved = receipts[at];
    if (moved?.path !== entry.from) throw new Error(`a move from ${entry.from} without a file`);
    receipts[at] = { ...moved, path: entry.to };
  }
  return receipts;
}
