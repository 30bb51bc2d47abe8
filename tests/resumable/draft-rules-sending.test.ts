import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { INTEROP_VERSIONS, uploadUrl } from '../support/resuming-phone.ts';

import { fileOf, freshKey, ResumableLab } from './resumable-lab.ts';

const INCONSISTENT = 'https://iana.org/assignments/http-problem-types#inconsistent-upload-length';

let lab: ResumableLab;

beforeAll(async () => {
  lab = await ResumableLab.start();
});

afterAll(async () => {
  await lab[Symbol.asyncDispose]();
});

/** Rules 1 to 6 of the list "worth a test each" that was made of the IETF's draft. */
describe('rule 1, length', () => {
  it('is the offset plus Content-Length of a request that is the end', async () => {
    const phone = lab.phone();
    const bytes = fileOf();
    const url = await phone.reserve({ assetKey: freshKey() });
    await phone.append(url, { offset: 0, isComplete: false }, bytes.subarray(0, 1000));
    using rest = phone.beginAppend(url, {
      offset: 1000,
      isComplete: true,
      contentLength: bytes.byteLength - 1000,
    });
    await rest.send(bytes.subarray(1000, 2000));
    await lab.ends.hasRead(rest);
    expect(await phone.state(url)).toMatchObject({ length: bytes.byteLength, isComplete: false });
  });

  it('is what Upload-Length says, from the beginning', async () => {
    const phone = lab.phone();
    const url = await phone.reserve({ assetKey: freshKey(), headers: { 'upload-length': 4711 } });
    expect(await phone.state(url)).toMatchObject({ offset: 0, length: 4711 });
  });

  it.each([
    ['Upload-Length and Content-Length of a creation', 1000, 1001],
    ['an Upload-Length shorter than the body', 1000, 999],
  ])('that contradicts itself is refused: %s', async (_, byteCount, told) => {
    const before = await lab.roost.originals();
    const answer = await lab
      .phone()
      .create(
        { assetKey: freshKey(), isComplete: true, headers: { 'upload-length': told } },
        fileOf(byteCount),
      );
    expect(answer.status).toBe(400);
    expect(answer.headers['roost-error']).toBe('upload/inconsistent-length');
    expect(JSON.parse(answer.body)).toMatchObject({ type: INCONSISTENT, status: 400 });
    expect(await lab.roost.originals()).toEqual(before);
  });

  it('that contradicts what was said before is refused, and the upload stays', async () => {
    const phone = lab.phone();
    const bytes = fileOf(5000);
    const url = await phone.reserve({ assetKey: freshKey(), headers: { 'upload-length': 5000 } });
    const short = await phone.append(url, { offset: 0, isComplete: true }, bytes.subarray(0, 4999));
    const other = await phone.append(
      url,
      { offset: 0, isComplete: false, headers: { 'upload-length': 6000 } },
      bytes.subarray(0, 10),
    );
    for (const answer of [short, other]) {
      expect(answer.status).toBe(400);
      expect(JSON.parse(answer.body)).toMatchObject({ type: INCONSISTENT });
      expect(answer.headers['upload-complete']).toBe('?0');
    }
    expect((await phone.finish(url, bytes)).status).toBe(201);
  });

  it('that ends too soon, in chunks, is refused, and the upload stays', async () => {
    const phone = lab.phone();
    const bytes = fileOf(5000);
    const url = await phone.reserve({ assetKey: freshKey(), headers: { 'upload-length': 5000 } });
    const short = await phone
      .beginAppend(url, { offset: 0, isComplete: true })
      .end(bytes.subarray(0, 4000));
    expect(short.status).toBe(400);
    expect(JSON.parse(short.body)).toMatchObject({ type: INCONSISTENT });
    const answer = await phone.finish(url, bytes);
    expect(answer.status).toBe(201);
    expect((await lab.storedBytes(answer)).equals(bytes)).toBe(true);
  });

  it('once exceeded ends the upload for good: Content-Length alone is not trusted', async () => {
    const phone = lab.phone();
    const bytes = fileOf(300_000);
    const before = await lab.roost.originals();
    const url = await phone.reserve({
      assetKey: freshKey(),
      headers: { 'upload-length': 200_000 },
    });
    using chunked = phone.beginAppend(url, { offset: 0, isComplete: false });
    const answer = await chunked.end(bytes);
    expect(answer.status).toBe(400);
    expect(JSON.parse(answer.body)).toMatchObject({ type: INCONSISTENT });
    expect((await phone.ask('HEAD', url)).status).toBe(404);
    const again = await phone.append(url, { offset: 0, isComplete: true }, bytes.subarray(0, 9));
    expect(again.status).toBe(404);
    expect(await lab.roost.originals()).toEqual(before);
  });
});

describe('rule 2, completion', () => {
  it.each(INTEROP_VERSIONS)(
    'is not offset == length but what the device says: an empty end completes (version %i)',
    async (version) => {
      const phone = lab.phone(version);
      const bytes = fileOf(40_000);
      const before = await lab.roost.originals();
      const answer = await phone.create(
        { assetKey: freshKey(), isComplete: false, headers: { 'upload-length': 40_000 } },
        bytes,
      );
      const url = uploadUrl(answer);
      expect(await phone.state(url)).toMatchObject({ offset: 40_000, isComplete: false });
      expect(await lab.roost.originals()).toEqual(before);
      const done = await phone.append(url, { offset: 40_000, isComplete: true });
      expect(done.status).toBe(201);
      expect(done.headers['roost-result']).toBe('stored');
      expect((await lab.storedBytes(done)).equals(bytes)).toBe(true);
    },
  );
});

describe('rule 3, an empty creation', () => {
  it.each(INTEROP_VERSIONS)(
    'with more to come reserves an upload (version %i)',
    async (version) => {
      const phone = lab.phone(version);
      const bytes = fileOf();
      const url = await phone.reserve({ assetKey: freshKey() });
      expect(await phone.state(url)).toMatchObject({ offset: 0, isComplete: false });
      const answer = await phone.finish(url, bytes);
      expect(answer.status).toBe(201);
      expect((await lab.storedBytes(answer)).equals(bytes)).toBe(true);
    },
  );

  it('that is the end is a file without bytes, which Roost takes from nobody', async () => {
    const before = await lab.roost.originals();
    const answer = await lab.phone().create({ assetKey: freshKey(), isComplete: true });
    expect(answer.status).toBe(422);
    expect(answer.headers).toMatchObject({
      'roost-error': 'upload/empty-body',
      'upload-complete': '?1',
    });
    expect(await lab.roost.originals()).toEqual(before);
  });
});

describe('rule 4, a connection that is lost', () => {
  it.each([
    ['closed', 3],
    ['closed', 8],
    ['reset', 5],
    ['reset', 8],
  ] as const)(
    'in a request that was the end keeps what arrived, and completes nothing (%s, version %i)',
    async (how, version) => {
      const phone = lab.phone(version);
      const bytes = fileOf(3_000_000);
      const assetKey = freshKey();
      const before = await lab.roost.originals();
      using request = phone.beginCreation({
        assetKey,
        isComplete: true,
        contentLength: bytes.byteLength,
      });
      const { headers } = await request.hears(104, 'location');
      await request.send(bytes.subarray(0, 2_000_000));
      await lab.ends.hasRead(request);
      if (how === 'reset') await request.reset();
      else request.drop();
      const url = String(headers.location);
      expect(await phone.state(url)).toMatchObject({ offset: 2_000_000, isComplete: false });
      expect(await lab.roost.originals()).toEqual(before);
      const answer = await phone.finish(url, bytes);
      expect(answer.status).toBe(201);
      expect((await lab.storedBytes(answer)).equals(bytes)).toBe(true);
    },
  );

  it('in the middle of an append keeps what arrived too', async () => {
    const phone = lab.phone();
    const bytes = fileOf(1_000_000);
    const url = await phone.reserve({ assetKey: freshKey() });
    await phone.append(url, { offset: 0, isComplete: false }, bytes.subarray(0, 300_000));
    using request = phone.beginAppend(url, {
      offset: 300_000,
      isComplete: true,
      contentLength: 700_000,
    });
    await request.send(bytes.subarray(300_000, 900_000));
    await lab.ends.hasRead(request);
    request.drop();
    expect(await phone.state(url)).toMatchObject({ offset: 900_000, isComplete: false });
    const answer = await phone.finish(url, bytes);
    expect((await lab.storedBytes(answer)).equals(bytes)).toBe(true);
  });
});

describe('rule 5, state that is lost', () => {
  it('makes the upload dead, never shorter than it was told to be', async () => {
    const phone = lab.phone();
    const bytes = fileOf(500_000);
    const before = await lab.roost.stagedNames();
    const url = await phone.reserve({ assetKey: freshKey() });
    await phone.append(url, { offset: 0, isComplete: false }, bytes.subarray(0, 400_000));
    const staging = join(lab.roost.libraryFolder, '.roost', 'staging');
    const added = (await readdir(staging)).filter((name) => !before.includes(name));
    expect(added).not.toEqual([]);
    for (const name of added) await rm(join(staging, name), { recursive: true });
    await lab.restart();
    const after = lab.phone();
    expect((await after.ask('HEAD', lab.at(url))).status).toBe(404);
    const append = { offset: 400_000, isComplete: true };
    expect((await after.append(lab.at(url), append, bytes.subarray(400_000))).status).toBe(404);
  });
});

describe('rule 6, Location', () => {
  it('is the same in every message of a creation, and names the asset in the final answer', async () => {
    const phone = lab.phone();
    const bytes = fileOf(70_000_000);
    const assetKey = freshKey();
    const first = await phone.create({ assetKey, isComplete: false }, bytes);
    const [announced, ...progress] = first.interims;
    expect(first.status).toBe(201);
    expect(announced?.headers.location).toBe(uploadUrl(first));
    expect(progress.length).toBeGreaterThan(0);
    for (const { headers } of progress) {
      expect([undefined, uploadUrl(first)]).toContain(headers.location);
    }
    const done = await phone.append(uploadUrl(first), { offset: 70_000_000, isComplete: true });
    expect(done.headers.location).toBe(`/v1/assets/${encodeURIComponent(assetKey)}/photo`);
  });

  it('is not in the 104s of an append, which tell only the offset', async () => {
    const phone = lab.phone();
    const bytes = fileOf(70_000_000);
    const url = await phone.reserve({ assetKey: freshKey() });
    const answer = await phone.append(url, { offset: 0, isComplete: false }, bytes);
    const told = answer.interims.map(({ status, headers }) => {
      expect(status).toBe(104);
      expect(headers.location).toBeUndefined();
      return Number(headers['upload-offset']);
    });
    expect(told.length).toBeGreaterThan(0);
    expect(told).toEqual(told.toSorted((a, b) => a - b));
    expect(told.at(-1)).toBeLessThanOrEqual(bytes.byteLength);
    expect(told[0]).toBeGreaterThan(0);
  });
});
