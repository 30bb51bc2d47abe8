import { randomUUID } from 'node:crypto';
import { join } from 'node:path';

import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { type AssetFilter, assetFilterSchema } from '../../../shared/asset-filter.ts';
import type { MediaMetadata } from '../../../shared/media-metadata.ts';
import type { Receipt } from '../../../shared/receipt.ts';
import { PHONE, receipt, sha256Of, TABLET } from '../../../tests/support/core-lab.ts';
import { tempFolder } from '../../../tests/support/temp-folder.ts';

import { atOnce } from '../in-slices.ts';

import { filterClause } from './asset-filter.ts';
import { facetsOf } from './facet-queries.ts';
import { filteredDays } from './filtered-counts.ts';
import { enqueueMissingMetadata, metadataStore } from './metadata-rows.ts';
import { noteDetails } from './note-details.ts';
import { openCatalog, type Catalog } from './open-catalog.ts';
import { recordEntry } from './record-entry.ts';

let temp: Awaited<ReturnType<typeof tempFolder>>;
let catalog: Catalog;

beforeEach(async () => {
  temp = await tempFolder();
  catalog = openCatalog(join(temp.path, 'catalog.sqlite'));
  device(PHONE, 'Anna’s iPhone');
  device(TABLET, 'Jörgs Tablet');
});

afterEach(async () => {
  catalog.close();
  await temp[Symbol.asyncDispose]();
});

function device(deviceId: string, name: string): void {
  recordEntry(catalog, {
    entry: 'device',
    deviceId,
    name,
    folder: 'Phone',
    model: 'X',
    platform: 'X',
    app: 'X',
    pairedAt: 1,
    recordedAt: 1,
  });
}

interface NewPhoto {
  readonly name?: string;
  readonly day?: string;
  readonly change?: Partial<Receipt>;
  readonly metadata?: MediaMetadata;
}

let number = 0;

/** Stores a photo, and reads its details if there are some. */
function photo({ name = 'IMG_1.HEIC', day = '2019-08-15', change, metadata }: NewPhoto): Receipt {
  number += 1;
  const captureTime = { local: `${day}T12:00:00`, source: 'exif' as const };
  const stored = receipt({
    captureTime,
    path: `Phone/${number}/${name}`,
    assetKey: `key ${number}`,
    sha256: sha256Of(String(number)),
    seen: { mediaType: 'image/heic' },
    ...change,
    told: { fileName: name, ...change?.told },
  });
  recordEntry(catalog, { entry: 'receipt', ...stored });
  if (metadata) {
    enqueueMissingMetadata(catalog);
    const store = metadataStore(catalog, (path) => path);
    store.save(stored.sha256, { state: 'ready', metadata, captureTime });
    noteDetails(catalog, stored.sha256);
  }
  return stored;
}

/** Ids that a row-by-row look finds; the kept counts have to say the same of them. */
function found(filter: AssetFilter): string[] {
  const { sql, values } = filterClause(filter);
  const rows = catalog.all<{ asset_id: string }>(
    `SELECT asset_id FROM assets WHERE ${sql} ORDER BY asset_id`,
    ...values,
  );
  expect(facetsOf(catalog, filter).count).toBe(rows.length);
  return rows.map((row) => row.asset_id);
}

function finds(q: string, ...expected: readonly Receipt[]): void {
  expect([q, found({ q })]).toEqual([q, expected.map(({ assetId }) => assetId).toSorted()]);
}

describe('free text', () => {
  it('finds a part of the name that the phone told, and of the name on disk', () => {
    const told = photo({
      name: 'Ferien am Zürichsee 20190815_104711.jpg',
      change: { path: 'Phone/2019/other.jpg' },
    });
    const other = photo({ name: 'IMG_0001.HEIC' });
    for (const q of [
      '4711',
      '104711.jpg',
      'zurichsee',
      'ZÜRICHSEE',
      'other',
      'am',
      '"ferien am"',
    ]) {
      finds(q, told);
    }
    finds('img_0001', other);
    finds('"am ferien"');
    finds('other.jpg 4711', told);
    finds('other.jpg 4712');
  });

  it('finds camera, lens, device, kind and place, in both languages and without accents', () => {
    const zurich = photo({
      metadata: {
        camera: 'Apple iPhone 11',
        lensModel: 'back dual camera',
        gpsLatitude: 47.37,
        gpsLongitude: 8.54,
        isScreenshot: true,
      },
    });
    const tokyo = photo({
      name: 'P1.JPG',
      change: {
        deviceId: TABLET,
        told: { location: { latitude: 35.7, longitude: 139.7 } },
        seen: { mediaType: 'image/jpeg', camera: 'Canon EOS 5D' },
      },
    });
    for (const q of ['iphone 11', 'dual', 'anna’s', 'zurich', 'Zürich', 'Schweiz', 'switzerland']) {
      finds(q, zurich);
    }
    finds('bildschirmfoto', zurich);
    finds('screenshot heic', zurich);
    for (const q of ['5d', 'canon', 'jorg', 'Jörgs', 'tokyo', 'japan', 'jpg']) finds(q, tokyo);
    finds('photo', zurich, tokyo);
    finds('foto p1', tokyo);
    finds('canon zurich');
  });

  it('goes by what a device is called now, and by what is known of a file later', () => {
    const early = photo({ change: { told: { favorite: true } } });
    finds('pixel');
    device(PHONE, 'Pixel');
    finds('pixel', early);
    finds('anna');
    expect(found({ favourite: true })).toEqual([early.assetId]);
    finds('leica');
    const metadata = { camera: 'Leica Q3' };
    enqueueMissingMetadata(catalog);
    metadataStore(catalog, (path) => path).save(early.sha256, {
      state: 'ready',
      metadata,
      captureTime: early.captureTime,
    });
    noteDetails(catalog, early.sha256);
    finds('leica', early);
    expect(found({ camera: 'Leica Q3' })).toEqual([early.assetId]);
  });

  it('finds by the name of now what was moved, and nothing that lies in the trash', () => {
    const moved = photo({ name: 'first.jpg', change: { told: {} } });
    const move = (from: string, to: string): void => {
      const cause = 'refile' as const;
      const ids = { moveId: randomUUID(), receiptId: moved.receiptId };
      recordEntry(catalog, { entry: 'move', ...ids, from, to, cause, movedAt: 1 });
    };
    const trash = `.roost/trash/${randomUUID()}/second.jpg`;
    move(moved.path, 'Phone/second.jpg');
    finds('second', moved);
    move('Phone/second.jpg', trash);
    finds('second');
    expect(facetsOf(catalog, {}).count).toBe(0);
    move(trash, 'Phone/second.jpg');
    finds('second', moved);
  });

  it('takes what a person types for text, whatever it is to a query language', () => {
    const odd = photo({ name: `a"b'c%_*(x).jpg` });
    for (const q of [`b'c`, '%_*', '(x)', '_*(x)', `a"b'c`]) finds(q, odd);
    for (const q of ['OR', 'x AND y', 'NEAR(a b)', '*', '"', '""" OR 1', '-x', 'a:b', '\0\0\0\0']) {
      expect(() => found({ q })).not.toThrow();
    }
    finds('a%c');
    finds('a_b');
  });

  it('finds names in and out of the index alike', () => {
    const many = Array.from({ length: 600 }, (_, at) => photo({ name: `shot-${1000 + at}.jpg` }));
    const waiting = catalog.all('SELECT * FROM unindexed_names').length;
    expect(waiting).toBeGreaterThan(0);
    expect(waiting).toBeLessThan(256);
    for (const each of [many[0], many[300], many[599]]) {
      if (each) finds(each.told.fileName ?? '', each);
    }
    finds('shot-1', ...many);
  });
});

describe('facets', () => {
  it('counts what adding each value would leave', () => {
    photo({ day: '2018-01-01', metadata: { camera: 'A', isScreenshot: true } });
    photo({ day: '2019-08-15', metadata: { camera: 'A' } });
    photo({ day: '2019-08-16', metadata: { camera: 'B' }, change: { deviceId: TABLET } });
    expect(facetsOf(catalog, {})).toMatchObject({
      count: 3,
      favouriteCount: 0,
      cameras: [
        { value: 'A', count: 2 },
        { value: 'B', count: 1 },
      ],
      deviceIds: [
        { value: PHONE, count: 2 },
        { value: TABLET, count: 1 },
      ],
      years: [
        { value: '2019', count: 2 },
        { value: '2018', count: 1 },
      ],
    });
    const narrowed = facetsOf(catalog, { camera: 'A', from: '2019-01-01' });
    expect(narrowed).toMatchObject({ count: 1, years: [{ value: '2019', count: 1 }] });
    expect(narrowed.kinds.map(({ value }) => value)).not.toContain('screenshot');
    expect(atOnce(filteredDays(catalog, { camera: 'A' }))).toEqual([
      { day: '2019-08-15', count: 1 },
      { day: '2018-01-01', count: 1 },
    ]);
  });

  it('say the same as a look at each photo, for any photos and any filter', () => {
    const names = ['IMG_4711.HEIC', 'IMG_4711.MOV', 'beach.jpg', 'Screenshot_4711.png', 'Über.arw'];
    const cameras = ['Apple iPhone', 'Canon', undefined];
    const days = ['2018-12-31', '2019-01-01', '2019-08-15'];
    const somePhoto = fc.record({
      name: fc.constantFrom(...names),
      camera: fc.constantFrom(...cameras),
      day: fc.constantFrom(...days),
      deviceId: fc.constantFrom(PHONE, TABLET),
      isKnown: fc.boolean(),
    });
    const someFilter = fc.record(
      {
        q: fc
          .subarray(
            ['4711', 'img', 'iphone', 'canon', 'jorg', 'uber', 'be', 'mov', 'photo', 'g_47'],
            {
              minLength: 1,
              maxLength: 3,
            },
          )
          .map((words) => words.join(' ')),
        camera: fc.constantFrom('Apple iPhone', 'Canon'),
        from: fc.constantFrom(...days),
        to: fc.constantFrom(...days),
        deviceId: fc.constantFrom(PHONE, TABLET),
        kinds: fc.subarray(['photo' as const, 'screenshot' as const, 'raw' as const], {
          minLength: 1,
        }),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(
        fc.array(somePhoto, { maxLength: 6 }),
        fc.array(someFilter, { minLength: 1, maxLength: 6 }),
        (photos, filters) => {
          for (const { name, camera, day, deviceId, isKnown } of photos) {
            const change = { deviceId };
            const metadata = camera === undefined ? {} : { camera };
            photo({ name, day, change, ...(isKnown && { metadata }) });
          }
          for (const filter of filters) {
            const ids = found(filter);
            const inDays = atOnce(filteredDays(catalog, filter));
            expect(inDays.reduce((sum, { count }) => sum + count, 0)).toBe(ids.length);
            for (const { value, count } of facetsOf(catalog, filter).cameras) {
              if (filter.camera === undefined) {
                expect(found({ ...filter, camera: value })).toHaveLength(count);
              }
            }
          }
        },
      ),
      { numRuns: 40 },
    );
  });
});

it('reads a filter from an address, and refuses what it does not know', () => {
  const read = { q: 'a', kinds: ['video', 'hdr'], favourite: true, warning: 'cut-off' };
  expect(assetFilterSchema.parse({ ...read, kinds: 'video,hdr', favourite: 'true' })).toEqual(read);
  for (const wrong of [{ kinds: 'video,x' }, { favourite: 'no' }, { warning: 'x' }, { q: '' }]) {
    expect(assetFilterSchema.safeParse(wrong).success).toBe(false);
  }
});
