import { foldName } from './folder-names.ts';

/** The file in each folder of originals that plain `sha256sum -c` takes. */
export const HASH_LIST_NAME = 'SHA256SUMS';

/** Whether a path, or a name, is that of a folder's list of hashes, or cannot stand beside one. */
export function isHashList(path: string): boolean {
  return foldName(path.slice(path.lastIndexOf('/') + 1)) === foldName(HASH_LIST_NAME);
}
