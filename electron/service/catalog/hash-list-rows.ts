import { isInTrash } from '../../../shared/receipt.ts';
import { foldName } from '../library/folder-names.ts';
import { folderOf } from '../library/library-layout.ts';

import type { CatalogReader, CatalogWriter } from './open-catalog.ts';

/** Notes that a file came to a path or left it, so that the list of hashes in its folder must be looked at. */
export function markUnlisted(catalog: CatalogWriter, path: string): void {
  if (isInTrash(path)) return;
  catalog.run(
    `INSERT INTO unlisted_folders (folder) VALUES (?)
     ON CONFLICT DO UPDATE SET revision = revision + 1`,
    folderOf(path),
  );
}

/** A folder whose list of hashes is to be looked at. */
export interface UnlistedFolder {
  readonly folder: string;
  /** Another one once more has changed in it. */
  readonly revision: number;
}

/** The next such folder behind one, in order of their names. */
export function nextUnlisted(
  catalog: CatalogReader,
  behind: string | undefined,
): UnlistedFolder | undefined {
  return behind === undefined
    ? catalog.get<UnlistedFolder>('SELECT * FROM unlisted_folders ORDER BY folder LIMIT 1')
    : catalog.get<UnlistedFolder>(
        'SELECT * FROM unlisted_folders WHERE folder > ? ORDER BY folder LIMIT 1',
        behind,
      );
}

/** Notes that a folder's list says what stands in it, unless something changed since. */
export function markListed(catalog: CatalogWriter, { folder, revision }: UnlistedFolder): void {
  catalog.run('DELETE FROM unlisted_folders WHERE folder = ? AND revision = ?', folder, revision);
}

/** A line of a list: an original and the hash it came with. */
export interface ListedFile {
  readonly name: string;
  readonly sha256: string;
}

/** The originals that stand in a folder by what is known; of two receipts for one file the newer counts. */
export function filesInFolder(catalog: CatalogReader, folder: string): ListedFile[] {
  const rows = catalog.all<{ path: string; sha256: string }>(
    `SELECT path, sha256 FROM resources LEFT JOIN readings USING (receipt_id)
     WHERE folder_key = ? AND coalesce(readings.finding, '') <> 'missing' ORDER BY resources.rowid`,
    foldName(folder),
  );
  const files = new Map<string, string>();
  for (const { path, sha256 } of rows) {
    // Where letters of either case make another folder, this one's alone.
    if (folderOf(path) === folder) files.set(path.slice(path.lastIndexOf('/') + 1), sha256);
  }
  return [...files].map(([name, sha256]) => ({ name, sha256 }));
}

/** Whether an original with a hash stood at a path and was moved away. */
export function wasMovedFrom(catalog: CatalogReader, path: string, sha256: string): boolean {
  const row = catalog.get(
    'SELECT 1 FROM moves JOIN resources USING (receipt_id) WHERE from_key = ? AND sha256 = ? LIMIT 1',
    foldName(path),
    sha256,
  );
  return row !== undefined;
}
