import type { SeededRandom } from '../support/seeded-random.ts';

/** Numbers that sizes, counts and offsets break on. */
const NASTY = [0, 1, 0x7f, 0x80, 0xff, 0x7fff, 0xffff, 0x7fff_ffff, 0x8000_0000, 0xffff_ffff];
/** Structure stands here; behind it are mostly pixels. */
const HEAD_BYTE_COUNT = 700;

/** The file cut off at each whole KiB, and in the middle of its first bytes. */
export function truncations(file: Buffer): Buffer[] {
  const ends = [1, 4, 11, 12, 20, 33, 64, 200, 512];
  for (let end = 1024; end < file.byteLength; end += 1024) ends.push(end);
  return ends.filter((end) => end < file.byteLength).map((end) => file.subarray(0, end));
}

/** The file with one to three things wrong with it. */
export function mutated(file: Buffer, others: readonly Buffer[], random: SeededRandom): Buffer {
  let copy = Buffer.from(file);
  for (let count = random.integer(1, 3); count > 0 && copy.byteLength > 0; count -= 1) {
    copy = mutatedOnce(copy, others, random);
  }
  return copy;
}

function mutatedOnce(
  file: Buffer<ArrayBuffer>,
  others: readonly Buffer[],
  random: SeededRandom,
): Buffer<ArrayBuffer> {
  const isInHead = random.chance(0.7);
  const last = (isInHead ? Math.min(file.byteLength, HEAD_BYTE_COUNT) : file.byteLength) - 1;
  const at = random.integer(0, last);
  switch (random.integer(0, 5)) {
    case 0:
    case 1:
      for (let count = random.integer(1, 8); count > 0; count -= 1) {
        const place = random.integer(0, last);
        file[place] = (file[place] ?? 0) ^ (1 << random.integer(0, 7));
      }
      return file;
    case 2: {
      const size = random.oneOf([1, 2, 4]);
      const value = random.oneOf(NASTY);
      const isLittle = random.chance(0.5);
      for (let index = 0; index < size && at + index <= last; index += 1) {
        file[at + index] = (value >>> (8 * (isLittle ? index : size - 1 - index))) & 0xff;
      }
      return file;
    }
    case 3:
      return file.subarray(0, random.integer(0, file.byteLength));
    case 4: {
      // A part once more, or not at all.
      const end = Math.min(at + random.integer(1, 200), file.byteLength);
      const again = random.chance(0.5) ? at : end;
      return Buffer.concat([file.subarray(0, again === at ? end : at), file.subarray(again)]);
    }
    default: {
      const other = random.oneOf(others);
      return Buffer.concat([file.subarray(0, at), other.subarray(Math.min(at, other.byteLength))]);
    }
  }
}
