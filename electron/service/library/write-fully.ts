import type { LibraryFile } from './file-system.ts';

/** Writes all the bytes at a position: one call may write fewer, above all on a disk that is getting full. */
export async function writeFully(
  file: LibraryFile,
  bytes: Uint8Array,
  position: number,
): Promise<void> {
  let written = 0;
  while (written < bytes.byteLength) {
    const { bytesWritten } = await file.write(
      bytes,
      written,
      bytes.byteLength - written,
      position + written,
    );
    if (bytesWritten === 0) throw new WroteNothingError();
    written += bytesWritten;
  }
}

/** The disk took no bytes and gave no reason; asking it for ever would hang the upload. */
export class WroteNothingError extends Error {
  override readonly name = 'WroteNothingError';
  readonly code = 'EIO';
}
