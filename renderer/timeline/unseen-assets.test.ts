import { describe, expect, it } from 'vitest';

import { sampleAsset } from './sample-asset.fixture.ts';
import { UnseenTally } from './unseen-assets.ts';

const assets = (count: number) =>
  Array.from({ length: count }, (_, number) => sampleAsset('2026-05', number));

describe('UnseenTally', () => {
  it('counts what arrived and leads to the newest, until it was seen', () => {
    const tally = new UnseenTally();
    const [newest, next, oldest] = assets(3);
    tally.add([oldest!, newest!]);
    tally.add([{ ...next!, kind: 'video' }]);
    expect(tally.told).toEqual({ count: 3, arePhotos: false, newest });
    expect(tally.see([newest!.assetId, 'another'])).toBe(true);
    expect(tally.told).toMatchObject({ count: 2, newest: { assetId: next!.assetId } });
    expect(tally.see([newest!.assetId])).toBe(false);
    tally.see([next!.assetId, oldest!.assetId]);
    expect(tally.told).toEqual({ count: 0, arePhotos: true, newest: undefined });
  });

  it('counts on where there are more than it knows by name', () => {
    const tally = new UnseenTally();
    const many = assets(12_000).toReversed();
    tally.add(many);
    expect(tally.told.count).toBe(12_000);
    const { newest } = tally.told;
    expect(many.every(({ capturedLocal }) => capturedLocal <= newest!.capturedLocal)).toBe(true);
    tally.see([newest!.assetId]);
    expect(tally.told.count).toBe(11_999);
    tally.clear();
    expect(tally.told.count).toBe(0);
  });
});
