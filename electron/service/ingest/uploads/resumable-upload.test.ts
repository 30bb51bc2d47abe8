import { randomBytes } from 'node:crypto';
import { appendFile, cp, link, open, readdir, readFile, stat, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { RoostError } from '../../../../shared/error-catalogue.ts';
import {
  journaledReceipts,
  openCore,
  PHONE,
  sha256Of,
  TABLET,
  visibleFiles,
  type Core,
} from '../../../../tests/support/core-lab.ts';
import { FaultyFileSystem } from '../../../../tests/support/faulty-file-system.ts';
import { SlowDisk } from '../../../../tests/support/slow-disk.ts';
import { tempFolder } from '../../../../tests/support/temp-folder.ts';
import { uploadsOfJob } from '../../jobs/job-queries.ts';

import { afterCrash, append, begin, breaksAfter } from '../../../../tests/support/upload-lab.ts';

const MIB = 1024 * 1024;

let stack: AsyncDisposableStack;
let core: Core;

beforeEach(async () => {
  stack = new AsyncDisposableStack();
  core = stack.use(await openCore({ folder: stack.use(await tempFolder()).path }));
});

afterEach(async () => {
  await stack.disposeAsync();
});

async function crashed(): Promise<Core> {
  return stack.use(await afterCrash(core, stack.use(await tempFolder()).path));
}

async function expectStored(where: Core, whole: Uint8Array): Promise<void> {
  const receipts = await journaledReceipts(where.libraryFolder);
  expect(receipts.map((receipt) => receipt.sha256)).toEqual([sha256Of(whole)]);
  expect(await visibleFiles(where.libraryFolder)).toEqual([receipts[0]?.path]);
  const path = join(where.libraryFolder, receipts[0]?.path ?? '');
  expect((await readFile(path)).equals(whole)).toBe(true);
}

describe('an upload that breaks off', () => {
  const whole = randomBytes(3 * MIB + 17);
  const cut = 2 * MIB + 5;

  it('keeps what came, and ends bit for bit as one that came in one go', async () => {
    const upload = await begin(core);
    await expect(append(core, upload, breaksAfter(whole.subarray(0, cut)))).rejects.toMatchObject({
      code: 'upload/interrupted',
    });
    expect(await core.ingest.progressOf(upload)).toMatchObject({ byteCount: cut });
    expect(await visibleFiles(core.libraryFolder)).toEqual([]);
    const result = await append(core, upload, whole.subarray(cut), { offset: cut });
    expect(result).toMatchObject({ kind: 'finished', byteCount: whole.byteLength });
    await expectStored(core, whole);
    expect(core.jobChanges.at(-1)).toMatchObject({ state: 'stored', uploadCount: 1 });
    expect(uploadsOfJob(core.catalog, core.jobChanges.at(-1)?.jobId ?? '')).toMatchObject([
      { result: 'stored', requestCount: 2, receivedByteCount: whole.byteLength },
    ]);
  });

  it('is gone on with by the next run, after a crash', async () => {
    const upload = await begin(core);
    await append(core, upload, breaksAfter(whole.subarray(0, cut))).catch(() => undefined);
    const next = await crashed();
    const found = await next.ingest.findUpload(upload.uploadId, PHONE);
    expect(await next.ingest.progressOf(found)).toMatchObject({ byteCount: cut });
    await append(next, found, whole.subarray(cut), { offset: cut });
    await expectStored(next, whole);
  });

  it('is worth nothing when the disk lost bytes of it, and those never get into the library', async () => {
    const upload = await begin(core);
    await append(core, upload, breaksAfter(whole.subarray(0, cut))).catch(() => undefined);
    const staged = join(core.library.layout.stagingFolder, upload.uploadId);
    const file = await open(staged, 'r+');
    await file.write(Buffer.alloc(4096), 0, 4096, MIB);
    await file.close();
    const next = await crashed();
    const found = await next.ingest.findUpload(upload.uploadId, PHONE);
    await expect(append(next, found, whole.subarray(cut), { offset: cut })).rejects.toMatchObject({
      code: 'upload/not-found',
    });
    expect(await visibleFiles(next.libraryFolder)).toEqual([]);
    expect(await readdir(next.library.layout.stagingFolder)).toEqual([]);
  });

  it('is compared with what was noted of it however many runs end before they could', async () => {
    const upload = await begin(core);
    await append(core, upload, breaksAfter(whole.subarray(0, cut))).catch(() => undefined);
    const staged = join(core.library.layout.stagingFolder, upload.uploadId);
    const file = await open(staged, 'r+');
    await file.write(Buffer.alloc(4096), 0, 4096, MIB);
    await file.close();
    const disk = new SlowDisk();
    const folder = stack.use(await tempFolder()).path;
    await cp(core.libraryFolder, join(folder, 'library'), { recursive: true, filter: isNoLock });
    const next = stack.use(await openCore({ folder, files: disk }));
    const found = await next.ingest.findUpload(upload.uploadId, PHONE);
    disk.hold((operation) => operation.startsWith('read ') && operation.endsWith(upload.uploadId));
    const more = breaksAfter(whole.subarray(cut, cut + 10));
    await append(next, found, more, { offset: cut }).catch(() => undefined);
    const last = stack.use(await afterCrash(next, stack.use(await tempFolder()).path));
    disk.letAllGo();
    const again = await last.ingest.findUpload(upload.uploadId, PHONE);
    const { byteCount } = await last.ingest.progressOf(again);
    expect(byteCount).toBe(cut + 10);
    const rest = append(last, again, whole.subarray(byteCount), { offset: byteCount });
    await expect(rest).rejects.toMatchObject({ code: 'upload/not-found' });
    expect(await visibleFiles(last.libraryFolder)).toEqual([]);
  });

  it('is worth nothing when its file is shorter than was told', async () => {
    const upload = await begin(core);
    await append(core, upload, breaksAfter(whole.subarray(0, cut))).catch(() => undefined);
    await truncate(join(core.library.layout.stagingFolder, upload.uploadId), cut - 1);
    const next = await crashed();
    await expect(next.ingest.findUpload(upload.uploadId, PHONE)).rejects.toMatchObject({
      code: 'upload/not-found',
    });
    expect(await readdir(next.library.layout.stagingFolder)).toEqual([]);
  });

  it('forgets bytes that were written and never told, when the process ended', async () => {
    const upload = await begin(core);
    await append(core, upload, breaksAfter(whole.subarray(0, cut))).catch(() => undefined);
    await appendFile(join(core.library.layout.stagingFolder, upload.uploadId), randomBytes(100));
    const next = await crashed();
    const found = await next.ingest.findUpload(upload.uploadId, PHONE);
    expect(await next.ingest.progressOf(found)).toMatchObject({ byteCount: cut });
    await append(next, found, whole.subarray(cut), { offset: cut });
    await expectStored(next, whole);
  });

  it('belongs to its device alone', async () => {
    const upload = await begin(core);
    await expect(core.ingest.findUpload(upload.uploadId, TABLET)).rejects.toMatchObject({
      code: 'upload/not-found',
    });
  });
});

describe('the log of an upload', () => {
  const whole = randomBytes(1000);

  async function paused(): Promise<{ uploadId: string; logPath: string }> {
    const upload = await begin(core);
    await append(core, upload, breaksAfter(whole.subarray(0, 600))).catch(() => undefined);
    const { uploadId } = upload;
    return { uploadId, logPath: join(core.library.layout.stagingFolder, `${uploadId}.upload`) };
  }

  it('may have been torn at its end, twice over', async () => {
    const { uploadId, logPath } = await paused();
    await appendFile(logPath, '{"line":"checkpoint","byteC');
    core = await crashed();
    const found = await core.ingest.findUpload(uploadId, PHONE);
    const next = breaksAfter(whole.subarray(600, 800));
    await append(core, found, next, { offset: 600 }).catch(() => undefined);
    await appendFile(
      join(core.library.layout.stagingFolder, `${uploadId}.upload`),
      '{"line":"checkpoint","byteC',
    );
    const last = await crashed();
    const again = await last.ingest.findUpload(uploadId, PHONE);
    await append(last, again, whole.subarray(800), { offset: 800 });
    await expectStored(last, whole);
  });

  it('is not believed where a whole line of it is damaged', async () => {
    const { uploadId, logPath } = await paused();
    const text = await readFile(logPath, 'utf8');
    const file = await open(logPath, 'w');
    await file.writeFile(text.replace('"byteCount":600', '"byteCount":500'));
    await file.close();
    const next = await crashed();
    await expect(next.ingest.findUpload(uploadId, PHONE)).rejects.toMatchObject({
      code: 'upload/not-found',
    });
    expect(await readdir(next.library.layout.stagingFolder)).toEqual([]);
  });

  it('is not begun for what arrives in one go', async () => {
    const upload = await begin(core);
    const names: string[][] = [];
    const body = Readable.from(
      (async function* () {
        yield whole;
        names.push(await readdir(core.library.layout.stagingFolder));
      })(),
    );
    await append(core, upload, body);
    expect(names).toEqual([[upload.uploadId]]);
    expect(await readdir(core.library.layout.stagingFolder)).toEqual([]);
  });
});

it('tells while it receives how much is durable, and the next run goes on from there', async () => {
  const part = randomBytes(MIB);
  const upload = await begin(core);
  const told: number[] = [];
  const go = Promise.withResolvers<undefined>();
  const crash = Promise.withResolvers<undefined>();
  const body = Readable.from(
    (async function* () {
      // However long a sync takes, there is more to come until it is told of.
      while (told.length < 2) yield part;
      await crash.promise;
    })(),
  );
  const request = { offset: 0, body, endsFile: true, endsAtLength: false };
  const receiving = core.ingest.append(upload, request, {
    onDurable: (byteCount) => {
      told.push(byteCount);
      if (told.length >= 2) go.resolve(undefined);
    },
  });
  receiving.catch(() => undefined);
  await go.promise;
  // A sync that is under way now may have made more durable by the time of the crash, told or not.
  const toldBefore = told.at(-1);
  const next = await crashed();
  crash.resolve(undefined);
  await receiving.catch(() => undefined);
  const found = await next.ingest.findUpload(upload.uploadId, PHONE);
  const { byteCount } = await next.ingest.progressOf(found);
  expect(byteCount).toBeGreaterThanOrEqual(toldBefore!);
  expect(byteCount).toBeGreaterThanOrEqual(64 * MIB);
});

describe('a newer request for an upload', () => {
  it('ends the one that is running, keeps its bytes, and is answered', async () => {
    const upload = await begin(core);
    const silent = new Readable({ read: () => undefined });
    silent.push(Buffer.alloc(1000, 7));
    const old = append(core, upload, silent);
    const ended = expect(old).rejects.toMatchObject({ code: 'upload/superseded' });
    await core.ingest.progressOf(upload);
    // Asked a second time: the first may have come before the body was being read.
    const { byteCount } = await core.ingest.progressOf(upload);
    await ended;
    const rest = Buffer.alloc(2000, 7).subarray(byteCount);
    await append(core, upload, rest, { offset: byteCount });
    await expectStored(core, Buffer.alloc(2000, 7));
  });

  it('waits for one that is being stored, and hears of its end', async () => {
    const reached = Promise.withResolvers<undefined>();
    const go = Promise.withResolvers<undefined>();
    const slow = stack.use(
      await openCore({
        folder: stack.use(await tempFolder()).path,
        readHeader: async () => {
          reached.resolve(undefined);
          await go.promise;
          return undefined;
        },
      }),
    );
    const upload = await begin(slow);
    const storing = append(slow, upload, randomBytes(5000));
    await reached.promise;
    const progress = slow.ingest.progressOf(upload);
    go.resolve(undefined);
    await storing;
    expect(await progress).toMatchObject({ byteCount: 5000, outcome: { result: 'stored' } });
  });
});

describe('a finished upload', () => {
  it('gives its outcome again to who asks for the end again, also after a restart', async () => {
    const whole = randomBytes(900);
    const upload = await begin(core);
    await append(core, upload, whole.subarray(0, 400), { endsFile: false });
    const first = await append(core, upload, whole.subarray(400), { offset: 400 });
    const again = await append(core, upload, Buffer.alloc(0), { offset: 900 });
    expect(again).toEqual(first);
    const next = await crashed();
    const found = await next.ingest.findUpload(upload.uploadId, PHONE);
    const replayed = await append(next, found, Buffer.alloc(0), { offset: 900 });
    expect(replayed).toMatchObject({ kind: 'finished', outcome: { result: 'stored' } });
    await expectStored(next, whole);
  });

  it('takes no more bytes', async () => {
    const upload = await begin(core);
    await append(core, upload, randomBytes(10));
    await expect(append(core, upload, randomBytes(10), { offset: 10 })).rejects.toMatchObject({
      code: 'upload/completed',
    });
  });
});

it('never adds bytes to a file that may stand in the library under the same inode', async () => {
  const whole = randomBytes(700);
  const upload = await begin(core);
  await append(core, upload, whole.subarray(0, 300), { endsFile: false });
  // The process ends between the link into the library and the journal's line: the journal cannot be written.
  const { journal } = core.library;
  await journal.close();
  await expect(append(core, upload, whole.subarray(300), { offset: 300 })).rejects.toBeInstanceOf(
    RoostError,
  );
  const staged = join(core.library.layout.stagingFolder, upload.uploadId);
  const placed = join(core.libraryFolder, 'placed.bin');
  await link(staged, placed);
  const { ino } = await stat(placed);
  await expect(
    append(core, upload, randomBytes(5), { offset: 700, endsFile: false }),
  ).rejects.toMatchObject({ code: 'upload/inconsistent-length' });
  const next = await crashed();
  const found = await next.ingest.findUpload(upload.uploadId, PHONE);
  await expect(
    append(next, found, randomBytes(5), { offset: 700, endsFile: false }),
  ).rejects.toMatchObject({ code: 'upload/inconsistent-length' });
  expect((await stat(staged)).ino).toBe(ino);
  expect((await readFile(placed)).equals(whole)).toBe(true);
  const end = await append(next, found, Buffer.alloc(0), { offset: 700 });
  expect(end).toMatchObject({ kind: 'finished', outcome: { result: 'stored' } });
});

it('keeps what a full disk had room for, and goes on when there is room again', async () => {
  const whole = randomBytes(4 * MIB);
  const folder = stack.use(await tempFolder()).path;
  const rehearsal = new FaultyFileSystem();
  const practice = stack.use(
    await openCore({ folder: join(folder, 'practice'), files: rehearsal }),
  );
  await append(practice, await begin(practice), Readable.from(chunks(whole)));
  const writes = rehearsal.operations.flatMap((each, at) =>
    each.startsWith('writev ') ? [at + 1] : [],
  );
  expect(writes.length).toBeGreaterThan(2);
  const files = new FaultyFileSystem({ at: writes[2] ?? 0, code: 'ENOSPC', reach: 'half' });
  const full = stack.use(await openCore({ folder: join(folder, 'full'), files }));
  const upload = await begin(full);
  await expect(append(full, upload, Readable.from(chunks(whole)))).rejects.toMatchObject({
    code: 'library/disk-full',
  });
  const { byteCount } = await full.ingest.progressOf(upload);
  expect(byteCount).toBe(2 * MIB);
  await append(full, upload, whole.subarray(byteCount), { offset: byteCount });
  await expectStored(full, whole);
});

function* chunks(bytes: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < bytes.byteLength; at += 65_536) yield bytes.subarray(at, at + 65_536);
}

function isNoLock(path: string): boolean {
  return !path.endsWith('lock') && !path.endsWith('lock-journal');
}
