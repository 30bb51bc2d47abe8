import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import {
  completeness,
  INTEROP_VERSIONS,
  uploadUrl,
  type InteropVersion,
} from '../support/resuming-phone.ts';

import { fileOf, freshKey, ResumableLab } from './resumable-lab.ts';

const MISMATCH = 'https://iana.org/assignments/http-problem-types#mismatching-upload-offset';
const MAX_AGE_SECONDS = 604_800;
/** More than two of the steps after which Roost makes bytes durable; a slow disk may take two of them at once. */
const LONG_BYTE_COUNT = 70_000_000;

let lab: ResumableLab;

beforeAll(async () => {
  lab = await ResumableLab.start();
});

afterAll(async () => {
  await lab[Symbol.asyncDispose]();
});

function limit(version: InteropVersion): unknown {
  if (version < 6) return undefined;
  const age = version === 6 ? 'expires' : 'max-age';
  return `min-size=0, max-size=${1024 ** 4}, ${age}=${MAX_AGE_SECONDS}`;
}

describe.each(INTEROP_VERSIONS)('interop version %i', (version) => {
  it('hears at once of a whole file where it can be resumed, and gets the target’s own answer', async () => {
    const phone = lab.phone(version);
    const bytes = fileOf(20_000);
    const assetKey = freshKey();
    using request = phone.beginCreation({
      assetKey,
      isComplete: true,
      contentLength: bytes.byteLength,
      fileName: 'IMG_1.JPG',
    });
    const announced = await request.hears(104);
    expect(announced.headers).toMatchObject({
      'upload-draft-interop-version': String(version),
      location: expect.stringMatching(
        new RegExp(`^${lab.roost.lanUrl}/v1/uploads/[A-Za-z0-9_-]{24}$`),
      ) as string,
    });
    expect(announced.headers['upload-limit']).toBe(limit(version));
    const answer = await request.end(bytes);
    expect(answer.status).toBe(201);
    expect(answer.headers).toMatchObject({
      'roost-result': 'stored',
      'upload-draft-interop-version': String(version),
      'upload-offset': '20000',
      location: `/v1/assets/${encodeURIComponent(assetKey)}/photo`,
      ...completeness(version, true),
    });
    expectOnlyItsField(version, answer.headers);
    expect((await lab.storedBytes(answer)).equals(bytes)).toBe(true);
    expect((await lab.jobOf(assetKey))?.fileName).toBe('IMG_1.JPG');
  });

  it('sends a file in pieces', async () => {
    const phone = lab.phone(version);
    const bytes = fileOf(90_000);
    const first = await phone.create(
      { assetKey: freshKey(), isComplete: false },
      bytes.subarray(0, 30_000),
    );
    expect(first.status).toBe(201);
    expect(first.headers).toMatchObject({
      'upload-offset': '30000',
      ...completeness(version, false),
    });
    expectOnlyItsField(version, first.headers);
    expect(first.headers['upload-limit']).toBe(limit(version));
    expect(first.headers['roost-result']).toBeUndefined();
    expect(first.interims[0]).toMatchObject({ status: 104 });

    const url = uploadUrl(first);
    const second = await phone.append(
      url,
      { offset: 30_000, isComplete: false },
      bytes.subarray(30_000, 60_000),
    );
    expect(second.status).toBe(204);
    expect(second.headers).toMatchObject({
      'upload-offset': '60000',
      ...completeness(version, false),
    });
    expectOnlyItsField(version, second.headers);

    const last = await phone.append(
      url,
      { offset: 60_000, isComplete: true },
      bytes.subarray(60_000),
    );
    expect(last.status).toBe(201);
    expect(last.headers).toMatchObject({
      'roost-result': 'stored',
      'upload-offset': '90000',
      ...completeness(version, true),
    });
    expectOnlyItsField(version, last.headers);
    expect((await lab.storedBytes(last)).equals(bytes)).toBe(true);
  });

  it.each(['HEAD', 'GET'])('asks for the offset by %s', async (method) => {
    const phone = lab.phone(version);
    const url = await phone.reserve({ assetKey: freshKey(), headers: { 'upload-length': 50 } });
    await phone.append(url, { offset: 0, isComplete: false }, fileOf(20));
    const answer = await phone.ask(method, url);
    expect(answer.status).toBe(204);
    expect(answer.body).toBe('');
    expect(answer.headers).toMatchObject({
      'upload-offset': '20',
      'cache-control': 'no-store',
      ...completeness(version, false),
    });
    expectOnlyItsField(version, answer.headers);
    expect(answer.headers['upload-limit']).toBe(limit(version));
  });

  it('is told the right offset when it sends a wrong one', async () => {
    const phone = lab.phone(version);
    const bytes = fileOf(1000);
    const url = await phone.reserve({ assetKey: freshKey() });
    await phone.append(url, { offset: 0, isComplete: false }, bytes.subarray(0, 400));
    for (const offset of [0, 399, 401, 1000, 2 ** 49]) {
      const answer = await phone.append(url, { offset, isComplete: true }, bytes.subarray(400));
      expect(answer.status).toBe(409);
      expect(answer.headers).toMatchObject({
        'roost-error': 'upload/offset-mismatch',
        'upload-offset': '400',
        'content-type': 'application/problem+json',
        ...completeness(version, false),
      });
      expectOnlyItsField(version, answer.headers);
      expect(JSON.parse(answer.body)).toMatchObject({
        type: MISMATCH,
        code: 'upload/offset-mismatch',
        'expected-offset': 400,
        'provided-offset': offset,
      });
    }
    const done = await phone.finish(url, bytes);
    expect((await lab.storedBytes(done)).equals(bytes)).toBe(true);
  });

  it('cancels, and nothing is left', async () => {
    const phone = lab.phone(version);
    const staged = await lab.roost.stagedNames();
    const url = await phone.reserve({ assetKey: freshKey() });
    await phone.append(url, { offset: 0, isComplete: false }, fileOf(1000));
    expect((await phone.cancel(url)).status).toBe(204);
    for (const method of ['HEAD', 'GET', 'DELETE']) {
      const gone = await phone.ask(method, url);
      expect(gone.status).toBe(404);
      expect(gone.headers['roost-error']).toBe('upload/not-found');
      expect(gone.headers['upload-offset']).toBeUndefined();
    }
    const append = await phone.append(url, { offset: 1000, isComplete: true }, fileOf(5));
    expect(append.status).toBe(404);
    expect(await lab.roost.stagedNames()).toEqual(staged);
  });

  it('hears how far a long file is, where its draft has that', async () => {
    const phone = lab.phone(version);
    const bytes = fileOf(LONG_BYTE_COUNT);
    const answer = await phone.create({ assetKey: freshKey(), isComplete: true }, bytes);
    expect(answer.status).toBe(201);
    const offsets = answer.interims
      .filter(({ headers }) => 'upload-offset' in headers)
      .map(({ headers }) => {
        expect(headers['upload-draft-interop-version']).toBe(String(version));
        return Number(headers['upload-offset']);
      });
    if (version < 5) expect(offsets).toEqual([]);
    else expect(offsets.length).toBeGreaterThan(0);
    expect(offsets).toEqual(offsets.toSorted((a, b) => a - b));
    expect(Math.max(0, ...offsets)).toBeLessThanOrEqual(LONG_BYTE_COUNT);
  });
});

describe('the media type of an append', () => {
  it.each([6, 7, 8] as const)('must be the draft’s own (version %i)', async (version) => {
    const phone = lab.phone(version);
    const url = await phone.reserve({ assetKey: freshKey() });
    const headers = { 'content-type': 'image/jpeg' };
    const answer = await phone.append(url, { offset: 0, isComplete: false, headers }, fileOf(10));
    expect(answer.status).toBe(415);
    expect(answer.headers).toMatchObject({
      'roost-error': 'request/wrong-media-type',
      'accept-patch': 'application/partial-upload',
    });
    expect((await phone.state(url)).offset).toBe(0);
  });

  it.each([3, 4, 5] as const)('may be any before there was one (version %i)', async (version) => {
    const phone = lab.phone(version);
    const url = await phone.reserve({ assetKey: freshKey() });
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const bytes = fileOf(10);
    const answer = await phone.append(url, { offset: 0, isComplete: true, headers }, bytes);
    expect(answer.status).toBe(201);
    expect((await lab.storedBytes(answer)).equals(bytes)).toBe(true);
  });
});

describe('an append that does not say whether it is the end', () => {
  it.each(INTEROP_VERSIONS)('is the end in version 3 only (version %i)', async (version) => {
    const phone = lab.phone(version);
    const url = await phone.reserve({ assetKey: freshKey() });
    const headers = { 'upload-complete': undefined, 'upload-incomplete': undefined };
    const answer = await phone.append(url, { offset: 0, isComplete: true, headers }, fileOf(10));
    expect(answer.headers['roost-result']).toBe(version === 3 ? 'stored' : undefined);
    expect(await phone.state(url)).toMatchObject({ offset: 10, isComplete: version === 3 });
  });
});

describe('two versions on one upload', () => {
  it('are each answered in their own words', async () => {
    const bytes = fileOf(3000);
    const url = await lab.phone(3).reserve({ assetKey: freshKey() });
    let offset = 0;
    for (const version of INTEROP_VERSIONS) {
      const phone = lab.phone(version);
      const part = bytes.subarray(offset, offset + 400);
      const answer = await phone.append(url, { offset, isComplete: false }, part);
      expect(answer.headers).toMatchObject(completeness(version, false));
      offset += part.byteLength;
      expect((await phone.state(url)).offset).toBe(offset);
    }
    const answer = await lab.phone(6).finish(url, bytes);
    expect((await lab.storedBytes(answer)).equals(bytes)).toBe(true);
  });
});

function expectOnlyItsField(version: InteropVersion, headers: Record<string, unknown>): void {
  const other = version === 3 ? 'upload-complete' : 'upload-incomplete';
  expect(headers[other]).toBeUndefined();
}
