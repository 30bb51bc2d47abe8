import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { formatReprDigest } from '../../shared/structured-field.ts';
import { sha256Of } from '../support/fake-phone.ts';
import { uploadUrl } from '../support/resuming-phone.ts';

import { fileOf, freshKey, ResumableLab } from './resumable-lab.ts';

let lab: ResumableLab;

beforeEach(async () => {
  lab = await ResumableLab.start();
});

afterEach(async () => {
  await lab[Symbol.asyncDispose]();
});

describe('an upload and a service that starts anew', () => {
  it('goes on where it was, and is one upload in the history', async () => {
    const assetKey = freshKey();
    const bytes = fileOf(3_000_000);
    const created = await lab.phone().create(
      {
        assetKey,
        isComplete: false,
        fileName: 'IMG_9.MOV',
        headers: { 'upload-length': 3_000_000 },
      },
      bytes.subarray(0, 1_000_000),
    );
    await lab.restart();
    const url = lab.at(uploadUrl(created));
    const phone = lab.phone();
    expect(await phone.state(url)).toMatchObject({
      offset: 1_000_000,
      isComplete: false,
      length: 3_000_000,
    });
    await phone.append(
      url,
      { offset: 1_000_000, isComplete: false },
      bytes.subarray(1_000_000, 2_000_000),
    );
    await lab.restart();
    const answer = await lab.phone().finish(lab.at(url), bytes);
    expect(answer.status).toBe(201);
    expect((await lab.storedBytes(answer)).equals(bytes)).toBe(true);
    const { job, uploads } = await lab.historyOf(assetKey);
    expect(job).toMatchObject({ state: 'stored', uploadCount: 1, fileName: 'IMG_9.MOV' });
    expect(uploads).toMatchObject([{ result: 'stored', receivedByteCount: 3_000_000 }]);
  });

  it.each([
    [1, 2],
    [1000, 1001],
    [1000, 40_000],
    [1_000_000, 1_000_001],
  ])(
    'vouches for all bytes of a file, those before it too (%i of %i)',
    async (first, byteCount) => {
      const bytes = fileOf(byteCount);
      const assetKey = freshKey();
      const headers = { 'upload-length': byteCount };
      const creation = { assetKey, isComplete: false, headers };
      const created = await lab.phone().create(creation, bytes.subarray(0, first));
      await lab.restart();
      const append = { offset: first, isComplete: true };
      const url = lab.at(uploadUrl(created));
      const answer = await lab.phone().append(url, append, bytes.subarray(first));
      expect(answer.headers['repr-digest']).toBe(formatReprDigest(sha256Of(bytes)));
      expect((await lab.storedBytes(answer)).equals(bytes)).toBe(true);
      // What begins in the same way is another photo.
      const other = bytes.subarray(0, first);
      const beginning = await lab
        .phone()
        .create({ assetKey: 'beginning', isComplete: true }, other);
      expect(beginning.headers['roost-result']).toBe('stored');
    },
  );

  it('that was in the middle of a request keeps what was durable', async () => {
    const bytes = fileOf(2_000_000);
    const url = await lab.phone().reserve({ assetKey: freshKey() });
    using request = lab
      .phone()
      .beginAppend(url, { offset: 0, isComplete: true, contentLength: bytes.byteLength });
    await request.send(bytes.subarray(0, 1_500_000));
    await lab.ends.hasRead(request);
    await lab.restart();
    await expect(request.answer).rejects.toThrow();
    const { offset, isComplete } = await lab.phone().state(lab.at(url));
    expect(offset).toBe(1_500_000);
    expect(isComplete).toBe(false);
    const answer = await lab.phone().finish(lab.at(url), bytes);
    expect((await lab.storedBytes(answer)).equals(bytes)).toBe(true);
  });

  it('keeps what the creation said: digest, name, times', async () => {
    const assetKey = freshKey();
    const bytes = fileOf(10_000);
    const wrong = 'sha-256=:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=:';
    const url = await lab.phone().reserve({ assetKey, headers: { 'repr-digest': wrong } });
    const named = await lab.phone().reserve({
      assetKey: freshKey(),
      fileName: 'Grüße.JPG',
      headers: { 'roost-created-at': '2011-03-04T05:06:07Z' },
    });
    await lab.restart();
    const refused = await lab.phone().finish(lab.at(url), bytes);
    expect(refused.status).toBe(422);
    expect(refused.headers['roost-error']).toBe('upload/digest-mismatch');
    await lab.phone().finish(lab.at(named), bytes);
    expect(await lab.roost.originals()).toEqual([
      expect.stringMatching(/^Phone\/2011\/2011-03\/Grüße\.JPG$/),
    ]);
  });

  it('replays a finished one', async () => {
    const bytes = fileOf(10_000);
    const url = await lab.phone().reserve({ assetKey: freshKey() });
    const answer = await lab.phone().finish(url, bytes);
    await lab.restart();
    expect(await lab.phone().state(lab.at(url))).toMatchObject({
      offset: 10_000,
      isComplete: true,
    });
    const append = { offset: 10_000, isComplete: true };
    const again = await lab.phone().append(lab.at(url), append);
    expect(again.status).toBe(answer.status);
    expect(again.body).toBe(answer.body);
    expect(again.headers['roost-receipt']).toBe(answer.headers['roost-receipt']);
  });

  it('forgets a cancelled one for good', async () => {
    const url = await lab.phone().reserve({ assetKey: freshKey() });
    await lab.phone().append(url, { offset: 0, isComplete: false }, fileOf(1000));
    await lab.phone().cancel(url);
    await lab.restart();
    expect((await lab.phone().ask('HEAD', lab.at(url))).status).toBe(404);
    expect(await lab.roost.stagedNames()).toEqual([]);
  });

  it.each(['at once', 'once it was asked for'])(
    'removes the bytes of one that is cancelled after it, %s',
    async (when) => {
      const url = await lab.phone().reserve({ assetKey: freshKey() });
      await lab.phone().append(url, { offset: 0, isComplete: false }, fileOf(1000));
      await lab.restart();
      if (when !== 'at once') await lab.phone().state(lab.at(url));
      expect((await lab.phone().cancel(lab.at(url))).status).toBe(204);
      expect(await lab.roost.stagedNames()).toEqual([]);
    },
  );

  it('by tus goes on with its metadata, length and deferred length', async () => {
    const tus = lab.tus();
    const metadata = 'filename SU1HXzEuSlBH,private';
    const created = await tus.create(
      freshKey(),
      { 'upload-length': 100, 'upload-metadata': metadata },
      fileOf(40),
    );
    const deferred = await tus.create(freshKey(), { 'upload-defer-length': 1 }, fileOf(7));
    await lab.restart();
    const head = await lab.tus().send('HEAD', lab.at(uploadUrl(created)));
    expect(head.headers).toMatchObject({
      'upload-offset': '40',
      'upload-length': '100',
      'upload-metadata': metadata,
    });
    const open = await lab.tus().send('HEAD', lab.at(uploadUrl(deferred)));
    expect(open.headers).toMatchObject({ 'upload-offset': '7', 'upload-defer-length': '1' });
  });
});
