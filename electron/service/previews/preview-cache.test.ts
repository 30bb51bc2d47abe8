import { mkdtemp, readdir, rm, stat, truncate, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { openPreviewCache, type PreviewCache } from './preview-cache.ts';
import { WebmWriter } from '../decoder/picture/webm-writer.ts';
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

  it('keeps the facts of a preview with it, and gives the bytes without them', async () => {
    const facts = {
      width: 4,
      height: 3,
      sourceWidth: 40,
      sourceHeight: 30,
      quality: 'full',
    } as const;
    await cache.put(SHA, 'tile', fakeWebp(100), facts);
    expect((await cache.get(SHA, 'tile'))?.equals(fakeWebp(100))).toBe(true);
    expect(await cache.facts(SHA, 'tile')).toEqual(facts);
    expect(await cache.facts(OTHER, 'tile')).toBeUndefined();
    await cache.put(OTHER, 'tile', fakeWebp(100));
    expect(await cache.facts(OTHER, 'tile')).toBeUndefined();
  });

  it('lists what begins with two digits', async () => {
    await cache.put(SHA, 'tile', fakeWebp(100));
    await cache.put(SHA, 'screen', fakeWebp(100));
    await cache.put(OTHER, 'screen', fakeWebp(100));
    expect(await cache.list('ab', 'tile')).toEqual(new Set([SHA]));
    expect(await cache.list('cd', 'tile')).toEqual(new Set());
    expect(await cache.list('cd', 'screen')).toEqual(new Set([OTHER]));
    await expect(cache.list('..', 'tile')).rejects.toThrow(TypeError);
  });

  it('keeps clips as WebM and knows a cut one', async () => {
    const writer = new WebmWriter({ width: 4, height: 2, maxByteCount: 1000 });
    writer.add(Buffer.alloc(40, 1), 0, true);
    const clip = writer.finish(42);
    await cache.put(SHA, 'clip', clip);
    expect((await cache.get(SHA, 'clip'))?.equals(clip)).toBe(true);
    const path = join(folder, 'ab', `${SHA}-clip.webm`);
    for (const byteCount of [clip.byteLength - 1, 60, 20, 5]) {
      await truncate(path, byteCount);
      expect(await cache.get(SHA, 'clip')).toBeUndefined();
    }
  });

  it('says so when it cannot write', async () => {
    await writeFile(join(folder, 'ab'), 'a file where a folder should be');
    await expect(cache.put(SHA, 'tile', fakeWebp(20))).rejects.toThrow();
    expect(await readdir(join(folder, 'unfinished'))).toEqual([]);
  });
});

describe('the limit of the preview cache', () => {
  const sha = (index: number): string => index.toString(16).padStart(2, '0').repeat(32);

  /** Keeps a preview that was last looked at so many days ago. */
  async function keep(of: PreviewCache, index: number, kind: 'tile' | 'screen', daysAgo: number) {
    await of.put(sha(index), kind, fakeWebp(1000));
    const path = join(folder, sha(index).slice(0, 2), `${sha(index)}-${kind}.webp`);
    const then = new Date(Date.now() - daysAgo * 86_400_000);
    await utimes(path, then, then);
    await of.settled();
    return path;
  }

  async function names(of: PreviewCache): Promise<string[]> {
    const held: string[] = [];
    for (let index = 0; index < 12; index += 1) {
      if (await of.has(sha(index), 'tile')) held.push(`tile ${index}`);
      if (await of.has(sha(index), 'screen')) held.push(`screen ${index}`);
    }
    return held;
  }

  it('lets screens go that were not looked at for long, and keeps tiles however old', async () => {
    const limited = await openPreviewCache({ folder, limit: { maxByteCount: 4500 } });
    await keep(limited, 0, 'tile', 900);
    await keep(limited, 1, 'screen', 5);
    await keep(limited, 2, 'screen', 9);
    await keep(limited, 3, 'screen', 7);
    expect(await names(limited)).toHaveLength(4);
    await keep(limited, 4, 'screen', 1);
    expect(await names(limited)).toEqual(['tile 0', 'screen 1', 'screen 3', 'screen 4']);
  });

  it('lets tiles go when there is nothing else', async () => {
    const limited = await openPreviewCache({ folder, limit: { maxByteCount: 3500 } });
    for (const [index, daysAgo] of [4, 8, 6].entries()) await keep(limited, index, 'tile', daysAgo);
    await keep(limited, 3, 'tile', 1);
    expect(await names(limited)).toEqual(['tile 0', 'tile 2', 'tile 3']);
  });

  it('takes a look for a use', async () => {
    const limited = await openPreviewCache({ folder, limit: { maxByteCount: 3500 } });
    for (const [index, daysAgo] of [4, 8, 6].entries())
      await keep(limited, index, 'screen', daysAgo);
    await limited.get(sha(1), 'screen');
    await keep(limited, 3, 'screen', 1);
    expect(await names(limited)).toEqual(['screen 0', 'screen 1', 'screen 3']);
  });

  it('notes a look at most once an hour', async () => {
    const path = await keep(cache, 1, 'screen', 0.02);
    const { mtimeMs } = await stat(path);
    await cache.get(sha(1), 'screen');
    expect((await stat(path)).mtimeMs).toBe(mtimeMs);
  });

  it('leaves the disk its reserve, and refuses what has no room at all', async () => {
    let freeByteCount = 10_000;
    const limit = {
      reservedFreeByteCount: () => 5_000,
      freeByteCount: () => Promise.resolve(freeByteCount),
    };
    const limited = await openPreviewCache({ folder, limit });
    await keep(limited, 0, 'screen', 3);
    freeByteCount = 5_200;
    await expect(limited.put(sha(1), 'tile', fakeWebp(1000))).rejects.toThrow('reserve');
    freeByteCount = 4_500;
    await expect(limited.put(sha(1), 'tile', fakeWebp(1000))).rejects.toThrow('reserve');
    expect(await names(limited)).toEqual([]);
    freeByteCount = 8_000;
    await limited.put(sha(1), 'tile', fakeWebp(1000));
    expect(await names(limited)).toEqual(['tile 1']);
  });
});
