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

/** Below the library, with `/`: what a person threw away, each file in a folder named for its move. */
export const TRASH_FOLDER = `${OWN_FOLDER}/trash`;

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
  const named = parts.filter((part) => part !== '');
  return named.join('/').split(sep).join('/');
}

/** The name of the file at a path below the library. */
export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** The folder of a path below the library; empty for a file in the library folder itself. */
export function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

const UPLOAD_LOG_SUFFIX = '.upload';

/** Name in staging of the log that an upload keeps beside its bytes, which stand under its id. */
export function uploadLogName(uploadId: string): string {
  return `${uploadId}${UPLOAD_LOG_SUFFIX}`;
}

/** The id of the upload that a file in staging logs, when it does. */
export function uploadIdOfLog(name: string): string | undefined {
  return name.endsWith(UPLOAD_LOG_SUFFIX) ? name.slice(0, -UPLOAD_LOG_SUFFIX.length) : undefined;
}
