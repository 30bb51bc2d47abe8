import { dirname, join } from 'node:path';

import type { Receipt } from '../../../shared/receipt.ts';

import { isCode, type FileSystem } from './file-system.ts';
import { hashFile } from './hash-file.ts';
import { journalFiles, readJournal, type Journal } from './journal.ts';
import { absolutePath, type LibraryLayout } from './library-layout.ts';
import { readPlacements } from './placement-log.ts';

/** What a start found left over from a service that ended without notice. */
export interface Recovery {
  /** Files that stood in the library without a journal line and have one now. */
  readonly completed: readonly Receipt[];
  /** Half-arrived uploads that were removed. */
  readonly clearedCount: number;
}

/**
 * Settles what a crash left between staging and journal; see [Note: Why placements are announced].
 * Runs before the service takes uploads, alone on the library.
 */
export async function recoverLibrary(
  layout: LibraryLayout,
  files: FileSystem,
  journal: Journal,
  at: number,
): Promise<Recovery> {
  const announced = await readPlacements(layout.placementFile);
  const journaled = await journaledReceipts(layout, files, announced);
  const completed: Receipt[] = [];
  for (const receipt of announced) {
    if (journaled.has(receipt.receiptId)) continue;
    if (!(await standsThere(layout, files, receipt))) continue;
    await files.syncFolder(dirname(absolutePath(layout, receipt.path)));
    const durable = { ...receipt, storedAt: at };
    await journal.append({ entry: 'receipt', ...durable }, at);
    journaled.add(receipt.receiptId);
    completed.push(durable);
  }
  return { completed, clearedCount: await clearStaging(layout, files) };
}

async function journaledReceipts(
  layout: LibraryLayout,
  files: FileSystem,
  announced: readonly Receipt[],
): Promise<Set<string>> {
  const wanted = new Set(announced.map((receipt) => receipt.receiptId));
  const found = new Set<string>();
  if (wanted.size === 0) return found;
  const oldest = Math.min(...announced.map((receipt) => receipt.startedAt));
  // An announced receipt is journaled within the same run: only files since its month can hold it.
  const since = `${new Date(oldest).toISOString().slice(0, 7)}.jsonl`;
  const names = await journalFiles(layout.journalFolder, files);
  const first = names.findLast((name) => name <= since) ?? names[0];
  const from = first === undefined ? undefined : { file: first, byteOffset: 0 };
  for await (const line of readJournal(layout.journalFolder, files, from)) {
    if ('entry' in line && line.entry.entry === 'receipt' && wanted.has(line.entry.receiptId)) {
      found.add(line.entry.receiptId);
    }
  }
  return found;
}

async function standsThere(
  layout: LibraryLayout,
  files: FileSystem,
  receipt: Receipt,
): Promise<boolean> {
  const path = absolutePath(layout, receipt.path);
  try {
    const { size } = await files.stat(path);
    if (size !== receipt.byteCount) return false;
    return (await hashFile(path)).sha256 === receipt.sha256;
  } catch (error) {
    if (isCode(error, 'ENOENT', 'ENOTDIR', 'EISDIR')) return false;
    throw error;
  }
}

async function clearStaging(layout: LibraryLayout, files: FileSystem): Promise<number> {
  const names = await files.readdir(layout.stagingFolder);
  for (const name of names) await files.removeTree(join(layout.stagingFolder, name));
  return names.length;
}
