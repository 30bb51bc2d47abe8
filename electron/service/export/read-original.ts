import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';

import type { Receipt } from '../../../shared/receipt.ts';
import { findingOfError, type Finding } from '../library/check-original.ts';

/** An original is read in parts of so many. */
export const PART_BYTE_COUNT = 1024 * 1024;

/**
 * The bytes of an original, in parts of 1 MiB, compared with its receipt on their way: `onFinding` hears how they were
 * once they are read, also of a disk that gave up in the middle; then what was read is all there is. Takes memory for
 * one part.
 * @throws platform errors of opening it.
 */
export async function* readOriginal(
  path: string,
  expected: Pick<Receipt, 'byteCount' | 'sha256'>,
  onFinding: (finding: Finding) => void,
): AsyncGenerator<Buffer, void, undefined> {
  await using file = await open(path, 'r');
  const hash = createHash('sha256');
  let position = 0;
  for (;;) {
    const part = Buffer.allocUnsafe(Math.min(PART_BYTE_COUNT, expected.byteCount - position + 1));
    let bytesRead: number;
    try {
      ({ bytesRead } = await file.read(part, 0, part.byteLength, position));
    } catch (error) {
      onFinding(findingOfError(error));
      return;
    }
    if (bytesRead === 0) break;
    const read = part.subarray(0, bytesRead);
    hash.update(read);
    position += bytesRead;
    yield read;
    if (position > expected.byteCount) break;
  }
  if (position !== expected.byteCount) onFinding({ kind: 'wrong-length', byteCount: position });
  else onFinding({ kind: hash.digest('hex') === expected.sha256 ? 'good' : 'changed' });
}
