import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { INTEROP_VERSIONS, isToldComplete, uploadUrl } from '../support/resuming-phone.ts';

import { fileOf, freshKey, ResumableLab } from './resumable-lab.ts';

let lab: ResumableLab;

beforeAll(async () => {
  lab = await ResumableLab.start();
});

afterAll(async () => {
  await lab[Symbol.asyncDispose]();
});

function digestField(bytes: Uint8Array, algorithm: 'sha-256' | 'sha-512' = 'sha-256'): string {
  const hash = createHash(algorithm.replace('-', '')).update(bytes).digest('base64');
  return `${algorithm}=:${hash}:`;
}

/** Rules 7 to 13 of the list "worth a test each" that was made of the IETF's draft. */
describe('rule 7, 100-continue', () => {
  it.each(INTEROP_VERSIONS)('is still sent where a 104 is sent (version %i)', async (version) => {
    const phone = lab.phone(version);
    const bytes = fileOf(5000);
    using request = phone.beginCreation({
      assetKey: freshKey(),
      isComplete: true,
      contentLength: bytes.byteLength,
      headers: { expect: '100-continue' },
    });
    await request.hears(104, 'location');
    await request.hears(100);
    expect((await request.end(bytes)).status).toBe(201);
  });

  it('is sent for an append too', async () => {
    const phone = lab.phone();
    const bytes = fileOf(5000);
    const url = await phone.reserve({ assetKey: freshKey() });
    using request = phone.beginAppend(url, {
      offset: 0,
      isComplete: true,
      contentLength: bytes.byteLength,
      headers: { expect: '100-continue' },
    });
    await request.hears(100);
    expect((await request.end(bytes)).status).toBe(201);
  });

  it('is not sent where the append is refused', async () => {
    const phone = lab.phone();
    const url = await phone.reserve({ assetKey: freshKey() });
    using request = phone.beginAppend(url, {
      offset: 17,
      isComplete: true,
      contentLength: 1_000_000,
      headers: { expect: '100-continue' },
    });
    expect((await request.answer).status).toBe(409);
    expect(request.interims).toEqual([]);
  });
});

describe('rule 8, a final answer that is lost', () => {
  it.each(INTEROP_VERSIONS)(
    'is found by HEAD, and given again to an empty end (version %i)',
    async (version) => {
      const phone = lab.phone(version);
      const bytes = fileOf(50_000);
      const assetKey = freshKey();
      const url = await phone.reserve({ assetKey });
      const answer = await phone.append(url, { offset: 0, isComplete: true }, bytes);
      expect(answer.status).toBe(201);
      const state = await phone.state(url);
      expect(state).toMatchObject({ offset: 50_000, isComplete: true });
      const again = await phone.append(url, { offset: 50_000, isComplete: true });
      expect(again.status).toBe(answer.status);
      expect(again.body).toBe(answer.body);
      for (const name of ['roost-result', 'roost-receipt', 'roost-asset', 'location', 'etag']) {
        expect(again.headers[name], name).toBe(answer.headers[name]);
      }
      expect(isToldComplete(version, again.headers)).toBe(true);
      expect(again.headers['upload-offset']).toBe('50000');
      expect((await lab.historyOf(assetKey)).job.uploadCount).toBe(1);
      expect(await lab.copiesOf(bytes)).toBe(1);
    },
  );

  it('is also found when the whole file went in the creation', async () => {
    const phone = lab.phone();
    const bytes = fileOf(50_000);
    using request = phone.beginCreation({
      assetKey: freshKey(),
      isComplete: true,
      contentLength: bytes.byteLength,
    });
    const { headers } = await request.hears(104, 'location');
    const answer = await request.end(bytes);
    const url = String(headers.location);
    expect(await phone.state(url)).toMatchObject({ offset: 50_000, isComplete: true });
    const again = await phone.append(url, { offset: 50_000, isComplete: true });
    expect(again.headers['roost-receipt']).toBe(answer.headers['roost-receipt']);
  });

  it('does not let anything more be appended', async () => {
    const phone = lab.phone();
    const bytes = fileOf(50_000);
    const url = await phone.reserve({ assetKey: freshKey() });
    const answer = await phone.append(url, { offset: 0, isComplete: true }, bytes);
    const more = await phone.append(url, { offset: 50_000, isComplete: true }, fileOf(10));
    expect(more.status).toBe(400);
    expect(more.headers).toMatchObject({
      'roost-error': 'upload/completed',
      'upload-offset': '50000',
    });
    expect(JSON.parse(more.body)).toMatchObject({
      type: 'https://iana.org/assignments/http-problem-types#completed-upload',
    });
    expect((await lab.storedBytes(answer)).equals(bytes)).toBe(true);
  });
});

describe('rule 9, two requests at once', () => {
  it('end the older one first, and the offset told is taken', async () => {
    const phone = lab.phone();
    const bytes = fileOf(2_000_000);
    const url = await phone.reserve({ assetKey: freshKey() });
    using old = phone.beginAppend(url, {
      offset: 0,
      isComplete: true,
      contentLength: bytes.byteLength,
    });
    await old.send(bytes.subarray(0, 1_200_000));
    await lab.ends.hasRead(old);
    const { offset } = await phone.state(url);
    await expect(old.answer).rejects.toThrow();
    expect(offset).toBe(1_200_000);
    const answer = await phone.append(url, { offset, isComplete: true }, bytes.subarray(offset));
    expect(answer.status).toBe(201);
    expect((await lab.storedBytes(answer)).equals(bytes)).toBe(true);
  });
});

describe('rule 10, what a device does with an answer', () => {
  it('no answer while the library is away, HEAD when it is back, and all is well', async () => {
    const phone = lab.phone();
    const bytes = fileOf(2_000_000);
    const url = await phone.reserve({ assetKey: freshKey() });
    await phone.append(url, { offset: 0, isComplete: false }, bytes.subarray(0, 500_000));
    await lab.roost.whileLibraryIsAway(async () => {
      const append = { offset: 500_000, isComplete: true };
      await expect(phone.append(url, append, bytes.subarray(500_000))).rejects.toThrow();
    });
    const answer = await phone.finish(url, bytes);
    expect(answer.status).toBe(201);
    expect((await lab.storedBytes(answer)).equals(bytes)).toBe(true);
  });
});

describe('rule 11, digests', () => {
  it('of the whole file are proven at the end', async () => {
    const phone = lab.phone();
    const bytes = fileOf(60_000);
    const headers = { 'repr-digest': digestField(bytes) };
    const url = await phone.reserve({ assetKey: freshKey(), headers });
    await phone.append(url, { offset: 0, isComplete: false }, bytes.subarray(0, 30_000));
    const answer = await phone.finish(url, bytes);
    expect(answer.status).toBe(201);
    expect(answer.headers['repr-digest']).toBe(digestField(bytes));
  });

  it('of the whole file that are wrong end the upload with nothing kept', async () => {
    const phone = lab.phone();
    const before = await lab.roost.originals();
    const headers = { 'repr-digest': digestField(fileOf()) };
    const url = await phone.reserve({ assetKey: freshKey(), headers });
    const answer = await phone.append(url, { offset: 0, isComplete: true }, fileOf(10_000));
    expect(answer.status).toBe(422);
    expect(answer.headers).toMatchObject({
      'roost-error': 'upload/digest-mismatch',
      'upload-complete': '?1',
    });
    expect((await phone.ask('HEAD', url)).status).toBe(404);
    expect(await lab.roost.originals()).toEqual(before);
  });

  it('of the whole file may come with its end, for those who know it no sooner', async () => {
    const phone = lab.phone();
    const bytes = fileOf(60_000);
    const before = await lab.roost.originals();
    const right = { 'repr-digest': digestField(bytes) };
    const wrong = { 'repr-digest': digestField(fileOf()) };
    const end = { offset: 60_000, isComplete: true };
    // What the creation told does not stand in for it.
    for (const told of [{}, right]) {
      const url = await phone.reserve({ assetKey: freshKey(), headers: told });
      await phone.append(url, { offset: 0, isComplete: false }, bytes);
      const refused = await phone.append(url, { ...end, headers: wrong });
      expect(refused.headers).toMatchObject({
        'roost-error': 'upload/digest-mismatch',
        'upload-complete': '?1',
      });
      expect((await phone.ask('HEAD', url)).status).toBe(404);
    }
    expect(await lab.roost.originals()).toEqual(before);

    const url = await phone.reserve({ assetKey: freshKey() });
    await phone.append(url, { offset: 0, isComplete: false, headers: wrong }, bytes);
    const answer = await phone.append(url, { ...end, headers: right });
    expect((await lab.storedBytes(answer)).equals(bytes)).toBe(true);
    const again = await phone.append(url, { ...end, headers: right });
    expect(again.headers['roost-receipt']).toBe(answer.headers['roost-receipt']);
    const other = await phone.append(url, { ...end, headers: wrong });
    expect(other.headers['roost-error']).toBe('upload/completed');
  });

  it.each(['sha-256', 'sha-512'] as const)(
    'of one request (%s) that are wrong append nothing of it',
    async (algorithm) => {
      const phone = lab.phone();
      const bytes = fileOf(60_000);
      const url = await phone.reserve({ assetKey: freshKey() });
      await phone.append(url, { offset: 0, isComplete: false }, bytes.subarray(0, 20_000));
      const part = bytes.subarray(20_000, 50_000);
      const append = { offset: 20_000, isComplete: false };
      const wrong = { 'content-digest': digestField(fileOf(), algorithm) };
      const refused = await phone.append(url, { ...append, headers: wrong }, part);
      expect(refused.status).toBe(422);
      expect(refused.headers).toMatchObject({
        'roost-error': 'upload/part-digest-mismatch',
        'upload-offset': '20000',
      });
      expect((await phone.state(url)).offset).toBe(20_000);
      const right = { 'content-digest': digestField(part, algorithm) };
      const taken = await phone.append(url, { ...append, headers: right }, part);
      expect(taken.headers['upload-offset']).toBe('50000');
      const answer = await phone.finish(url, bytes);
      expect((await lab.storedBytes(answer)).equals(bytes)).toBe(true);
    },
  );

  it('of the last request that are wrong do not complete the upload', async () => {
    const phone = lab.phone();
    const bytes = fileOf(60_000);
    const before = await lab.roost.originals();
    const url = await phone.reserve({ assetKey: freshKey() });
    const headers = { 'content-digest': digestField(fileOf()) };
    const refused = await phone.append(url, { offset: 0, isComplete: true, headers }, bytes);
    expect(refused.status).toBe(422);
    expect(await phone.state(url)).toMatchObject({ offset: 0, isComplete: false });
    expect(await lab.roost.originals()).toEqual(before);
  });

  it('that are wanted are told', async () => {
    const bytes = fileOf(1000);
    const headers = { 'want-repr-digest': 'sha-256=10' };
    const answer = await lab
      .phone()
      .create({ assetKey: freshKey(), isComplete: true, headers }, bytes);
    expect(answer.headers['repr-digest']).toBe(digestField(bytes));
  });
});

describe('rule 12, codings', () => {
  it('of the content belong to the file, those of the transfer do not', async () => {
    const phone = lab.phone();
    const coded = gzipSync(fileOf(100_000));
    const assetKey = freshKey();
    using request = phone.beginCreation({
      assetKey,
      isComplete: false,
      headers: { 'content-encoding': 'gzip', 'upload-length': coded.byteLength },
    });
    await request.send(coded.subarray(0, 40_000));
    const created = await request.end(coded.subarray(40_000, 60_000));
    expect(created.headers['upload-offset']).toBe('60000');
    const answer = await phone.finish(uploadUrl(created), coded);
    expect(answer.status).toBe(201);
    expect((await lab.storedBytes(answer)).equals(coded)).toBe(true);
  });
});

describe('rule 13, safety', () => {
  it('an upload address cannot be guessed, and is of no use without the token', async () => {
    const phone = lab.phone();
    const ids = new Set<string>();
    for (let count = 0; count < 20; count++) {
      const url = await phone.reserve({ assetKey: freshKey() });
      const id = /\/v1\/uploads\/([A-Za-z0-9_-]{24})$/.exec(url)?.[1];
      expect(id, url).toBeDefined();
      ids.add(id!);
    }
    expect(ids.size).toBe(20);
    // 144 random bits: no two share a beginning that would tell of a counter or a clock.
    expect(new Set([...ids].map((id) => id.slice(0, 6))).size).toBe(20);
  });

  it('trust is looked at again when the upload completes', async () => {
    const lost = await lab.roost.phone('Lost phone');
    const phone = lab.phone(8, lost.token);
    const bytes = fileOf(50_000);
    const before = await lab.roost.originals();
    const url = await phone.reserve({ assetKey: freshKey() });
    await phone.append(url, { offset: 0, isComplete: false }, bytes);
    await lab.roost.window.call('device.revoke', { deviceId: lost.deviceId });
    const answer = await phone.append(url, { offset: 50_000, isComplete: true });
    expect(answer.status).toBe(401);
    expect(answer.headers['www-authenticate']).toContain('invalid_token');
    expect(await lab.roost.originals()).toEqual(before);
  });

  it('trust taken away in the middle of the last request keeps the file out', async () => {
    const lost = await lab.roost.phone('Lost later');
    const phone = lab.phone(8, lost.token);
    const bytes = fileOf(50_000);
    const before = await lab.roost.originals();
    const url = await phone.reserve({ assetKey: freshKey() });
    using request = phone.beginAppend(url, {
      offset: 0,
      isComplete: true,
      contentLength: bytes.byteLength,
    });
    await request.send(bytes.subarray(0, 20_000));
    await lab.ends.hasRead(request);
    await lab.roost.window.call('device.revoke', { deviceId: lost.deviceId });
    const answer = await request.end(bytes.subarray(20_000)).catch(() => undefined);
    expect(answer?.status ?? 401).toBe(401);
    expect(await lab.roost.originals()).toEqual(before);
  });
});
