import { lstat, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

import type { Receipt } from '../../../shared/receipt.ts';

import { checkOriginal, findingWords, type Finding } from './check-original.ts';
import { isHashList } from './hash-list.ts';
import { isCode, nodeFileSystem } from './file-system.ts';
import { readJournal, type JournalDamage } from './journal.ts';
import {
  absolutePath,
  libraryLayout,
  OWN_FOLDER,
  type LibraryLayout,
  uploadIdOfLog,
} from './library-layout.ts';

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
  /** Grows within large files too. */
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
  // Files first: what a running service places meanwhile mostly has a receipt by the time the journal is read.
  const present: string[] = [];
  await findFiles(libraryFolder, '', present);
  const { files, receiptCount, damage } = await readJournaled(layout);

  const damaged: VerifyReport['damaged'][number][] = [];
  const missing: { path: string }[] = [];
  let fileCount = 0;
  let byteCount = 0;
  let checkedFileCount = 0;
  let checkedByteCount = 0;
  let totalByteCount = 0;
  for (const file of files.values()) totalByteCount += file.byteCount;
  const gone: { readonly path: string; readonly file: ExpectedFile }[] = [];
  const note = (path: string, file: ExpectedFile, finding: Finding): void => {
    if (finding.kind === 'missing') missing.push({ path });
    else if (finding.kind === 'good') {
      fileCount += 1;
      byteCount += file.byteCount;
    } else {
      const reason = findingWords(finding, file.byteCount);
      damaged.push({ path, expectedSha256: file.sha256, reason });
    }
  };
  for (const [path, file] of files) {
    signal?.throwIfAborted();
    const tell = (readByteCount: number): void =>
      onProgress?.({
        checkedFileCount,
        totalFileCount: files.size,
        checkedByteCount: checkedByteCount + readByteCount,
        totalByteCount,
      });
    const finding = await checkOriginal(absolutePath(layout, path), file, {
      signal,
      onRead: (readByteCount) => {
        if (readByteCount < file.byteCount) tell(readByteCount);
      },
    });
    if (finding.kind === 'missing') gone.push({ path, file });
    else note(path, file, finding);
    checkedFileCount += 1;
    checkedByteCount += file.byteCount;
    tell(0);
  }

  // A running service may have moved a file since the journal was read.
  while (gone.length > 0) {
    const { paths } = await readJournaled(layout);
    const moved = gone.splice(0).flatMap(({ path, file }) => {
      const now = paths.get(file.receiptId) ?? path;
      if (now === path) missing.push({ path });
      return now === path ? [] : [{ path: now, file }];
    });
    for (const { path, file } of moved) {
      const finding = await checkOriginal(absolutePath(layout, path), file, { signal });
      if (finding.kind === 'missing') gone.push({ path, file });
      else note(path, file, finding);
    }
  }

  let unknown = present.filter((path) => !files.has(path.normalize('NFC')) && !isHashList(path));
  let journalDamage = damage;
  if (unknown.length + damage.length > 0) {
    // Beside a running service the first look may have met a line, or a placement, that was not finished.
    const again = await readJournaled(layout);
    unknown = unknown.filter((path) => !again.files.has(path.normalize('NFC')));
    unknown = await stillThere(layout, unknown, again.movedTo);
    journalDamage = again.damage;
  }
  return {
    receiptCount,
    fileCount,
    byteCount,
    damaged,
    missing,
    unknown,
    journalDamage: journalDamage.map(({ file, lineNumber }) => ({ file, line: lineNumber })),
    stagingFileCount: await countUploads(layout.stagingFolder),
  };
}

type ExpectedFile = Pick<Receipt, 'receiptId' | 'byteCount' | 'sha256'>;

interface Journaled {
  readonly files: ReadonlyMap<string, ExpectedFile>;
  /** By the ids of receipts. */
  readonly paths: ReadonlyMap<string, string>;
  /** Where files went that stood at a path once. */
  readonly movedTo: ReadonlyMap<string, string>;
  readonly receiptCount: number;
  readonly damage: readonly JournalDamage[];
}

/**
 * What the journal says must stand in the library, by path, after all moves: of two receipts for one path the newer
 * counts.
 */
async function readJournaled(layout: LibraryLayout): Promise<Journaled> {
  const receipts = new Map<string, ExpectedFile & { path: string }>();
  const movedTo = new Map<string, string>();
  const damage: JournalDamage[] = [];
  for await (const line of readJournal(layout.journalFolder, nodeFileSystem)) {
    if ('damage' in line) damage.push(line.damage);
    else if (line.entry.entry === 'receipt') {
      const { receiptId, path, byteCount, sha256 } = line.entry;
      receipts.set(receiptId, { receiptId, path, byteCount, sha256 });
    } else if (line.entry.entry === 'move') {
      const { receiptId, from, to } = line.entry;
      const receipt = receipts.get(receiptId);
      if (receipt) receipt.path = to;
      movedTo.set(from, to);
    } else if (line.entry.entry === 'emptied') {
      for (const receiptId of line.entry.receiptIds) receipts.delete(receiptId);
    }
  }
  const files = new Map<string, ExpectedFile>();
  const paths = new Map<string, string>();
  for (const { path, ...file } of receipts.values()) {
    files.set(path, file);
    paths.set(file.receiptId, path);
  }
  return { files, paths, movedTo, receiptCount: receipts.size, damage };
}

/** Adds the paths of all files of a library to `found`, in whatever Unicode form the disk gives them. */
async function findFiles(folder: string, prefix: string, found: string[]): Promise<void> {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (prefix === '' && entry.name === OWN_FOLDER) continue;
    const path = `${prefix}${entry.name}`;
    if (entry.isDirectory()) await findFiles(join(folder, entry.name), `${path}/`, found);
    else found.push(path);
  }
}

async function stillThere(
  layout: LibraryLayout,
  paths: readonly string[],
  movedTo: ReadonlyMap<string, string>,
): Promise<string[]> {
  const found: string[] = [];
  for (const path of paths) {
    try {
      const { ino } = await lstat(absolutePath(layout, path), { bigint: true });
      const to = movedTo.get(path.normalize('NFC'));
      // An old name that is just being taken away.
      const there =
        to === undefined
          ? undefined
          : await stat(absolutePath(layout, to), { bigint: true }).catch(() => undefined);
      if (ino === 0n || there?.ino !== ino) found.push(path);
    } catch (error) {
      if (!isCode(error, 'ENOENT', 'ENOTDIR')) throw error;
    }
  }
  return found;
}

/** Uploads that have bytes there; the logs beside them, also of uploads that ended lately, are none. */
async function countUploads(folder: string): Promise<number> {
  try {
    return (await readdir(folder)).filter((name) => uploadIdOfLog(name) === undefined).length;
  } catch (error) {
    if (isCode(error, 'ENOENT')) return 0;
    throw error;
  }
}
