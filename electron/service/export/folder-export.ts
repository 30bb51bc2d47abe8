import { join } from 'node:path';

import { RoostError } from '../../../shared/error-catalogue.ts';
import type { Receipt } from '../../../shared/receipt.ts';
import { receiptById } from '../catalog/receipt-queries.ts';
import { copyOriginal } from '../filing/copy-original.ts';
import { checkOriginal } from '../library/check-original.ts';
import type { FileSystem } from '../library/file-system.ts';
import { placeFile, removeFile } from '../library/place-file.ts';
import { factsOf } from '../library/settle-moves.ts';

import type { ExportGroup } from './export-notes.ts';
import type { ExportRun } from './export-run.ts';
import { ExportNames } from './plan-export.ts';
import { requireStillThere, type OriginalSource } from './zip-export.ts';

/** Stays free on the disk that is exported to. */
const RESERVED_BYTE_COUNT = 64 * 1024 * 1024;
/** A folder with more files of one name, all different, is no place to put another one. */
const MAX_NUMBER = 10_000;

/**
 * Copies the files of an export into a folder, each proven by its hash, with its time, and never over another file.
 * What stands there already, bit for bit, is left as it is, so that an export that was stopped can be asked for
 * again; what stands there under a name and is another file gives the new one a number. A damaged original is not
 * copied.
 * @throws RoostError `export/folder-full`, `library/missing` where the library goes meanwhile, platform errors of the
 * folder, and the abort of the run.
 */
export async function folderExport(
  source: OriginalSource,
  files: FileSystem,
  folder: string,
  run: ExportRun,
  isOpen: (exportId: string) => boolean,
): Promise<void> {
  await removeLeftOvers(files, folder, isOpen);
  const names = new ExportNames(run.plan.notes);
  const staged = join(folder, `.roost-export-${run.exportId}.part`);
  try {
    for await (const group of run.plan.groups())
      await exportGroup(source, files, { folder, staged, names }, run, group);
    await files.syncFolder(folder);
  } finally {
    await removeFile(files, staged).catch(() => undefined);
  }
}

const STAGED_NAME = /^\.roost-export-([0-9a-f-]{36})\.part$/;

/** Half files of exports that ended without a word, as with the computer. */
async function removeLeftOvers(
  files: FileSystem,
  folder: string,
  isOpen: (exportId: string) => boolean,
): Promise<void> {
  for (const name of await files.readdir(folder)) {
    const exportId = STAGED_NAME.exec(name)?.[1];
    if (exportId === undefined || isOpen(exportId)) continue;
    await removeFile(files, join(folder, name)).catch(() => undefined);
  }
}

interface Target {
  readonly folder: string;
  readonly staged: string;
  readonly names: ExportNames;
}

async function exportGroup(
  source: OriginalSource,
  files: FileSystem,
  target: Target,
  run: ExportRun,
  group: ExportGroup,
): Promise<void> {
  const receipts = group.files.map(({ receiptId }) => receiptById(source.catalog, receiptId));
  const wanted = group.files.map(({ name }) => name);
  const { names, standing } = await freeNames(files, target, run, wanted, receipts);
  for (const [index, receipt] of receipts.entries()) {
    run.signal.throwIfAborted();
    const name = names[index] ?? '';
    if (standing[index] === true) run.skipped(receipt?.byteCount ?? 0);
    else {
      const problem = receipt
        ? await copyOne(source, files, target, run, receipt, name)
        : 'missing';
      if (problem) run.problem({ fileName: name, reason: problem });
      run.fileDone();
    }
  }
}

/** Names of which none is another file's, and which of them are there already. */
async function freeNames(
  files: FileSystem,
  { folder, names }: Target,
  run: ExportRun,
  wanted: readonly string[],
  receipts: readonly (Receipt | undefined)[],
): Promise<{ names: readonly string[]; standing: readonly boolean[] }> {
  for (let number = 1; number <= MAX_NUMBER; number += 1) {
    const given = names.take(wanted, number);
    const standing: boolean[] = [];
    for (const [index, name] of given.entries()) {
      const found = await foundAt(files, join(folder, name), receipts[index], run.signal);
      if (found === 'another') break;
      standing.push(found === 'the same');
    }
    if (standing.length === given.length) return { names: given, standing };
  }
  throw new RoostError('export/folder-unusable', 'Too many files there have the same name.');
}

async function foundAt(
  files: FileSystem,
  path: string,
  receipt: Receipt | undefined,
  signal: AbortSignal,
): Promise<'nothing' | 'the same' | 'another'> {
  const facts = await factsOf(files, path);
  if (!facts) return 'nothing';
  if (!receipt || !facts.isFile() || facts.size !== receipt.byteCount) return 'another';
  const { kind } = await checkOriginal(path, receipt, { files, signal });
  return kind === 'good' ? 'the same' : 'another';
}

/** Gives what is wrong with the original where it cannot be copied. */
async function copyOne(
  source: OriginalSource,
  files: FileSystem,
  { folder, staged }: Target,
  run: ExportRun,
  receipt: Receipt,
  name: string,
): Promise<'damaged' | 'missing' | undefined> {
  const free = await files.freeByteCount(folder);
  if (free < receipt.byteCount + RESERVED_BYTE_COUNT) throw new RoostError('export/folder-full');
  for (let now = receipt; ;) {
    try {
      await copyOriginal(files, source.pathOf(now.path), staged, now, {
        signal: run.signal,
        onCopied: (byteCount) => run.carried(byteCount),
      });
      break;
    } catch (error) {
      run.signal.throwIfAborted();
      const moved = receiptById(source.catalog, receipt.receiptId);
      if (moved && moved.path !== now.path) {
        now = moved;
        continue;
      }
      const finding = await checkOriginal(source.pathOf(now.path), now, { signal: run.signal });
      // The original is as it came, so it is the folder that refuses.
      if (finding.kind === 'good') throw error;
      await requireStillThere(source);
      source.onReread(now, finding);
      return finding.kind === 'missing' ? 'missing' : 'damaged';
    }
  }
  if ((await placeFile(files, staged, join(folder, name))) === 'taken') {
    throw new RoostError('export/folder-unusable', 'Another program writes there, too.');
  }
  return undefined;
}
