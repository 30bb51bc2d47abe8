import { dirname } from 'node:path';

import { moveSchema, type Move } from '../../../shared/receipt.ts';

import { isCode, type FileFacts, type FileSystem } from './file-system.ts';
import { foldName } from './folder-names.ts';
import { hashFile } from './hash-file.ts';
import { absolutePath, type LibraryLayout } from './library-layout.ts';
import { removeFile } from './place-file.ts';
import type { AnnouncedMove } from './placement-log.ts';

export interface SettleMovesParts {
  readonly layout: LibraryLayout;
  readonly files: FileSystem;
  /** In the order in which they were announced. Receipts that name one file move together. */
  readonly moves: readonly AnnouncedMove[];
  readonly isJournaled: (moveId: string) => boolean;
  /** Whether the journal says that the file of a receipt that is not among these stands at a path. */
  readonly isOthers: (path: string, receiptIds: ReadonlySet<string>) => boolean;
  /** Makes a move durable. */
  readonly record: (move: Move) => Promise<void>;
}

/**
 * Brings moves to their end: afterwards each file stands at one of its places, and the journal says at which. One
 * that reached its new place counts as moved, like a placed upload counts as stored. Gives the moves that got
 * their journal line by this. Platform errors pass through, and RoostErrors of recording; then nothing is lost
 * and it can be tried again.
 */
export async function settleMoves(parts: SettleMovesParts): Promise<Move[]> {
  const { layout, files, isOthers } = parts;
  const completed: Move[] = [];
  const now = new Map<string, AnnouncedMove>();
  for (const [receiptId, moves] of Map.groupBy(parts.moves, (move) => move.receiptId)) {
    const { move, isNew } = await lastMove(parts, moves);
    if (!move) continue;
    now.set(receiptId, move);
    if (isNew) completed.push(moveSchema.parse(move));
  }
  for (const { receiptId, from } of parts.moves) {
    const move = now.get(receiptId);
    if (!move || foldName(from) === foldName(move.to) || isOthers(from, new Set([receiptId])))
      continue;
    await leave(layout, files, from, move);
  }
  return completed;
}

/** The last of the moves of one receipt that took place. */
async function lastMove(
  { layout, files, moves: all, isJournaled, isOthers, record }: SettleMovesParts,
  moves: readonly AnnouncedMove[],
): Promise<{ move?: AnnouncedMove | undefined; isNew: boolean }> {
  const lastAt = moves.findLastIndex((move) => isJournaled(move.moveId));
  // Newest first: one that found its name taken was announced again under another.
  for (const move of moves.slice(lastAt + 1).toReversed()) {
    const together = all.filter(({ from, to }) => from === move.from && to === move.to);
    if (isOthers(move.to, new Set(together.map(({ receiptId }) => receiptId)))) continue;
    if (!(await tookPlace(layout, files, move))) continue;
    await files.syncFolder(dirname(absolutePath(layout, move.to)));
    await record(moveSchema.parse(move));
    return { move, isNew: true };
  }
  return { move: moves[lastAt], isNew: false };
}

/** Whether the file stands at its new place, as the very same one or with the same bytes. */
async function tookPlace(
  layout: LibraryLayout,
  files: FileSystem,
  move: AnnouncedMove,
): Promise<boolean> {
  const [from, to] = [absolutePath(layout, move.from), absolutePath(layout, move.to)];
  const there = await factsOf(files, to);
  if (there?.isFile() !== true || there.size !== move.byteCount) return false;
  if (isSame(await factsOf(files, from), there)) return true;
  return (await hashFile(to)).sha256 === move.sha256;
}

/** Takes the old name away, once the new one is known to hold the same bytes. */
async function leave(
  layout: LibraryLayout,
  files: FileSystem,
  path: string,
  move: AnnouncedMove,
): Promise<void> {
  const [from, to] = [absolutePath(layout, path), absolutePath(layout, move.to)];
  const [here, there] = [await factsOf(files, from), await factsOf(files, to)];
  if (here?.isFile() !== true || there?.isFile() !== true) return;
  if (here.size !== move.byteCount || there.size !== move.byteCount) return;
  if (!isSame(here, there)) {
    // Two files, as where there are no hard links: another one may have been put there meanwhile.
    for (const each of [from, to]) if ((await hashFile(each)).sha256 !== move.sha256) return;
  }
  await removeFile(files, from);
  await files.syncFolder(dirname(from));
}

/** Whether two looks saw one file, under whatever names. */
export function isSame(one: FileFacts | undefined, other: FileFacts | undefined): boolean {
  // Some network drives number all their files 0: then nothing tells ours from another one.
  if (one === undefined || one.ino === 0n) return false;
  return one.ino === other?.ino && one.dev === other.dev;
}

/** What stands at a path; nothing where its folder is gone, too. Other platform errors pass through. */
export async function factsOf(files: FileSystem, path: string): Promise<FileFacts | undefined> {
  try {
    return await files.stat(path);
  } catch (error) {
    if (isCode(error, 'ENOENT', 'ENOTDIR')) return undefined;
    throw error;
  }
}
