import { mkdir, realpath, rmdir, stat, writeFile, rm } from 'node:fs/promises';
import { isAbsolute, join, resolve, sep } from 'node:path';

import { RoostError } from '../../../shared/error-catalogue.ts';

/**
 * Makes sure that a folder can be exported to, and gives its real path: absolute, there or to be made in one that is,
 * writable, and neither in a folder of Roost's own, as the library, nor around one by a link.
 * @throws RoostError `export/folder-unusable` with the reason.
 */
export async function usableFolder(asked: string, own: readonly string[]): Promise<string> {
  if (!isAbsolute(asked)) {
    throw new RoostError('export/folder-unusable', 'The path of the folder is not a whole one.');
  }
  const folder = resolve(asked);
  const isMade = await made(folder);
  try {
    const real = await realpath(folder);
    if (!(await stat(real)).isDirectory()) {
      throw new RoostError('export/folder-unusable', 'There is a file of that name.');
    }
    for (const each of own) {
      const taken = await realpath(each).catch(() => resolve(each));
      if (isWithin(real, taken)) {
        throw new RoostError(
          'export/folder-unusable',
          'It is in the library, or in another folder that Roost itself keeps.',
        );
      }
    }
    await tryWriting(real);
    return real;
  } catch (error) {
    if (isMade) await rmdir(folder).catch(() => undefined);
    if (error instanceof RoostError) throw error;
    throw new RoostError('export/folder-unusable', undefined, { cause: error });
  }
}

/** Makes the last part of a path where it is missing. */
async function made(folder: string): Promise<boolean> {
  try {
    await mkdir(folder);
    return true;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'EEXIST') return false;
    const reason =
      code === 'ENOENT'
        ? 'The folder that it is to be in does not exist.'
        : 'The folder cannot be made.';
    throw new RoostError('export/folder-unusable', reason, { cause: error });
  }
}

function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : `${folder}${sep}`);
}

async function tryWriting(folder: string): Promise<void> {
  const probe = join(folder, `.roost-export-${process.pid}.try`);
  try {
    await writeFile(probe, '', { flag: 'wx' });
  } catch (error) {
    throw new RoostError('export/folder-unusable', 'Roost may not write there.', { cause: error });
  } finally {
    await rm(probe, { force: true }).catch(() => undefined);
  }
}
