import { createReadStream } from 'node:fs';

import { MAX_LINE_BYTES, parseCheckedLine } from './checked-line.ts';

/** One line of a checked file: where it ends, and its value or `undefined` when it is damaged. */
export interface ReadLine {
  readonly lineNumber: number;
  readonly startOffset: number;
  readonly endOffset: number;
  readonly value: unknown;
  /** False for a last line without its newline: it was being written when the power went. */
  readonly complete: boolean;
}

const NEWLINE = 0x0a;

/**
 * Reads a checked file line by line from a byte offset, in memory bounded by the longest line there may be: of a
 * longer one, which can only be damage, the length is kept and not the bytes. A missing file has no lines.
 */
export async function* readLines(path: string, fromOffset = 0): AsyncGenerator<ReadLine> {
  let parts: Buffer[] = [];
  let byteCount = 0;
  let offset = fromOffset;
  let lineNumber = 0;
  const keep = (bytes: Buffer): void => {
    byteCount += bytes.byteLength;
    if (byteCount <= MAX_LINE_BYTES) parts.push(bytes);
    else parts = [];
  };
  const emit = (complete: boolean): ReadLine => {
    const startOffset = offset;
    offset += byteCount + (complete ? 1 : 0);
    lineNumber += 1;
    const value = complete ? parseCheckedLine(Buffer.concat(parts).toString('utf8')) : undefined;
    parts = [];
    byteCount = 0;
    return { lineNumber, startOffset, endOffset: offset, value, complete };
  };
  try {
    for await (const chunk of createReadStream(path, { start: fromOffset })) {
      let bytes = chunk as Buffer;
      for (let end = bytes.indexOf(NEWLINE); end >= 0; end = bytes.indexOf(NEWLINE)) {
        keep(bytes.subarray(0, end));
        yield emit(true);
        bytes = bytes.subarray(end + 1);
      }
      if (bytes.byteLength > 0) keep(bytes);
    }
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return;
    throw error;
  }
  if (byteCount > 0) yield emit(false);
}
