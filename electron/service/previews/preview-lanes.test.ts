import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { failure, type PreviewKind, type PreviewResult } from '../decoder/decoder-protocol.ts';
import { openPreviewCache } from './preview-cache.ts';
import { madePreview, MemoryPreviewStore } from './preview-fakes.ts';
import { type PreviewQueue, startPreviewQueue } from './preview-queue.ts';

const CRASHED = failure('decoder-crashed', 'signal 11');

/** Stands in for decoders that take any number of jobs; each runs until the test ends it by its name. */
class ManyJobs {
  /** Every job so far, as `/<name> <kind>`. */
  readonly begun: string[] = [];
  readonly #ends = new Map<string, (result: PreviewResult) => void>();
  #onBegin: (() => void) | undefined;

  makePreview(path: string, kind: PreviewKind): Promise<PreviewResult> {
    const name = `${path} ${kind}`;
    this.begun.push(name);
    return new Promise((resolve) => {
      this.#ends.set(name, resolve);
      this.#onBegin?.();
    });
  }

  /** Waits until so many jobs have begun since the start. */
  async hasBegun(count: number): Promise<void> {
    while (this.begun.length < count) {
      await new Promise<void>((resolve) => {
        this.#onBegin = resolve;
      });
    }
  }

  end(name: string, result: PreviewResult = madePreview()): void {
    this.#ends.get(name)?.(result);
    this.#ends.delete(name);
  }

  get runningNames(): string[] {
    return [...this.#ends.keys()].toSorted();
  }
}

let folder = '';
let store: MemoryPreviewStore;
let decoder: ManyJobs;
let queue: PreviewQueue | undefined;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'roost-lanes-'));
  store = new MemoryPreviewStore();
  decoder = new ManyJobs();
});
afterEach(async () => {
  await queue?.close();
  await rm(folder, { recursive: true });
});

async function started(laneCount: number): Promise<PreviewQueue> {
  const cache = await openPreviewCache({ folder });
  const onChange = (): void => undefined;
  queue = startPreviewQueue({ decoder, laneCount, cache, store, onChange, retryAfterMs: 1e6 });
  return queue;
}

function waiting(...letters: string[]): string[] {
  return letters.map((letter, index) => {
    const sha256 = store.add(letter);
    store.enqueue(sha256, 'tile', letters.length - index);
    return sha256;
  });
}

describe('a queue with two lanes', () => {
  it('makes two at a time and none twice, and goes on where one is done', async () => {
    waiting('a', 'b', 'c');
    await started(2);
    expect(decoder.runningNames).toEqual(['/a tile', '/b tile']);
    decoder.end('/b tile');
    await decoder.hasBegun(3);
    expect(decoder.runningNames).toEqual(['/a tile', '/c tile']);
  });

  it('goes on beside a file that hangs', async () => {
    const [, , , d = ''] = waiting('a', 'b', 'c', 'd');
    const previews = await started(2);
    const last = previews.ensure(d, 'tile');
    for (const [index, letter] of ['b', 'd', 'c'].entries()) {
      await decoder.hasBegun(index + 2);
      decoder.end(`/${letter} tile`);
    }
    expect(await last).toBe('ready');
    expect(decoder.runningNames).toEqual(['/a tile']);
  });

  it('makes next what a person waits for, and both lanes work for persons while paused', async () => {
    const [, , , d = '', e = ''] = waiting('a', 'b', 'c', 'd', 'e');
    const previews = await started(2);
    previews.pause();
    const wishes = [previews.ensure(d, 'screen'), previews.ensure(e, 'screen')];
    decoder.end('/a tile');
    decoder.end('/b tile');
    await decoder.hasBegun(4);
    expect(decoder.runningNames).toEqual(['/d screen', '/e screen']);
    decoder.end('/d screen');
    decoder.end('/e screen');
    expect(await Promise.all(wishes)).toEqual(['ready', 'ready']);
    expect(decoder.begun).toHaveLength(4);
  });

  it('lets what waits wait when neither lane can run, and tries both again later', async () => {
    waiting('a', 'b');
    const previews = await started(2);
    const unavailable = failure('decoder-unavailable', 'no program');
    decoder.end('/a tile', unavailable);
    decoder.end('/b tile', unavailable);
    const closed = previews.ensure(store.add('c'), 'tile');
    await decoder.hasBegun(3);
    expect(store.marks).toEqual([]);
    previews.resume();
    await decoder.hasBegun(4);
    decoder.end('/c tile', unavailable);
    expect(await closed).toMatchObject({ reason: 'decoder-unavailable' });
  });
});

describe('a file that killed the decoder twice', () => {
  async function killed(): Promise<{ sha256: string; previews: PreviewQueue }> {
    const [sha256 = ''] = waiting('a');
    const previews = await started(1);
    const asked = previews.ensure(sha256, 'tile');
    decoder.end('/a tile', CRASHED);
    await decoder.hasBegun(2);
    decoder.end('/a tile', CRASHED);
    expect(await asked).toEqual(CRASHED);
    return { sha256, previews };
  }

  it('is not given to it again, for no other preview and after no restart', async () => {
    const { sha256, previews } = await killed();
    expect(await previews.ensure(sha256, 'screen')).toEqual(CRASHED);
    await previews.close();
    store.enqueue(sha256, 'screen', 0);
    const again = await started(1);
    expect(await again.ensure(sha256, 'tile')).toEqual(CRASHED);
    expect(await again.ensure(sha256, 'screen')).toEqual(CRASHED);
    expect(decoder.begun).toEqual(['/a tile', '/a tile']);
  });

  it('is tried again when a person asks for it', async () => {
    const { sha256, previews } = await killed();
    previews.enqueue(sha256, 'tile');
    await decoder.hasBegun(3);
    const screen = previews.ensure(sha256, 'screen');
    decoder.end('/a tile');
    await decoder.hasBegun(4);
    decoder.end('/a screen');
    expect(await screen).toBe('ready');
  });
});
