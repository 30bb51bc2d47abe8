import { randomBytes } from 'node:crypto';

import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

import { isKnownResourceType } from '../../shared/resource-type.ts';
import { formatReprDigest } from '../../shared/structured-field.ts';
import { sha256Of, type FakePhone, type PhoneAnswer } from '../support/fake-phone.ts';
import { RawConnection } from '../support/raw-connection.ts';
import { sampleJpeg } from '../support/sample-photos.ts';
import { ServiceInTest } from '../support/service-in-test.ts';

let roost: ServiceInTest;
let phone: FakePhone & { deviceId: string; token: string };
let keyCount = 0;

beforeAll(async () => {
  roost = await ServiceInTest.start();
  phone = await roost.phone('Ada’s iPhone');
});

afterAll(async () => {
  await roost[Symbol.asyncDispose]();
});

function freshKey(): string {
  keyCount += 1;
  return `key-${keyCount}/L0/001`;
}

async function jobOf(assetKey: string) {
  const { jobs } = await roost.window.call('jobs.list', { limit: 200 });
  return jobs.find((job) => job.assetKey === assetKey);
}

async function pathOf(answer: PhoneAnswer): Promise<string> {
  const assetId = String(answer.headers['roost-asset']);
  const { resources } = await roost.window.call('asset.get', { assetId });
  const receiptId = answer.headers['roost-receipt'];
  return resources.find((resource) => resource.receiptId === receiptId)!.path;
}

async function storedBytes(answer: PhoneAnswer): Promise<Buffer> {
  return roost.read(await pathOf(answer));
}

describe('an upload', () => {
  it('is stored bit for bit, and told in headers and body', async () => {
    const bytes = await sampleJpeg({ takenAt: '2019:08:04 12:30:00' });
    const assetKey = freshKey();
    const answer = await phone.upload({ assetKey, bytes, fileName: 'IMG_0001.JPG' });
    expect(answer.status).toBe(201);
    expect(answer.headers).toMatchObject({
      'roost-result': 'stored',
      'repr-digest': formatReprDigest(sha256Of(bytes)),
      etag: `"${sha256Of(bytes)}"`,
      location: `/v1/assets/${encodeURIComponent(assetKey)}/photo`,
    });
    expect(JSON.parse(answer.body)).toEqual({
      result: 'stored',
      receiptId: answer.headers['roost-receipt'],
      assetId: answer.headers['roost-asset'],
      byteCount: bytes.byteLength,
      sha256: sha256Of(bytes),
    });
    expect(await pathOf(answer)).toBe('Ada’s iPhone/2019/2019-08/IMG_0001.JPG');
    expect((await storedBytes(answer)).equals(bytes)).toBe(true);
    expect(await jobOf(assetKey)).toMatchObject({ state: 'stored', fileName: 'IMG_0001.JPG' });
  });

  it('by POST is the same as by PUT', async () => {
    const bytes = randomBytes(3000);
    const assetKey = freshKey();
    const first = await phone.upload({ assetKey, bytes, method: 'POST' });
    const again = await phone.upload({ assetKey, bytes, method: 'PUT' });
    expect([first.status, again.status]).toEqual([201, 200]);
    expect(again.headers['roost-receipt']).toBe(first.headers['roost-receipt']);
  });

  it.each([
    'application/json',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'text/html',
    'nonsense',
    undefined,
  ])('labelled %s is stored raw', async (contentType) => {
    const bytes = Buffer.from(`--x\r\n{"a":${keyCount}}&b=%20\r\n--x--\r\n`);
    const headers = { 'content-type': contentType };
    for (const method of ['PUT', 'POST'] as const) {
      const answer = await phone.upload({ assetKey: freshKey(), bytes, method, headers });
      expect([200, 201]).toContain(answer.status);
      expect((await storedBytes(answer)).equals(bytes)).toBe(true);
    }
  });

  it('in chunks, without a length, is stored in full', async () => {
    const bytes = randomBytes(300_000);
    const answer = await phone.upload({
      assetKey: freshKey(),
      bytes,
      headers: { 'content-length': undefined, 'transfer-encoding': 'chunked' },
    });
    expect(answer.status).toBe(201);
    expect((await storedBytes(answer)).equals(bytes)).toBe(true);
  });

  it('with the right digests is stored, with a wrong one refused without a trace', async () => {
    const bytes = randomBytes(2000);
    const digest = formatReprDigest(sha256Of(bytes));
    const assetKey = freshKey();
    const before = await roost.originals();
    const wrong = await phone.upload({
      assetKey,
      bytes,
      headers: { 'repr-digest': formatReprDigest(sha256Of(Buffer.from('else'))) },
    });
    expect(wrong.status).toBe(422);
    expect(wrong.headers).toMatchObject({
      'roost-error': 'upload/digest-mismatch',
      'roost-retry': 'same',
      'content-type': 'application/problem+json',
    });
    expect(await roost.originals()).toEqual(before);
    expect(await roost.stagedNames()).toEqual([]);
    expect(await jobOf(assetKey)).toMatchObject({
      state: 'failed',
      errorCode: 'upload/digest-mismatch',
    });

    const right = await phone.upload({ assetKey, bytes, headers: { 'repr-digest': digest } });
    expect(right.status).toBe(201);
    expect(await jobOf(assetKey)).toMatchObject({ state: 'stored', uploadCount: 2 });
  });

  it('whose announced lengths disagree is refused', async () => {
    const answer = await phone.upload({
      assetKey: freshKey(),
      bytes: randomBytes(100),
      headers: { 'upload-length': 101 },
    });
    expect(answer.status).toBe(422);
    expect(answer.headers['roost-error']).toBe('upload/length-mismatch');
  });

  it('in chunks that ends before its Upload-Length is refused, and nothing is kept', async () => {
    const before = await roost.originals();
    const answer = await phone.upload({
      assetKey: freshKey(),
      bytes: randomBytes(100),
      headers: {
        'content-length': undefined,
        'transfer-encoding': 'chunked',
        'upload-length': 101,
      },
    });
    expect(answer.status).toBe(422);
    expect(answer.headers['roost-error']).toBe('upload/length-mismatch');
    expect(await roost.originals()).toEqual(before);
    expect(await roost.stagedNames()).toEqual([]);
  });

  it.each([
    ['of length 0', { 'content-length': 0 }],
    ['in chunks, without one', { 'content-length': undefined, 'transfer-encoding': 'chunked' }],
  ])('with an empty body %s is refused', async (_, headers) => {
    const answer = await phone.upload({
      assetKey: freshKey(),
      bytes: Buffer.alloc(0),
      headers,
    });
    expect(answer.status).toBe(422);
    expect(answer.headers).toMatchObject({
      'roost-error': 'upload/empty-body',
      'roost-retry': 'never',
    });
    expect(await roost.stagedNames()).toEqual([]);
  });

  it.each([
    ['../../x', '../../x'],
    ['..', '..'],
    ['CON', 'CON'],
    ['con.jpg', 'con.jpg'],
    ['a/b', 'a/b'],
    ['a Windows path', 'C:\\Windows\\win.ini'],
    ['4,000 characters', 'x'.repeat(4000)],
    ['1,000 emoji', '😀'.repeat(1000)],
    ['right-to-left', 'שלום\u202egpj.exe'],
    ['NFD', 'e\u0301te\u0301.jpg'],
    ['.roost', '.roost'],
    ['control characters', 'line\nbreak\u0000.jpg'],
    ['percent signs', '%ZZ%'],
    ['blanks and dots', ' . '],
  ])('named %s ends up under a safe name inside the library', async (_, fileName) => {
    const bytes = randomBytes(500);
    const answer = await phone.upload({ assetKey: freshKey(), bytes, fileName });
    expect(answer.status).toBe(201);
    const path = await pathOf(answer);
    const parts = path.split('/');
    expect(parts).toHaveLength(4);
    expect(parts[0]).toBe('Ada’s iPhone');
    expect(parts.at(-1)).not.toMatch(/^\.|[\\/:\n\0]|[. ]$/);
    expect(Buffer.byteLength(parts.at(-1)!)).toBeLessThanOrEqual(255);
    expect(await roost.originals()).toContain(path);
    expect((await storedBytes(answer)).equals(bytes)).toBe(true);
  });

  it('keeps a name that is not percent-encoded UTF-8 as it came', async () => {
    const headers = { 'roost-filename': '100%_sure.jpg' };
    const bytes = randomBytes(64);
    const answer = await phone.upload({ assetKey: freshKey(), bytes, headers });
    expect(await pathOf(answer)).toMatch(/\/100%_sure\.jpg$/);
  });

  it.each([
    ['spatial-overcapture', 'spatial-overcapture'],
    ['4711', '4711'],
    ['9', 'paired-video'],
    ['PHOTO', 'photo'],
  ])('of the resource type %s is stored as %s', async (told, stored) => {
    const assetKey = freshKey();
    const answer = await phone.upload({ assetKey, resourceType: told, bytes: randomBytes(50) });
    expect(answer.status).toBe(201);
    expect(answer.headers.location).toBe(`/v1/assets/${encodeURIComponent(assetKey)}/${stored}`);
    expect((await jobOf(assetKey))?.resourceType).toBe(stored);
    expect(isKnownResourceType(told.toLowerCase())).toBe(told === 'PHOTO');
  });

  it('of something that is no image is shown as a file, with the reason why it has no preview', async () => {
    const bytes = Buffer.from('this is a shopping list');
    const answer = await phone.upload({ assetKey: freshKey(), bytes, fileName: 'list.jpg' });
    expect(answer.status).toBe(201);
    const assetId = String(answer.headers['roost-asset']);
    const tile = await roost.window.get(`/media/assets/${assetId}/tile`);
    expect(tile.status).toBe(404);
    const { asset } = await roost.window.call('asset.get', { assetId });
    expect(asset.kind).toBe('file');
    expect(asset.tile).not.toBe('ready');
    expect(asset.tileReason).toBeTruthy();
  });

  it('with odd metadata is stored all the same', async () => {
    const answer = await phone.upload({
      assetKey: freshKey(),
      bytes: randomBytes(77),
      headers: {
        'roost-created-at': 'yesterday',
        'roost-modified-at': '9999-99-99T00:00:00Z',
        'roost-favorite': 'maybe',
        'roost-location': '999,999',
        'repr-digest': 'sha-256=nonsense, md5=:AAAA:',
        'roost-cloud-id': 'x'.repeat(5000),
        'roost-burst-id': '\u00ff',
      },
    });
    expect(answer.status).toBe(201);
  });

  it.each([
    ['a/b/c', 'a/b/c'],
    ['a way out', '../../etc/passwd'],
    ['..', '..'],
    ['unicode', 'ключ 🔑'],
    ['a percent sign', '%2F'],
    ['query marks', '?#&'],
    ['1,024 characters', 'x'.repeat(1024)],
  ])('with %s as its asset key keeps that as it is', async (_, assetKey) => {
    const encoded = [...Buffer.from(assetKey)]
      .map((byte) => `%${byte.toString(16).padStart(2, '0')}`)
      .join('');
    const body = randomBytes(8).toString('hex');
    // Not through a URL parser, which would take `..` away.
    using raw = await RawConnection.to(roost.lanUrl);
    raw.send(
      `PUT /v1/assets/${encoded}/photo HTTP/1.1\r\nHost: roost\r\n` +
        `Authorization: Bearer ${phone.token}\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
    );
    expect(await raw.hears('\r\n\r\n')).toMatch(/^HTTP\/1\.1 201 /);
    expect(await jobOf(assetKey)).toMatchObject({ assetKey });
  });

  it('with a key that is too long is refused', async () => {
    const answer = await phone.upload({ assetKey: 'x'.repeat(1025), bytes: randomBytes(5) });
    expect(answer.status).toBe(400);
    expect(answer.headers['roost-error']).toBe('request/invalid');
  });

  it('broken off in the middle leaves no file, and its job is interrupted', async () => {
    const before = await roost.originals();
    const assetKey = freshKey();
    const bytes = randomBytes(3_000_000);
    await expect(
      phone.upload({ assetKey, bytes, breakAfterByteCount: 1_500_000 }),
    ).rejects.toThrow();
    await vi.waitUntil(async () => (await jobOf(assetKey))?.state === 'interrupted', 10_000);
    expect(await jobOf(assetKey)).toMatchObject({ errorCode: 'upload/interrupted' });
    expect(await roost.originals()).toEqual(before);
    expect(await roost.stagedNames()).toEqual([]);

    const again = await phone.upload({ assetKey, bytes });
    expect(again.status).toBe(201);
    expect(await jobOf(assetKey)).toMatchObject({ state: 'stored', uploadCount: 2 });
  });

  it('sent twice at once is stored once, and both are told the same receipt', async () => {
    const bytes = randomBytes(1_500_000);
    const assetKey = freshKey();
    const before = await roost.originals();
    const answers = await Promise.all([
      phone.upload({ assetKey, bytes }),
      phone.upload({ assetKey, bytes }),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 201]);
    expect(new Set(answers.map(({ headers }) => headers['roost-receipt'])).size).toBe(1);
    expect(await roost.originals()).toHaveLength(before.length + 1);
  });
});
