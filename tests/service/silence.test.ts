import { randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';

import { describe, expect, it } from 'vitest';

import {
  MAX_UPLOADS_AT_ONCE,
  MAX_UPLOADS_OF_DEVICE,
} from '../../electron/service/lan/upload-slots.ts';
import { RawConnection } from '../support/raw-connection.ts';
import { ServiceInTest } from '../support/service-in-test.ts';

/** Begins an upload that lacks its last byte, and waits until Roost has begun to take it. */
async function uploadWithoutItsEnd(roost: ServiceInTest, token: string): Promise<RawConnection> {
  const raw = await RawConnection.to(roost.lanUrl);
  raw.send(
    'PUT /v1/assets/slow/photo HTTP/1.1\r\nHost: roost\r\n' +
      `Authorization: Bearer ${token}\r\nContent-Length: 2000\r\nExpect: 100-continue\r\n\r\n`,
  );
  await raw.hears('100 Continue');
  raw.send(randomBytes(1999));
  return raw;
}

async function lastJob(roost: ServiceInTest) {
  const { jobs } = await roost.window.call('jobs.list', {});
  return jobs[0];
}

/** A PhotoKit client drops a job after a plain error answer, but comes back after a network error. */
describe('what passes by itself closes the connection without an answer', () => {
  it('when the library is missing before the body came', async () => {
    await using roost = await ServiceInTest.start();
    const phone = await roost.phone();
    await rm(roost.libraryFolder, { recursive: true });
    await expect(phone.upload({ assetKey: 'a', bytes: randomBytes(10) })).rejects.toThrow(
      /socket hang up|ECONNRESET/,
    );
    await expect(phone.upload({ assetKey: 'a', bytes: randomBytes(0) })).rejects.toThrow(
      /socket hang up|ECONNRESET/,
    );
    // The device hears nothing, but who looks at the history does. Without a name the key stands for it.
    expect(await lastJob(roost)).toMatchObject({
      fileName: 'a',
      state: 'interrupted',
      errorCode: 'library/missing',
      uploadCount: 2,
    });
  });

  it('when the library goes missing while the last byte arrives', async () => {
    await using roost = await ServiceInTest.start();
    const { token } = await roost.phone();
    using raw = await uploadWithoutItsEnd(roost, token);
    await rm(roost.libraryFolder, { recursive: true });
    raw.send('x');
    expect((await raw.ends()).replace(/^HTTP\/1\.1 100 Continue\r\n\r\n/, '')).toBe('');
    expect(await lastJob(roost)).toMatchObject({
      state: 'interrupted',
      errorCode: 'library/missing',
    });
  });

  it('when Roost stops and the upload does not end in time', async () => {
    await using roost = await ServiceInTest.start();
    const { token } = await roost.phone();
    using raw = await uploadWithoutItsEnd(roost, token);
    await roost.running.close({ graceMs: 1 });
    expect((await raw.ends()).replace(/^HTTP\/1\.1 100 Continue\r\n\r\n/, '')).toBe('');
  });

  it('when more uploads come at once than Roost holds', async () => {
    await using roost = await ServiceInTest.start();
    const phone = await roost.phone('One more');
    const others = [await roost.phone('One'), await roost.phone('Other')];
    await using stack = new AsyncDisposableStack();
    const running = await Promise.all(
      Array.from({ length: MAX_UPLOADS_AT_ONCE }, async (_, at) =>
        stack.use(await uploadWithoutItsEnd(roost, others[at % 2]!.token)),
      ),
    );
    const upload = { assetKey: 'one more', bytes: randomBytes(10) };
    await expect(phone.upload(upload)).rejects.toThrow(/socket hang up|ECONNRESET/);
    running[0]!.send('x');
    await running[0]!.hears('"result"');
    expect((await phone.upload(upload)).status).toBe(201);
  });

  it('when one device lets more uploads hang than are its share, and others go on', async () => {
    await using roost = await ServiceInTest.start();
    const [stuck, other] = [await roost.phone('Stuck'), await roost.phone('Other')];
    await using stack = new AsyncDisposableStack();
    await Promise.all(
      Array.from({ length: MAX_UPLOADS_OF_DEVICE }, async () =>
        stack.use(await uploadWithoutItsEnd(roost, stuck.token)),
      ),
    );
    const upload = { assetKey: 'one more', bytes: randomBytes(10) };
    await expect(stuck.upload(upload)).rejects.toThrow(/socket hang up|ECONNRESET/);
    expect((await other.upload(upload)).status).toBe(201);
  });

  it('but an upload that ends in time is answered while Roost stops', async () => {
    await using roost = await ServiceInTest.start();
    const { token } = await roost.phone();
    using raw = await uploadWithoutItsEnd(roost, token);
    const closed = roost.running.close({ graceMs: 60_000 });
    raw.send('x');
    expect(await raw.hears('"result"')).toContain('HTTP/1.1 201 ');
    await closed;
    await raw.ends();
    expect(raw.error).toBeUndefined();
  });
});
