import { join } from 'node:path';

import { isCode, type FileSystem } from './file-system.ts';

/**
 * Gives a staged file its final name without ever overwriting: a hard link fails where the name is taken.
 * The staged name stays until the caller removes it. Where the file system has no hard links (exFAT, some
 * network drives) it is renamed after a look; only another program that takes the very same name in that very
 * moment could be in the way there, and uploads cannot, since their names are reserved before.
 *
 * Gives `taken` when the name is in use. Platform errors pass through.
 */
export async function placeFile(
  files: FileSystem,
  staged: string,
  final: string,
): Promise<'placed' | 'taken'> {
  try {
    await files.link(staged, final);
    return 'placed';
  } catch (error) {
    if (isCode(error, 'EEXIST')) return 'taken';
    if (
      !isCode(
        error,
        'EPERM',
        'ENOTSUP',
        'EOPNOTSUPP',
        'ENOSYS',
        'EMLINK',
        'EACCES',
        'EISDIR',
        'UNKNOWN',
      )
    ) {
      throw error;
    }
  }
  try {
    await files.stat(final);
    return 'taken';
  } catch (error) {
    if (!isCode(error, 'ENOENT')) throw error;
  }
  await files.rename(staged, final);
  return 'placed';
}

/** Makes a folder below `root` with all its parents; every new entry is durable when this resolves. */
export async function ensureFolder(
  files: FileSystem,
  root: string,
  relative: string,
): Promise<string> {
  let folder = root;
  for (const part of relative.split('/')) {
    const parent = folder;
    folder = join(parent, part);
    try {
      await files.mkdir(folder);
      await files.syncFolder(parent);
    } catch (error) {
      if (!isCode(error, 'EEXIST')) throw error;
    }
  }
  return folder;
}

/** Removes a file that may be gone already. */
export async function removeFile(files: FileSystem, path: string): Promise<void> {
  try {
    await files.unlink(path);
  } catch (error) {
    if (!isCode(error, 'ENOENT')) throw error;
  }
}
