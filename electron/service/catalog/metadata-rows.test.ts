import { join } from 'node:path';

import { afterEach, beforeEach, expect, it } from 'vitest';

import { receipt, sha256Of } from '../../../tests/support/core-lab.ts';
import { tempFolder } from '../../../tests/support/temp-folder.ts';
import type { MetadataReading, MetadataStore } from '../metadata/metadata-store.ts';

import {
  countMetadata,
  enqueueMissingMetadata,
  metadataOf,
  metadataStore,
  requeueUnreadableMetadata,
} from './metadata-rows.ts';
import { MIGRATIONS, openCatalog, type Catalog } from './open-catalog.ts';
import { recordEntry } from './record-entry.ts';

let temp: Awaited<ReturnType<typeof tempFolder>>;
let catalog: Catalog;
let store: MetadataStore;

beforeEach(async () => {
  temp = await tempFolder();
  catalog = openCatalog(join(temp.path, 'catalog.sqlite'));
  store = metadataStore(catalog, (path) => `/library/${path}`);
});

afterEach(async () => {
  catalog.close();
  await temp[Symbol.asyncDispose]();
});

/** Stores a photo with these bytes and gives their hash. */
function photo(text: string, storedAt: number, path = `${text}.HEIC`): string {
  const sha256 = sha256Of(text);
  const told = { fileName: `${text}.HEIC` };
  recordEntry(catalog, { entry: 'receipt', ...receipt({ sha256, path, storedAt, told }) });
  return sha256;
}

const READ: MetadataReading = {
  state: 'ready',
  toolVersion: '13.59',
  metadata: {
    camera: 'Apple iPhone 6s',
    lensModel: 'back camera',
    gpsLatitude: 34,
    gpsLongitude: -118.5,
    contentId: 'C',
    burstId: 'B',
    iso: 32,
  },
  captureTime: {
    local: '2019-12-29T19:01:15',
    offsetMinutes: -480,
    source: 'exif',
    offsetSource: 'place',
  },
};

it('gives what waits, the newest first, with its place of now and what was told', () => {
  const old = photo('old', 1000);
  const young = photo('young', 3000);
  photo('young', 2000, 'moved/young.HEIC');
  for (const sha256 of [old, young]) store.enqueue(sha256);
  expect(store.nextWaiting()).toEqual({
    sha256: young,
    absolutePath: '/library/moved/young.HEIC',
    told: { fileName: 'young.HEIC' },
    storedAt: 3000,
  });
  store.save(young, READ);
  expect(store.nextWaiting()?.sha256).toBe(old);
  store.save(old, READ);
  expect(store.nextWaiting()).toBeUndefined();
});

it('keeps what was read, whole and in columns', () => {
  const sha256 = photo('a', 1000);
  store.enqueue(sha256);
  expect(metadataOf(catalog, sha256)).toEqual({ state: 'waiting' });
  store.save(sha256, READ);
  expect(metadataOf(catalog, sha256)).toEqual({
    state: 'ready',
    toolVersion: '13.59',
    metadata: READ.metadata,
  });
  expect(
    catalog.get('SELECT captured_local, captured_offset, capture_source FROM metadata'),
  ).toEqual({
    captured_local: '2019-12-29T19:01:15',
    captured_offset: -480,
    capture_source: 'exif',
  });
  const row = catalog.get(
    'SELECT camera, lens, latitude, longitude, content_id, burst_id FROM metadata',
  );
  expect(row).toEqual({
    camera: 'Apple iPhone 6s',
    lens: 'back camera',
    latitude: 34,
    longitude: -118.5,
    content_id: 'C',
    burst_id: 'B',
  });
});

it('shows what was read before while it waits to be read again', () => {
  const sha256 = photo('a', 1000);
  store.enqueue(sha256);
  store.save(sha256, READ);
  store.enqueue(sha256);
  expect(metadataOf(catalog, sha256)).toMatchObject({ state: 'waiting', metadata: { iso: 32 } });
  expect(countMetadata(catalog)).toEqual({ waitingCount: 1, failedCount: 0 });
});

it('notes again, for another exiftool, what one failed at or was not there for', () => {
  const [failed, byHeader, fine] = ['failed', 'header', 'fine'].map((text) => photo(text, 1000));
  for (const sha256 of [failed!, byHeader!, fine!]) store.enqueue(sha256);
  expect(store.hasReasons()).toBe(false);
  store.save(failed!, { ...READ, state: 'failed', reason: 'reader-ended', toolVersion: '13.58' });
  const { toolVersion: _, ...untried } = READ;
  store.save(byHeader!, { ...untried, reason: 'no-perl' });
  store.save(fine!, { ...READ, toolVersion: '13.58' });
  expect(store.hasReasons()).toBe(true);
  store.requeueForVersion('13.58');
  expect(metadataOf(catalog, failed!)?.state).toBe('failed');
  expect(metadataOf(catalog, byHeader!)?.state).toBe('waiting');
  store.requeueForVersion('13.59');
  expect(metadataOf(catalog, failed!)?.state).toBe('waiting');
  expect(metadataOf(catalog, fine!)?.state).toBe('ready');
});

it('notes again what the library did not let it read', () => {
  const sha256 = photo('a', 1000);
  store.enqueue(sha256);
  store.save(sha256, { ...READ, state: 'failed', reason: 'file-unreadable' });
  expect(countMetadata(catalog)).toEqual({ waitingCount: 0, failedCount: 1 });
  expect(requeueUnreadableMetadata(catalog)).toBe(1);
  expect(store.nextWaiting()?.sha256).toBe(sha256);
});

it('notes all bytes of a catalog made anew, and each once', () => {
  photo('a', 1000);
  photo('b', 2000);
  expect(enqueueMissingMetadata(catalog)).toBe(2);
  expect(enqueueMissingMetadata(catalog)).toBe(0);
  expect(store.nextWaiting()?.sha256).toBe(sha256Of('b'));
});

it('notes all bytes that were there before there was metadata', () => {
  const path = join(temp.path, 'older.sqlite');
  const older = openCatalog(
    path,
    MIGRATIONS.filter(({ version }) => version < 5),
  );
  older.run(
    `INSERT INTO resources (receipt_id, asset_id, device_id, asset_key, resource_type, path, path_key, byte_count,
       sha256, stored_at, receipt) VALUES ('r', 'a', 'd', 'k', 'photo', 'a.HEIC', 'a.heic', 1, ?, 1, '{}')`,
    sha256Of('a'),
  );
  older.close();
  const newer = openCatalog(path);
  expect(metadataOf(newer, sha256Of('a'))).toEqual({ state: 'waiting' });
  newer.close();
});

it('is not held up by bytes that the catalog has no file for', () => {
  store.enqueue(sha256Of('gone'));
  const sha256 = photo('a', 1000);
  store.enqueue(sha256);
  expect(store.nextWaiting()?.sha256).toBe(sha256);
});
