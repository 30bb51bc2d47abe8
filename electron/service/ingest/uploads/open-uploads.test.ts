import { randomBytes } from 'node:crypto';
import { readdir, writeFile } from 'node:fs/promises';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { openCore, PHONE, TABLET, type Core } from '../../../../tests/support/core-lab.ts';
import { FaultyFileSystem } from '../../../../tests/support/faulty-file-system.ts';
import { tempFolder } from '../../../../tests/support/temp-folder.ts';
import { jobById } from '../../jobs/job-queries.ts';

import { UPLOAD_LIMITS } from './open-uploads.ts';
import type { ResumableUpload } from './resumable-upload.ts';
import { append, begin, breaksAfter } from '../../../../tests/support/upload-lab.ts';

const LIMITS = {
  ...UPLOAD_LIMITS,
  perDeviceCount: 3,
  totalCount: 5,
  totalByteCount: 10_000,
  finishedCount: 2,
};

/** A disk whose free room the test sets; what stands in staging counts against it. */
class SmallDisk extends FaultyFileSystem {
  room = Infinity;

  override async freeByteCount(path: string): Promise<number> {
    const free = await super.freeByteCount(path);
    if (this.room === Infinity) return free;
    let used = 0;
    for (const name of await super.readdir(`${path}/.roost/staging`)) {
      used += (await super.stat(`${path}/.roost/staging/${name}`)).size;
    }
    return this.room - used;
  }
}

let stack: AsyncDisposableStack;
let files: SmallDisk;
let core: Core;

beforeEach(async () => {
  stack = new AsyncDisposableStack();
  files = new SmallDisk();
  const folder = stack.use(await tempFolder()).path;
  core = stack.use(await openCore({ folder, files, uploadLimits: LIMITS }));
});

afterEach(async () => {
  await stack.disposeAsync();
});

let keyCount = 0;

/** An upload that waits for its device with so many bytes. */
async function waiting(byteCount: number, deviceId = PHONE): Promise<ResumableUpload> {
  keyCount += 1;
  core.clock.advance(1000);
  const upload = await begin(core, `key-${keyCount}`, deviceId);
  const body = breaksAfter(randomBytes(byteCount));
  await append(core, upload, body).catch(() => undefined);
  return upload;
}

async function isHere(upload: ResumableUpload): Promise<boolean> {
  const { uploadId, opened } = upload;
  return core.ingest.findUpload(uploadId, opened.deviceId).then(
    () => true,
    () => false,
  );
}

async function whichAreHere(uploads: readonly ResumableUpload[]): Promise<boolean[]> {
  return Promise.all(uploads.map(isHere));
}

describe('unfinished uploads', () => {
  it('have ids that nobody guesses', async () => {
    const [one, other] = [await begin(core, 'a'), await begin(core, 'b')];
    expect(one.uploadId).toMatch(/^[\w-]{24}$/);
    expect(one.uploadId).not.toBe(other.uploadId);
  });

  it('of one device are so many at most: the one that waits longest is let go, and its job says so', async () => {
    const others = [await waiting(10, TABLET)];
    const mine = [await waiting(10), await waiting(10), await waiting(10), await waiting(10)];
    expect(await whichAreHere([...others, ...mine])).toEqual([true, false, true, true, true]);
    expect(jobById(core.catalog, mine[0]?.opened.jobId ?? '')).toMatchObject({
      state: 'interrupted',
      errorCode: 'upload/let-go',
    });
    expect((await readdir(core.library.layout.stagingFolder)).length).toBe(4 * 2);
  });

  it('of all devices together are so many at most', async () => {
    const devices = ['1', '2', '3', '4', '5', '6'].map((at) => PHONE.replace(/1$/, at));
    const all = [];
    for (const deviceId of devices) all.push(await waiting(10, deviceId));
    expect(await whichAreHere(all)).toEqual([false, true, true, true, true, true]);
  });

  it('hold so many bytes at most once another begins', async () => {
    const old = [await waiting(6000), await waiting(6000)];
    await waiting(10);
    expect(await whichAreHere(old)).toEqual([false, true]);
  });

  it('make room on a full disk for one whose device is here, the longest waiting first', async () => {
    const old = [await waiting(4000, TABLET), await waiting(4000, TABLET)];
    files.room = 14_000;
    const upload = await begin(core, 'now');
    await append(core, upload, randomBytes(5000));
    expect(await whichAreHere(old)).toEqual([false, true]);
  });

  it('stay where even all of their room would not be enough', async () => {
    const old = [await waiting(4000), await waiting(4000)];
    files.room = 20_000;
    const upload = await begin(core, 'now', TABLET);
    await expect(append(core, upload, randomBytes(50_000))).rejects.toMatchObject({
      code: 'library/disk-full',
    });
    expect(await whichAreHere(old)).toEqual([true, true]);
  });

  it('are let go a week after their last byte, those that were gone on with later', async () => {
    const [old, used] = [await waiting(10), await waiting(10)];
    core.clock.advance(LIMITS.lifetimeMs - 5000);
    const more = breaksAfter(randomBytes(1));
    await append(core, used, more, { offset: 10 }).catch(() => undefined);
    core.clock.advance(10_000);
    await core.ingest.sweep();
    expect(await whichAreHere([old, used])).toEqual([false, true]);
  });
});

describe('finished uploads', () => {
  it('are remembered for a while, and only the latest', async () => {
    const done = [];
    for (const assetKey of ['a', 'b', 'c']) {
      core.clock.advance(1000);
      const upload = await begin(core, assetKey);
      await append(core, upload, randomBytes(10));
      done.push(upload);
    }
    await core.ingest.sweep();
    expect(await whichAreHere(done)).toEqual([false, true, true]);
    core.clock.advance(LIMITS.finishedLifetimeMs + 1);
    await core.ingest.sweep();
    expect(await whichAreHere(done)).toEqual([false, false, false]);
  });
});

it('removes from staging what no upload can be made of', async () => {
  const upload = await waiting(100);
  const { stagingFolder } = core.library.layout;
  await core[Symbol.asyncDispose]();
  await writeFile(`${stagingFolder}/nobody.upload`, 'no log\n');
  await writeFile(`${stagingFolder}/nobody`, 'bytes');
  await writeFile(`${stagingFolder}/plain`, 'bytes');
  const folder = core.libraryFolder.replace(/[/\\]library$/, '');
  core = stack.use(await openCore({ folder, uploadLimits: LIMITS, clock: core.clock }));
  const { uploadId } = upload;
  expect((await readdir(stagingFolder)).sort()).toEqual([uploadId, `${uploadId}.upload`].sort());
  expect(await isHere(upload)).toBe(true);
});
