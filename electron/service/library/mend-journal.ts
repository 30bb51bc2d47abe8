import { createReadStream } from 'node:fs';
import { dirname, join } from 'node:path';

import { journalEntrySchema } from '../../../shared/receipt.ts';

import type { FileSystem } from './file-system.ts';
import { journalFiles } from './journal.ts';
import type { Placements } from './placement-log.ts';
import { readLines, type ReadLine } from './read-lines.ts';
import { writeFully } from './write-fully.ts';

/** What was cut from the end of a journal file, kept beside it. */
export interface MendedTail {
  readonly file: string;
  readonly cutByteCount: number;
  readonly keptAs: string;
}

/**
 * Makes the journal whole and durable again after a start without notice, before anything is read from it.
 *
 * A last line without its newline was being written when the power went: it was never answered for and is cut off.
 * So are, behind the place up to which the journal is known to have been durable, a damaged line and everything
 * after it: a power cut can leave the end of a write on the disk without its beginning, or what the disk held there
 * before. Receipts and moves among it were announced and come back by that; where one was not, this was no power cut, and
 * nothing is cut. A damaged line before that place may have been answered for: it is left alone, and verify reports
 * it. The cut bytes are kept beside the journal, so that nothing is dropped unseen.
 *
 * What a killed service wrote and did not sync is read like everything else, so it is synced first.
 */
export async function mendJournal(
  folder: string,
  files: FileSystem,
  at: number,
  { announced, moves, journalEnd }: Placements = { announced: [], moves: [] },
): Promise<MendedTail[]> {
  const isAnnounced = new Set([
    ...announced.map((receipt) => receipt.receiptId),
    ...moves.map(({ move }) => move.moveId),
  ]);
  const mended: MendedTail[] = [];
  for (const [index, file] of (await journalFiles(folder, files)).toReversed().entries()) {
    const isBehindEnd = journalEnd !== undefined && file >= journalEnd.file;
    // A month that was over when the journal was last durable cannot have been written to.
    if (index > 0 && !isBehindEnd) break;
    let durableByteCount = Infinity;
    if (isBehindEnd) durableByteCount = file === journalEnd.file ? journalEnd.byteOffset : 0;
    const path = join(folder, file);
    const tail = await tornTail(path, durableByteCount, isAnnounced);
    if (tail) {
      const keptAs = `torn-${file}-${at}.txt`;
      await keep(path, tail.from, join(folder, keptAs), files);
      await files.truncate(path, tail.from);
      mended.push({ file, cutByteCount: tail.to - tail.from, keptAs });
    }
    await makeDurable(path, files);
  }
  return mended;
}

async function tornTail(
  path: string,
  durableByteCount: number,
  isAnnounced: ReadonlySet<string>,
): Promise<{ from: number; to: number } | undefined> {
  let from: number | undefined;
  let to = 0;
  let mayCut = true;
  let last: ReadLine | undefined;
  for await (const line of readLines(path)) {
    last = line;
    to = line.endOffset;
    if (line.value === undefined && line.startOffset >= durableByteCount) from ??= line.startOffset;
    if (from === undefined) continue;
    const entry = journalEntrySchema.safeParse(line.value).data;
    if (entry?.entry === 'receipt') mayCut &&= isAnnounced.has(entry.receiptId);
    else if (entry?.entry === 'move') mayCut &&= isAnnounced.has(entry.moveId);
  }
  if (from !== undefined && mayCut) return { from, to };
  return last?.complete === false ? { from: last.startOffset, to } : undefined;
}

/** Keeps the end of a file in another one, durably. */
async function keep(path: string, from: number, keptAs: string, files: FileSystem): Promise<void> {
  // Not 'wx': an earlier start that did not come to the cut has kept the same bytes.
  const kept = await files.open(keptAs, 'w', 0o600);
  try {
    let position = 0;
    for await (const chunk of createReadStream(path, { start: from })) {
      await writeFully(kept, chunk as Buffer, position);
      position += (chunk as Buffer).byteLength;
    }
    await kept.sync();
  } finally {
    await kept.close();
  }
  await files.syncFolder(dirname(keptAs));
}

async function makeDurable(path: string, files: FileSystem): Promise<void> {
  const file = await files.open(path, 'r+');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}
