import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { NativeClient, type HashedResource } from '../../electron/cli/send/native-client.ts';
import { FakeRoost } from './support/fake-roost.ts';

const never = new AbortController().signal;

let folder: string;
let roost: FakeRoost;
let client: NativeClient;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'roost-client-'));
  roost = await new FakeRoost().start();
  client = new NativeClient({ origin: roost.origin, token: roost.token, idleTimeoutMs: 200 });
});

afterEach(async () => {
  client.close();
  await roost.stop();
  await rm(folder, { recursive: true, force: true });
});

async function resourceOf(bytes: Buffer): Promise<HashedResource> {
  const path = join(folder, 'one.jpg');
  await writeFile(path, bytes);
  return {
    path,
    fileName: 'one.jpg',
    assetKey: path,
    resourceType: 'photo',
    byteCount: bytes.byteLength,
    modifiedAt: 0,
    sha256: createHash('sha256').update(bytes).digest('hex'),
  };
}

describe('upload', () => {
  it('gives up on a connection on which nothing comes', async () => {
    roost.faults.push('silence');
    const outcome = await client.upload(await resourceOf(Buffer.from('x')), never, () => undefined);
    expect(outcome).toMatchObject({ kind: 'network', code: 'ETIMEDOUT' });
  });

  it.each([1000, 2_000_000])('tells that a file of %i bytes has become shorter', async (size) => {
    const resource = await resourceOf(Buffer.alloc(size, 1));
    await writeFile(resource.path, 'short');
    const outcome = await client.upload(resource, never, () => undefined);
    expect(outcome).toEqual({ kind: 'file-changed' });
    expect(roost.stored).toEqual([]);
  });

  it('tells that a file has become longer', async () => {
    const resource = await resourceOf(Buffer.alloc(1000, 1));
    await writeFile(resource.path, Buffer.alloc(1001, 1));
    const outcome = await client.upload(resource, never, () => undefined);
    expect(outcome).toEqual({ kind: 'file-changed' });
  });

  it('tells that a file is gone', async () => {
    const resource = await resourceOf(Buffer.from('x'));
    await rm(resource.path);
    const outcome = await client.upload(resource, never, () => undefined);
    expect(outcome).toEqual({ kind: 'file-unreadable', code: 'ENOENT' });
  });

  it('counts every byte that is handed over', async () => {
    const resource = await resourceOf(Buffer.alloc(3_000_000, 7));
    let sentByteCount = 0;
    const outcome = await client.upload(resource, never, (byteCount) => {
      sentByteCount += byteCount;
    });
    expect(outcome).toMatchObject({ kind: 'safe', result: 'stored' });
    expect(sentByteCount).toBe(3_000_000);
  });

  it('uses a connection again', async () => {
    const resource = await resourceOf(Buffer.alloc(3_000_000, 7));
    for (let count = 0; count < 5; count += 1) {
      await client.upload(resource, never, () => undefined);
    }
    expect(roost.connectionCount).toBe(1);
  });
});
