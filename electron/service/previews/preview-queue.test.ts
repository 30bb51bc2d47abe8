import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { failure, type PreviewResult } from '../decoder/decoder-protocol.ts';
import { openPreviewCache, type PreviewCache } from './preview-cache.ts';
import { madePreview, ManualDecoder, MemoryPreviewStore } from './preview-fakes.ts';
import {
  type PreviewChange,
  type PreviewQueue,
  type PreviewQueueOptions,
  startPreviewQueue,
} from './preview-queue.ts';

let folder = '';
let cache: PreviewCache;
let store: MemoryPreviewStore;
let decoder: ManualDecoder;
let changes: PreviewChange[] = [];
let onChange: ((change: PreviewChange) => void) | undefined;
let queue: PreviewQueue | undefined;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'roost-queue-'));
  cache = await openPreviewCache({ folder });
  store = new MemoryPreviewStore();
  decoder = new ManualDecoder();
  changes = [];
});
afterEach(async () => {
  await queue?.close();
  await rm(folder, { recursive: true });
});

function started(more: Partial<PreviewQueueOptions> = {}): PreviewQueue {
  queue = startPreviewQueue({
    laneCount: 1,
    ...more,
    decoder,
    cache,
    store,
    onChange(change) {
      changes.push(change);
      onChange?.(change);
    },
    retryAfterMs: 1_000_000,
  });
  return queue;
}

/** Waits for the next change. */
function changed(): Promise<void> {
  return new Promise((resolve) => {
    onChange = () => {
      resolve();
    };
  });
}

async function answered(...args: Parameters<ManualDecoder['answer']>): Promise<void> {
  const change = changed();
  await decoder.answer(...args);
  await change;
}

describe('the preview queue', () => {
  it('makes what waited when the service last ended', async () => {
    const a = store.add('a');
    store.enqueue(a, 'tile', 0);
    started();
    await answered();
    expect(store.marks).toEqual(['/a tile ready']);
    expect((await cache.get(a, 'tile'))?.byteLength).toBe(64);
    expect(changes).toEqual([{ sha256: a, kind: 'tile', state: 'ready' }]);
  });

  it('has the picture in the cache before it says that it is ready', async () => {
    const a = store.add('a');
    const seen: Promise<boolean>[] = [];
    onChange = () => seen.push(cache.has(a, 'tile'));
    const previews = started();
    previews.enqueue(a, 'tile');
    const asked = previews.ensure(a, 'tile');
    await decoder.answer();
    expect(await asked).toBe('ready');
    expect(await Promise.all(seen)).toEqual([true]);
  });

  it('makes one after another, and first what a person waits for, the latest wish first', async () => {
    const [a, b, c, d] = ['a', 'b', 'c', 'd'].map((letter) => store.add(letter));
    store.enqueue(a!, 'tile', 0);
    store.enqueue(b!, 'tile', 0);
    const previews = started();
    await decoder.running();
    const wishes = [previews.ensure(c!, 'screen'), previews.ensure(d!, 'screen')];
    for (let count = 0; count < 4; count += 1) await answered();
    expect(decoder.jobs).toEqual(['/a tile', '/d screen', '/c screen', '/b tile']);
    expect(await Promise.all(wishes)).toEqual(['ready', 'ready']);
  });

  it('joins a wish to the job that runs or waits for the same preview', async () => {
    const a = store.add('a');
    store.enqueue(a, 'tile', 0);
    const previews = started();
    await decoder.running();
    const wishes = [previews.ensure(a, 'tile'), previews.ensure(a, 'tile')];
    await decoder.answer();
    expect(await Promise.all(wishes)).toEqual(['ready', 'ready']);
    expect(await previews.ensure(a, 'tile')).toBe('ready');
    expect(decoder.jobs).toEqual(['/a tile']);
  });

  it('tells at once why a preview failed before, and for an original it does not know', async () => {
    const a = store.add('a');
    store.markFailed(a, 'tile', { reason: 'damaged', detail: 'half', attempts: 1 });
    const previews = started();
    expect(await previews.ensure(a, 'tile')).toEqual(failure('damaged', 'half'));
    expect(await previews.ensure('00'.repeat(32), 'tile')).toMatchObject({
      reason: 'file-unreadable',
    });
    expect(decoder.jobs).toEqual([]);
  });

  it('lets previews wait while the drive of the library is gone, and makes them when it is back', async () => {
    const a = store.add('a');
    store.enqueue(a, 'tile', 0);
    let isPresent = false;
    const previews = started({ isLibraryPresent: () => Promise.resolve(isPresent) });
    const asked = previews.ensure(a, 'tile');
    const gone = failure('file-unreadable', 'ENOENT');
    await decoder.answer(gone);
    await decoder.answer(gone);
    expect(await asked).toEqual(gone);
    expect(store.marks).toEqual([]);
    expect(store.nextWaiting()?.sha256).toBe(a);
    isPresent = true;
    previews.resume();
    await answered();
    expect(store.marks).toEqual(['/a tile ready']);
  });

  it('calls a file unreadable that cannot be read while its library is there', async () => {
    const a = store.add('a');
    store.enqueue(a, 'tile', 0);
    started({ isLibraryPresent: () => Promise.resolve(true) });
    const gone = failure('file-unreadable', 'ENOENT');
    await decoder.answer(gone);
    await answered(gone);
    expect(store.marks).toEqual(['/a tile file-unreadable after 2']);
  });

  it('makes a quick tile first, and a better one when nothing else is to be done', async () => {
    const [a, b] = [store.add('a'), store.add('b')];
    store.enqueue(a, 'tile', 1);
    store.enqueue(b, 'tile', 0);
    started();
    const quick = { ...madePreview(), isQuick: true } as PreviewResult;
    await decoder.answer(quick);
    await decoder.answer();
    // A decoder that calls everything quick is asked no third time.
    await decoder.answer(quick);
    await expect
      .poll(() => store.marks)
      .toEqual(['/a tile ready, quick', '/b tile ready', '/a tile ready']);
    expect(decoder.qualities).toEqual(['quick', 'quick', 'full']);
  });

  it('makes a preview again whose file was deleted', async () => {
    const a = store.add('a');
    store.markReady(a, 'tile', { quality: 'full' });
    const previews = started();
    const wish = previews.ensure(a, 'tile');
    await decoder.answer();
    expect(await wish).toBe('ready');
  });

  it('tries a crash once more, and gives up on a file that can never have one', async () => {
    const [a, b] = [store.add('a'), store.add('b')];
    store.enqueue(a, 'tile', 1);
    store.enqueue(b, 'tile', 0);
    started();
    await decoder.answer(failure('decoder-crashed', 'signal 6'));
    await answered(failure('decoder-crashed', 'signal 6'));
    await answered(failure('not-an-image', 'text/plain'));
    expect(store.marks).toEqual([
      '/a tile decoder-crashed after 2',
      '/b tile not-an-image after 1',
    ]);
    expect(changes.map((change) => change.state)).toEqual(['failed', 'failed']);
  });

  it('leaves a preview waiting when the decoder cannot run, and goes on at the next occasion', async () => {
    const a = store.add('a');
    const previews = started();
    const wish = previews.ensure(a, 'tile');
    await decoder.answer(failure('decoder-unavailable', 'no program'));
    expect(await wish).toMatchObject({ reason: 'decoder-unavailable' });
    expect(store.marks).toEqual([]);
    previews.enqueue(a, 'tile');
    await answered();
    expect(store.marks).toEqual(['/a tile ready']);
  });

  it('leaves a preview waiting when it cannot be kept', async () => {
    const a = store.add('a');
    await writeFile(join(folder, a.slice(0, 2)), 'a file where a folder should be');
    const previews = started();
    const wish = previews.ensure(a, 'tile');
    await decoder.answer();
    expect(await wish).toMatchObject({ reason: 'preview-not-kept' });
    expect(store.marks).toEqual([]);
  });

  it('makes only what persons wait for while paused', async () => {
    const [a, b] = [store.add('a'), store.add('b')];
    const previews = started();
    previews.pause();
    previews.enqueue(a, 'tile');
    const wish = previews.ensure(b, 'screen');
    await decoder.answer();
    expect(await wish).toBe('ready');
    expect(decoder.jobs).toEqual(['/b screen']);
    previews.resume();
    await answered();
    expect(decoder.jobs).toEqual(['/b screen', '/a tile']);
  });

  it('goes on after a listener failed', async () => {
    const [a, b] = [store.add('a'), store.add('b')];
    store.enqueue(a, 'tile', 1);
    const previews = started();
    const next = new Promise<void>((resolve) => {
      onChange = ({ sha256 }) => {
        if (sha256 === a) throw new Error('listener failed');
        resolve();
      };
    });
    await decoder.answer();
    previews.enqueue(b, 'tile');
    await decoder.answer();
    await next;
    expect(store.marks).toEqual(['/a tile ready', '/b tile ready']);
  });

  it('closes at once: the preview in work stays waiting and wishes are answered', async () => {
    const [a, b] = [store.add('a'), store.add('b')];
    store.enqueue(a, 'tile', 0);
    const previews = started();
    await decoder.running();
    const wishes = [previews.ensure(a, 'tile'), previews.ensure(b, 'screen')];
    await previews.close();
    for (const outcome of await Promise.all(wishes)) {
      expect(outcome).toMatchObject({ reason: 'decoder-unavailable' });
    }
    await decoder.answer();
    expect(await previews.ensure(b, 'screen')).toMatchObject({ reason: 'decoder-unavailable' });
    expect([store.marks, store.nextWaiting()?.sha256]).toEqual([[], a]);
  });
});
