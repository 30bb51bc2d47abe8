import { dirname, join } from 'node:path';

import { moveSchema, type Move, type Receipt } from '../../../shared/receipt.ts';
import type { FileSystem } from '../library/file-system.ts';
import { hashFile } from '../library/hash-file.ts';
import { absolutePath } from '../library/library-layout.ts';
import type { Library } from '../library/open-library.ts';
import { linkFile, placeFile, removeFile } from '../library/place-file.ts';
import type { AnnouncedMove } from '../library/placement-log.ts';
import { factsOf, isSame } from '../library/settle-moves.ts';
import { mayStandInJournal } from '../library/storage-error.ts';

import { copyOriginal } from './copy-original.ts';

/** `undone`: it stands where it stood; `moved`; `open`: to be settled when the disk works again, as moved if it is journaled. */
export type MoveEnd = 'undone' | 'moved' | 'open';

/**
 * Does an announced move of a file to a free absolute path; see [Note: How an original moves]. Gives `undone` where
 * the name turned out to be taken.
 * @throws platform errors and RoostErrors, having called `onUndone` when the file is known to stand where it stood.
 */
export async function carryMove(
  library: Library,
  receipt: Receipt,
  to: string,
  moves: readonly AnnouncedMove[],
  record: (move: Move) => Promise<void>,
  onUndone: () => void,
): Promise<MoveEnd> {
  const { files, folders, layout } = library;
  const from = absolutePath(layout, receipt.path);
  let isJournaled = false;
  try {
    if ((await giveName(library, from, to, receipt)) === 'taken') return 'undone';
    await folders.sync(dirname(to));
    for (const move of moves) {
      await record(moveSchema.parse(move));
      isJournaled = true;
    }
  } catch (error) {
    const mayTakeBack = !isJournaled && !mayStandInJournal(error);
    if (mayTakeBack && (await isTakenBack(files, from, to, receipt))) onUndone();
    throw error;
  }
  try {
    await removeFile(files, from);
    await folders.sync(dirname(from));
    return 'moved';
  } catch {
    // The journal has it, so it is moved; the old name is taken away later.
    return 'open';
  }
}

/** Gives the file its new name, beside the old one. */
async function giveName(
  { files, layout }: Library,
  from: string,
  to: string,
  receipt: Receipt,
): Promise<'placed' | 'taken'> {
  const linked = await linkFile(files, from, to);
  if (linked !== 'no-links') return linked;
  const staged = join(layout.stagingFolder, `move-${receipt.receiptId}`);
  try {
    await copyOriginal(files, from, staged, receipt);
    return await placeFile(files, staged, to);
  } finally {
    // What cannot be removed now is cleared at the next start.
    await removeFile(files, staged).catch(() => undefined);
  }
}

/** Takes the new name away again, where it is ours; says whether the file surely stands where it stood, and only there. */
async function isTakenBack(
  files: FileSystem,
  from: string,
  to: string,
  receipt: Receipt,
): Promise<boolean> {
  try {
    const [here, there] = [await factsOf(files, from), await factsOf(files, to)];
    if (here?.size !== receipt.byteCount) return false;
    if (!there) return true;
    const isOurs =
      isSame(here, there) ||
      (there.size === receipt.byteCount && (await hashFile(to)).sha256 === receipt.sha256);
    if (isOurs) await removeFile(files, to);
    await files.syncFolder(dirname(to));
    return true;
  } catch {
    return false;
  }
}
