import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { bufferSource, openFileSource } from './byte-source.ts';
import { MediaError } from './media-error.ts';

describe('openFileSource', () => {
  let folder = '';
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'roost-bytes-'));
  });
  afterEach(async () => {
    await rm(folder, { recursive: true });
  });

  it('reads the same bytes as memory does, wherever one asks', async () => {
    const bytes = Buffer.from(Array.from({ length: 40_000 }, (_, index) => (index * 7) % 251));
    const path = join(folder, 'file');
    await writeFile(path, bytes);
    using file = openFileSource(path, 1e9);
    const memory = bufferSource(bytes);
    fc.assert(
      fc.property(
        fc.integer({ min: -10, max: 41_000 }),
        fc.integer({ min: -10, max: 41_000 }),
        (offset, length) => {
          expect(file.read(offset, length).equals(memory.read(offset, length))).toBe(true);
        },
      ),
    );
  });

  it('refuses to read more than its budget', async () => {
    const path = join(folder, 'file');
    await writeFile(path, Buffer.alloc(300_000));
    using file = openFileSource(path, 100_000);
    expect(file.read(0, 90_000).byteLength).toBe(90_000);
    expect(() => file.read(150_000, 20_000)).toThrow('more than 100000 bytes');
  });

  it('says that a missing file is unreadable', () => {
    expect(() => openFileSource(join(folder, 'none'), 100)).toThrow(
      new MediaError('file-unreadable', 'ENOENT'),
    );
  });
});
