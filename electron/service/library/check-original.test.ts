import { randomBytes } from 'node:crypto';
import { appendFile, mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { sha256Of } from '../../../tests/support/core-lab.ts';
import { FaultyFileSystem } from '../../../tests/support/faulty-file-system.ts';
import { tempFolder } from '../../../tests/support/temp-folder.ts';

import { checkOriginal, type CheckOptions, type Finding } from './check-original.ts';

const MIB = 1024 * 1024;

async function check(
  bytes: Uint8Array,
  onDisk: Uint8Array,
  options: CheckOptions = {},
): Promise<Finding> {
  await using temp = await tempFolder();
  const path = join(temp.path, 'original');
  await writeFile(path, onDisk);
  const expected = { byteCount: bytes.byteLength, sha256: sha256Of(bytes) };
  return await checkOriginal(path, expected, options);
}

describe('an original', () => {
  it.each([1, MIB - 1, MIB, MIB + 1, 3 * MIB])(
    'of %i bytes is good as it was received, and changed with one bit flipped at its end',
    async (byteCount) => {
      const bytes = randomBytes(byteCount);
      expect(await check(bytes, bytes)).toEqual({ kind: 'good' });
      const flipped = Buffer.from(bytes);
      flipped[byteCount - 1]! ^= 0b1000_0000;
      expect(await check(bytes, flipped)).toEqual({ kind: 'changed' });
    },
  );

  it('of another length is not read to know it', async () => {
    const files = new FaultyFileSystem();
    const finding = await check(randomBytes(10), randomBytes(12), { files });
    expect(finding).toEqual({ kind: 'wrong-length', byteCount: 12 });
    expect(files.operations.filter((each) => each.startsWith('open'))).toEqual([]);
  });

  it('that grows while it is read is read no further than it should be long', async () => {
    await using temp = await tempFolder();
    const path = join(temp.path, 'original');
    const bytes = randomBytes(2 * MIB);
    await writeFile(path, bytes);
    const expected = { byteCount: bytes.byteLength, sha256: sha256Of(bytes) };
    let readByteCount = 0;
    const finding = await checkOriginal(path, expected, {
      pace: {
        take: () => appendFile(path, randomBytes(MIB)),
        mustLetGo: () => false,
        untilFree: () => Promise.resolve(),
      },
      onRead: (byteCount) => (readByteCount = byteCount),
    });
    expect(finding).toEqual({ kind: 'wrong-length', byteCount: 2 * MIB + 1 });
    expect(readByteCount).toBe(2 * MIB + 1);
  });

  it('that is not there, is a folder, or cannot be read is each named as that', async () => {
    await using temp = await tempFolder();
    const expected = { byteCount: 5, sha256: sha256Of('bytes') };
    const at = (name: string): Promise<Finding> => checkOriginal(join(temp.path, name), expected);
    await writeFile(join(temp.path, 'file'), 'bytes');
    await mkdir(join(temp.path, 'folder'));
    expect(await at('gone')).toEqual({ kind: 'missing' });
    expect(await at('file/below')).toEqual({ kind: 'missing' });
    expect(await at('folder')).toEqual({ kind: 'unreadable', code: 'EISDIR' });
    // Which operation fails must not matter: the look at it, the opening, the reading.
    for (const faultAt of [1, 2, 3, 4]) {
      const files = new FaultyFileSystem({ at: faultAt, code: 'EIO' });
      const finding = await checkOriginal(join(temp.path, 'file'), expected, { files });
      expect(finding, files.failed).toEqual({ kind: 'unreadable', code: 'EIO' });
    }
  });

  it.skipIf(process.platform === 'win32')('that is a device is not read without end', async () => {
    await using temp = await tempFolder();
    const path = join(temp.path, 'original');
    await symlink('/dev/zero', path);
    const finding = await checkOriginal(path, { byteCount: 5, sha256: sha256Of('bytes') });
    expect(finding).toEqual({ kind: 'unreadable', code: 'EINVAL' });
  });
});

it('takes the memory of one part, however large the file is', async () => {
  await using temp = await tempFolder();
  const path = join(temp.path, 'original');
  const bytes = Buffer.alloc(96 * MIB, 7);
  await writeFile(path, bytes);
  const expected = { byteCount: bytes.byteLength, sha256: sha256Of(bytes) };
  const before = process.memoryUsage().arrayBuffers;
  let most = 0;
  const finding = await checkOriginal(path, expected, {
    onRead: () => (most = Math.max(most, process.memoryUsage().arrayBuffers - before)),
  });
  expect(finding.kind).toBe('good');
  expect(most).toBeLessThan(8 * MIB);
});

it('stops with the reason it was given, and closes the file', async () => {
  const bytes = randomBytes(3 * MIB);
  const stop = new AbortController();
  const reason = new Error('enough');
  const stopped = check(bytes, bytes, { signal: stop.signal, onRead: () => stop.abort(reason) });
  await expect(stopped).rejects.toBe(reason);
});
