import { randomUUID } from 'node:crypto';
import { join } from 'node:path';

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { PHONE, sha256Of } from '../../../tests/support/core-lab.ts';
import { ordersOf } from '../../../tests/support/orders-of.ts';
import { tempFolder } from '../../../tests/support/temp-folder.ts';
import type { CaptureTime } from '../../../shared/capture-time.ts';
import type { JournalEntry } from '../../../shared/receipt.ts';

import { openCatalog, type Catalog } from './open-catalog.ts';
import { recordEntry } from './record-entry.ts';
import { assetOfPart, partsOfAsset } from './regroup.ts';
import { assetById, burstOf } from './timeline-queries.ts';

interface Sent {
  readonly key: string;
  readonly name: string;
  readonly type: string;
  readonly contentId?: string | undefined;
  readonly burstId?: string | undefined;
  readonly captureTime: CaptureTime;
}

const NOON: CaptureTime = { local: '2019-12-29T12:00:00', source: 'exif' };

function partOf(key: string): string {
  const hex = sha256Of(key);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

let at = 0;
function receiptOf(sent: Sent): JournalEntry {
  at += 1;
  return {
    entry: 'receipt',
    receiptId: partOf(JSON.stringify(sent)),
    assetId: partOf(sent.key),
    deviceId: PHONE,
    assetKey: sent.key,
    resourceType: 'photo',
    path: `My iPhone/2019/2019-12/${at} ${sent.name}`,
    byteCount: 1,
    sha256: sha256Of(JSON.stringify(sent)),
    captureTime: sent.captureTime,
    told: { fileName: sent.name },
    seen: {
      mediaType: sent.type,
      ...(sent.contentId !== undefined && { contentId: sent.contentId }),
      ...(sent.burstId !== undefined && { burstId: sent.burstId }),
    },
    jobId: randomUUID(),
    startedAt: at,
    storedAt: at,
  };
}

function decisionOn(decision: 'apart' | 'forget' | 'together', ...keys: string[]): JournalEntry {
  return {
    entry: 'grouping',
    decisionId: randomUUID(),
    decision,
    assetIds: keys.map(partOf),
    decidedAt: 1,
  };
}

function groupsIn(catalog: Catalog, keys: readonly string[]): string[] {
  const groups = Map.groupBy(new Set(keys), (key) => assetOfPart(catalog, partOf(key)));
  return [...groups.values()].map((group) => group.toSorted().join(' ')).toSorted();
}

async function withCatalog(use: (catalog: Catalog) => void): Promise<void> {
  await using temp = await tempFolder();
  const catalog = openCatalog(join(temp.path, 'catalog.sqlite'));
  try {
    use(catalog);
  } finally {
    catalog.close();
  }
}

const still = (key: string, more: Partial<Sent> = {}): Sent => ({
  key,
  name: 'IMG_1.HEIC',
  type: 'image/heic',
  captureTime: NOON,
  ...more,
});
const movie = (key: string, more: Partial<Sent> = {}): Sent => ({
  key,
  name: 'IMG_1.MOV',
  type: 'video/quicktime',
  captureTime: NOON,
  ...more,
});

describe('assets of several keys', () => {
  it('are one photo under the id of the oldest, which a late file joins, and links two by its coming', async () => {
    await withCatalog((catalog) => {
      const edited = still('edit', { name: 'IMG_E1.JPG' });
      recordEntry(catalog, receiptOf(still('a', { contentId: 'C1' })));
      recordEntry(catalog, receiptOf(movie('b', { name: 'X.MOV', contentId: 'C2' })));
      recordEntry(catalog, receiptOf(edited));
      expect(groupsIn(catalog, ['a', 'b', 'edit'])).toEqual(['a', 'b', 'edit']);
      recordEntry(catalog, receiptOf(movie('c', { name: 'Y.MOV', contentId: 'C1' })));
      expect(groupsIn(catalog, ['a', 'b', 'c'])).toEqual(['a c', 'b']);
      expect(partsOfAsset(catalog, partOf('a'))).toEqual([partOf('a'), partOf('c')]);
      expect(assetById(catalog, partOf('a'))).toMatchObject({ resourceCount: 2, hasClip: true });
      expect(assetById(catalog, partOf('c'))).toBeUndefined();
    });
  });

  it('are shown by the edit, and dated by the original that knows its time', async () => {
    await withCatalog((catalog) => {
      const late: CaptureTime = {
        local: '2019-12-29T20:00:00',
        offsetMinutes: 0,
        source: 'movie-header',
      };
      recordEntry(catalog, receiptOf(movie('b', { captureTime: late })));
      recordEntry(catalog, receiptOf(still('a', { name: 'IMG_1234.HEIC' })));
      recordEntry(catalog, receiptOf(still('e', { name: 'IMG_E1234.HEIC' })));
      expect(groupsIn(catalog, ['a', 'b', 'e'])).toEqual(['a e', 'b']);
      expect(assetById(catalog, partOf('a'))).toMatchObject({
        capturedLocal: NOON.local,
        fileName: expect.stringContaining('IMG_E1234') as string,
      });
    });
  });

  it('stay apart once a person parted them, also when a later file is tied to both', async () => {
    await withCatalog((catalog) => {
      recordEntry(catalog, receiptOf(still('a')));
      recordEntry(catalog, receiptOf(movie('b')));
      expect(groupsIn(catalog, ['a', 'b'])).toEqual(['a b']);
      recordEntry(catalog, decisionOn('apart', 'b', 'a'));
      expect(groupsIn(catalog, ['a', 'b'])).toEqual(['a', 'b']);
      expect(assetById(catalog, partOf('b'))).toMatchObject({ resourceCount: 1 });
      recordEntry(catalog, receiptOf(still('c', { name: 'IMG_1.DNG', type: 'image/x-adobe-dng' })));
      expect(groupsIn(catalog, ['a', 'b', 'c'])).toHaveLength(2);
      expect(assetOfPart(catalog, partOf('a'))).not.toBe(assetOfPart(catalog, partOf('b')));
      recordEntry(catalog, decisionOn('forget', 'b', 'a'));
      expect(groupsIn(catalog, ['a', 'b', 'c'])).toEqual(['a b c']);
    });
  });

  it('are a photo and the recipe that a page sent beside it, in whatever order, while no other could be meant', async () => {
    const arrival: CaptureTime = { local: '2026-01-01T00:00:00', source: 'arrival' };
    const recipe = still('r', { name: 'IMG_1.AAE', type: 'text/xml', captureTime: arrival });
    const later = { captureTime: { ...NOON, local: '2020-01-01T12:00:00' } };
    const files = [still('web:a'), recipe, movie('web:m'), still('b', later)];
    for (const order of ordersOf(files.slice(0, 3))) {
      await withCatalog((catalog) => {
        for (const file of order) recordEntry(catalog, receiptOf(file));
        expect(groupsIn(catalog, ['web:a', 'r', 'web:m'])).toEqual(['r web:a web:m']);
        recordEntry(catalog, receiptOf(files[3]!));
        expect(groupsIn(catalog, ['web:a', 'r', 'b'])).toEqual(['b', 'r', 'web:a']);
      });
    }
  });

  it('are one when a person says so, whatever their names', async () => {
    await withCatalog((catalog) => {
      recordEntry(catalog, receiptOf(still('a')));
      recordEntry(catalog, receiptOf(still('b', { name: 'other.HEIC' })));
      recordEntry(catalog, decisionOn('together', 'a', 'b'));
      expect(groupsIn(catalog, ['a', 'b'])).toEqual(['a b']);
    });
  });

  it('are shown, each file in some asset, however many files carry one identifier', async () => {
    await withCatalog((catalog) => {
      for (let number = 0; number < 150; number++) {
        const captureTime = {
          ...NOON,
          local: `2019-12-29T12:${String(number % 60).padStart(2, '0')}:00`,
        };
        const more = { contentId: 'C1', captureTime, name: `A${number}.HEIC` };
        recordEntry(catalog, receiptOf(still(`s${number}`, more)));
        recordEntry(catalog, receiptOf(movie(`m${number}`, { ...more, name: `B${number}.MOV` })));
      }
      const hidden = catalog.all(
        'SELECT path FROM resources WHERE asset_id NOT IN (SELECT asset_id FROM assets)',
      );
      expect(hidden).toEqual([]);
      const ties = catalog.get<{ count: number }>('SELECT count(*) AS count FROM ties');
      expect(ties?.count).toBeLessThan(5000);
    });
  });

  it('of one burst know one another', async () => {
    await withCatalog((catalog) => {
      for (const [at, key] of ['a', 'b', 'c'].entries()) {
        const captureTime = { ...NOON, local: `2019-12-29T12:00:0${at}` };
        recordEntry(
          catalog,
          receiptOf(still(key, { name: `${key}.HEIC`, burstId: 'B', captureTime })),
        );
      }
      recordEntry(catalog, receiptOf(still('d', { name: 'd.HEIC' })));
      expect(burstOf(catalog, partOf('b')).map(({ assetId }) => assetId)).toEqual([
        partOf('a'),
        partOf('c'),
      ]);
      expect(assetById(catalog, partOf('a'))?.burstCount).toBe(2);
      expect(assetById(catalog, partOf('d'))?.burstCount).toBeUndefined();
    });
  });
});

const sent: fc.Arbitrary<Sent> = fc
  .record({
    key: fc.constantFrom('a', 'b', 'c', 'd', 'x/IMG_1.HEIC', 'x/IMG_1.MOV', 'x/IMG_1.AAE'),
    file: fc.constantFrom(
      ['IMG_1.HEIC', 'image/heic'],
      ['IMG_E1001.HEIC', 'image/heic'],
      ['IMG_1001.HEIC', 'image/heic'],
      ['IMG_1.MOV', 'video/quicktime'],
      ['IMG_1.DNG', 'image/x-adobe-dng'],
      ['IMG_1.AAE', 'application/x-plist'],
      ['FullSizeRender.jpg', 'image/jpeg'],
    ),
    contentId: fc.constantFrom(undefined, undefined, 'C1', 'C2'),
    captureTime: fc.constantFrom<CaptureTime>(
      NOON,
      { local: '2019-12-29T12:00:02', source: 'exif' },
      { local: '2019-12-29T20:00:01', offsetMinutes: 0, source: 'movie-header' },
      { local: '2026-01-01T00:00:00', offsetMinutes: 0, source: 'arrival' },
    ),
  })
  .map(({ file: [name = '', type = ''], ...rest }) => ({ ...rest, name, type }));

it('groups alike in whatever order files come, and in a catalog made anew', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(sent, { maxLength: 9, selector: (each) => JSON.stringify(each) }),
      fc.infiniteStream(fc.nat()),
      async (files, order) => {
        const keys = files.map(({ key }) => key);
        const shuffled = files
          .map((file) => ({ file, rank: order.next().value as number }))
          .toSorted((a, b) => a.rank - b.rank)
          .map(({ file }) => file);
        const parted = decisionOn('apart', 'a', 'b', 'x/IMG_1.HEIC');
        let first: string[] = [];
        await withCatalog((catalog) => {
          for (const file of files) recordEntry(catalog, receiptOf(file));
          if (keys.includes('a')) recordEntry(catalog, parted);
          first = groupsIn(catalog, keys);
          const shown = catalog.all<{ asset_id: string }>('SELECT asset_id FROM assets ORDER BY 1');
          const known = new Set(keys.map((key) => assetOfPart(catalog, partOf(key))));
          expect(shown.map((row) => row.asset_id)).toEqual([...known].toSorted());
        });
        await withCatalog((catalog) => {
          const entries = shuffled.map(receiptOf);
          for (const entry of entries) recordEntry(catalog, entry);
          if (keys.includes('a')) recordEntry(catalog, parted);
          // Twice changes nothing.
          for (const entry of entries) recordEntry(catalog, entry);
          expect(groupsIn(catalog, keys)).toEqual(first);
        });
      },
    ),
    { numRuns: 60 },
  );
}, 300_000);
