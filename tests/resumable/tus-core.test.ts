import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { uploadUrl } from '../support/resuming-phone.ts';

import { fileOf, freshKey, ResumableLab } from './resumable-lab.ts';

let lab: ResumableLab;

beforeAll(async () => {
  lab = await ResumableLab.start();
});

afterAll(async () => {
  await lab[Symbol.asyncDispose]();
});

async function createdUpload(byteCount: number): Promise<string> {
  return uploadUrl(await lab.tus().create(freshKey(), { 'upload-length': byteCount }));
}

describe('tus: the version', () => {
  it.each(['1.0.1', '0.2.2', '2.0.0', 'x', ''])(
    '%j is refused, and nothing is done',
    async (version) => {
      const tus = lab.tus();
      const assetKey = freshKey();
      const headers = { 'tus-resumable': version, 'upload-length': 10 };
      const url = await createdUpload(10);
      const create = await tus.create(assetKey, headers);
      const append = await tus.append(url, 0, fileOf(10), { 'tus-resumable': version });
      const end = await tus.send('DELETE', url, { 'tus-resumable': version });
      for (const answer of [create, append, end]) {
        expect(answer.status).toBe(412);
        expect(answer.headers).toMatchObject({
          'tus-version': '1.0.0',
          'roost-error': 'request/unsupported-version',
        });
      }
      expect(await lab.jobOf(assetKey)).toBeUndefined();
      expect(await tus.offset(url)).toBe(0);
    },
  );

  it('is in every answer but that of OPTIONS, errors too', async () => {
    const tus = lab.tus();
    const url = await createdUpload(10);
    const answers = [
      await tus.create(freshKey(), {}),
      await tus.create(freshKey(), { 'upload-length': 5 }),
      await tus.send('HEAD', url),
      await tus.append(url, 3, fileOf(5)),
      await tus.append(url, 0, fileOf(5)),
      await tus.send('DELETE', url),
      await tus.send('HEAD', url),
      await lab.tus(null).send('HEAD', url, { authorization: 'Bearer wrong' }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([400, 201, 200, 409, 204, 204, 404, 401]);
    for (const { headers } of answers) expect(headers['tus-resumable']).toBe('1.0.0');
  });
});

describe('tus: HEAD', () => {
  it('tells offset and length, and is not kept by caches', async () => {
    const tus = lab.tus();
    const url = await createdUpload(100);
    const fresh = await tus.send('HEAD', url);
    expect(fresh.status).toBe(200);
    expect(fresh.headers).toMatchObject({
      'upload-offset': '0',
      'upload-length': '100',
      'cache-control': 'no-store',
    });
    await tus.append(url, 0, fileOf(40));
    expect((await tus.send('HEAD', url)).headers['upload-offset']).toBe('40');
    await tus.append(url, 40, fileOf(60));
    expect((await tus.send('HEAD', url)).headers).toMatchObject({
      'upload-offset': '100',
      'upload-length': '100',
    });
  });

  it('of what is not there tells no offset', async () => {
    const answer = await lab.tus().send('HEAD', `/v1/uploads/${'A'.repeat(24)}`);
    expect(answer.status).toBe(404);
    expect(answer.headers['upload-offset']).toBeUndefined();
  });
});

describe('tus: PATCH', () => {
  it('appends, and ends with the file in the library when the length is reached', async () => {
    const tus = lab.tus();
    const bytes = fileOf(90_000);
    const url = await createdUpload(90_000);
    const first = await tus.append(url, 0, bytes.subarray(0, 50_000));
    expect(first.status).toBe(204);
    expect(first.headers['upload-offset']).toBe('50000');
    expect(first.headers['roost-result']).toBeUndefined();
    const last = await tus.append(url, 50_000, bytes.subarray(50_000));
    expect(last.status).toBe(204);
    expect(last.headers).toMatchObject({ 'upload-offset': '90000', 'roost-result': 'stored' });
    expect((await lab.storedBytes(last)).equals(bytes)).toBe(true);
  });

  it('at a wrong offset is refused and changes nothing', async () => {
    const tus = lab.tus();
    const bytes = fileOf(1000);
    const url = await createdUpload(1000);
    await tus.append(url, 0, bytes.subarray(0, 400));
    for (const offset of [0, 399, 401, 1000, 2 ** 49]) {
      const answer = await tus.append(url, offset, bytes.subarray(400));
      expect(answer.status).toBe(409);
    }
    const done = await tus.append(url, 400, bytes.subarray(400));
    expect((await lab.storedBytes(done)).equals(bytes)).toBe(true);
  });

  it.each(['application/partial-upload', 'image/jpeg', undefined])(
    'labelled %s is refused',
    async (type) => {
      const url = await createdUpload(10);
      const answer = await lab.tus().append(url, 0, fileOf(10), { 'content-type': type });
      expect(answer.status).toBe(415);
      expect(answer.headers['roost-error']).toBe('request/wrong-media-type');
      expect(await lab.tus().offset(url)).toBe(0);
    },
  );

  it.each([undefined, '-1', 'x', '1.5', ''])(
    'with %j for its offset is refused',
    async (offset) => {
      const url = await createdUpload(10);
      const answer = await lab.tus().append(url, 0, fileOf(10), { 'upload-offset': offset });
      expect(answer.status).toBe(400);
      expect(answer.headers['roost-error']).toBe('request/invalid');
      expect(await lab.tus().offset(url)).toBe(0);
    },
  );

  it('of what is not there is 404', async () => {
    const answer = await lab.tus().append(`/v1/uploads/${'A'.repeat(24)}`, 0, fileOf(10));
    expect(answer.status).toBe(404);
  });

  it('with more than the length is refused before its body, and the upload stays', async () => {
    const tus = lab.tus();
    const bytes = fileOf(100);
    const url = await createdUpload(100);
    const answer = await tus.append(url, 0, fileOf(101));
    expect(answer.status).toBe(400);
    expect(answer.headers['roost-error']).toBe('upload/inconsistent-length');
    const done = await tus.append(url, 0, bytes);
    expect((await lab.storedBytes(done)).equals(bytes)).toBe(true);
  });

  it('with more than the length, in chunks, ends the upload', async () => {
    const tus = lab.tus();
    const before = await lab.roost.originals();
    const url = await createdUpload(100_000);
    using request = tus.open('PATCH', url, {
      'content-type': 'application/offset+octet-stream',
      'transfer-encoding': 'chunked',
      'upload-offset': 0,
    });
    const answer = await request.end(fileOf(150_000));
    expect(answer.status).toBe(400);
    expect((await tus.send('HEAD', url)).status).toBe(404);
    expect(await lab.roost.originals()).toEqual(before);
  });

  it('that is broken off keeps what arrived', async () => {
    const tus = lab.tus();
    const bytes = fileOf(2_000_000);
    const url = await createdUpload(2_000_000);
    using request = tus.open('PATCH', url, {
      'content-type': 'application/offset+octet-stream',
      'content-length': 2_000_000,
      'upload-offset': 0,
    });
    await request.send(bytes.subarray(0, 1_500_000));
    await lab.ends.hasRead(request);
    request.drop();
    expect(await tus.offset(url)).toBe(1_500_000);
    const done = await tus.append(url, 1_500_000, bytes.subarray(1_500_000));
    expect((await lab.storedBytes(done)).equals(bytes)).toBe(true);
  });

  it('without bytes, on a file that is home, is the answer once more', async () => {
    const tus = lab.tus();
    const bytes = fileOf(1000);
    const url = await createdUpload(1000);
    const done = await tus.append(url, 0, bytes);
    const again = await tus.append(url, 1000, Buffer.alloc(0));
    expect(again.status).toBe(204);
    expect(again.headers['upload-offset']).toBe('1000');
    expect(again.headers['roost-receipt']).toBe(done.headers['roost-receipt']);
  });
});

describe('tus: OPTIONS', () => {
  it.each(['target', 'upload'])('on the %s tells what there is, without a token', async (where) => {
    const url = where === 'target' ? '/v1/assets/any/photo' : await createdUpload(10);
    for (const version of [undefined, '1.0.0', '9.9.9']) {
      const headers = { authorization: undefined, 'tus-resumable': version };
      const answer = await lab.tus().send('OPTIONS', url, headers);
      expect(answer.status).toBe(200);
      expect(answer.headers).toMatchObject({
        'tus-version': '1.0.0',
        'tus-extension':
          'creation,creation-with-upload,creation-defer-length,termination,checksum,expiration',
        'tus-max-size': String(1024 ** 4),
        'tus-checksum-algorithm': 'sha1,sha256,sha512,md5',
        'accept-patch': 'application/partial-upload',
        'upload-limit': expect.stringContaining(`max-size=${1024 ** 4}`) as string,
      });
    }
  });
});

describe('tus: X-HTTP-Method-Override', () => {
  it('replaces the method of a POST to an upload', async () => {
    const tus = lab.tus();
    const bytes = fileOf(1000);
    const url = await createdUpload(1000);
    const override = (method: string) => ({ 'x-http-method-override': method });
    const patched = await tus.send(
      'POST',
      url,
      {
        ...override('PATCH'),
        'content-type': 'application/offset+octet-stream',
        'upload-offset': 0,
      },
      bytes.subarray(0, 600),
    );
    expect(patched.status).toBe(204);
    expect(patched.headers['upload-offset']).toBe('600');
    const head = await tus.send('POST', url, override('HEAD'));
    expect(head.headers['upload-offset']).toBe('600');
    expect((await tus.send('POST', url, override('DELETE'))).status).toBe(204);
    expect((await tus.send('HEAD', url)).status).toBe(404);
  });

  it.each([undefined, 'PUT', 'TRACE', 'patch it'])('of %j is no call', async (method) => {
    const url = await createdUpload(10);
    const answer = await lab.tus().send('POST', url, { 'x-http-method-override': method });
    expect(answer.status).toBe(405);
    expect(answer.headers.allow).toContain('PATCH');
  });
});
