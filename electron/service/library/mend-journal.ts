import { join } from 'node:path';

import type { FileSystem } from './file-system.ts';
import { journalFiles } from './journal.ts';
import { readLines } from './read-lines.ts';

/** What was cut from the end of a journal file, kept beside it. */
export interface MendedTail {
  readonly file: string;
  readonly cutByteCount: number;
  readonly keptAs: string;
}

/**
 * Cuts a torn tail off the newest journal file: lines behind the last good one that a power cut left half
 * written. They were never answered for. The cut bytes are kept beside the journal, so that nothing is
 * dropped unseen; damage in the middle is left alone and reported by verify.
 */
export async function mendJournal(
  folder: string,
  files: FileSystem,
  at: number,
): Promise<MendedTail | undefined> {
  const file = (await journalFiles(folder, files)).at(-1);
  if (file === undefined) return undefined;
  const path = join(folder, file);
  let goodEnd = 0;
  let end = 0;
  for await (const line of readLines(path)) {
    end = line.endOffset;
    if (line.value !== undefined) goodEnd = line.endOffset;
  }
  if (end === goodEnd) return undefined;
  const keptAs = `torn-${file}-${at}.txt`;
  const bytes = (await files.readFile(path)).subarray(goodEnd);
  const kept = await files.open(join(folder, keptAs), 'wx', 0o600);
  try {
    await kept.writev([bytes]);
    await kept.sync();
  } finally {
    await kept.close();
  }
  await files.syncFolder(folder);
  await files.truncate(path, goodEnd);
  const mended = await files.open(path, 'r+');
  try {
    await mended.sync();
  } finally {
    await mended.close();
  }
  return { file, cutByteCount: end - goodEnd, keptAs };
}
