import { statfs } from 'node:fs/promises';

/** Size in bytes of the disk that holds a folder; `undefined` where it cannot be told. */
export async function diskByteCount(folder: string): Promise<number | undefined> {
  try {
    const { blocks, bsize } = await statfs(folder);
    return blocks * bsize;
  } catch {
    return undefined;
  }
}
