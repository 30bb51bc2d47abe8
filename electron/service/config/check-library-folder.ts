import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { dirname, isAbsolute, relative } from 'node:path';

import { RoostError } from '../../../shared/error-catalogue.ts';
import { isCode } from '../library/file-system.ts';

/**
 * Looks whether a folder can be, or become, the library, before a start waits for it in vain. Makes nothing.
 * @throws RoostError `request/invalid` with the reason in words.
 */
export async function checkLibraryFolder(folder: string, dataFolder: string): Promise<void> {
  if (!isAbsolute(folder)) refuse('The library folder must be a full path.');
  if (isInside(folder, dataFolder)) {
    refuse('The library folder must not lie in the folder of Roost’s own data.');
  }
  let existing = folder;
  for (;;) {
    try {
      if (!(await stat(existing)).isDirectory()) refuse(`${existing} is not a folder.`);
      await access(existing, constants.W_OK);
      return;
    } catch (error) {
      if (error instanceof RoostError) throw error;
      const parent = dirname(existing);
      if (!isCode(error, 'ENOENT') || parent === existing) {
        refuse('Roost cannot write to this folder.', error);
      }
      existing = parent;
    }
  }
}

function isInside(folder: string, outer: string): boolean {
  const way = relative(outer, folder);
  return way === '' || (!/^\.\.($|[/\\])/.test(way) && !isAbsolute(way));
}

function refuse(reason: string, cause?: unknown): never {
  throw new RoostError('request/invalid', reason, { cause });
}
