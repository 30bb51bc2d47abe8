import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { assetCaptureTime, type TimedResource } from './asset-capture-time.ts';

const still: TimedResource = {
  resourceType: 'photo',
  captureTime: {
    local: '2019-12-29T19:01:15',
    offsetMinutes: -480,
    source: 'exif',
    offsetSource: 'place',
  },
};
const movie: TimedResource = {
  resourceType: 'paired-video',
  captureTime: {
    local: '2019-12-29T19:01:14',
    offsetMinutes: -480,
    source: 'quicktime',
    offsetSource: 'file',
  },
};
const movieOfHeader: TimedResource = {
  resourceType: 'full-size-paired-video',
  captureTime: {
    local: '2019-12-29T19:01:17',
    offsetMinutes: -480,
    source: 'movie-header',
    offsetSource: 'place',
  },
};
const recipe: TimedResource = {
  resourceType: 'adjustment-data',
  captureTime: {
    local: '2026-11-21T13:00:00',
    offsetMinutes: 60,
    source: 'arrival',
    offsetSource: 'computer',
  },
};

describe('assetCaptureTime', () => {
  it('is that of the still, in whatever order the files came', () => {
    const files = [still, movie, movieOfHeader, recipe];
    fc.assert(
      fc.property(fc.shuffledSubarray(files, { minLength: files.length }), (shuffled) => {
        expect(assetCaptureTime(shuffled)).toEqual(still.captureTime);
      }),
    );
  });

  it("is the movie's own clock rather than the arrival of something else", () => {
    expect(assetCaptureTime([recipe, movieOfHeader])?.local).toBe('2019-12-29T19:01:17');
    expect(assetCaptureTime([recipe, movieOfHeader, movie])?.local).toBe('2019-12-29T19:01:14');
  });

  it('does not let a still that knows no time of its own overrule a movie that does', () => {
    const stripped: TimedResource = { ...recipe, resourceType: 'photo' };
    expect(assetCaptureTime([stripped, movie])).toEqual(movie.captureTime);
  });

  it('does not exist without files', () => {
    expect(assetCaptureTime([])).toBeUndefined();
  });
});
