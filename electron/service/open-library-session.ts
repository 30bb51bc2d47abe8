import type { Logger } from 'pino';

import type { Clock } from '../../shared/clock.ts';
import type { Receipt } from '../../shared/receipt.ts';

import { readMissingHeaders } from './assets/read-missing-headers.ts';
import { Ledger } from './catalog/ledger.ts';
import type { StandingCatalog } from './catalog/standing-catalog.ts';
import { assetOfReceipt } from './catalog/stem-queries.ts';
import type { JournalDamage } from './library/journal.ts';
import type { HeaderResult } from './decoder/decoder-protocol.ts';
import { HashLists } from './filing/hash-lists.ts';
import { OriginalMover, type MoverParts } from './filing/move-original.ts';
import { restoreAsset } from './filing/restore-files.ts';
import { Ingest, type IngestParts } from './ingest/ingest.ts';
import type { LibrarySession } from './library/library-keeper.ts';
import { absolutePath } from './library/library-layout.ts';
import { openLibrary, type Library } from './library/open-library.ts';
import { systemTimers } from './timers.ts';

/** One opening of the library, with everything that must not outlive it. */
export interface OpenSession extends LibrarySession {
  readonly library: Library;
  readonly ledger: Ledger;
  readonly ingest: Ingest;
  readonly mover: OriginalMover;
  readonly journalDamage: readonly JournalDamage[];
  /** Done when no file of the library is read any more for its header. */
  readonly headersRead: Promise<void>;
}

export interface SessionParts extends Pick<
  IngestParts,
  | 'jobs'
  | 'readHeader'
  | 'reservedFreeByteCount'
  | 'onRecorded'
  | 'onLinked'
  | 'onReread'
  | 'mayStore'
  | 'template'
> {
  readonly folder: string;
  readonly clock: Clock;
  readonly log: Logger;
  readonly catalog: StandingCatalog;
  /** The id this computer knows the folder by, and how it comes to know it. */
  readonly knownLibraryId: () => string | undefined;
  readonly noteLibrary: (libraryId: string) => Promise<void>;
  /** Reads a header for the catalog's sake, with the reason where it cannot. */
  readonly askHeader: (path: string) => Promise<HeaderResult>;
  readonly onHeaderRead: (sha256: string) => void;
  readonly onMoved: MoverParts['onMoved'];
  /** Makes the devices that are trusted here known to the library. */
  readonly introduce: (ledger: Ledger) => Promise<void>;
}

/**
 * Opens the library from the lock on: settles what a crash left behind, brings the catalog to the end of the
 * journal, and lets uploads in.
 * @throws RoostError of the library; then nothing is held.
 */
export async function openLibrarySession(
  parts: SessionParts,
  onFound: () => void,
): Promise<OpenSession> {
  const { folder, clock, log, catalog } = parts;
  const knownLibraryId = parts.knownLibraryId();
  await using stack = new AsyncDisposableStack();
  const library = stack.use(await openLibrary({ folder, clock, knownLibraryId }));
  onFound();
  tellOf(library, log);
  if (library.libraryId !== knownLibraryId) await parts.noteLibrary(library.libraryId);
  const follow = await catalog.follow({ ...library, journalFolder: library.layout.journalFolder });
  const ledger = new Ledger(library.journal, catalog, clock, log);
  await parts.introduce(ledger);
  const hashLists = new HashLists({ library, catalog, clock, timers: systemTimers, log });
  stack.defer(() => hashLists.close());
  const mover = new OriginalMover({
    library,
    catalog,
    ledger,
    clock,
    onMoved: (receipt, move) => {
      hashLists.wake();
      parts.onMoved?.(receipt, move);
    },
  });
  stack.defer(() => mover.close());
  const onRecorded: IngestParts['onRecorded'] = (receipt, header) => {
    hashLists.wake();
    parts.onRecorded(receipt, header);
  };
  const restore = (receipt: Receipt): Promise<void> =>
    restoreAsset(mover, catalog, assetOfReceipt(catalog, receipt.receiptId) ?? receipt.assetId);
  const ingest = new Ingest({ ...parts, library, ledger, mover, onRecorded, restore });
  stack.defer(() => ingest.close(0));
  await ingest.resume();

  hashLists.wake();

  const stopReading = new AbortController();
  const pathOf = (relative: string): string => absolutePath(library.layout, relative);
  const headersRead = readMissingHeaders(
    catalog,
    pathOf,
    parts.askHeader,
    parts.onHeaderRead,
    stopReading.signal,
  ).catch((error: unknown) => log.error({ err: error }, 'reading headers stopped'));

  const held = stack.move();
  return {
    library,
    ledger,
    ingest,
    mover,
    journalDamage: follow.damage,
    headersRead,
    look: () => library.look(),
    freeByteCount: () => library.files.freeByteCount(library.layout.folder),
    close: async (reason, graceMs) => {
      stopReading.abort();
      await ingest.close(graceMs, reason);
      await held.disposeAsync();
    },
  };
}

function tellOf({ mended, recovery }: Library, log: Logger): void {
  for (const tail of mended) log.warn(tail, 'cut a torn tail off the journal');
  const { completed, moved, clearedCount } = recovery;
  if (completed.length + moved.length + clearedCount === 0) return;
  log.info(
    { completed: completed.length, moved: moved.length, cleared: clearedCount },
    'settled what the last run left behind',
  );
}
