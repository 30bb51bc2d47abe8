import { dirname, join } from 'node:path';

import type { Move, Receipt } from '../../../shared/receipt.ts';

import { isCode, type FileSystem } from './file-system.ts';
import { hashFile } from './hash-file.ts';
import { journalFiles, readJournal, type Journal } from './journal.ts';
import {
  absolutePath,
  uploadIdOfLog,
  uploadLogName,
  type LibraryLayout,
} from './library-layout.ts';

/** What a start found left over from a service that ended without notice. */
export interface Recovery {
  /** Files that stood in the library without a journal line and have one now. */
  readonly completed: readonly Receipt[];
  /** Originals that stood at their new places without a journal line and have one now. */
  readonly moved: readonly Move[];
  /** Half-arrived uploads that were removed. */
  readonly clearedCount: number;
}

/**
 * Settles what a crash left between staging and journal, from the placements that were announced; see
 * [Note: Why placements are announced]. Runs before the service takes uploads, alone on the library.
 */
export async function recoverLibrary(
  layout: LibraryLayout,
  files: FileSystem,
  journal: Journal,
  announced: readonly Receipt[],
  at: number,
): Promise<Omit<Recovery, 'moved'>> {
  const vouched = await vouchedFor(layout, files, announced);
  const completed: Receipt[] = [];
  // Newest first: a placement that found its name taken was announced again under another.
  for (const receipt of announced.toReversed()) {
    if (vouched.has(receipt.receiptId) || vouched.has(fileKey(receipt))) continue;
    if (!(await standsThere(layout, files, receipt))) continue;
    await files.syncFolder(dirname(absolutePath(layout, receipt.path)));
    const durable = { ...receipt, storedAt: at };
    await journal.append({ entry: 'receipt', ...durable }, at);
    vouched.add(receipt.receiptId).add(fileKey(receipt));
    completed.push(durable);
  }
  return { completed, clearedCount: await clearStaging(layout, files) };
}

/**
 * Of the announced placements, those that the journal has, and the files that it vouches for: an upload that
 * failed after its announcement may since have come again and stand at the same path under another receipt.
 */
async function vouchedFor(
  layout: LibraryLayout,
  files: FileSystem,
  announced: readonly Receipt[],
): Promise<Set<string>> {
  const wanted = new Set(announced.flatMap((receipt) => [receipt.receiptId, fileKey(receipt)]));
  const found = new Set<string>();
  if (wanted.size === 0) return found;
  const oldest = Math.min(...announced.map((receipt) => receipt.startedAt));
  // An announced receipt is journaled within the same run: only files since its month can hold it.
  const since = `${new Date(oldest).toISOString().slice(0, 7)}.jsonl`;
  const names = await journalFiles(layout.journalFolder, files);
  const first = names.findLast((name) => name <= since) ?? names[0];
  const from = first === undefined ? undefined : { file: first, byteOffset: 0 };
  for await (const line of readJournal(layout.journalFolder, files, from)) {
    if (!('entry' in line) || line.entry.entry !== 'receipt') continue;
    for (const key of [line.entry.receiptId, fileKey(line.entry)]) {
      if (wanted.has(key)) found.add(key);
    }
  }
  return found;
}

function fileKey(receipt: Receipt): string {
  return `${receipt.sha256} ${receipt.path}`;
}

/** Whether the file of a receipt stands in the library, bit for bit. Platform errors pass through. */
export async function standsThere(
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

/** Clears what nobody can go on with: bytes that no upload log speaks of. */
async function clearStaging(layout: LibraryLayout, files: FileSystem): Promise<number> {
  let clearedCount = 0;
  const names = await files.readdir(layout.stagingFolder);
  const logged = new Set(names.filter((name) => uploadIdOfLog(name) !== undefined));
  for (const name of names) {
    if (logged.has(name) || logged.has(uploadLogName(name))) continue;
    try {
      await files.removeTree(join(layout.stagingFolder, name));
      clearedCount += 1;
    } catch {
      // One that cannot be removed takes room and nothing else; the next start tries again.
    }
  }
  return clearedCount;
}
