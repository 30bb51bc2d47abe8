import { describe, expect, it } from 'vitest';

import type { AssetDetails, ResourceView } from '../../shared/window-views.ts';
import { sampleAsset } from '../timeline/sample-asset.fixture.ts';
import { liveMovieOf } from './live-movie-of.ts';

function details(shown: string, ...types: readonly string[]): AssetDetails {
  const asset = { ...sampleAsset('2019-12', 1), kinds: ['live-photo'] };
  const resources = types.map((resourceType) => {
    const mediaType = resourceType.includes('video') ? 'video/quicktime' : 'image/jpeg';
    return { receiptId: resourceType, resourceType, mediaType } as ResourceView;
  });
  return { asset, resources, shownReceiptId: shown } as AssetDetails;
}

const ALL = ['photo', 'paired-video', 'full-size-photo', 'full-size-paired-video'];

describe('liveMovieOf', () => {
  it('is the movie of the photo that is shown', () => {
    expect(liveMovieOf(details('photo', ...ALL))?.resourceType).toBe('paired-video');
    expect(liveMovieOf(details('full-size-photo', ...ALL))?.resourceType).toBe(
      'full-size-paired-video',
    );
  });

  it('is the one there is where the other is missing', () => {
    const edited = details('full-size-photo', 'full-size-photo', 'paired-video');
    expect(liveMovieOf(edited)?.resourceType).toBe('paired-video');
  });

  it('is the video that Roost found to belong to it', () => {
    expect(liveMovieOf(details('photo', 'photo', 'video'))?.resourceType).toBe('video');
  });

  it('is nothing for what is no Live Photo', () => {
    const plain = details('photo', ...ALL);
    expect(liveMovieOf({ ...plain, asset: { ...plain.asset, kinds: ['photo'] } })).toBeUndefined();
  });
});
