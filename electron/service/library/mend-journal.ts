import { createReadStream } from 'node:fs';
import { join } from 'node:path';

import type { FileSystem } from './file-system.ts';
import { journalFiles } from './journal.ts';
import { readLines, type ReadLine } from './read-lines.ts';
import { writeFully } from './write-fully.ts';

/** What was cut from the end of a journal file, kept beside it. */
export interface MendedTail {
  readonly file: string;
  readonly cutByteCount: number;
  readonly keptAs: string;
}

/**
 * Cuts a torn tail off the newest journal file: a last line without its newline, that a power cut left half
 * written. It was never answered for. The cut bytes are kept beside the journal, so that nothing is dropped
 * unseen. A whole line that is damaged, wherever it stands, may have been answered for: it is left alone, and
 * verify reports it.
 */
export async function mendJournal(
  folder: string,
  files: FileSystem,
  at: number,
): Promise<MendedTail | undefined> {
  const file = (await journalFiles(folder, files)).at(-1);
  if (file === undefined) return undefined;
  const path = join(folder, file);
  let torn: ReadLine | undefined;
  for await (const line of readLines(path)) torn = line.complete ? undefined : line;
  if (!torn) return undefined;
  const keptAs = `torn-${file}-${at}.txt`;
  // Not 'wx': an earlier start that did not come to the cut has kept the same bytes.
  const kept = await files.open(join(folder, keptAs), 'w', 0o600);
  try {
    let position = 0;
    for await (const chunk of createReadStream(path, { start: torn.startOffset })) {
      await writeFully(kept, chunk as Buffer, position);
      position += (chunk as Buffer).byteLength;
    }
    await kept.sync();
  } finally {
    await kept.close();
  }
  await files.syncFolder(folder);
  await files.truncate(path, torn.startOffset);
  const mended = await files.open(path, 'r+');
  try {
    await mended.sync();
  } finally {
    await mended.close();
  }
  return { file, cutByteCount: torn.endOffset - torn.startOffset, keptAs };
}
