import { join } from 'node:path';

import { afterEach, beforeEach, expect, it } from 'vitest';

import { receipt, sha256Of } from '../../../tests/support/core-lab.ts';
import { ManualClock } from '../../../tests/support/manual-clock.ts';
import { tempFolder } from '../../../tests/support/temp-folder.ts';
import type { PreviewStore } from '../previews/preview-store.ts';

import { missingHeaders, mediaTypeOf, recordHeader } from './media-rows.ts';
import { openCatalog, type Catalog } from './open-catalog.ts';
import {
  countPreviews,
  enqueueMissingTiles,
  isQuickTile,
  previewStore,
  requeueUnreadable,
} from './preview-rows.ts';
import { recordEntry } from './record-entry.ts';

let temp: Awaited<ReturnType<typeof tempFolder>>;
let catalog: Catalog;
let store: PreviewStore;
const clock = new ManualClock();

const SIZES = { width: 4, height: 3, sourceWidth: 4, sourceHeight: 3, quality: 'full' } as const;

beforeEach(async () => {
  temp = await tempFolder();
  catalog = openCatalog(join(temp.path, 'catalog.sqlite'));
  store = previewStore(catalog, clock, (path) => `/library/${path}`);
});

afterEach(async () => {
  catalog.close();
  await temp[Symbol.asyncDispose]();
});

/** Stores a photo with these bytes and gives their hash. */
function photo(text: string): string {
  const sha256 = sha256Of(text);
  recordEntry(catalog, { entry: 'receipt', ...receipt({ sha256, path: `${text}.HEIC` }) });
  return sha256;
}

it('gives what is most wanted, then tiles before screens, then what was asked for last', () => {
  const [one, two, three] = [photo('one'), photo('two'), photo('three')];
  const asked = [
    [three, 'screen', 1],
    [one, 'screen', 0],
    [one, 'tile', 0],
    [two, 'tile', 0],
  ] as const;
  for (const [sha256, kind, priority] of asked) {
    clock.advance(1);
    store.enqueue(sha256, kind, priority);
  }
  const order: unknown[] = [];
  for (let next = store.nextWaiting(); next; next = store.nextWaiting()) {
    order.push([next.absolutePath, next.kind]);
    store.markFailed(next.sha256, next.kind, { reason: 'damaged', detail: '', attempts: 1 });
  }
  expect(order).toEqual([
    ['/library/three.HEIC', 'screen'],
    ['/library/two.HEIC', 'tile'],
    ['/library/one.HEIC', 'tile'],
    ['/library/one.HEIC', 'screen'],
  ]);
});

it('passes over what is in work', () => {
  const [one, two] = [photo('one'), photo('two')];
  store.enqueue(one, 'tile', 1);
  store.enqueue(two, 'tile', 0);
  store.enqueue(one, 'screen', 0);
  expect(store.nextWaiting([`${one}-tile`])?.sha256).toBe(two);
  expect(store.nextWaiting([`${one}-tile`, `${two}-tile`])?.kind).toBe('screen');
  expect(store.nextWaiting([`${one}-tile`, `${two}-tile`, `${one}-screen`])).toBeUndefined();
});

it('takes a higher priority for what is waiting already', () => {
  const [one, two] = [photo('one'), photo('two')];
  store.enqueue(one, 'tile', 0);
  clock.advance(1);
  store.enqueue(two, 'tile', 0);
  store.enqueue(one, 'tile', 1);
  expect(store.nextWaiting()?.sha256).toBe(one);
});

it('finds the next one without looking at all that wait', () => {
  const plan = catalog.all<{ detail: string }>(
    `EXPLAIN QUERY PLAN SELECT sha256, kind FROM previews WHERE state = 'waiting'
       AND sha256 || '-' || kind NOT IN (SELECT value FROM json_each('[]'))
     ORDER BY priority DESC, kind DESC, queued_at DESC LIMIT 1`,
  );
  expect(plan.map((step) => step.detail).join()).not.toContain('TEMP B-TREE');
});

it('is not held up by bytes that the catalog has no file for', () => {
  const sha256 = photo('here');
  store.enqueue(sha256, 'tile', 0);
  clock.advance(1);
  store.enqueue(sha256Of('not in the catalog'), 'tile', 0);
  expect(store.nextWaiting()?.sha256).toBe(sha256);
});

it('tells how a preview stands', () => {
  const sha256 = photo('one');
  const absolutePath = '/library/one.HEIC';
  expect(store.find(sha256Of('nothing'), 'tile')).toBeUndefined();
  expect(store.find(sha256, 'tile')).toEqual({ state: 'none', absolutePath });
  store.enqueue(sha256, 'tile', 0);
  expect(store.find(sha256, 'tile')).toEqual({ state: 'waiting', absolutePath });
  store.markFailed(sha256, 'tile', { reason: 'decoder-timeout', detail: 'took 30 s', attempts: 2 });
  expect(store.find(sha256, 'tile')).toEqual({
    state: 'failed',
    reason: 'decoder-timeout',
    detail: 'took 30 s',
  });
  expect(countPreviews(catalog)).toEqual({ waitingCount: 0, failedCount: 1 });
  store.enqueue(sha256, 'tile', 0);
  expect(countPreviews(catalog)).toEqual({ waitingCount: 1, failedCount: 0 });
  store.markReady(sha256, 'tile', { ...SIZES, thumbhash: 'aGk=' });
  expect(store.find(sha256, 'tile')).toEqual({ state: 'ready', absolutePath });
});

it('calls a reason that it does not know damage', () => {
  const sha256 = photo('one');
  store.markFailed(sha256, 'tile', { reason: 'decoder-timeout', detail: '', attempts: 1 });
  catalog.run("UPDATE previews SET reason = 'of a newer Roost'");
  expect(store.find(sha256, 'tile')).toMatchObject({ reason: 'damaged' });
});

it('asks for a tile of everything that has none, once', () => {
  const [one] = [photo('one'), photo('two')];
  store.markReady(one, 'tile', { ...SIZES });
  expect(enqueueMissingTiles(catalog, clock)).toBe(1);
  expect(enqueueMissingTiles(catalog, clock)).toBe(0);
  expect(store.find(one, 'tile')?.state).toBe('ready');
});

it('queues again what could not be read, and nothing that failed for reasons of its own', () => {
  const [gone, rotten] = [photo('gone'), photo('rotten')];
  store.markFailed(gone, 'tile', { reason: 'file-unreadable', detail: 'ENOENT', attempts: 2 });
  store.markFailed(rotten, 'tile', { reason: 'damaged', detail: 'half', attempts: 1 });
  expect(requeueUnreadable(catalog)).toBe(1);
  expect(store.find(gone, 'tile')?.state).toBe('waiting');
  expect(store.find(rotten, 'tile')).toMatchObject({ state: 'failed', reason: 'damaged' });
});

it('knows by its preview that something is a photo whose header told nothing', () => {
  const kindOf = (sha256: string): unknown =>
    catalog.get('SELECT kind FROM media WHERE sha256 = ?', sha256);
  const [riddle, video] = [photo('riddle'), photo('video')];
  recordHeader(catalog, riddle, { mediaType: 'application/octet-stream', kind: 'file' });
  recordHeader(catalog, video, { mediaType: 'video/mp4', kind: 'video' });
  expect(kindOf(riddle)).toEqual({ kind: 'file' });
  for (const sha256 of [riddle, video]) store.markReady(sha256, 'tile', { ...SIZES });
  expect(kindOf(riddle)).toEqual({ kind: 'photo' });
  expect(kindOf(video)).toEqual({ kind: 'video' });
});

it('keeps what a tile measured when a header is read later, and the thumbhash with it', () => {
  const sha256 = photo('one');
  store.markReady(sha256, 'tile', { ...SIZES, thumbhash: 'aGk=' });
  expect(missingHeaders(catalog, 10).missing).toEqual([{ sha256, path: 'one.HEIC' }]);
  recordHeader(catalog, sha256, { mediaType: 'image/heic', kind: 'photo', width: 9, height: 9 });
  expect(missingHeaders(catalog, 10).missing).toEqual([]);
  expect(mediaTypeOf(catalog, sha256)).toBe('image/heic');
  expect(catalog.get('SELECT width, height, thumbhash FROM media')).toEqual({
    width: 4,
    height: 3,
    thumbhash: 'aGk=',
  });
});

it('gives a quick tile to be made anew, when nothing waits', () => {
  const [one, two] = [photo('one'), photo('two')];
  store.enqueue(one, 'tile', 0);
  store.markReady(one, 'tile', { ...SIZES, quality: 'quick' });
  store.enqueue(two, 'tile', 0);
  expect(isQuickTile(catalog, one)).toBe(true);
  expect(store.nextWaiting()).toMatchObject({ sha256: two });
  expect(store.nextWaiting()?.quality).toBeUndefined();
  store.markReady(two, 'tile', SIZES);
  expect(store.nextWaiting()).toMatchObject({ sha256: one, kind: 'tile', quality: 'full' });
  expect(store.nextWaiting([`${one}-tile`])).toBeUndefined();
  store.markReady(one, 'tile', SIZES);
  expect(store.nextWaiting()).toBeUndefined();
  expect(isQuickTile(catalog, one)).toBe(false);
});

it('takes no size from a clip, which may be of a movie inside a photo', () => {
  const one = photo('one');
  store.markReady(one, 'tile', { ...SIZES, sourceWidth: 4000, sourceHeight: 3000 });
  store.markReady(one, 'clip', { ...SIZES, sourceWidth: 1920, sourceHeight: 1080 });
  expect(store.find(one, 'clip')).toMatchObject({ state: 'ready' });
  const media = catalog.get('SELECT width, height FROM media WHERE sha256 = ?', one);
  expect(media).toEqual({ width: 4000, height: 3000 });
});
