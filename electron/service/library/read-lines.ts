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

/** Reads a checked file line by line from a byte offset, in bounded memory. A missing file has no lines. */
export async function* readLines(path: string, fromOffset = 0): AsyncGenerator<ReadLine> {
  let rest: Buffer = Buffer.alloc(0);
  let offset = fromOffset;
  let lineNumber = 0;
  const emit = (bytes: Buffer, complete: boolean): ReadLine => {
    const startOffset = offset;
    offset += bytes.byteLength + (complete ? 1 : 0);
    lineNumber += 1;
    const text = bytes.byteLength > MAX_LINE_BYTES ? '' : bytes.toString('utf8');
    const value = complete ? parseCheckedLine(text) : undefined;
    return { lineNumber, startOffset, endOffset: offset, value, complete };
  };
  try {
    for await (const chunk of createReadStream(path, { start: fromOffset })) {
      let bytes =
        rest.byteLength === 0 ? (chunk as Buffer) : Buffer.concat([rest, chunk as Buffer]);
      for (let end = bytes.indexOf(NEWLINE); end >= 0; end = bytes.indexOf(NEWLINE)) {
        yield emit(bytes.subarray(0, end), true);
        bytes = bytes.subarray(end + 1);
      }
      // A "line" past all bounds is damage: keep its length, not its bytes.
      rest = bytes;
      if (rest.byteLength > 64 * MAX_LINE_BYTES) throw new Error('journal line without end');
    }
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return;
    throw error;
  }
  if (rest.byteLength > 0) yield emit(rest, false);
}
