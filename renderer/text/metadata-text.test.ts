import { describe, expect, it } from 'vitest';

import type { MediaMetadata } from '../../shared/media-metadata.ts';
import {
  exposureWords,
  formatName,
  hdrWords,
  movieWords,
  placeWords,
  ratingWords,
  softwareWords,
} from './metadata-text.ts';

/** With blanks that may break, as a person writes them. */
const exposure = (metadata: MediaMetadata) => exposureWords(metadata)?.replaceAll('\u00a0', ' ');

describe('exposureWords', () => {
  it('tells an exposure as photographers write it', () => {
    expect(
      exposure({
        exposureTime: 1 / 120,
        fNumber: 1.8,
        iso: 1250,
        focalLength: 4.25,
        focalLengthIn35mmFormat: 26,
        exposureCompensation: -0.33,
        flash: 25,
      }),
    ).toBe('1/120 s, f/1.8, ISO 1,250, 4.25 mm (like 26 mm on full frame), −0.3 EV, with flash');
  });

  it('tells what there is, and nothing of nothing', () => {
    expect(exposure({ exposureTime: 2.5, flash: 16 })).toBe('2.5 s');
    expect(exposure({ focalLength: 50, focalLengthIn35mmFormat: 50 })).toBe('50 mm');
    expect(exposureWords({})).toBeUndefined();
  });
});

describe('placeWords', () => {
  it('tells coordinates with their side of the earth, and as maps take them', () => {
    expect(
      placeWords({ gpsLatitude: -33.8568, gpsLongitude: 151.21534, gpsAltitude: -4.2 }),
    ).toEqual({
      coordinates: '33.85680°\u00a0S, 151.21534°\u00a0E',
      copied: '-33.85680, 151.21534',
      altitude: '4 m below the sea',
    });
  });

  it('tells nothing of half a place', () => {
    expect(placeWords({ gpsLatitude: 47 })).toBeUndefined();
  });
});

it('tells how HDR is kept', () => {
  expect(hdrWords({ hasGainMap: true, hdrHeadroom: 3.24 })).toBe(
    'With a gain map, up to 3.2 times as bright',
  );
  expect(hdrWords({ hdrTransfer: 'hlg' })).toBe('HLG');
  expect(hdrWords({})).toBeUndefined();
});

it('tells a rating only where somebody gave one', () => {
  expect([4, 0, -1].map((rating) => ratingWords({ rating }))).toEqual([
    '4 of 5 stars',
    undefined,
    'Rejected',
  ]);
});

it('tells how a movie was taken and coded', () => {
  expect(movieWords({ captureFrameRate: 240, videoFrameRate: 30, compressorId: 'hvc1' })).toBe(
    '240 frames a second, played at 30; HEVC',
  );
  expect(movieWords({ videoFrameRate: 29.97, compressorId: 'avc1' })).toBe(
    '30 frames a second; H.264',
  );
});

describe('softwareWords', () => {
  it.each([
    ['12.4', 'Apple iPhone XS Max', 'iOS 12.4'],
    ['12.4', 'Apple iPad Pro', 'iOS 12.4'],
    ['17.1', 'Apple iPad Pro', 'iPadOS 17.1'],
    ['1.10', 'Canon EOS R5', 'Version 1.10'],
    ['1.10', undefined, 'Version 1.10'],
    ['HDR+ 1.0.5', 'Google Pixel 7', 'HDR+ 1.0.5'],
    [undefined, 'Apple iPhone 11', undefined],
  ])('tells %j of %j as %j', (software, camera, words) => {
    expect(softwareWords({ software, camera })).toBe(words);
  });
});

describe('formatName', () => {
  it('is what people call a type of picture', () => {
    const types = ['image/heic', 'image/x-canon-cr2', 'image/jpeg', undefined];
    expect(types.map(formatName)).toEqual(['HEIC', 'RAW', 'JPEG', '?']);
  });
});
