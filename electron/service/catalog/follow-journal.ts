import type { FileSystem } from '../library/file-system.ts';
import type { JournalPosition } from '../library/journal-position.ts';
import { readJournal, type JournalDamage } from '../library/journal.ts';
import type { JournalEntry } from '../../../shared/receipt.ts';

import type { CatalogReader, CatalogWriter } from './open-catalog.ts';
import { recordEntry } from './record-entry.ts';

const BATCH = 500;
/** A journal more damaged than this is told of well enough by so many lines. */
const MAX_KNOWN_DAMAGE_COUNT = 1000;

/** How far into the journal the catalog has come. */
export function journalPosition(catalog: CatalogReader): JournalPosition | undefined {
  const row = catalog.get<{ value: string }>(
    "SELECT value FROM meta WHERE key = 'journal-position'",
  );
  return row && (JSON.parse(row.value) as JournalPosition);
}

export function setJournalPosition(catalog: CatalogWriter, position: JournalPosition): void {
  catalog.run(
    `INSERT INTO meta (key, value) VALUES ('journal-position', ?)
     ON CONFLICT DO UPDATE SET value = excluded.value`,
    JSON.stringify(position),
  );
}

/** Damaged lines that the catalog has passed; a catalog made anew finds them again, or a clean journal. */
function knownDamage(catalog: CatalogReader): JournalDamage[] {
  const row = catalog.get<{ value: string }>("SELECT value FROM meta WHERE key = 'journal-damage'");
  return row ? (JSON.parse(row.value) as JournalDamage[]) : [];
}

function setKnownDamage(catalog: CatalogWriter, damage: readonly JournalDamage[]): void {
  catalog.run(
    `INSERT INTO meta (key, value) VALUES ('journal-damage', ?)
     ON CONFLICT DO UPDATE SET value = excluded.value`,
    JSON.stringify(damage.slice(0, MAX_KNOWN_DAMAGE_COUNT)),
  );
}

/** The library this catalog was made from; a catalog of another library is of no use. */
export function catalogLibraryId(catalog: CatalogReader): string | undefined {
  return catalog.get<{ value: string }>("SELECT value FROM meta WHERE key = 'library-id'")?.value;
}

export function setCatalogLibraryId(catalog: CatalogWriter, libraryId: string): void {
  catalog.run(
    `INSERT INTO meta (key, value) VALUES ('library-id', ?)
     ON CONFLICT DO UPDATE SET value = excluded.value`,
    libraryId,
  );
}

export interface FollowReport {
  readonly entryCount: number;
  /** Damaged lines met now, and those met before by this catalog. */
  readonly damage: readonly JournalDamage[];
}

/**
 * Brings the catalog up to the end of the journal: after a crash the last entries, after a rebuild all of them.
 * `onBatch` hears the entries as they come in, after they are in the catalog.
 */
export async function followJournal(
  catalog: CatalogWriter,
  journalFolder: string,
  files: FileSystem,
  onBatch?: (entries: readonly JournalEntry[]) => void,
): Promise<FollowReport> {
  const from = journalPosition(catalog);
  // From the beginning, the lines met before are met again.
  const damage = from ? knownDamage(catalog) : [];
  const knownCount = damage.length;
  let entryCount = 0;
  let batch: JournalEntry[] = [];
  let position: JournalPosition | undefined;
  const commit = (): void => {
    const reached = position;
    if (!reached) return;
    catalog.transaction(() => {
      for (const entry of batch) recordEntry(catalog, entry);
      setJournalPosition(catalog, reached);
      if (!from || damage.length > knownCount) setKnownDamage(catalog, damage);
    });
    onBatch?.(batch);
    batch = [];
  };
  for await (const line of readJournal(journalFolder, files, from)) {
    position = line.position;
    if ('damage' in line) damage.push(line.damage);
    else {
      entryCount += 1;
      batch.push(line.entry);
      if (batch.length >= BATCH) commit();
    }
  }
  commit();
  return { entryCount, damage };
}
