import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

import type { Receipt } from '../../../shared/receipt.ts';

import { isCode, nodeFileSystem } from './file-system.ts';
import { hashFile } from './hash-file.ts';
import { readJournal, type JournalDamage } from './journal.ts';
import { absolutePath, libraryLayout, OWN_FOLDER, type LibraryLayout } from './library-layout.ts';

/** What re-reading a whole library against its journal found. Paths are relative to the library folder. */
export interface VerifyReport {
  /** Receipts in the journal. */
  readonly receiptCount: number;
  /** Files that were read and are bit for bit what their receipt says. */
  readonly fileCount: number;
  readonly byteCount: number;
  readonly damaged: readonly { path: string; expectedSha256: string; reason: string }[];
  readonly missing: readonly { path: string }[];
  /** Files in the library that no receipt speaks of; left alone. */
  readonly unknown: readonly string[];
  readonly journalDamage: readonly { file: string; line: number }[];
  /** Uploads that were in flight when the service ended without notice. */
  readonly stagingFileCount: number;
}

export interface VerifyProgress {
  readonly checkedFileCount: number;
  readonly totalFileCount: number;
  readonly checkedByteCount: number;
  readonly totalByteCount: number;
}

export interface VerifyOptions {
  readonly libraryFolder: string;
  readonly onProgress?: (progress: VerifyProgress) => void;
  readonly signal?: AbortSignal;
}

/**
 * Re-hashes every stored file and compares it with the journal. Only reads; safe beside a running service.
 * Platform errors of the library folder itself pass through.
 */
export async function verifyLibrary(options: VerifyOptions): Promise<VerifyReport> {
  const { libraryFolder, onProgress, signal } = options;
  const layout = libraryLayout(libraryFolder);
  await stat(layout.identityFile);
  // Files first: what a running service places meanwhile then has a receipt by the time the journal is read.
  const present = await filesBelow(libraryFolder);
  const { receipts, receiptCount, damage } = await readReceipts(layout);

  const damaged: VerifyReport['damaged'][number][] = [];
  const missing: { path: string }[] = [];
  let fileCount = 0;
  let byteCount = 0;
  let checkedFileCount = 0;
  let checkedByteCount = 0;
  const totalByteCount = [...receipts.values()].reduce((sum, each) => sum + each.byteCount, 0);
  for (const receipt of receipts.values()) {
    signal?.throwIfAborted();
    const finding = await checkFile(layout, receipt, signal);
    if (finding === 'missing') missing.push({ path: receipt.path });
    else if (finding !== 'good') {
      damaged.push({ path: receipt.path, expectedSha256: receipt.sha256, reason: finding });
    } else {
      fileCount += 1;
      byteCount += receipt.byteCount;
    }
    checkedFileCount += 1;
    checkedByteCount += receipt.byteCount;
    onProgress?.({
      checkedFileCount,
      totalFileCount: receipts.size,
      checkedByteCount,
      totalByteCount,
    });
  }
  return {
    receiptCount,
    fileCount,
    byteCount,
    damaged,
    missing,
    unknown: present.filter((path) => !receipts.has(path)),
    journalDamage: damage.map(({ file, lineNumber }) => ({ file, line: lineNumber })),
    stagingFileCount: await countEntries(layout.stagingFolder),
  };
}

async function readReceipts(layout: LibraryLayout): Promise<{
  receipts: Map<string, Receipt>;
  receiptCount: number;
  damage: JournalDamage[];
}> {
  const receipts = new Map<string, Receipt>();
  const damage: JournalDamage[] = [];
  let receiptCount = 0;
  for await (const line of readJournal(layout.journalFolder, nodeFileSystem)) {
    if ('damage' in line) damage.push(line.damage);
    else if (line.entry.entry === 'receipt') {
      receiptCount += 1;
      receipts.set(line.entry.path, line.entry);
    }
  }
  return { receipts, receiptCount, damage };
}

async function checkFile(
  layout: LibraryLayout,
  receipt: Receipt,
  signal: AbortSignal | undefined,
): Promise<string> {
  try {
    const found = await hashFile(absolutePath(layout, receipt.path), signal);
    if (found.sha256 === receipt.sha256) return 'good';
    return found.byteCount === receipt.byteCount
      ? 'its bytes changed'
      : `it has ${found.byteCount} bytes instead of ${receipt.byteCount}`;
  } catch (error) {
    if (signal?.aborted) throw error;
    if (isCode(error, 'ENOENT', 'ENOTDIR')) return 'missing';
    return `it cannot be read (${error instanceof Error && 'code' in error ? String(error.code) : 'unknown error'})`;
  }
}

async function filesBelow(folder: string, prefix = ''): Promise<string[]> {
  const found: string[] = [];
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (prefix === '' && entry.name === OWN_FOLDER) continue;
    const path = `${prefix}${entry.name}`;
    if (entry.isDirectory()) {
      found.push(...(await filesBelow(join(folder, entry.name), `${path}/`)));
    } else found.push(path);
  }
  return found;
}

async function countEntries(folder: string): Promise<number> {
  try {
    return (await readdir(folder)).length;
  } catch (error) {
    if (isCode(error, 'ENOENT')) return 0;
    throw error;
  }
}
