import { randomBytes } from 'node:crypto';
import { rm, statfs, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';

import { uploadPath } from '../../shared/native-protocol.ts';
import { formatReprDigest } from '../../shared/structured-field.ts';
import { openCore, sha256Of, upload } from '../support/core-lab.ts';
import { expectWhole } from '../support/expect-whole.ts';
import { LookTimers } from '../support/look-after.ts';
import { missingForMounts, MountedDrive } from '../support/mounted-drive.ts';
import { RawConnection } from '../support/raw-connection.ts';
import { ServiceInTest } from '../support/service-in-test.ts';

const CLOSED = /socket hang up|ECONNRESET/;
const MEBIBYTE = 1024 * 1024;

let missing: string | undefined;

beforeAll(async () => {
  missing = await missingForMounts();
});

beforeEach((context) => {
  if (missing !== undefined) context.skip(missing);
});

/** A service whose library is on a real drive of this size; it keeps none of it free. */
async function onDrive(mebibytes: number) {
  const drive = await MountedDrive.make(mebibytes);
  onTestFinished(() => drive[Symbol.asyncDispose]());
  const timers = new LookTimers();
  const roost = await ServiceInTest.start({
    timers,
    overrides: { libraryFolder: join(drive.path, 'library') },
  });
  onTestFinished(() => roost[Symbol.asyncDispose]());
  await roost.window.call('settings.change', { reservedFreeByteCount: 0 });
  return { drive, timers, roost, phone: await roost.phone() };
}

async function toldByPing(roost: ServiceInTest): Promise<unknown> {
  const { body } = await roost.stranger().send('GET', '/v1/ping', {});
  return (JSON.parse(body) as { library: unknown }).library;
}

describe('a real drive', () => {
  it('that is pulled in the middle of an upload breaks it off; plugged in again, it goes on', async () => {
    const { drive, timers, roost, phone } = await onDrive(24);
    const first = { assetKey: 'first', bytes: randomBytes(MEBIBYTE) };
    expect((await phone.upload(first)).status).toBe(201);
    const bytes = randomBytes(4 * MEBIBYTE);
    using raw = await RawConnection.to(roost.lanUrl);
    raw.send(
      `PUT ${uploadPath('slow', 'photo')} HTTP/1.1\r\nHost: roost\r\nExpect: 100-continue\r\n` +
        `Authorization: Bearer ${phone.token}\r\nContent-Length: ${bytes.byteLength}\r\n\r\n`,
    );
    await raw.hears('100 Continue');
    raw.send(bytes.subarray(0, 3 * MEBIBYTE));
    await drive.pull();
    await timers.until(roost, 'missing');
    expect((await raw.ends()).replace(/^HTTP\/1\.1 100 Continue\r\n\r\n/, '')).toBe('');
    expect(await toldByPing(roost)).toBe('missing');
    await expect(phone.upload({ assetKey: 'slow', bytes })).rejects.toThrow(CLOSED);
    // The empty folder where the drive was stays empty: nothing is put on the wrong disk.
    await expect(roost.originals()).rejects.toThrow('ENOENT');

    await drive.plugIn();
    await timers.until(roost, 'ready');
    expect(await roost.stagedNames()).toEqual([]);
    expect((await phone.upload({ assetKey: 'slow', bytes })).status).toBe(201);
    expect((await phone.upload(first)).headers['roost-result']).toBe('repeated');
    await expectWhole(roost.libraryFolder);
  });

  it('that was at another computer comes back with what was put on it there', async () => {
    const { drive, timers, roost, phone } = await onDrive(24);
    const mine = { assetKey: 'mine', bytes: randomBytes(1_000) };
    expect((await phone.upload(mine)).status).toBe(201);
    await drive.pull();
    await timers.until(roost, 'missing');
    const there = await openCore({ folder: drive.elsewhere });
    await there.ingest.receive(upload('theirs'));
    await there[Symbol.asyncDispose]();
    await drive.plugIn();
    expect((await timers.until(roost, 'ready')).resourceCount).toBe(2);
    const same = await phone.upload({ assetKey: 'same', bytes: Buffer.from('theirs') });
    expect(same.headers['roost-result']).toBe('duplicate');
    await expectWhole(roost.libraryFolder);
  });

  it('that is another one of the same make is not taken for the library', async () => {
    const { drive, timers, roost, phone } = await onDrive(24);
    expect((await phone.upload({ assetKey: 'a', bytes: randomBytes(9) })).status).toBe(201);
    await using other = await MountedDrive.make(24);
    await using core = await openCore({ folder: other.path });
    await core.ingest.receive(upload('not ours'));
    await core[Symbol.asyncDispose]();
    await drive.pull();
    await using swapped = await other.alsoAt(drive.path);
    // At once, before anybody looked: a request finds out by itself.
    await expect(phone.upload({ assetKey: 'b', bytes: randomBytes(9) })).rejects.toThrow(CLOSED);
    const { problemCode } = await timers.until(roost, 'unusable');
    expect(problemCode).toBe('library/other-library');
    await expectWhole(roost.libraryFolder);
    await swapped[Symbol.asyncDispose]();
    await drive.plugIn();
    await timers.until(roost, 'ready');
    expect((await phone.upload({ assetKey: 'b', bytes: randomBytes(9) })).status).toBe(201);
    await expectWhole(roost.libraryFolder);
  });

  it('that is full refuses with the reason, keeps nothing half, and goes on when there is room', async () => {
    const { drive, timers, roost, phone } = await onDrive(24);
    const small = { assetKey: 'small', bytes: randomBytes(1_000) };
    expect((await phone.upload(small)).status).toBe(201);
    const large = { assetKey: 'large', bytes: randomBytes(30 * MEBIBYTE) };
    const refused = await phone.upload(large);
    expect([refused.status, refused.headers['roost-error']]).toEqual([507, 'library/disk-full']);
    expect(JSON.parse(refused.body)).toMatchObject({
      detail: expect.stringContaining('Make room') as string,
    });

    // Without its length nothing can be foreseen: the disk itself says no, in the middle.
    const unforeseen = await phone.upload({
      ...large,
      headers: { 'content-length': undefined, 'transfer-encoding': 'chunked' },
    });
    expect([unforeseen.status, unforeseen.headers['roost-error']]).toEqual([
      507,
      'library/disk-full',
    ]);
    expect(await roost.stagedNames()).toEqual([]);
    expect(await roost.originals()).toHaveLength(1);

    const filler = join(drive.path, 'filler');
    await fill(filler, drive.path);
    expect((await timers.until(roost, 'full')).problemCode).toBe('library/disk-full');
    expect(await toldByPing(roost)).toBe('full');
    for (const size of [1, 5_000, 3 * MEBIBYTE]) {
      const answer = await phone.upload({ assetKey: `at ${size}`, bytes: randomBytes(size) });
      expect([answer.status, answer.headers['roost-error']]).toEqual([507, 'library/disk-full']);
    }
    const known = await phone.upload({
      ...small,
      headers: { 'repr-digest': digestOf(small.bytes) },
    });
    expect([known.status, known.headers['roost-result']]).toEqual([200, 'repeated']);
    await expectWhole(roost.libraryFolder);

    await rm(filler);
    await timers.until(roost, 'ready');
    expect(await toldByPing(roost)).toBe('ready');
    expect((await phone.upload({ assetKey: 'at 1', bytes: randomBytes(1) })).status).toBe(201);
    await expectWhole(roost.libraryFolder);
  });

  it('that becomes read-only closes uploads, and goes on when it can be written again', async () => {
    const { drive, timers, roost, phone } = await onDrive(24);
    const first = { assetKey: 'first', bytes: randomBytes(1_000) };
    expect((await phone.upload(first)).status).toBe(201);
    await drive.becomeReadOnly();
    await expect(phone.upload({ assetKey: 'a', bytes: randomBytes(9) })).rejects.toThrow(CLOSED);
    const { jobs } = await roost.window.call('jobs.list', {});
    expect(jobs[0]).toMatchObject({ assetKey: 'a', errorCode: 'library/write-failed' });
    expect((await timers.until(roost, 'unusable')).problemCode).toBe('library/write-failed');
    expect(await toldByPing(roost)).toBe('missing');
    await expect(phone.upload({ assetKey: 'b', bytes: randomBytes(9) })).rejects.toThrow(CLOSED);
    const later = (await roost.window.call('jobs.list', {})).jobs[0];
    expect(later).toMatchObject({ assetKey: 'b', errorCode: 'library/write-failed' });
    await expectWhole(roost.libraryFolder);

    await drive.pull();
    await drive.plugIn();
    await timers.until(roost, 'ready');
    expect((await phone.upload({ assetKey: 'b', bytes: randomBytes(9) })).status).toBe(201);
    expect((await phone.upload(first)).headers['roost-result']).toBe('repeated');
    await expectWhole(roost.libraryFolder);
  });

  it('that is full when Roost starts is waited for like one that is away', async () => {
    const drive = await MountedDrive.make(8);
    onTestFinished(() => drive[Symbol.asyncDispose]());
    const filler = join(drive.path, 'filler');
    await fill(filler, drive.path);
    const timers = new LookTimers();
    await using roost = await ServiceInTest.start({
      timers,
      overrides: { libraryFolder: join(drive.path, 'library') },
    });
    expect(await toldByPing(roost)).toBe('full');
    await rm(filler);
    await roost.window.call('settings.change', { reservedFreeByteCount: 0 });
    await timers.until(roost, 'ready');
    const phone = await roost.phone();
    expect((await phone.upload({ assetKey: 'a', bytes: randomBytes(9) })).status).toBe(201);
  });
});

function digestOf(bytes: Uint8Array): string {
  return formatReprDigest(sha256Of(bytes));
}

/** Takes all that is left of a drive. */
async function fill(path: string, drive: string): Promise<void> {
  const { bavail, bsize } = await statfs(drive);
  await writeFile(path, Buffer.alloc(bavail * bsize, 1));
  expect((await statfs(drive)).bavail).toBe(0);
}
