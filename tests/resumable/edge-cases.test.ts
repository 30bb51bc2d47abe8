import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { uploadPath } from '../../shared/native-protocol.ts';
import { INTEROP_VERSIONS, uploadUrl } from '../support/resuming-phone.ts';
import { RawConnection } from '../support/raw-connection.ts';

import { fileOf, freshKey, ResumableLab } from './resumable-lab.ts';

let lab: ResumableLab;

beforeAll(async () => {
  lab = await ResumableLab.start();
});

afterAll(async () => {
  await lab[Symbol.asyncDispose]();
});

describe('a 104', () => {
  it('that nobody hears changes nothing: the upload ends as a plain one', async () => {
    const body = fileOf(1000);
    using raw = await RawConnection.to(lab.roost.lanUrl);
    raw.send(
      `PUT ${uploadPath(freshKey(), 'photo')} HTTP/1.1\r\nHost: roost\r\nConnection: close\r\n` +
        `Authorization: Bearer ${lab.token}\r\nContent-Length: ${body.byteLength}\r\n` +
        'Upload-Draft-Interop-Version: 6\r\nUpload-Complete: ?1\r\n\r\n',
    );
    raw.send(body);
    const heard = await raw.ends();
    expect(heard).toMatch(/^HTTP\/1\.1 104 Upload Resumption Supported\r\n/);
    expect(heard).toContain('HTTP/1.1 201 Created\r\n');
  });

  it('is never sent to HTTP/1.0, which knows no interim answers', async () => {
    const body = fileOf(1000);
    using raw = await RawConnection.to(lab.roost.lanUrl);
    raw.send(
      `PUT ${uploadPath(freshKey(), 'photo')} HTTP/1.0\r\nHost: roost\r\n` +
        `Authorization: Bearer ${lab.token}\r\nContent-Length: ${body.byteLength}\r\n` +
        'Upload-Draft-Interop-Version: 6\r\nUpload-Complete: ?1\r\n\r\n',
    );
    raw.send(body);
    expect(await raw.ends()).toMatch(/^HTTP\/1\.1 201 /);
  });

  it('stands before the answer on a connection that is used again', async () => {
    using raw = await RawConnection.to(lab.roost.lanUrl);
    for (const key of ['one', 'two', 'three']) {
      const body = fileOf(1000);
      const before = raw.heard.length;
      raw.send(
        `PUT ${uploadPath(freshKey(), 'photo')} HTTP/1.1\r\nHost: roost\r\nX-Name: ${key}\r\n` +
          `Authorization: Bearer ${lab.token}\r\nContent-Length: ${body.byteLength}\r\n` +
          'Upload-Draft-Interop-Version: 8\r\nUpload-Complete: ?1\r\n\r\n',
      );
      raw.send(body);
      while ((raw.heard.slice(before).match(/"sha256":"[0-9a-f]{64}"\}/g) ?? []).length < 1) {
        await new Promise((resolve) => setImmediate(resolve));
        if (raw.error) throw raw.error;
      }
      const heard = raw.heard.slice(before);
      expect(heard).toMatch(/^HTTP\/1\.1 104 [^]*\r\n\r\nHTTP\/1\.1 201 /);
    }
  });
});

describe('a repeat that its announcement proves', () => {
  it.each(INTEROP_VERSIONS)(
    'is answered before its body, as a whole (version %i)',
    async (version) => {
      const phone = lab.phone(version);
      const bytes = fileOf(50_000);
      const creation = {
        assetKey: freshKey(),
        isComplete: true,
        headers: { 'roost-modified-at': '2026-11-21T11:00:05Z' },
      };
      const first = await phone.create(creation, bytes);
      using repeat = phone.beginCreation({ ...creation, contentLength: bytes.byteLength });
      const answer = await repeat.answer;
      expect(answer.status).toBe(200);
      expect(answer.headers).toMatchObject({
        'roost-result': 'repeated',
        'roost-receipt': first.headers['roost-receipt'],
        'upload-offset': '50000',
        'upload-draft-interop-version': String(version),
        [version === 3 ? 'upload-incomplete' : 'upload-complete']: version === 3 ? '?0' : '?1',
      });
    },
  );
});

describe('a wrong offset', () => {
  it('is answered at once, with the body unread, again and again', async () => {
    const phone = lab.phone();
    const url = await phone.reserve({ assetKey: freshKey() });
    for (let round = 0; round < 20; round++) {
      using request = phone.beginAppend(url, {
        offset: 5,
        isComplete: true,
        contentLength: 500_000_000,
      });
      expect((await request.answer).status).toBe(409);
    }
    expect((await phone.state(url)).offset).toBe(0);
  });
});

describe('an append without an offset', () => {
  it.each([undefined, '', '-1', '1.0', '"0"', '0, 0', '?0', '9'.repeat(16)])(
    'that is one (%j) is refused, and the upload stays',
    async (offset) => {
      const phone = lab.phone();
      const url = await phone.reserve({ assetKey: freshKey() });
      const headers = { 'upload-offset': offset };
      const answer = await phone.append(url, { offset: 0, isComplete: true, headers }, fileOf(9));
      expect(answer.status).toBe(400);
      expect(answer.headers['roost-error']).toBe('request/invalid');
      expect(await phone.state(url)).toMatchObject({ offset: 0, isComplete: false });
    },
  );
});

describe('a length', () => {
  it('nobody knows is settled by the end', async () => {
    const phone = lab.phone();
    const bytes = fileOf(100_000);
    using creation = phone.beginCreation({ assetKey: freshKey(), isComplete: false });
    const created = await creation.end(bytes.subarray(0, 60_000));
    const url = uploadUrl(created);
    expect((await phone.state(url)).length).toBeUndefined();
    using end = phone.beginAppend(url, { offset: 60_000, isComplete: true });
    const answer = await end.end(bytes.subarray(60_000));
    expect(answer.status).toBe(201);
    expect((await lab.storedBytes(answer)).equals(bytes)).toBe(true);
  });

  it('over the limit is refused with the limit, before the body', async () => {
    const told = { 'upload-length': 1024 ** 4 + 1 };
    const answer = await lab
      .phone()
      .create({ assetKey: freshKey(), isComplete: false, headers: told });
    expect(answer.status).toBe(413);
    expect(answer.headers['upload-limit']).toContain(`max-size=${1024 ** 4}`);
  });
});

describe('a library that is away at the very end', () => {
  it('closes the connection, and an empty end completes when it is back', async () => {
    const phone = lab.phone();
    const bytes = fileOf(80_000);
    const url = await phone.reserve({ assetKey: freshKey() });
    await phone.append(url, { offset: 0, isComplete: false }, bytes);
    await lab.roost.whileLibraryIsAway(async () => {
      await expect(phone.append(url, { offset: 80_000, isComplete: true })).rejects.toThrow();
    });
    expect(await phone.state(url)).toMatchObject({ offset: 80_000, isComplete: false });
    const answer = await phone.append(url, { offset: 80_000, isComplete: true });
    expect(answer.status).toBe(201);
    expect((await lab.storedBytes(answer)).equals(bytes)).toBe(true);
  });

  it('never lets a tus client believe that its file is home: offset == length means that to it', async () => {
    const tus = lab.tus();
    const bytes = fileOf(80_000);
    const created = await tus.create(freshKey(), { 'upload-length': 80_000 });
    const url = uploadUrl(created);
    await tus.append(url, 0, bytes.subarray(0, 40_000));
    using request = tus.open('PATCH', url, {
      'content-type': 'application/offset+octet-stream',
      'content-length': 40_000,
      'upload-offset': 40_000,
    });
    await request.send(bytes.subarray(40_000, 70_000));
    await lab.ends.hasRead(request);
    await lab.roost.whileLibraryIsAway(async () => {
      await expect(request.end(bytes.subarray(70_000))).rejects.toThrow();
    });
    const head = await tus.send('HEAD', url);
    if (head.headers['upload-offset'] === '80000') expect(await lab.copiesOf(bytes)).toBe(1);
    const offset = await tus.offset(url);
    if (offset < 80_000) await tus.append(url, offset, bytes.subarray(offset));
    expect(await lab.copiesOf(bytes)).toBe(1);
  });
});

describe('the history of an upload in pieces', () => {
  it('is one upload of one job, over broken and whole requests', async () => {
    const phone = lab.phone();
    const assetKey = freshKey();
    const bytes = fileOf(1_000_000);
    using first = phone.beginCreation({
      assetKey,
      isComplete: true,
      contentLength: bytes.byteLength,
      fileName: 'IMG_7.MOV',
    });
    const { headers } = await first.hears(104, 'location');
    await first.send(bytes.subarray(0, 400_000));
    await lab.ends.hasRead(first);
    first.drop();
    const url = String(headers.location);
    const { offset } = await phone.state(url);
    const paused = await lab.jobOf(assetKey);
    expect(paused).toMatchObject({ uploadCount: 1, receivedByteCount: 400_000 });
    expect(paused?.state).not.toBe('stored');
    await phone.append(url, { offset, isComplete: false }, bytes.subarray(offset, 700_000));
    const answer = await phone.finish(url, bytes);
    const { job, uploads } = await lab.historyOf(assetKey);
    expect(job).toMatchObject({
      state: 'stored',
      uploadCount: 1,
      receivedByteCount: bytes.byteLength,
      expectedByteCount: bytes.byteLength,
      receiptId: answer.headers['roost-receipt'],
    });
    expect(uploads).toMatchObject([{ result: 'stored', receivedByteCount: bytes.byteLength }]);
  });

  it('ends as not stored when it is cancelled', async () => {
    const phone = lab.phone();
    const assetKey = freshKey();
    const url = await phone.reserve({ assetKey });
    await phone.append(url, { offset: 0, isComplete: false }, fileOf(1000));
    await phone.cancel(url);
    const { job, uploads } = await lab.historyOf(assetKey);
    expect(['failed', 'interrupted']).toContain(job.state);
    expect(uploads).toHaveLength(1);
    expect(uploads[0]?.finishedAt).toBeDefined();
  });
});

describe('the same resource, resumed and sent plainly at once', () => {
  it('is stored once, and both are told the same receipt', async () => {
    const phone = lab.phone();
    const assetKey = freshKey();
    const bytes = fileOf(500_000);
    const url = await phone.reserve({ assetKey });
    const [resumed, plain] = await Promise.all([
      phone.append(url, { offset: 0, isComplete: true }, bytes),
      lab.phone(6).create({ assetKey, isComplete: true }, bytes),
    ]);
    expect([resumed.status, plain.status].sort()).toEqual([200, 201]);
    expect(resumed.headers['roost-receipt']).toBe(plain.headers['roost-receipt']);
    expect(await lab.copiesOf(bytes)).toBe(1);
  });

  it('a known file that comes resumed is a duplicate, and no second copy', async () => {
    const bytes = fileOf(5000);
    await lab.phone().create({ assetKey: freshKey(), isComplete: true }, bytes);
    const url = await lab.phone().reserve({ assetKey: freshKey() });
    const answer = await lab.phone().finish(url, bytes);
    expect(answer.status).toBe(200);
    expect(answer.headers['roost-result']).toBe('duplicate');
    expect(await lab.copiesOf(bytes)).toBe(1);
  });
});
