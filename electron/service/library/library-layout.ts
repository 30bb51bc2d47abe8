import { join, sep } from 'node:path';

/** Where things lie in a library folder. */
export interface LibraryLayout {
  readonly folder: string;
  /** Roost's own folder inside the library; everything else in the library is originals. */
  readonly ownFolder: string;
  readonly stagingFolder: string;
  readonly journalFolder: string;
  readonly identityFile: string;
  readonly lockFile: string;
  /** Where a file is about to be placed, written before it is: see placement-log.ts. */
  readonly placementFile: string;
}

export const OWN_FOLDER = '.roost';

export function libraryLayout(folder: string): LibraryLayout {
  const ownFolder = join(folder, OWN_FOLDER);
  return {
    folder,
    ownFolder,
    stagingFolder: join(ownFolder, 'staging'),
    journalFolder: join(ownFolder, 'journal'),
    identityFile: join(ownFolder, 'library.json'),
    lockFile: join(ownFolder, 'lock'),
    placementFile: join(ownFolder, 'placing.jsonl'),
  };
}

/** The path on this computer of a receipt's `path`. */
export function absolutePath(layout: LibraryLayout, relativePath: string): string {
  return join(layout.folder, ...relativePath.split('/'));
}

/** The journal's form of a path below the library: `/` between parts on every platform. */
export function relativePath(...parts: readonly string[]): string {
  return parts.join('/').split(sep).join('/');
}
