import fc from 'fast-check';
import { expect, it } from 'vitest';

import { toldMetadataSchema } from '../../../../../shared/receipt.ts';

import { metadataOfApp, toldByApp } from './told-by-app.ts';

const text = fc.option(fc.string({ unit: 'binary' }), { nil: undefined });

it('turns whatever is told into what a receipt can hold, and throws at nothing', () => {
  fc.assert(
    fc.property(
      fc.record({
        fileName: text,
        contentType: text,
        fileCreatedAt: text,
        fileModifiedAt: text,
        isFavorite: text,
        iCloudId: text,
        latitude: text,
        longitude: text,
        timeZoneOffset: text,
      }),
      (fields) => {
        const told = toldByApp(fields);
        expect(toldMetadataSchema.parse(JSON.parse(JSON.stringify(told)))).toEqual(told);
      },
    ),
  );
});

it('reads times with their offset, and takes the zone from beside them where they have none', () => {
  const at = Date.parse('2026-05-01T12:30:00Z');
  expect(toldByApp({ fileCreatedAt: '2026-05-01T14:30:00+02:00' })).toEqual({
    createdAt: at,
    createdOffsetMinutes: 120,
  });
  const fileCreatedAt = '2026-05-01T12:30:00Z';
  expect(toldByApp({ fileCreatedAt })).toEqual({ createdAt: at });
  expect(toldByApp({ fileCreatedAt, timeZoneOffset: '-03:30' })).toEqual({
    createdAt: at,
    createdOffsetMinutes: -210,
  });
});

it('takes no part of a path for a name, and no half of a place for a place', () => {
  expect(toldByApp({ fileName: '/storage/DCIM\\IMG_1.JPG', latitude: '1', longitude: '' })).toEqual(
    {
      fileName: 'IMG_1.JPG',
    },
  );
  expect(toldByApp({ latitude: '91', longitude: '0' })).toEqual({});
  expect(toldByApp({ iCloudId: 'A:B:' })).toEqual({});
});

it('finds what the app says among metadata of any shape', () => {
  fc.assert(fc.property(fc.json(), (json) => void metadataOfApp(json)));
  const value = { iCloudId: 'c1', latitude: 48.1, longitude: '11.5', createdAt: 7 };
  for (const key of ['mobile-app', 'yaiiu-app']) {
    const json = JSON.stringify([
      { key: 'other', value: 1 },
      { key, value },
    ]);
    expect(metadataOfApp(json)).toEqual({ iCloudId: 'c1', latitude: '48.1', longitude: '11.5' });
  }
  expect(metadataOfApp('[')).toEqual({});
});
