import { randomBytes } from 'node:crypto';
import { appendFile, link, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';

import { afterEach, beforeEach, expect, it } from 'vitest';

import { openCore, PHONE, type Core } from '../../../../tests/support/core-lab.ts';
import { tempFolder } from '../../../../tests/support/temp-folder.ts';
import { afterCrash, append, begin } from '../../../../tests/support/upload-lab.ts';

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

it('changes nothing of a file that a person edited after it was placed', async () => {
  const whole = randomBytes(700);
  const upload = await begin(core);
  await append(core, upload, whole.subarray(0, 300), { endsFile: false });
  await core.library.journal.close();
  await append(core, upload, whole.subarray(300), { offset: 300 }).catch(() => undefined);
  const next = await crashed();
  // As after a crash between journal and the end of the upload: one file under two names, which then grew.
  const staged = join(next.library.layout.stagingFolder, upload.uploadId);
  const placed = join(next.libraryFolder, 'placed.bin');
  await link(staged, placed);
  await appendFile(placed, 'edited');
  const found = await next.ingest.findUpload(upload.uploadId, PHONE);
  await expect(next.ingest.progressOf(found)).rejects.toMatchObject({ code: 'upload/not-found' });
  expect(await readFile(placed)).toEqual(Buffer.concat([whole, Buffer.from('edited')]));
});

it('is waited for from the end of its last request, however long that took', async () => {
  const upload = await begin(core);
  const hours = 3 * 3_600_000;
  const body = Readable.from(
    (function* () {
      yield randomBytes(10);
      core.clock.advance(hours);
    })(),
  );
  await append(core, upload, body);
  core.clock.advance(60_000);
  const found = await core.ingest.findUpload(upload.uploadId, PHONE);
  expect(await core.ingest.progressOf(found)).toMatchObject({ outcome: { result: 'stored' } });
});

it('leaves no job running, and nothing receiving, once it is closed', async () => {
  const upload = await begin(core);
  const silent = new Readable({ read: () => undefined });
  silent.push(Buffer.alloc(10));
  const receiving = append(core, upload, silent).catch(() => undefined);
  const idle = await begin(core, 'never sent');
  await core.ingest.close(0);
  await receiving;
  expect(core.jobs.liveUploadCount).toBe(0);
  expect(idle.isGone).toBe(true);
});
