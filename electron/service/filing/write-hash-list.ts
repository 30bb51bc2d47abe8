import { join } from 'node:path';

import { filesInFolder, wasMovedFrom } from '../catalog/hash-list-rows.ts';
import type { CatalogReader } from '../catalog/open-catalog.ts';
import { isCode, type FileSystem } from '../library/file-system.ts';
import { foldName } from '../library/folder-names.ts';
import {
  HASH_LIST_NAME,
  hashListLine,
  isHashList,
  parseHashList,
  type HashListLine,
} from '../library/hash-list.ts';
import { absolutePath, folderOf, relativePath } from '../library/library-layout.ts';
import type { Library } from '../library/open-library.ts';
import { removeFile } from '../library/place-file.ts';
import { factsOf } from '../library/settle-moves.ts';
import { writeFully } from '../library/write-fully.ts';

/** A list longer than this is nobody's. */
const MAX_LIST_BYTES = 256 * 1024 * 1024;

/**
 * Brings the list of hashes of one folder below the library to what stands in it. Lines of others for files that
 * are there stay, also comments; a file under the list's name that is no such list is left alone. Where nothing is
 * left to list the list goes, and the folder with it when that was all there was in it.
 * Platform errors pass through; then the old list stands.
 */
export async function writeHashList(
  library: Library,
  catalog: CatalogReader,
  folder: string,
): Promise<void> {
  const { files, layout } = library;
  const path = folder === '' ? layout.folder : absolutePath(layout, folder);
  const there = await namesIn(files, path);
  if (!there) return;
  const own = filesInFolder(catalog, folder);
  // An original that came before the name was kept for lists.
  if (own.some(({ name }) => isHashList(name))) return;
  const listPath = join(path, HASH_LIST_NAME);
  const found = await readList(files, listPath);
  if (found === 'not a list') return;
  const before = found?.text;
  const lines = [
    ...others(
      catalog,
      folder,
      parseHashList(before ?? ''),
      new Set(own.map(({ name }) => name)),
      there,
    ),
    ...own.map(({ name, sha256 }) => hashListLine(name, sha256)).sort(),
  ];
  const text = lines.map((line) => `${line}\n`).join('');
  if (text !== '') {
    if (text !== before) await replaceList(library, path, listPath, text);
    return;
  }
  if (before !== undefined) await removeFile(files, listPath);
  await removeEmptyFolders(library, folder);
}

/** What others listed and still stands, by names that are not ours. */
function others(
  catalog: CatalogReader,
  folder: string,
  lines: readonly HashListLine[],
  own: ReadonlySet<string>,
  there: ReadonlySet<string>,
): string[] {
  return lines.flatMap(({ text, file }) => {
    if (!file) return text === '' ? [] : [text];
    // A file further down, as of a list for a whole tree, is looked for by its first folder.
    const first = file.name.replace(/^\.\//, '').split('/')[0] ?? '';
    if (own.has(file.name) || !there.has(foldName(first))) return [];
    const path = folder === '' ? file.name : relativePath(folder, file.name);
    return wasMovedFrom(catalog, path, file.sha256) ? [] : [text];
  });
}

async function namesIn(files: FileSystem, path: string): Promise<Set<string> | undefined> {
  try {
    return new Set((await files.readdir(path)).map(foldName));
  } catch (error) {
    if (isCode(error, 'ENOENT', 'ENOTDIR')) return undefined;
    throw error;
  }
}

async function readList(
  files: FileSystem,
  path: string,
): Promise<{ readonly text: string } | 'not a list' | undefined> {
  const facts = await factsOf(files, path);
  if (!facts) return undefined;
  if (!facts.isFile() || facts.size > MAX_LIST_BYTES) return 'not a list';
  const text = Buffer.from(await files.readFile(path)).toString('utf8');
  return text.trim() !== '' && parseHashList(text).length === 0 ? 'not a list' : { text };
}

/** A crash leaves the old list or the new one. */
async function replaceList(
  { files, layout }: Library,
  folder: string,
  path: string,
  text: string,
): Promise<void> {
  const fresh = join(layout.ownFolder, `${HASH_LIST_NAME}.new`);
  await removeFile(files, fresh);
  const file = await files.open(fresh, 'wx');
  try {
    await writeFully(file, Buffer.from(text, 'utf8'), 0);
    await file.sync();
  } finally {
    await file.close();
  }
  await files.rename(fresh, path);
  await files.syncFolder(folder);
}

/** Removes a folder that nothing is in, and those above it that have nothing else. */
async function removeEmptyFolders({ folders }: Library, folder: string): Promise<void> {
  for (let empty = folder; empty !== ''; empty = folderOf(empty)) {
    if (!(await folders.removeIfEmpty(empty))) return;
  }
}
