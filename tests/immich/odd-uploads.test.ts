import { createHash, randomBytes } from 'node:crypto';
import { gzipSync } from 'node:zlib';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { MAX_UPLOADS_OF_DEVICE } from '../../electron/service/lan/upload-slots.ts';
import { RawConnection } from '../support/raw-connection.ts';
import { sampleJpeg } from '../support/sample-photos.ts';
import { ServiceInTest } from '../support/service-in-test.ts';

import { filePart as file, formBody, formType, TIMES, type FormPart } from './support/form-body.ts';
import { ImmichPhone } from './support/immich-phone.ts';

const LOCAL_ID = '9F983DBA-EC35-42B8-8773-B597CF782EDD/L0/001';

let roost: ServiceInTest;
beforeAll(async () => {
  roost = await ServiceInTest.start();
});
afterAll(async () => {
  await roost[Symbol.asyncDispose]();
});

const sha1 = (bytes: Uint8Array): Buffer => createHash('sha1').update(bytes).digest();

/** The head of an upload whose body is sent by hand. */
const headOf = (token: string, byteCount: number, more = ''): string =>
  `POST /api/assets HTTP/1.1\r\nHost: roost\r\nAuthorization: Bearer ${token}\r\n` +
  `Content-Type: ${formType}\r\nContent-Length: ${byteCount}\r\n${more}\r\n`;

describe('a form that is refused', () => {
  const photo = file('R.JPG', Buffer.alloc(1000, 'r'));
  const sidecar = (byteCount: number): FormPart => ({
    name: 'sidecarData',
    fileName: 'R.xmp',
    bytes: Buffer.alloc(byteCount, 'x'),
  });

  it.each<[string, FormPart[], number, string]>([
    ['for a second photo', [photo, photo], 400, 'one part assetData'],
    ['for a second sidecar', [sidecar(9), photo, sidecar(9)], 400, 'one part sidecarData'],
    ['for a file nobody knows', [photo, { ...photo, name: 'livePhotoData' }], 400, 'livePhotoData'],
    ['for its length', [['fileSize', '10'], photo], 400, '10 bytes'],
    ['for its sidecar', [photo, sidecar(4 * 1024 * 1024 + 1)], 413, '4 MiB'],
    ['for its token', [photo], 401, 'Authentication required'],
  ])(
    '%s hears so while more of it would come, and loses no answer to a reset',
    async (_, parts, status, words) => {
      const { token, deviceId } = await roost.phone('Refused');
      const before = await roost.originals();
      const more = Array.from({ length: 5 }, () => ['more', 'x'.repeat(60_000)] as const);
      const body = formBody([...parts, ...more]);
      const middle = body.byteLength - 250_000;
      using raw = await RawConnection.to(roost.lanUrl);
      raw.send(headOf(status === 401 ? 'nobody' : token, body.byteLength));
      raw.send(body.subarray(0, middle));
      const answer = await raw.hears('"correlationId"');
      expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
      expect(answer).toContain(words);
      raw.send(body.subarray(middle));
      await raw.ends();
      expect(raw.error).toBeUndefined();
      expect(await roost.originals()).toEqual(before);
      expect(await roost.stagedNames()).toEqual([]);
      const { jobs } = await roost.window.call('jobs.list', { deviceId });
      for (const job of jobs) expect(job.state).toBe('failed');
    },
  );

  it.each<[string, FormPart[]]>([
    ['more', [['fileSize', '1001'], photo]],
    ['nothing', [['fileSize', '0'], photo]],
    ['less, behind the file,', [photo, ['fileSize', '999']]],
  ])('for a field fileSize that says %s is kept in no part', async (_, parts) => {
    const phone = new ImmichPhone(roost.lanUrl, (await roost.phone('Sizes')).token);
    const before = await roost.originals();
    const answer = await phone.upload(parts);
    expect(answer.status).toBe(400);
    expect(answer.headers['roost-error']).toBe('upload/length-mismatch');
    expect(await roost.originals()).toEqual(before);
    phone.close();
  });
});

it.each(['/api/assets', '/api/assets/background'])(
  'a packed body is refused at %s, for it would be kept as it comes',
  async (path) => {
    const { token, deviceId } = await roost.phone('Packed');
    const answer = await roost
      .stranger(token)
      .send(
        'POST',
        path,
        { 'content-type': formType, 'content-encoding': 'gzip' },
        gzipSync(formBody([file('G.JPG', randomBytes(10))])),
      );
    expect(answer.status).toBe(415);
    expect((await roost.window.call('jobs.list', { deviceId })).jobs).toEqual([]);
  },
);

describe('a connection that breaks off', () => {
  const bytes = randomBytes(200_000);
  const name = (at: number): string => `BREAK-${at}.JPG`;
  const partsOf = (at: number): FormPart[] => [
    ...TIMES,
    file(name(at), Buffer.concat([Buffer.from([at]), bytes])),
    ['isFavorite', 'true'],
  ];
  const behindHead = (body: Buffer): number => body.indexOf(bytes) - 1;
  const BREAKS: readonly ((body: Buffer) => number)[] = [
    (body) => body.indexOf('fileModifiedAt') + 3,
    (body) => body.indexOf('filename="') + 4,
    behindHead,
    (body) => behindHead(body) + 1,
    (body) => behindHead(body) + 100_000,
    (body) => behindHead(body) + 1 + bytes.byteLength,
    (body) => body.indexOf('isFavorite') - 10,
    (body) => body.byteLength - 10,
    (body) => body.byteLength - 2,
  ];
  const ROUNDS = Math.ceil((MAX_UPLOADS_OF_DEVICE + 1) / BREAKS.length);

  it('anywhere in a form leaves nothing behind, holds no place, and is told as what it is', async () => {
    const { token, deviceId } = await roost.phone('Breaks');
    const phone = new ImmichPhone(roost.lanUrl, token);
    const before = await roost.originals();
    const jobs = async (): Promise<
      { fileName: string; state: string; errorCode?: string | undefined }[]
    > =>
      (await roost.window.call('jobs.list', { deviceId })).jobs.toSorted((a, b) =>
        a.fileName.localeCompare(b.fileName),
      );
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const [at, breakAt] of BREAKS.entries()) {
        const parts = partsOf(at);
        await expect(phone.upload(parts, { breakAt: breakAt(formBody(parts)) })).rejects.toThrow();
      }
    }
    // What ended before the first byte of a file has no name yet, so there is no job to tell of it.
    const told = BREAKS.map((_, at) => at)
      .slice(3)
      .map((at) => ({
        fileName: name(at),
        state: 'interrupted',
        errorCode: 'upload/interrupted',
      }));
    await expect.poll(jobs, { timeout: 20_000 }).toMatchObject(told);
    await expect.poll(() => roost.stagedNames(), { timeout: 20_000 }).toEqual([]);
    expect(await roost.originals()).toEqual(before);

    const whole = await Promise.all(BREAKS.map((_, at) => phone.upload(partsOf(at))));
    expect(whole.map(({ status }) => status)).toEqual(BREAKS.map(() => 201));
    expect((await jobs()).map(({ state }) => state)).toEqual(BREAKS.map(() => 'stored'));
    phone.close();
  });
});

describe('a file that failed', () => {
  it('stays among the jobs where another one of its name and times succeeds, until it succeeds itself', async () => {
    const { token, deviceId } = await roost.phone('Failed');
    const phone = new ImmichPhone(roost.lanUrl, token);
    const hex = (some: Uint8Array): string => sha1(some).toString('hex');
    const jobs = async (): Promise<unknown[]> =>
      (await roost.window.call('jobs.list', { deviceId })).jobs
        .map(({ assetKey, state, uploadCount }) => ({ assetKey, state, uploadCount }))
        .toSorted((a, b) => a.state.localeCompare(b.state));
    const [bytes, otherBytes] = [randomBytes(300), randomBytes(301)];
    const parts = (some: Uint8Array): FormPart[] => [...TIMES, file('cover.jpg', some)];
    const sum = hex(bytes);
    const damaged = await phone.upload(parts(randomBytes(300)), { checksum: sum });
    expect(damaged.status).toBe(400);
    const failed = { assetKey: `sha1:${sum}`, state: 'failed', uploadCount: 1 };
    expect(await jobs()).toEqual([failed]);
    await phone.upload(parts(otherBytes));
    const other = { assetKey: `sha1:${hex(otherBytes)}`, state: 'stored', uploadCount: 1 };
    expect(await jobs()).toEqual([failed, other]);
    // The same file without its checksum is known by its bytes in the end.
    await phone.upload(parts(bytes));
    expect(await jobs()).toEqual(
      expect.arrayContaining([{ ...failed, state: 'stored', uploadCount: 2 }, other]),
    );
    await phone.upload(parts(otherBytes), { checksum: hex(randomBytes(1)) });
    expect(await jobs()).toHaveLength(3);
    phone.close();
  });

  it('or not has a job of its own, also beside others of its name, times and length', async () => {
    const { token, deviceId } = await roost.phone('As long');
    const phone = new ImmichPhone(roost.lanUrl, token);
    const all = [randomBytes(300), randomBytes(300), randomBytes(300)];
    await Promise.all(all.map((bytes) => phone.upload([...TIMES, file('cover.jpg', bytes)])));
    const { jobs } = await roost.window.call('jobs.list', { deviceId });
    expect(jobs.map(({ assetKey, state }) => `${state} ${assetKey}`).toSorted()).toEqual(
      all.map((bytes) => `stored sha1:${sha1(bytes).toString('hex')}`).toSorted(),
    );
    phone.close();
  });
});

describe('a form with a checksum that is known', () => {
  const xmp: FormPart = {
    name: 'sidecarData',
    // As clients call what they have no name for.
    fileName: 'blob',
    bytes: Buffer.from('<x:xmpmeta xmlns:x="adobe:ns:meta/" k="1"/>'),
  };

  it('is read all the same, for it may bring a sidecar, which is kept beside its photo', async () => {
    const { token, deviceId } = await roost.phone('Known');
    const phone = new ImmichPhone(roost.lanUrl, token);
    const bytes = await sampleJpeg({ width: 72, height: 48 });
    const first = await phone.uploadInBackground({
      deviceAssetId: `${LOCAL_ID}-jpeg-K.JPG`,
      fileName: 'K.JPG',
      contentType: 'image/jpeg',
      bytes,
    });
    const body = formBody([...TIMES, file('K.JPG', bytes), xmp]);
    const checksum = `X-Immich-Checksum: ${sha1(bytes).toString('hex')}\r\n`;
    for (const more of [`Expect: 100-continue\r\n${checksum}`, checksum]) {
      using raw = await RawConnection.to(roost.lanUrl);
      raw.send(headOf(token, body.byteLength, more));
      if (more.startsWith('Expect')) await raw.hears('HTTP/1.1 100 Continue');
      raw.send(body);
      const heard = await raw.hears('"duplicate":true');
      expect(heard).toContain('HTTP/1.1 200 ');
      expect(heard).toContain((JSON.parse(first.body) as { id: string }).id);
    }
    const { jobs } = await roost.window.call('jobs.list', { deviceId });
    expect(jobs.map(({ state }) => state)).toEqual(['stored', 'stored']);
    const { resources } = await roost.window.call('asset.get', { assetId: jobs[0]!.assetId! });
    expect(resources.map(({ resourceType }) => resourceType).toSorted()).toEqual([
      'photo',
      'sidecar',
    ]);
    phone.close();
  });

  it('is refused with a sidecar that is too long, or where it breaks off', async () => {
    const { token } = await roost.phone('Known badly');
    const phone = new ImmichPhone(roost.lanUrl, token);
    const bytes = await sampleJpeg({ width: 73, height: 48 });
    const checksum = sha1(bytes).toString('base64');
    const photo = file('K2.JPG', bytes);
    expect((await phone.upload([photo], { checksum })).status).toBe(201);
    const long = { ...xmp, bytes: Buffer.alloc(4 * 1024 * 1024 + 1) };
    expect((await phone.upload([photo, long], { checksum })).status).toBe(413);
    expect((await phone.upload([photo, xmp], { checksum, cutTo: 600 })).status).toBe(400);
    await expect(phone.upload([photo, xmp], { checksum, breakAt: 600 })).rejects.toThrow();
    expect(
      (await roost.originals()).filter((path) => path.startsWith('Known badly/')),
    ).toHaveLength(1);
    phone.close();
  });

  it('may say of the file on the phone what differs from the bytes it sends', async () => {
    const phone = new ImmichPhone(roost.lanUrl, (await roost.phone('Source')).token);
    const bytes = randomBytes(80);
    const told = { sourceChecksum: sha1(randomBytes(3)).toString('hex') };
    const metadata = JSON.stringify([{ key: 'mobile-app', value: told }]);
    const answer = await phone.upload([file('M.JPG', bytes), ['metadata', metadata]], {
      checksum: sha1(bytes).toString('hex'),
    });
    expect(answer.status).toBe(201);
    phone.close();
  });
});
