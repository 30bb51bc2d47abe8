import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { Readable } from 'node:stream';

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { sha256Of } from '../../../tests/support/core-lab.ts';
import { FaultyFileSystem } from '../../../tests/support/faulty-file-system.ts';
import { tempFolder } from '../../../tests/support/temp-folder.ts';
import { nodeFileSystem, type LibraryFile } from '../library/file-system.ts';

import { StagedFile, type Checkpoint, type StagedBytes } from './staged-file.ts';

const BATCH_BYTES = 1024 * 1024;

const OPTIONS = {
  maxByteCount: Infinity,
  onProgress: () => undefined,
  checkSpace: () => Promise.resolve(),
};

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
  await staged.receive(Readable.from(chunks), OPTIONS);
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

it('gives back the memory of chunks that are its own, and of no other', async () => {
  await using temp = await tempFolder();
  for (const ownsChunks of [true, false]) {
    const shared = new Uint8Array(128 * 1024).fill(3);
    const chunks = [new Uint8Array(64 * 1024).fill(1), shared.subarray(0, 64 * 1024), shared];
    const expected = sha256Of(Buffer.concat(chunks));
    await using staged = await StagedFile.create(new FaultyFileSystem(), temp.path, 'staged');
    await staged.receive(Readable.from(chunks), { ...OPTIONS, ownsChunks });
    expect((await staged.digests()).sha256).toBe(expected);
    expect(sha256Of(await readFile(staged.path))).toBe(expected);
    expect(chunks.map(({ byteLength }) => byteLength > 0)).toEqual(
      ownsChunks ? [false, false, false] : [true, true, true],
    );
  }
});

describe('a staged file of an earlier run', () => {
  const whole = randomBytes(5 * BATCH_BYTES + 77);

  async function leftBehind(folder: string, byteCount: number): Promise<Checkpoint> {
    const staged = await StagedFile.create(nodeFileSystem, folder, 'staged');
    await staged.receive(Readable.from([whole.subarray(0, byteCount)]), OPTIONS);
    const checkpoint = await staged.checkpoint();
    await staged.release();
    return checkpoint;
  }

  it('is read again beside what is received, and has the digest of the whole', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: whole.byteLength - 1 }),
        fc.boolean(),
        async (cut, inOneGo) => {
          await using temp = await tempFolder();
          const checkpoint = await leftBehind(temp.path, cut);
          await using staged = await StagedFile.reopen(
            nodeFileSystem,
            temp.path,
            'staged',
            checkpoint,
          );
          const rest = whole.subarray(cut);
          const parts = inOneGo ? [rest] : [rest.subarray(0, 3), rest.subarray(3)];
          await staged.receive(Readable.from(parts), OPTIONS);
          expect(await staged.digests()).toEqual({
            byteCount: whole.byteLength,
            sha256: sha256Of(whole),
          });
          expect((await readFile(staged.path)).equals(whole)).toBe(true);
        },
      ),
      { numRuns: 30 },
    );
  });

  it('is told of with the proof of as much as was read again so far', async () => {
    await using temp = await tempFolder();
    const checkpoint = await leftBehind(temp.path, 4 * BATCH_BYTES);
    await using staged = await StagedFile.reopen(nodeFileSystem, temp.path, 'staged', checkpoint);
    const early = await staged.checkpoint();
    expect(early.byteCount).toBe(4 * BATCH_BYTES);
    expect(early.sha256).toBe(sha256Of(whole.subarray(0, early.provenByteCount)));
    await staged.digests();
    expect(await staged.checkpoint()).toEqual(checkpoint);
  });
});

it('goes back to a mark, and on from there', async () => {
  await using temp = await tempFolder();
  await using staged = await StagedFile.create(nodeFileSystem, temp.path, 'staged');
  await staged.receive(Readable.from([Buffer.from('first ')]), OPTIONS);
  const mark = await staged.mark();
  await staged.receive(Readable.from([Buffer.from('a long wrong part')]), OPTIONS);
  staged.rollBack(mark);
  await staged.receive(Readable.from([Buffer.from('second')]), OPTIONS);
  expect(await staged.digests()).toEqual({ byteCount: 12, sha256: sha256Of('first second') });
  await staged.seal(12, new Date(0));
  expect(await readFile(staged.path, 'utf8')).toBe('first second');
});

it('trusts nothing any more after a sync failed once', async () => {
  await using temp = await tempFolder();
  const files = new SyncFailsOnce();
  await using staged = await StagedFile.create(files, temp.path, 'staged');
  await staged.receive(Readable.from([Buffer.from('bytes')]), OPTIONS);
  await expect(staged.checkpoint()).rejects.toMatchObject({ code: 'library/write-failed' });
  await expect(staged.checkpoint()).rejects.toMatchObject({ code: 'library/write-failed' });
  await expect(staged.seal(5, new Date(0))).rejects.toMatchObject({ code: 'library/write-failed' });
});

/** A system that drops what it could not write, and calls the next sync a success. */
class SyncFailsOnce extends FaultyFileSystem {
  #hasFailed = false;

  protected override wrap(file: LibraryFile, path: string): LibraryFile {
    const wrapped = super.wrap(file, path);
    return {
      ...wrapped,
      datasync: () => {
        if (this.#hasFailed) return Promise.resolve();
        this.#hasFailed = true;
        return Promise.reject(Object.assign(new Error('EIO'), { code: 'EIO' }));
      },
    };
  }
}
