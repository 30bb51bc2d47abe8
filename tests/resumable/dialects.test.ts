import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { uploadPath } from '../../shared/native-protocol.ts';
import { OpenRequest } from '../support/open-request.ts';
import { uploadUrl } from '../support/resuming-phone.ts';

import { fileOf, freshKey, ResumableLab } from './resumable-lab.ts';

let lab: ResumableLab;

beforeAll(async () => {
  lab = await ResumableLab.start();
});

afterAll(async () => {
  await lab[Symbol.asyncDispose]();
});

/** A request with exactly these headers, the token and its length. */
function send(
  method: string,
  path: string,
  headers: Record<string, string | number>,
  body: Uint8Array = Buffer.alloc(0),
) {
  return new OpenRequest(new URL(path, lab.roost.lanUrl), method, {
    authorization: `Bearer ${lab.token}`,
    'content-length': body.byteLength,
    ...headers,
  }).end(body);
}

function create(headers: Record<string, string | number>, body: Uint8Array, method = 'PUT') {
  return send(method, uploadPath(freshKey(), 'photo'), headers, body);
}

describe('a creation', () => {
  it.each([
    ['without any word of resuming', {}],
    ['that is whole, without a version', { 'upload-complete': '?1' }],
    [
      'with a version nobody speaks',
      { 'upload-draft-interop-version': 99, 'upload-complete': '?1' },
    ],
    ['with version 2', { 'upload-draft-interop-version': 2, 'upload-complete': '?1' }],
    [
      'with a version that is no integer',
      { 'upload-draft-interop-version': '"8"', 'upload-complete': '?1' },
    ],
    [
      'with a list of versions',
      { 'upload-draft-interop-version': '6, 8', 'upload-complete': '?1' },
    ],
    ['with a completeness that is no boolean', { 'upload-complete': 'true' }],
  ])('%s is a plain upload, and hears no 104', async (_, headers) => {
    const bytes = fileOf(3000);
    const answer = await create(headers, bytes);
    expect(answer.status).toBe(201);
    expect(answer.interims).toEqual([]);
    expect((await lab.storedBytes(answer)).equals(bytes)).toBe(true);
  });

  it('that is a part, without a version, can be resumed but hears no 104', async () => {
    const bytes = fileOf(3000);
    const created = await create({ 'upload-complete': '?0' }, bytes.subarray(0, 1000));
    expect(created.status).toBe(201);
    expect(created.interims).toEqual([]);
    expect(created.headers).toMatchObject({ 'upload-complete': '?0', 'upload-offset': '1000' });
    expect(created.headers['upload-draft-interop-version']).toBeUndefined();
    const answer = await lab.phone(8).finish(uploadUrl(created), bytes);
    expect((await lab.storedBytes(answer)).equals(bytes)).toBe(true);
  });

  it('as in Apple’s article, with Upload-Incomplete and no version, hears a 104 of version 3', async () => {
    const bytes = fileOf(3000);
    const answer = await create({ 'upload-incomplete': '?0' }, bytes);
    expect(answer.interims).toMatchObject([
      { status: 104, headers: { location: expect.stringContaining('/v1/uploads/') as string } },
    ]);
    expect(answer.status).toBe(201);
    expect(answer.headers).toMatchObject({
      'upload-offset': '3000',
      'upload-incomplete': '?0',
      location: expect.any(String) as string,
    });
    expect((await lab.storedBytes(answer)).equals(bytes)).toBe(true);
  });

  it.each(['?2', '1', ':AA==:', '"?1"', '?0 , ?0', ''])(
    'with a known version and %j for completeness is not taken for the whole file',
    async (field) => {
      const bytes = fileOf(100);
      const answer = await create(
        { 'upload-draft-interop-version': 8, 'upload-complete': field },
        bytes,
      );
      expect(answer.status).toBe(201);
      expect(answer.headers['roost-result']).toBeUndefined();
      expect(answer.headers).toMatchObject({ 'upload-complete': '?0', 'upload-offset': '100' });
    },
  );

  it.each([
    ['6', 'upload-incomplete', '?1'],
    ['3', 'upload-complete', '?0'],
    ['8', 'upload-complete', '?0;a=1'],
  ])('of version %s that says %s: %s means what it says', async (version, name, value) => {
    const bytes = fileOf(100);
    const answer = await create({ 'upload-draft-interop-version': version, [name]: value }, bytes);
    expect(answer.headers['roost-result']).toBeUndefined();
    expect(answer.headers['upload-offset']).toBe('100');
  });

  it.each(['-1', '1.5', '"3000"', '99999999999999999999', 'x'])(
    'with %j for its length does as if that were not there',
    async (length) => {
      const answer = await create(
        { 'upload-draft-interop-version': 8, 'upload-complete': '?1', 'upload-length': length },
        fileOf(3000),
      );
      expect(answer.status).toBe(201);
    },
  );

  it('with a version and tus fields is of the IETF', async () => {
    const answer = await create(
      {
        'upload-draft-interop-version': 6,
        'upload-complete': '?0',
        'upload-length': 10,
        'tus-resumable': '1.0.0',
      },
      Buffer.alloc(0),
      'POST',
    );
    expect(answer.status).toBe(201);
    expect(answer.headers).toMatchObject({ 'upload-complete': '?0' });
    expect(answer.headers['tus-resumable']).toBeUndefined();
  });

  it.each(['PUT', 'POST'])('by %s can be resumed', async (method) => {
    const bytes = fileOf(3000);
    const headers = { 'upload-draft-interop-version': 8, 'upload-complete': '?0' };
    const created = await create(headers, bytes.subarray(0, 10), method);
    const answer = await lab.phone().finish(uploadUrl(created), bytes);
    expect((await lab.storedBytes(answer)).equals(bytes)).toBe(true);
  });
});

describe('a request to an upload without any word of resuming', () => {
  it('speaks as the creation did: version 3', async () => {
    const url = await lab.phone(3).reserve({ assetKey: freshKey() });
    const answer = await send('HEAD', url, {});
    expect(answer.status).toBe(204);
    expect(answer.headers).toMatchObject({ 'upload-incomplete': '?1', 'upload-offset': '0' });
  });

  it('speaks as the creation did: tus', async () => {
    const created = await lab.tus().create(freshKey(), { 'upload-length': 10 });
    const answer = await send('HEAD', uploadUrl(created), {});
    expect(answer.status).toBe(200);
    expect(answer.headers).toMatchObject({ 'upload-length': '10', 'tus-resumable': '1.0.0' });
  });
});

describe('an upload begun in one dialect', () => {
  it('can be ended in the other', async () => {
    const bytes = fileOf(3000);
    const tus = lab.tus();
    const created = await tus.create(freshKey(), { 'upload-length': 3000 }, bytes.subarray(0, 500));
    const answer = await lab.phone(8).finish(uploadUrl(created), bytes);
    expect(answer.status).toBe(201);
    expect((await lab.storedBytes(answer)).equals(bytes)).toBe(true);
  });
});
