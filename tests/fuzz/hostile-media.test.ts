import { readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { peaksOfDescendants } from '../../bench/process-tree.ts';
import type { DecoderFailure } from '../../electron/service/decoder/decoder-protocol.ts';
import { type Decoders, startDecoders } from '../../electron/service/decoder/start-decoders.ts';
import { isPreviewReason } from '../../shared/preview-reasons.ts';
import { SeededRandom } from '../support/seeded-random.ts';
import { tempFolder } from '../support/temp-folder.ts';

import { mediaBombs } from './media-bombs.ts';
import { mediaSeeds } from './media-seeds.ts';
import { mutated, truncations } from './mutate-media.ts';

/** `ROOST_TEST_MEDIA` asks for more. */
const FILE_COUNT = Math.max(Number(process.env['ROOST_TEST_MEDIA']) || 0, 5_000);
const ENTRY = new URL('../../electron/service/decoder/decoder-entry.ts', import.meta.url);
const LANES = 2;
const HEADER_TIMEOUT_MS = 5_000;
const TILE_TIMEOUT_MS = 15_000;
const GIBIBYTE = 1024 ** 3;

let temp: Awaited<ReturnType<typeof tempFolder>>;
let seeds: ReadonlyMap<string, Buffer>;
let decoders: Decoders;
const deaths: DecoderFailure['reason'][] = [];

beforeAll(async () => {
  temp = await tempFolder();
  seeds = await mediaSeeds(temp.path);
  decoders = startDecoders({
    entry: ENTRY,
    previewLanes: LANES,
    onRestart: (reason) => deaths.push(reason),
  });
});
afterAll(async () => {
  await decoders.close();
  await temp[Symbol.asyncDispose]();
});

/** What the service hears of a file: `ok`, or a reason. */
async function heardOf(path: string): Promise<{ header: string; tile: string }> {
  const header = await decoders.headers.readHeader(path, { timeoutMs: HEADER_TIMEOUT_MS });
  const tile = await decoders.previews.makePreview(path, 'tile', { timeoutMs: TILE_TIMEOUT_MS });
  return { header: header.ok ? 'ok' : header.reason, tile: tile.ok ? 'ok' : tile.reason };
}

/** Shows each file to the decoders, a few at a time, and counts what was heard. */
async function show(files: Iterable<readonly [string, Buffer]>): Promise<Map<string, number>> {
  const counts = new Map<string, number>();
  const waiting = files[Symbol.iterator]();
  let fileCount = 0;
  const lane = async (): Promise<void> => {
    for (let next = waiting.next(); !next.done; next = waiting.next()) {
      const [name, bytes] = next.value;
      fileCount += 1;
      const path = join(temp.path, `shown-${fileCount}`);
      await writeFile(path, bytes);
      const { header, tile } = await heardOf(path);
      for (const heard of [header, tile]) {
        expect(heard === 'ok' || isPreviewReason(heard), `${name}: ${heard}`).toBe(true);
        // These would mean that a file cost others their answer, or that it vanished.
        expect(['decoder-unavailable', 'file-unreadable'], name).not.toContain(heard);
      }
      counts.set(tile, (counts.get(tile) ?? 0) + 1);
      expect((await readFile(path)).equals(bytes), `${name} was changed`).toBe(true);
      await rm(path);
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  return counts;
}

async function expectGoodFilesAreFine(): Promise<void> {
  const jpeg = seeds.get('jpeg');
  if (jpeg === undefined) throw new Error('no JPEG');
  expect(await show([['good', jpeg]])).toEqual(new Map([['ok', 1]]));
}

/** Keeps an eye on the memory of our descendants, of those that die too. */
function watchPeaks(): { stop(): Promise<number> } {
  let peak = 0;
  const over = new AbortController();
  const watching = (async () => {
    while (!over.signal.aborted) {
      peak = Math.max(peak, ...(await peaksOfDescendants(process.pid)));
      await sleep(10);
    }
  })();
  return {
    async stop() {
      over.abort();
      await watching;
      return peak;
    },
  };
}

function told(counts: ReadonlyMap<string, number>): string {
  return [...counts].map(([heard, count]) => `${heard} ${count}`).join(', ');
}

describe('hostile media', () => {
  it('intact, each of the kinds has a tile, but for a movie that is all header', async () => {
    for (const [name, bytes] of seeds) {
      const counts = await show([[name, bytes]]);
      expect([name, counts.has('ok')]).toEqual([name, name !== 'movie-header']);
    }
  });

  it('bombs cost an answer each, and no decoder a gibibyte', { timeout: 300_000 }, async () => {
    const before = await readdir(temp.path);
    const watch = watchPeaks();
    const bombs = mediaBombs(seeds);
    const counts = await show(bombs);
    const peak = await watch.stop();
    process.stdout.write(
      `${bombs.size} bombs: ${told(counts)}; largest decoder ${Math.round(peak / 1024 ** 2)} MiB; deaths: ${deaths.join(', ') || 'none'}\n`,
    );
    expect(peak).toBeLessThan(GIBIBYTE);
    expect(await readdir(temp.path)).toEqual(before);
    await expectGoodFilesAreFine();
  });

  it(
    `${FILE_COUNT} mutated files cost a reason each`,
    { timeout: 600_000 + FILE_COUNT * 100 },
    async () => {
      const random = SeededRandom.fromEnvironment();
      const all = [...seeds.values()];
      const deathsBefore = deaths.length;
      function* files(): Generator<readonly [string, Buffer]> {
        let count = 0;
        const named = (name: string, bytes: Buffer) =>
          [`${name} ${(count += 1)} (ROOST_TEST_SEED=${random.seed})`, bytes] as const;
        for (const [name, bytes] of seeds) {
          for (const cut of truncations(bytes)) yield named(name, cut);
        }
        while (count < FILE_COUNT) {
          for (const [name, bytes] of seeds) yield named(name, mutated(bytes, all, random));
        }
      }
      const counts = await show(files());
      const tried = [...counts.values()].reduce((sum, count) => sum + count, 0);
      process.stdout.write(
        `${tried} mutated files: ${told(counts)}; deaths: ${deaths.length - deathsBefore}\n`,
      );
      expect(tried).toBeGreaterThanOrEqual(FILE_COUNT);
      // Else the mutations would be too tame, or too wild, to try anything.
      expect(counts.get('ok')).toBeGreaterThan(tried / 20);
      expect(counts.get('damaged')).toBeGreaterThan(tried / 20);
      await expectGoodFilesAreFine();
    },
  );
});
