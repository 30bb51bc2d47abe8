import { isInTrash } from '../../../shared/receipt.ts';
import { folderOf } from '../library/library-layout.ts';

import type { CatalogWriter } from './open-catalog.ts';

/** Notes that a file came to a path or left it, so that the list of hashes in its folder must be looked at. */
export function markUnlisted(catalog: CatalogWriter, path: string): void {
  if (isInTrash(path)) return;
  catalog.run('INSERT OR IGNORE INTO unlisted_folders (folder) VALUES (?)', folderOf(path));
}
