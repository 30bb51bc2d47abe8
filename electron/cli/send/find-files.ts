import type { Stats } from 'node:fs';
import { lstat, readdir, realpath, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';

import { UsageError } from '../command.ts';
import { assetKeyOf, mapFolder } from './resource-mapping.ts';

/** One file to send, with what is known before it is read. */
export interface ResourceFile {
  readonly path: string;
  readonly fileName: string;
  readonly assetKey: string;
  readonly resourceType: string;
  readonly byteCount: number;
  readonly modifiedAt: number;
  /** When the file was made, where the file system knows and it can be true. */
  readonly createdAt?: number;
}

export type LeftOutReason =
  'hidden file' | 'system file' | 'Roost folder' | 'link' | 'special file';

export interface FoundFiles {
  readonly files: readonly ResourceFile[];
  readonly leftOut: readonly { readonly path: string; readonly reason: LeftOutReason }[];
  /** Files and folders that could not be looked at: nothing below them is sent. */
  readonly unreadable: readonly { readonly path: string; readonly reason: string }[];
}

const SYSTEM_FILES = new Set(['thumbs.db', 'desktop.ini', '.ds_store']);

/** Before this no file system kept times to trust: FAT starts in 1980, and copies often say 1970. */
const EARLIEST_PLAUSIBLE_AT = Date.UTC(1981, 0, 1);

/**
 * Finds every file in the given files and folders, each once, in the order of their names. Links inside folders
 * are not followed, so that no folder is walked twice and nothing outside is sent.
 * @throws {UsageError} when a given path does not exist.
 */
export async function findFiles(
  operands: readonly string[],
  workingFolder: string,
  signal: AbortSignal,
): Promise<FoundFiles> {
  const files = new Map<string, ResourceFile>();
  const leftOut = new Map<string, LeftOutReason>();
  const unreadable = new Map<string, string>();
  const folders: string[] = [];
  const singles = new Map<string, Set<string>>();

  for (const operand of operands) {
    const { path, stats } = await lookAtOperand(resolve(workingFolder, operand), operand);
    if (stats.isDirectory()) folders.push(path);
    else if (stats.isFile()) {
      const folder = dirname(path);
      singles.set(folder, (singles.get(folder) ?? new Set()).add(basename(path)));
    } else leftOut.set(path, 'special file');
  }

  const seenFolders = new Set<string>();
  // Last in, first out keeps a folder's own files together and the list of open folders short.
  const waiting = folders.reverse();
  for (let folder = waiting.pop(); folder !== undefined; folder = waiting.pop()) {
    signal.throwIfAborted();
    if (seenFolders.has(folder)) continue;
    seenFolders.add(folder);
    const { names, subfolders } = await listFolder(folder, leftOut, unreadable);
    await addFiles(folder, names, new Set(names), files, unreadable);
    waiting.push(...subfolders.reverse());
  }
  for (const [folder, wanted] of singles) {
    // Neighbours decide what a file is (a movie beside its photo), even when only one of them is sent.
    const { names } = await listFolder(folder, new Map(), new Map());
    await addFiles(folder, [...new Set([...names, ...wanted])], wanted, files, unreadable);
  }
  return {
    files: [...files.values()],
    leftOut: [...leftOut].map(([path, reason]) => ({ path, reason })),
    unreadable: [...unreadable].map(([path, reason]) => ({ path, reason })),
  };
}

async function lookAtOperand(
  path: string,
  operand: string,
): Promise<{ path: string; stats: Stats }> {
  try {
    return { path: await realpath(path), stats: await stat(path) };
  } catch (error) {
    throw new UsageError(`"${operand}" cannot be read (${codeOf(error)}).`, { cause: error });
  }
}

async function listFolder(
  folder: string,
  leftOut: Map<string, LeftOutReason>,
  unreadable: Map<string, string>,
): Promise<{ names: string[]; subfolders: string[] }> {
  const names: string[] = [];
  const subfolders: string[] = [];
  let entries;
  try {
    entries = await readdir(folder, { withFileTypes: true });
  } catch (error) {
    unreadable.set(folder, codeOf(error));
    return { names, subfolders };
  }
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    const path = join(folder, entry.name);
    const reason = reasonToLeaveOut(entry.name);
    if (reason !== undefined) leftOut.set(path, reason);
    else if (entry.isSymbolicLink()) leftOut.set(path, 'link');
    else if (entry.isDirectory()) subfolders.push(path);
    else if (entry.isFile()) names.push(entry.name);
    else leftOut.set(path, 'special file');
  }
  return { names, subfolders };
}

function reasonToLeaveOut(name: string): LeftOutReason | undefined {
  if (name === '.roost') return 'Roost folder';
  if (SYSTEM_FILES.has(name.toLowerCase())) return 'system file';
  return name.startsWith('.') ? 'hidden file' : undefined;
}

async function addFiles(
  folder: string,
  names: readonly string[],
  wanted: ReadonlySet<string>,
  files: Map<string, ResourceFile>,
  unreadable: Map<string, string>,
): Promise<void> {
  for (const { fileName, mainFileName, resourceType } of mapFolder(names)) {
    if (!wanted.has(fileName)) continue;
    const path = join(folder, fileName);
    try {
      const stats = await lstat(path);
      const createdAt = plausibleCreation(stats);
      files.set(path, {
        path,
        fileName,
        assetKey: assetKeyOf(folder, mainFileName),
        resourceType,
        byteCount: stats.size,
        modifiedAt: Math.trunc(stats.mtimeMs),
        ...(createdAt !== undefined && { createdAt }),
      });
    } catch (error) {
      unreadable.set(path, codeOf(error));
    }
  }
}

/**
 * The birth time, unless the file system has none (0, or the change time) or it only says when the file was copied
 * here: content that was changed before the file was made is older than the file.
 */
function plausibleCreation(stats: Stats): number | undefined {
  const createdAt = Math.trunc(stats.birthtimeMs);
  return createdAt >= EARLIEST_PLAUSIBLE_AT && createdAt <= stats.mtimeMs ? createdAt : undefined;
}

function codeOf(error: unknown): string {
  const code = error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined;
  return code ?? String(error);
}
