import { randomBytes } from 'node:crypto';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { MAX_UPLOADS_OF_DEVICE } from '../../electron/service/lan/upload-slots.ts';
import { RawConnection } from '../support/raw-connection.ts';
import { ServiceInTest } from '../support/service-in-test.ts';

import { filePart as file, formBody, formType, TIMES, type FormPart } from './support/form-body.ts';
import { ImmichPhone } from './support/immich-phone.ts';

let roost: ServiceInTest;
beforeAll(async () => {
  roost = await ServiceInTest.start();
});
afterAll(async () => {
  await roost[Symbol.asyncDispose]();
});

/** The head of an upload whose body is sent by hand. */
const headOf = (token: string, byteCount: number): string =>
  `POST /api/assets HTTP/1.1\r\nHost: roost\r\nAuthorization: Bearer ${token}\r\n` +
  `Content-Type: ${formType}\r\nContent-Length: ${byteCount}\r\n\r\n`;

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
});

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
    const jobs = async (): Promise<{ fileName: string; state: string; errorCode?: string }[]> =>
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
