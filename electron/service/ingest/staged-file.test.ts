import { readFile } from 'node:fs/promises';
import { Readable } from 'node:stream';

import fc from 'fast-check';
import { expect, it } from 'vitest';

import { sha256Of } from '../../../tests/support/core-lab.ts';
import { FaultyFileSystem } from '../../../tests/support/faulty-file-system.ts';
import { tempFolder } from '../../../tests/support/temp-folder.ts';
import type { LibraryFile } from '../library/file-system.ts';

import { StagedFile, type StagedBytes } from './staged-file.ts';

const BATCH_BYTES = 1024 * 1024;

/** Counts what each write was handed. */
class WatchedFileSystem extends FaultyFileSystem {
  readonly partCounts: number[] = [];
  readonly heldByteCounts: number[] = [];

  protected override wrap(file: LibraryFile, path: string): LibraryFile {
    const wrapped = super.wrap(file, path);
    return {
      ...wrapped,
      writev: (parts, position) => {
        this.partCounts.push(parts.length);
        const buffers = new Set(parts.map((part) => part.buffer));
        this.heldByteCounts.push([...buffers].reduce((sum, each) => sum + each.byteLength, 0));
        return wrapped.writev(parts, position);
      },
    };
  }
}

async function receive(
  folder: string,
  files: WatchedFileSystem,
  chunks: Iterable<Uint8Array>,
): Promise<{ bytes: StagedBytes; written: Buffer }> {
  await using staged = await StagedFile.create(files, folder, 'staged');
  await staged.receive(Readable.from(chunks), {
    maxByteCount: Infinity,
    onProgress: () => undefined,
    checkSpace: () => Promise.resolve(),
  });
  return { bytes: await staged.digests(), written: await readFile(staged.path) };
}

it('holds few parts and little memory of a body that comes byte by byte', async () => {
  await using temp = await tempFolder();
  const files = new WatchedFileSystem();
  const whole = Buffer.from(Array.from({ length: 70_000 }, (_, at) => (at * 7) % 251));
  // Each byte stands in a buffer of its own size, as what is read from a connection does.
  const chunks = function* (): Iterable<Uint8Array> {
    for (const byte of whole) yield Buffer.from(new Uint8Array(64).fill(byte)).subarray(0, 1);
  };
  const { bytes, written } = await receive(temp.path, files, chunks());
  expect(bytes).toEqual({ byteCount: whole.byteLength, sha256: sha256Of(whole) });
  expect(written.equals(whole)).toBe(true);
  expect(Math.max(...files.partCounts)).toBeLessThan(64);
  expect(Math.max(...files.heldByteCounts)).toBeLessThan(2 * BATCH_BYTES);
});

it('writes every byte once and in order, however a body is cut', async () => {
  await using temp = await tempFolder();
  const length = fc.oneof(
    fc.integer({ min: 0, max: 5 }),
    fc.integer({ min: 32 * 1024 - 1, max: 32 * 1024 + 1 }),
    fc.integer({ min: 60_000, max: 400_000 }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(length, { minLength: 1, maxLength: 60 }), async (lengths) => {
      const chunks = lengths.map((each, at) => Buffer.alloc(each, `${at} `));
      const files = new WatchedFileSystem();
      const { bytes, written } = await receive(temp.path, files, chunks);
      const whole = Buffer.concat(chunks);
      expect(written.equals(whole)).toBe(true);
      expect(bytes).toEqual({ byteCount: whole.byteLength, sha256: sha256Of(whole) });
    }),
    { numRuns: 25 },
  );
});
