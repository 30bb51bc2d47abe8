import { chmod, open, readFile, rename, rm, stat, truncate, utimes } from 'node:fs/promises';

/** The kinds of damage the self-test plants, with what is done to the file. */
export const DAMAGES = {
  'first-bit': 'one bit flipped at its beginning',
  'middle-bit': 'one bit flipped in its middle',
  'last-bit': 'one bit flipped at its end',
  'cut-short': 'its last byte cut off',
  'added-bytes': 'bytes added at its end',
  'zeroed-block': 'a block of it overwritten with zeros',
  emptied: 'emptied',
  removed: 'removed',
  swapped: 'exchanged with another file of the same length',
  unreadable: 'made unreadable',
} as const;

export type DamageKind = keyof typeof DAMAGES;

const BLOCK_BYTE_COUNT = 4096;

/**
 * Damages a file of at least two bytes, and leaves its modification time as it was: nothing but its bytes may tell.
 * For `swapped`, `other` is the file to exchange it with. Gives false where the damage cannot be done here.
 */
export async function plantDamage(
  kind: DamageKind,
  path: string,
  other?: string,
): Promise<boolean> {
  if (kind === 'removed') await rm(path);
  else if (kind === 'unreadable') return makeUnreadable(path);
  else if (kind === 'swapped') return exchange(path, other);
  else {
    const { mtime, atime } = await stat(path);
    const isDone = await change(kind, path);
    await utimes(path, atime, mtime);
    return isDone;
  }
  return true;
}

async function change(
  kind: Exclude<DamageKind, 'removed' | 'unreadable' | 'swapped'>,
  path: string,
): Promise<boolean> {
  const { size } = await stat(path);
  switch (kind) {
    case 'first-bit':
      return flipBit(path, 0);
    case 'middle-bit':
      return flipBit(path, Math.floor(size / 2));
    case 'last-bit':
      return flipBit(path, size - 1);
    case 'cut-short':
      await truncate(path, size - 1);
      return true;
    case 'added-bytes':
      return overwrite(path, size, Buffer.from('added'));
    case 'emptied':
      await truncate(path, 0);
      return true;
    case 'zeroed-block':
      return zeroBlock(path, size);
  }
}

async function flipBit(path: string, position: number): Promise<boolean> {
  const byte = await readAt(path, position, 1);
  byte[0] = (byte[0] ?? 0) ^ 0b0001_0000;
  return overwrite(path, position, byte);
}

/** The block in the middle, or the first one that is not all zeros already. */
async function zeroBlock(path: string, size: number): Promise<boolean> {
  const middle = Math.floor(size / 2 / BLOCK_BYTE_COUNT) * BLOCK_BYTE_COUNT;
  const others = Array.from(
    { length: Math.ceil(size / BLOCK_BYTE_COUNT) },
    (_, at) => at * BLOCK_BYTE_COUNT,
  );
  for (const position of [middle, ...others]) {
    const block = await readAt(path, position, Math.min(BLOCK_BYTE_COUNT, size - position));
    if (block.some((byte) => byte !== 0)) return overwrite(path, position, block.fill(0));
  }
  return false;
}

async function readAt(path: string, position: number, byteCount: number): Promise<Buffer> {
  const file = await open(path, 'r');
  try {
    const bytes = Buffer.alloc(byteCount);
    await file.read(bytes, 0, byteCount, position);
    return bytes;
  } finally {
    await file.close();
  }
}

async function overwrite(path: string, position: number, bytes: Buffer): Promise<true> {
  const file = await open(path, 'r+');
  try {
    await file.write(bytes, 0, bytes.byteLength, position);
    return true;
  } finally {
    await file.close();
  }
}

async function exchange(path: string, other: string | undefined): Promise<boolean> {
  if (other === undefined) return false;
  await rename(path, `${path}.swap`);
  await rename(other, path);
  await rename(`${path}.swap`, other);
  return true;
}

/** Administrators may read everything, and Windows knows no such mode: then it is given back as it was. */
async function makeUnreadable(path: string): Promise<boolean> {
  const { mode } = await stat(path);
  await chmod(path, 0);
  try {
    await readFile(path);
  } catch {
    return true;
  }
  await chmod(path, mode);
  return false;
}
