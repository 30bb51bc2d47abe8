import { readdir } from 'node:fs/promises';
import { PassThrough, Readable } from 'node:stream';

import { describe, expect, it } from 'vitest';

import { RoostError } from '../../../shared/error-catalogue.ts';
import { openCore, upload, visibleFiles, type Core } from '../../../tests/support/core-lab.ts';
import { FaultyFileSystem } from '../../../tests/support/faulty-file-system.ts';
import { tempFolder } from '../../../tests/support/temp-folder.ts';
import type { LibraryFile } from '../library/file-system.ts';

const CHUNK = Buffer.alloc(256 * 1024, 7);

async function expectNothingKept(core: Core): Promise<void> {
  expect(await visibleFiles(core.libraryFolder)).toEqual([]);
  expect(await readdir(core.library.layout.stagingFolder)).toEqual([]);
  expect(core.jobs.liveUploadCount).toBe(0);
}

describe('a body that breaks off', () => {
  it.each([
    ['with an error of the connection', new Error('aborted'), 'upload/interrupted'],
    ['by itself', undefined, 'upload/interrupted'],
    ['since it was silent too long', new RoostError('upload/idle'), 'upload/idle'],
  ])('%s leaves nothing, and a job that says so', async (_, reason, code) => {
    await using temp = await tempFolder();
    await using core = await openCore({ folder: temp.path });
    const body = new PassThrough();
    const receiving = core.ingest.receive(upload('', { body, expectedByteCount: 10_000_000 }));
    for (let at = 0; at < 12; at++) body.write(CHUNK);
    await new Promise((resolve) => setImmediate(resolve));
    body.destroy(reason);
    await expect(receiving).rejects.toMatchObject({ code });
    await expectNothingKept(core);
    expect(core.jobChanges.at(-1)).toMatchObject({ state: 'interrupted', errorCode: code });
  });

  it('before its first byte leaves nothing', async () => {
    await using temp = await tempFolder();
    await using core = await openCore({ folder: temp.path });
    const body = new PassThrough();
    body.destroy();
    await expect(core.ingest.receive(upload('', { body }))).rejects.toMatchObject({
      code: 'upload/interrupted',
    });
    await expectNothingKept(core);
  });
});

describe('room on the disk', () => {
  it('is asked for before the body is read', async () => {
    await using temp = await tempFolder();
    const files = new MeasuredDisk(1000);
    await using core = await openCore({ folder: temp.path, files, reservedFreeByteCount: 100 });
    const body = new Unread();
    const told = core.ingest.receive(upload('', { body, expectedByteCount: 901 }), () => {
      throw new Error('asked to go on');
    });
    await expect(told).rejects.toMatchObject({ code: 'library/disk-full' });
    expect(body.wasRead).toBe(false);
    await expectNothingKept(core);
    const fits = upload(Buffer.alloc(900), { expectedByteCount: 900 });
    expect((await core.ingest.receive(fits)).result).toBe('stored');
  });

  it('is watched while a body of unknown length arrives', async () => {
    await using temp = await tempFolder();
    const files = new MeasuredDisk(1000);
    await using core = await openCore({ folder: temp.path, files, reservedFreeByteCount: 100 });
    let sentByteCount = 0;
    const body = Readable.from(
      (function* () {
        for (;;) {
          sentByteCount += CHUNK.byteLength;
          if (sentByteCount > 1024 * 1024) files.free = 99;
          yield CHUNK;
        }
      })(),
    );
    await expect(core.ingest.receive(upload('', { body }))).rejects.toMatchObject({
      code: 'library/disk-full',
    });
    expect(sentByteCount).toBeLessThan(80 * 1024 * 1024);
    await expectNothingKept(core);
  });
});

it('stops reading where more arrives than was announced', async () => {
  await using temp = await tempFolder();
  await using core = await openCore({ folder: temp.path });
  let chunkCount = 0;
  const body = Readable.from(
    (function* () {
      for (;;) {
        chunkCount += 1;
        yield CHUNK;
      }
    })(),
  );
  await expect(
    core.ingest.receive(upload('', { body, expectedByteCount: CHUNK.byteLength * 2 })),
  ).rejects.toMatchObject({ code: 'upload/length-mismatch' });
  expect(chunkCount).toBeLessThan(30);
  await expectNothingKept(core);
});

it('reads no faster than a slow disk writes, and holds a few batches at most', async () => {
  await using temp = await tempFolder();
  const files = new SlowDisk();
  await using core = await openCore({ folder: temp.path, files });
  let sentByteCount = 0;
  let mostAhead = 0;
  const body = Readable.from(
    (function* () {
      for (let at = 0; at < 200; at++) {
        sentByteCount += CHUNK.byteLength;
        mostAhead = Math.max(mostAhead, sentByteCount - files.writtenByteCount);
        yield CHUNK;
      }
    })(),
    { highWaterMark: 1 },
  );
  await core.ingest.receive(upload('', { body }));
  expect(files.writtenByteCount).toBe(200 * CHUNK.byteLength);
  expect(mostAhead).toBeLessThan(4 * 1024 * 1024);
});

it('puts together what a disk takes in small bites', async () => {
  await using temp = await tempFolder();
  await using core = await openCore({ folder: temp.path, files: new SlowDisk(100_000) });
  const bytes = Buffer.alloc(3_000_000, 'abc');
  const { receipt } = await core.ingest.receive(upload('', { body: Readable.from([bytes]) }));
  expect(receipt.byteCount).toBe(3_000_000);
});

describe('closing', () => {
  it('lets a running upload finish', async () => {
    await using temp = await tempFolder();
    await using core = await openCore({ folder: temp.path });
    const body = new PassThrough();
    const receiving = core.ingest.receive(upload('', { body }));
    body.write('photo');
    await started(core);
    const closing = core.ingest.close(600_000);
    body.end();
    expect((await receiving).result).toBe('stored');
    await closing;
  });

  it('breaks a running upload off when the time is over', async () => {
    await using temp = await tempFolder();
    await using core = await openCore({ folder: temp.path });
    const body = new PassThrough();
    const receiving = core.ingest.receive(upload('', { body }));
    body.write('photo');
    await started(core);
    const closed = core.ingest.close(0);
    await expect(receiving).rejects.toMatchObject({ code: 'service/stopping' });
    await closed;
    await expectNothingKept(core);
    expect(core.jobChanges.at(-1)).toMatchObject({ state: 'interrupted' });
  });

  it('waits for uploads that had just been let in, and lets none in after them', async () => {
    await using temp = await tempFolder();
    await using core = await openCore({ folder: temp.path });
    const receiving = core.ingest.receive(upload('', { body: new PassThrough() }));
    const recognising = core.ingest.recogniseEarly(upload(''));
    const results = Promise.allSettled([receiving, recognising]);
    let isSettled = false;
    void results.then(() => (isSettled = true));
    await core.ingest.close(0);
    await new Promise((resolve) => setImmediate(resolve));
    expect(isSettled).toBe(true);
    expect(await results).toMatchObject([
      { status: 'rejected', reason: { code: 'service/stopping' } },
      { status: 'rejected', reason: { code: 'service/stopping' } },
    ]);
    await expect(core.ingest.receive(upload('x'))).rejects.toMatchObject({
      code: 'service/stopping',
    });
  });

  it('breaks off an upload whose body begins when the time is already over', async () => {
    await using temp = await tempFolder();
    const files = new SlowOpen();
    await using core = await openCore({ folder: temp.path, files });
    files.holdStaging();
    const receiving = core.ingest.receive(upload('', { body: new PassThrough() }));
    await files.reached;
    const closed = core.ingest.close(0);
    await new Promise((resolve) => setTimeout(resolve, 20));
    files.letGo();
    await expect(receiving).rejects.toMatchObject({ code: 'service/stopping' });
    await closed;
  });
});

async function started(core: Core): Promise<void> {
  while ((await readdir(core.library.layout.stagingFolder)).length === 0) {
    await new Promise((resolve) => setImmediate(resolve));
  }
}

class Unread extends Readable {
  wasRead = false;

  override _read(): void {
    this.wasRead = true;
    this.push(null);
  }
}

/** Says how much room there is as a test wants it. */
class MeasuredDisk extends FaultyFileSystem {
  free: number;

  constructor(free: number) {
    super();
    this.free = free;
  }

  override freeByteCount(): Promise<number> {
    return Promise.resolve(this.free);
  }
}

/** Takes its time for each write, and only so many bytes at once. */
class SlowDisk extends FaultyFileSystem {
  writtenByteCount = 0;
  readonly #most: number;

  constructor(most = Infinity) {
    super();
    this.#most = most;
  }

  protected override wrap(file: LibraryFile, path: string): LibraryFile {
    const wrapped = super.wrap(file, path);
    return {
      ...wrapped,
      writev: async (parts, position) => {
        await new Promise((resolve) => setTimeout(resolve, 1));
        const bytes = Buffer.concat(parts);
        const { bytesWritten } = await wrapped.writev([bytes.subarray(0, this.#most)], position);
        this.writtenByteCount += bytesWritten;
        return { bytesWritten };
      },
    };
  }
}

/** Opening a staging file waits until the test lets it go on. */
class SlowOpen extends FaultyFileSystem {
  readonly #reached = Promise.withResolvers<undefined>();
  readonly #go = Promise.withResolvers<undefined>();
  readonly reached = this.#reached.promise;
  #isHeld = false;

  holdStaging(): void {
    this.#isHeld = true;
  }

  letGo(): void {
    this.#go.resolve(undefined);
  }

  override async open(path: string, flags: string, mode?: number): Promise<LibraryFile> {
    if (this.#isHeld && path.includes('staging')) {
      this.#reached.resolve(undefined);
      await this.#go.promise;
    }
    return super.open(path, flags, mode);
  }
}
