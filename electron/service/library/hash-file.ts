import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';

/** Reads a file once: its SHA-256 in hex and its length. Platform errors pass through. */
export async function hashFile(
  path: string,
  signal?: AbortSignal,
): Promise<{ sha256: string; byteCount: number }> {
  const hash = createHash('sha256');
  let byteCount = 0;
  const stream = createReadStream(path, { highWaterMark: 1024 * 1024, ...(signal && { signal }) });
  for await (const chunk of stream) {
    hash.update(chunk as Buffer);
    byteCount += (chunk as Buffer).byteLength;
  }
  return { sha256: hash.digest('hex'), byteCount };
}
