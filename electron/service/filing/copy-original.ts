import { createHash } from 'node:crypto';

import { RoostError } from '../../../shared/error-catalogue.ts';
import type { Receipt } from '../../../shared/receipt.ts';
import type { FileSystem } from '../library/file-system.ts';
import { removeFile } from '../library/place-file.ts';
import { writeFully } from '../library/write-fully.ts';

export interface CopyOptions {
  readonly signal?: AbortSignal;
  /** Hears after each part how many bytes it had. */
  readonly onCopied?: (byteCount: number) => void;
}

const PART_BYTE_COUNT = 1024 * 1024;

/**
 * Copies an original to a new file, durably, with its time. Takes memory for one part, however large it is.
 * @throws RoostError `request/not-found` for an original that is not as received any more. Platform errors
 * and the abort of `signal` pass through; then the copy is of no use.
 */
export async function copyOriginal(
  files: FileSystem,
  from: string,
  to: string,
  expected: Pick<Receipt, 'byteCount' | 'sha256'>,
  { signal, onCopied }: CopyOptions = {},
): Promise<void> {
  await removeFile(files, to);
  const { mtimeMs } = await files.stat(from);
  const source = await files.open(from, 'r');
  try {
    const copy = await files.open(to, 'wx');
    try {
      const hash = createHash('sha256');
      const buffer = Buffer.allocUnsafe(Math.min(PART_BYTE_COUNT, expected.byteCount + 1));
      let position = 0;
      while (position <= expected.byteCount) {
        signal?.throwIfAborted();
        const { bytesRead } = await source.read(buffer, 0, buffer.byteLength, position);
        if (bytesRead === 0) break;
        const part = buffer.subarray(0, bytesRead);
        hash.update(part);
        await writeFully(copy, part, position);
        position += bytesRead;
        onCopied?.(bytesRead);
      }
      if (position !== expected.byteCount || hash.digest('hex') !== expected.sha256) {
        throw new RoostError('request/not-found', 'The original is not as received any more.');
      }
      // Some file systems hold no such time; it stands in the receipt anyway.
      await copy.utimes(new Date(mtimeMs), new Date(mtimeMs)).catch(() => undefined);
      await copy.sync();
      // On a full disk a sync can report success for a file without bytes.
      if ((await copy.stat()).size !== expected.byteCount)
        throw new RoostError('library/disk-full');
    } finally {
      await copy.close();
    }
  } finally {
    await source.close();
  }
}
