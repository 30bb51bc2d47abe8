import { describe, expect, it } from 'vitest';

import { bufferSource } from '../byte-source.ts';
import { isoBox } from '../sample-media.ts';
import { parseIso6709 } from './iso-6709.ts';
import { readMovieHeader } from './movie-header.ts';

const CONTENT_ID = 'c3754624-a05f-474d-9f16-e9c47b5f892d';

function number(value: number, byteCount = 4): Buffer {
  const bytes = Buffer.alloc(byteCount);
  bytes.writeUIntBE(value, 0, byteCount);
  return bytes;
}

const text = (value: string): Buffer => Buffer.from(value, 'utf8');

function keysBox(values: Readonly<Record<string, string>>): Buffer {
  const names = Object.keys(values);
  return isoBox(
    'meta',
    isoBox('hdlr', Buffer.alloc(24)),
    isoBox(
      'keys',
      number(0),
      number(names.length),
      ...names.map((name) => isoBox('mdta', text(name))),
    ),
    isoBox(
      'ilst',
      ...Object.values(values).map((value, index) =>
        isoBox(
          `\0\0\0${String.fromCharCode(index + 1)}`,
          isoBox('data', number(1), number(0), text(value)),
        ),
      ),
    ),
  );
}

function userDataBox(values: Readonly<Record<string, string>>): Buffer {
  return isoBox(
    'udta',
    ...Object.entries(values).map(([type, value]) =>
      isoBox(type, number(value.length, 2), number(0x15c7, 2), text(value)),
    ),
  );
}

function headerOf(...inMovie: Buffer[]): ReturnType<typeof readMovieHeader>['header'] {
  return readMovieHeader(bufferSource(isoBox('moov', ...inMovie))).header;
}

describe('the texts of a movie', () => {
  it('are read from the keys of an iPhone', () => {
    const keys = keysBox({
      'com.apple.quicktime.make': 'Apple',
      'com.apple.quicktime.model': 'iPhone 6s',
      'com.apple.quicktime.software': '13.3',
      'com.apple.quicktime.content.identifier': CONTENT_ID,
      'com.apple.quicktime.location.ISO6709': '+34.0083-118.4979+010.000/',
      'com.apple.quicktime.creationdate': '2019-12-29T19:01:14-0800',
    });
    expect(headerOf(keys)).toEqual({
      camera: 'Apple iPhone 6s',
      contentId: CONTENT_ID.toUpperCase(),
      location: { latitude: 34.0083, longitude: -118.4979 },
      capturedAt: { local: '2019-12-29T19:01:14', offsetMinutes: -480, source: 'quicktime' },
    });
  });

  it('are read from the user data of other phones, and the keys go first', () => {
    const userData = userDataBox({
      '\xa9xyz': '+47.3769+008.5417/',
      '\xa9mak': 'Google',
      '\xa9mod': 'Pixel 8',
    });
    const location = { latitude: 47.3769, longitude: 8.5417 };
    expect(headerOf(userData)).toEqual({ camera: 'Google Pixel 8', location });
    const keys = keysBox({ 'com.apple.quicktime.model': 'Pixel 9' });
    expect(headerOf(keys, userData)).toEqual({ camera: 'Google Pixel 9', location });
  });

  it('are left out where they are not what they should be', () => {
    const keys = keysBox({
      'com.apple.quicktime.content.identifier': 'not an identifier',
      'com.apple.quicktime.location.ISO6709': '+95.0+200.0/',
      'com.apple.quicktime.make': '\0\0',
    });
    expect(headerOf(keys)).toEqual({});
  });
});

describe('parseIso6709', () => {
  it.each([
    ['+47.5+008.25/', 47.5, 8.25],
    ['-33.8688+151.2093+025.000/', -33.8688, 151.2093],
    ['+4730+00815/', 47.5, 8.25],
    ['+473000-0081500.0CRSWGS_84/', 47.5, -8.25],
  ])('reads %s', (place, latitude, longitude) => {
    expect(parseIso6709(place)).toEqual({ latitude, longitude });
  });

  it.each(['', 'Zurich', '+00.0000+000.0000/', '+473+00815/', '+91+000/', '47.5 8.25'])(
    'takes %j for no place',
    (place) => {
      expect(parseIso6709(place)).toBeUndefined();
    },
  );
});
