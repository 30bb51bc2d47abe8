import { readdirSync, renameSync, rmSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

import { isCode } from '../library/file-system.ts';

export function catalogPath(dataFolder: string): string {
  return join(dataFolder, 'catalog.sqlite');
}

/**
 * Puts a closed catalog aside, so that a new one can be made in its place. Keeps the last one only: each may be
 * large, and everything in it that counts is in the journal. At once, so that nobody asks a catalog that is
 * closed meanwhile.
 */
export function putCatalogAside(path: string, at: number): void {
  const folder = dirname(path);
  const prefix = `${basename(path)}.aside-`;
  for (const name of readdirSync(folder)) {
    if (name.startsWith(prefix)) removeWherePossible(join(folder, name));
  }
  try {
    renameSync(path, `${path}.aside-${at}`);
  } catch (error) {
    if (!isCode(error, 'ENOENT', 'EPERM', 'EACCES', 'EBUSY')) throw error;
  }
  for (const suffix of SUFFIXES) rmSync(`${path}${suffix}`, { force: true });
}

/** Removes a catalog with SQLite's files beside it. */
export async function removeCatalogFiles(path: string): Promise<void> {
  for (const suffix of SUFFIXES) await rm(`${path}${suffix}`, { force: true });
}

const SUFFIXES = ['', '-wal', '-shm'];

function removeWherePossible(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // An old one that stays takes room and nothing else.
  }
}
