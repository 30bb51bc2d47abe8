import { mkdtemp, readdir, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { openPreviewCache, type PreviewCache } from './preview-cache.ts';
import { fakeWebp } from './preview-fakes.ts';

const SHA = 'ab'.repeat(32);
const OTHER = 'cd'.repeat(32);

let folder = '';
let cache: PreviewCache;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'roost-cache-'));
  cache = await openPreviewCache({ folder });
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

describe('the preview cache', () => {
  it('keeps tile and screen of the same original apart, also after reopening', async () => {
    await cache.put(SHA, 'tile', fakeWebp(100));
    await cache.put(SHA, 'screen', fakeWebp(900));
    const again = await openPreviewCache({ folder });
    expect((await again.get(SHA, 'tile'))?.byteLength).toBe(100);
    expect((await again.get(SHA, 'screen'))?.byteLength).toBe(900);
    expect(await again.get(OTHER, 'tile')).toBeUndefined();
    expect([await again.has(SHA, 'tile'), await again.has(OTHER, 'tile')]).toEqual([true, false]);
  });

  it('replaces and deletes', async () => {
    await cache.put(SHA, 'tile', fakeWebp(100));
    await cache.put(SHA, 'tile', fakeWebp(200));
    expect((await cache.get(SHA, 'tile'))?.byteLength).toBe(200);
    await cache.delete(SHA, 'tile');
    await cache.delete(SHA, 'tile');
    expect(await cache.get(SHA, 'tile')).toBeUndefined();
  });

  it('counts its files and bytes', async () => {
    await cache.put(SHA, 'tile', fakeWebp(100));
    await cache.put(OTHER, 'tile', fakeWebp(50));
    expect(await cache.measure()).toEqual({ fileCount: 2, byteCount: 150 });
  });

  it('does not give out what a power cut left of a preview', async () => {
    await cache.put(SHA, 'tile', fakeWebp(100));
    const path = join(folder, 'ab', `${SHA}-tile.webp`);
    await truncate(path, 60);
    expect(await cache.get(SHA, 'tile')).toBeUndefined();
    await writeFile(path, Buffer.alloc(100));
    expect(await cache.has(SHA, 'tile')).toBe(false);
  });

  it('removes at the next start what a crash left half-written', async () => {
    await writeFile(join(folder, 'unfinished', 'half'), 'half');
    await openPreviewCache({ folder });
    expect(await readdir(join(folder, 'unfinished'))).toEqual([]);
  });

  it('takes nothing but a hash for a hash', async () => {
    for (const name of ['../../etc/passwd', '', SHA.toUpperCase(), `${SHA}/x`]) {
      await expect(cache.get(name, 'tile')).rejects.toThrow(TypeError);
      await expect(cache.put(name, 'tile', fakeWebp(20))).rejects.toThrow(TypeError);
    }
  });

  it('says so when it cannot write', async () => {
    await writeFile(join(folder, 'ab'), 'a file where a folder should be');
    await expect(cache.put(SHA, 'tile', fakeWebp(20))).rejects.toThrow();
    expect(await readdir(join(folder, 'unfinished'))).toEqual([]);
  });
});
