import { createHash, randomBytes } from 'node:crypto';

import { expect, it } from 'vitest';

import { FileHash } from './file-hash.ts';

const SLICE = 256 * 1024;
const wanted = (): boolean => true;

function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('base64');
}

it.each([0, 1, SLICE - 1, SLICE, 3 * SLICE + 7])(
  'is the SHA-256 of a file of %i bytes',
  async (count) => {
    const bytes = randomBytes(count);
    const hash = new FileHash(new Blob([bytes]));
    expect([await hash.read(wanted), await hash.read(wanted)]).toEqual(
      Array.from({ length: 2 }, () => sha256Of(bytes)),
    );
  },
);

it('goes on where it stopped, and reads nothing twice into it, whoever asks meanwhile', async () => {
  const bytes = randomBytes(3 * SLICE);
  const hash = new FileHash(new Blob([bytes]));
  let slices = 0;
  expect(await hash.read(() => ++slices < 2)).toBeUndefined();
  const both = await Promise.all([hash.read(wanted), hash.read(wanted)]);
  expect(both).toEqual([sha256Of(bytes), sha256Of(bytes)]);
});

it('gives nothing for a file that can no longer be read', async () => {
  const gone = { size: 9, slice: () => ({ arrayBuffer: () => Promise.reject(new Error('gone')) }) };
  expect(await new FileHash(gone as unknown as Blob).read(wanted)).toBeUndefined();
});
