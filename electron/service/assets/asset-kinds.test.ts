import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { ASSET_KIND_ORDER, isAssetKind } from '../../../shared/asset-kinds.ts';

import { assetKinds } from './asset-kinds.ts';
import type { SeenResource } from './seen-resource.ts';

const jpeg: SeenResource = { resourceType: 'photo', mediaType: 'image/jpeg', fileName: 'a.JPG' };
const heic: SeenResource = { resourceType: 'photo', mediaType: 'image/heic', fileName: 'a.HEIC' };
const dng: SeenResource = {
  resourceType: 'alternate-photo',
  mediaType: 'image/x-adobe-dng',
  fileName: 'a.DNG',
};
const video: SeenResource = { resourceType: 'video', mediaType: 'video/quicktime' };
const half: SeenResource = { resourceType: 'paired-video', mediaType: 'video/quicktime' };
const edit: SeenResource = { resourceType: 'full-size-photo', mediaType: 'image/jpeg' };
const recipe: SeenResource = { resourceType: 'adjustment-data', mediaType: 'application/x-plist' };

describe('assetKinds', () => {
  it.each<[string, SeenResource[], string[]]>([
    ['a photo', [jpeg], ['photo']],
    ['a video', [video], ['video']],
    ['a Live Photo', [heic, half], ['photo', 'live-photo']],
    [
      'a pair that another client sent, by its identifier',
      [heic, { ...video, contentId: 'C3754624-A05F-474D-9F16-E9C47B5F892D' }],
      ['photo', 'live-photo'],
    ],
    ['a motion photo', [{ ...jpeg, metadata: { isMotionPhoto: true } }], ['photo', 'live-photo']],
    ['an edited Live Photo', [heic, half, edit, recipe], ['photo', 'live-photo', 'edited']],
    ['a RAW alone', [dng], ['photo', 'raw']],
    ['a RAW beside its JPEG', [dng, jpeg], ['photo', 'raw', 'raw-jpeg']],
    [
      'a ProRAW',
      [{ ...dng, resourceType: 'photo', metadata: { isProRaw: true } }],
      ['photo', 'raw', 'proraw'],
    ],
    [
      'an edited ProRAW, whose JPEG is only the edit',
      [{ ...dng, resourceType: 'photo', metadata: { isProRaw: true } }, edit],
      ['photo', 'raw', 'proraw', 'edited'],
    ],
    [
      'a RAW that only its name tells',
      [{ ...dng, mediaType: undefined, metadata: { mediaType: 'image/x-canon-cr3' } }],
      ['photo', 'raw'],
    ],
    ['a JPEG under the name of a RAW', [{ ...jpeg, fileName: 'a.DNG' }], ['photo']],
    [
      'a frame of a burst, by the file',
      [{ ...jpeg, metadata: { burstId: 'b' } }],
      ['photo', 'burst'],
    ],
    ['a frame of a burst, by the device', [{ ...jpeg, burstId: 'b' }], ['photo', 'burst']],
    ['a panorama', [{ ...heic, metadata: { isPanorama: true } }], ['photo', 'panorama']],
    ['a screenshot', [{ ...jpeg, metadata: { isScreenshot: true } }], ['photo', 'screenshot']],
    [
      'a screenshot by its name',
      [{ ...jpeg, fileName: 'Screenshot_20240101-1.png' }],
      ['photo', 'screenshot'],
    ],
    ['slow motion', [{ ...video, metadata: { isSlowMotion: true } }], ['video', 'slow-motion']],
    ['a gain map', [{ ...heic, metadata: { hasGainMap: true } }], ['photo', 'hdr']],
    ['an HDR video', [{ ...video, metadata: { hdrTransfer: 'hlg' } }], ['video', 'hdr']],
    ['a recipe that came first, as nothing that can be seen', [recipe], []],
    ['a text', [{ resourceType: 'photo', mediaType: 'text/xml' }], []],
    ['nothing', [], []],
  ])('knows %s', (_, resources, kinds) => {
    expect(assetKinds(resources)).toEqual(kinds);
  });

  it('is the same for any order of the files, in the order of the list', () => {
    const all = [
      jpeg,
      dng,
      half,
      edit,
      recipe,
      { ...heic, metadata: { hasGainMap: true } },
    ] as const;
    fc.assert(
      fc.property(fc.shuffledSubarray([...all]), (some) => {
        const kinds = assetKinds(some);
        expect(kinds).toEqual(assetKinds(all.filter((one) => some.includes(one))));
        expect(kinds).toEqual(ASSET_KIND_ORDER.filter((kind) => kinds.includes(kind)));
      }),
    );
  });
});

it('knows its own words', () => {
  expect(ASSET_KIND_ORDER.every(isAssetKind)).toBe(true);
  expect(isAssetKind('toString')).toBe(false);
});
