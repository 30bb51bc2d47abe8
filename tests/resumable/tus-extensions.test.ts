import { createHash } from 'node:crypto';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { uploadUrl } from '../support/resuming-phone.ts';
import { OFFSET_BYTES, tusMetadata } from '../support/tus-phone.ts';

import { fileOf, freshKey, ResumableLab } from './resumable-lab.ts';

const WEEK_MS = 7 * 24 * 3600 * 1000;

let lab: ResumableLab;

beforeAll(async () => {
  lab = await ResumableLab.start();
});

afterAll(async () => {
  await lab[Symbol.asyncDispose]();
});

function checksum(algorithm: string, bytes: Uint8Array): string {
  return `${algorithm} ${createHash(algorithm).update(bytes).digest('base64')}`;
}

describe('tus: creation', () => {
  it('answers 201 with an address of its own', async () => {
    const answer = await lab.tus().create(freshKey(), { 'upload-length': 10 });
    expect(answer.status).toBe(201);
    expect(answer.headers).toMatchObject({
      location: expect.stringMatching(/\/v1\/uploads\/[A-Za-z0-9_-]{24}$/) as string,
      'upload-offset': '0',
    });
    expect(answer.interims).toEqual([]);
  });

  it.each([
    ['neither a length nor a deferred one', {}],
    ['both', { 'upload-length': 10, 'upload-defer-length': 1 }],
    ['a negative length', { 'upload-length': -1 }],
    ['a length that is no number', { 'upload-length': 'ten' }],
    ['a length past all numbers', { 'upload-length': '9'.repeat(30) }],
    ['a deferred length of 2', { 'upload-defer-length': 2 }],
  ])('with %s is refused', async (_, headers) => {
    const assetKey = freshKey();
    const answer = await lab.tus().create(assetKey, headers);
    expect([400, 413]).toContain(answer.status);
    expect(answer.headers.location).toBeUndefined();
    expect(await lab.jobOf(assetKey)).toBeUndefined();
  });

  it('of more than Roost takes is refused with the limit', async () => {
    const answer = await lab.tus().create(freshKey(), { 'upload-length': 1024 ** 4 + 1 });
    expect(answer.status).toBe(413);
    expect(answer.headers['roost-error']).toBe('upload/too-large');
  });

  it('of a file without bytes is refused as everywhere', async () => {
    const answer = await lab.tus().create(freshKey(), { 'upload-length': 0 });
    expect(answer.status).toBe(422);
    expect(answer.headers['roost-error']).toBe('upload/empty-body');
  });
});

describe('tus: Upload-Metadata', () => {
  it('comes back as it was sent, and names the file', async () => {
    const tus = lab.tus();
    const assetKey = freshKey();
    const metadata = `${tusMetadata({
      filename: 'Zürich 4711.JPG',
      filetype: 'image/jpeg',
      lastModified: '1795258805000',
    })},is_favourite`;
    const headers = { 'upload-length': 1000, 'upload-metadata': metadata };
    const url = uploadUrl(await tus.create(assetKey, headers));
    expect((await tus.send('HEAD', url)).headers['upload-metadata']).toBe(metadata);
    const done = await tus.append(url, 0, fileOf(1000));
    expect(done.headers['roost-result']).toBe('stored');
    expect((await lab.jobOf(assetKey))?.fileName).toBe('Zürich 4711.JPG');
    const { told } = await lab.historyOf(assetKey);
    expect(told).toMatchObject({ contentType: 'image/jpeg', modifiedAt: 1_795_258_805_000 });
  });

  it('yields to what Roost’s own headers say', async () => {
    const tus = lab.tus();
    const assetKey = freshKey();
    const url = uploadUrl(
      await tus.create(assetKey, {
        'upload-length': 10,
        'upload-metadata': tusMetadata({ name: 'theirs.jpg', type: 'image/png' }),
        'roost-filename': 'ours.jpg',
      }),
    );
    await tus.append(url, 0, fileOf(10));
    expect((await lab.jobOf(assetKey))?.fileName).toBe('ours.jpg');
  });

  it('with a way out for a name stays inside the library', async () => {
    const tus = lab.tus();
    const headers = {
      'upload-length': 10,
      'upload-metadata': tusMetadata({ filename: '../../../etc/passwd' }),
    };
    const url = uploadUrl(await tus.create(freshKey(), headers));
    const done = await tus.append(url, 0, fileOf(10));
    expect(done.status).toBe(204);
    expect((await lab.storedBytes(done)).byteLength).toBe(10);
  });

  it.each(['filename !!!', 'a b c', ',', 'name QQ==,name QQ=='])(
    'that is none (%j) fails no upload, and is told back as it came',
    async (metadata) => {
      const headers = { 'upload-length': 10, 'upload-metadata': metadata };
      const answer = await lab.tus().create(freshKey(), headers);
      expect(answer.status).toBe(201);
      const told = await lab.tus().send('HEAD', String(answer.headers.location));
      expect(told.headers['upload-metadata']).toBe(metadata);
    },
  );
});

describe('tus: creation-with-upload', () => {
  it('takes a first part', async () => {
    const tus = lab.tus();
    const bytes = fileOf(5000);
    const headers = { 'upload-length': 5000 };
    const created = await tus.create(freshKey(), headers, bytes.subarray(0, 2000));
    expect(created.status).toBe(201);
    expect(created.headers['upload-offset']).toBe('2000');
    const done = await tus.append(uploadUrl(created), 2000, bytes.subarray(2000));
    expect((await lab.storedBytes(done)).equals(bytes)).toBe(true);
  });

  it('takes the whole file', async () => {
    const bytes = fileOf(5000);
    const answer = await lab.tus().create(freshKey(), { 'upload-length': 5000 }, bytes);
    expect(answer.status).toBe(201);
    expect(answer.headers).toMatchObject({ 'upload-offset': '5000', 'roost-result': 'stored' });
    expect((await lab.storedBytes(answer)).equals(bytes)).toBe(true);
  });

  it('answers a repeat that its digest proves', async () => {
    const bytes = fileOf(5000);
    const assetKey = freshKey();
    const digest = createHash('sha256').update(bytes).digest('base64');
    const headers = { 'upload-length': 5000, 'repr-digest': `sha-256=:${digest}:` };
    const first = await lab.tus().create(assetKey, headers, bytes);
    const again = await lab.tus().create(assetKey, headers, bytes);
    expect(again.status).toBe(201);
    expect(again.headers).toMatchObject({
      'upload-offset': '5000',
      'roost-result': 'repeated',
      'roost-receipt': first.headers['roost-receipt'],
      location: expect.any(String) as string,
    });
  });

  it('with more than the length is refused', async () => {
    const answer = await lab.tus().create(freshKey(), { 'upload-length': 100 }, fileOf(101));
    expect(answer.status).toBe(400);
    expect(answer.headers['roost-error']).toBe('upload/inconsistent-length');
  });
});

describe('tus: creation-defer-length', () => {
  async function deferred(): Promise<string> {
    return uploadUrl(await lab.tus().create(freshKey(), { 'upload-defer-length': 1 }));
  }

  it('says so until a PATCH tells the length, which then stands', async () => {
    const tus = lab.tus();
    const bytes = fileOf(3000);
    const url = await deferred();
    const open = await tus.send('HEAD', url);
    expect(open.headers['upload-defer-length']).toBe('1');
    expect(open.headers['upload-length']).toBeUndefined();
    await tus.append(url, 0, bytes.subarray(0, 1000));
    const told = { 'upload-length': 3000 };
    expect((await tus.append(url, 1000, bytes.subarray(1000, 2000), told)).status).toBe(204);
    const known = await tus.send('HEAD', url);
    expect(known.headers['upload-defer-length']).toBeUndefined();
    expect(known.headers['upload-length']).toBe('3000');
    const other = await tus.append(url, 2000, bytes.subarray(2000), { 'upload-length': 3001 });
    expect(other.status).toBe(400);
    expect(other.headers['roost-error']).toBe('upload/inconsistent-length');
    const done = await tus.append(url, 2000, bytes.subarray(2000), told);
    expect((await lab.storedBytes(done)).equals(bytes)).toBe(true);
  });

  it.each(['on the last PATCH', 'after the last byte'])('told %s completes', async (when) => {
    const tus = lab.tus();
    const bytes = fileOf(3000);
    const url = await deferred();
    const isLate = when === 'after the last byte';
    const told = { 'upload-length': 3000 };
    const last = await tus.append(url, 0, bytes, isLate ? {} : told);
    const done = isLate ? await tus.append(url, 3000, Buffer.alloc(0), told) : last;
    expect(last.headers['roost-result']).toBe(isLate ? undefined : 'stored');
    expect(done.status).toBe(204);
    expect((await lab.storedBytes(done)).equals(bytes)).toBe(true);
  });

  it('told shorter than what is there already is refused', async () => {
    const tus = lab.tus();
    const url = await deferred();
    await tus.append(url, 0, fileOf(1000));
    const answer = await tus.append(url, 1000, Buffer.alloc(0), { 'upload-length': 999 });
    expect(answer.status).toBe(400);
    expect(answer.headers['roost-error']).toBe('upload/inconsistent-length');
  });
});

describe('tus: termination', () => {
  it('ends the upload, and its bytes are gone', async () => {
    const tus = lab.tus();
    const staged = await lab.roost.stagedNames();
    const url = uploadUrl(await tus.create(freshKey(), { 'upload-length': 100 }, fileOf(50)));
    expect((await tus.send('DELETE', url)).status).toBe(204);
    expect((await tus.send('HEAD', url)).status).toBe(404);
    expect((await tus.append(url, 50, fileOf(50))).status).toBe(404);
    expect(await lab.roost.stagedNames()).toEqual(staged);
  });

  it('of a file that is home forgets the upload and never the photo', async () => {
    const tus = lab.tus();
    const bytes = fileOf(100);
    const created = await tus.create(freshKey(), { 'upload-length': 100 });
    const done = await tus.append(uploadUrl(created), 0, bytes);
    expect((await tus.send('DELETE', uploadUrl(created))).status).toBe(204);
    expect((await tus.send('HEAD', uploadUrl(created))).status).toBe(404);
    expect((await lab.storedBytes(done)).equals(bytes)).toBe(true);
  });
});

describe('tus: checksum', () => {
  it.each(['sha1', 'sha256', 'sha512', 'md5'])('by %s is proven', async (algorithm) => {
    const tus = lab.tus();
    const bytes = fileOf(3000);
    const url = uploadUrl(await tus.create(freshKey(), { 'upload-length': 3000 }));
    const part = bytes.subarray(0, 1000);
    const wrong = { 'upload-checksum': checksum(algorithm, bytes) };
    const refused = await tus.append(url, 0, part, wrong);
    expect(refused.status).toBe(460);
    expect(refused.headers['roost-error']).toBe('upload/part-digest-mismatch');
    expect(await tus.offset(url)).toBe(0);
    const right = { 'upload-checksum': checksum(algorithm, part) };
    expect((await tus.append(url, 0, part, right)).headers['upload-offset']).toBe('1000');
    const rest = bytes.subarray(1000);
    const last = await tus.append(url, 1000, rest, {
      'upload-checksum': checksum(algorithm, part),
    });
    expect(last.status).toBe(460);
    expect(await tus.offset(url)).toBe(1000);
    const done = await tus.append(url, 1000, rest);
    expect((await lab.storedBytes(done)).equals(bytes)).toBe(true);
  });

  it.each(['crc32 AAAA', 'sha1', 'sha1 !!!', 'sha1 AAAA', 'SHA-1', ''])(
    '%j is refused before anything is kept',
    async (field) => {
      const tus = lab.tus();
      const url = uploadUrl(await tus.create(freshKey(), { 'upload-length': 10 }));
      const answer = await tus.append(url, 0, fileOf(10), { 'upload-checksum': field });
      expect(answer.status).toBe(400);
      expect(await tus.offset(url)).toBe(0);
    },
  );

  it('on a creation with bytes is proven too', async () => {
    const bytes = fileOf(100);
    const answer = await lab
      .tus()
      .create(
        freshKey(),
        { 'upload-length': 200, 'upload-checksum': checksum('sha1', fileOf(5)) },
        bytes,
      );
    expect(answer.status).toBe(460);
  });
});

describe('tus: expiration', () => {
  it('is told while the upload is open, a week from its last byte', async () => {
    const tus = lab.tus();
    const created = await tus.create(freshKey(), { 'upload-length': 100 });
    const url = uploadUrl(created);
    const patched = await tus.append(url, 0, fileOf(10));
    const head = await tus.send('HEAD', url);
    for (const { headers } of [created, patched, head]) {
      const field = String(headers['upload-expires']);
      expect(new Date(field).toUTCString()).toBe(field);
      const left = Date.parse(field) - Date.now();
      expect(left).toBeGreaterThan(WEEK_MS - 60_000);
      expect(left).toBeLessThanOrEqual(WEEK_MS + 1000);
    }
  });
});

describe('tus: concatenation', () => {
  it('is not offered, and a partial upload is refused rather than taken for a photo', async () => {
    const tus = lab.tus();
    const before = await lab.roost.originals();
    const headers = { 'upload-length': 10, 'upload-concat': 'partial', ...OFFSET_BYTES };
    const answer = await tus.create(freshKey(), headers, fileOf(10));
    expect(answer.status).toBe(400);
    expect(await lab.roost.originals()).toEqual(before);
  });
});
