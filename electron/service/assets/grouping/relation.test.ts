import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { groupParts, type Tie } from './group-parts.ts';
import { groupingFacts, type GroupingFacts } from './grouping-facts.ts';
import { groupingStem, isEditedName, isOwnName } from './grouping-stem.ts';
import { relationOf } from './relation.ts';
import { RESOURCE_ROLES } from '../../../../shared/resource-role.ts';
import { roleOf } from './resource-role.ts';

describe('the stem that files of one shot have in common', () => {
  it.each([
    ['IMG_1853.HEIC', 'IMG_E1853.heic'],
    ['IMG_1853.HEIC', 'IMG_1853.AAE'],
    ['IMG_1853.HEIC', 'IMG_1853 (edited).JPG'],
    ['PXL_20230101_120000.jpg', 'PXL_20230101_120000~2.jpg'],
    ['PXL_20230101_120000.RAW-01.COVER.jpg', 'PXL_20230101_120000.RAW-02.ORIGINAL.dng'],
    ['PXL_20230101_120000.MP.jpg', 'PXL_20230101_120000.MP'],
    ['MVIMG_20190101_120000.jpg', 'IMG_20190101_120000.mp4'],
    ['Çelik.JPG', 'Çelik.MOV'],
  ])('is the same for %s and %s', (one, other) => {
    expect(groupingStem(one)).toBeDefined();
    expect(groupingStem(one)).toBe(groupingStem(other));
  });

  it.each([
    ['IMG_1853.HEIC', 'IMG_1854.HEIC'],
    ['IMG_1853.HEIC', 'IMG_1853 (2).HEIC'],
    ['IMG_E001.JPG', 'IMG_001.JPG'],
  ])('differs between %s and %s', (one, other) => {
    expect(groupingStem(one)).not.toBe(groupingStem(other));
  });

  it.each(['FullSizeRender.jpeg', 'fullsizerender.MOV', 'Adjustments.plist', undefined])(
    'is none for %s, which every asset has',
    (name) => {
      expect(groupingStem(name)).toBeUndefined();
      expect(isOwnName(name)).toBe(false);
    },
  );

  it('is found again in itself, for any name', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1 }), (name) => {
        const stem = groupingStem(name);
        if (stem !== undefined) expect(groupingStem(`${stem}.jpg`)).toBe(stem);
      }),
    );
  });

  it('says of an edited name that it is one', () => {
    expect(['IMG_E1853', 'IMG_1853 (edited)', 'PXL_1~2', 'IMG_1853'].map(isEditedName)).toEqual([
      true,
      true,
      true,
      false,
    ]);
  });
});

describe('the role of a file', () => {
  const role = (resourceType: string, fileName?: string, mediaType?: string): string =>
    roleOf({ resourceType, fileName, mediaType });

  it('is what the phone says it is', () => {
    expect(role('paired-video', 'IMG_1.MOV', 'video/quicktime')).toBe('movie');
    expect(role('full-size-photo', 'FullSizeRender.jpg')).toBe('edited-still');
    expect(role('adjustment-data', 'Adjustments.plist')).toBe('recipe');
  });

  it('else what its bytes and its name say', () => {
    expect(role('photo', 'IMG_1.DNG', 'image/x-adobe-dng')).toBe('raw');
    expect(role('alternate-photo', 'IMG_1.CR3')).toBe('raw');
    expect(role('photo', 'IMG_1.DNG', 'image/jpeg')).toBe('still');
    expect(role('photo', 'IMG_E1.HEIC', 'image/heic')).toBe('still');
    expect(role('photo', 'IMG_E1853.HEIC', 'image/heic')).toBe('edited-still');
    expect(role('photo', 'IMG_1853.MOV', 'video/quicktime')).toBe('movie');
    expect(role('photo', 'IMG_1853.AAE', 'application/x-plist')).toBe('recipe');
    expect(role('photo', 'scan.tiff', 'image/tiff')).toBe('still');
    expect(role('unheard-of', 'x.bin')).toBe('other');
  });
});

const at = (
  local: string,
  source: 'exif' | 'movie-header' | 'arrival',
  offsetMinutes?: number,
) => ({
  local,
  source,
  ...(offsetMinutes !== undefined && { offsetMinutes }),
});

let count = 0;
function facts(
  fileName: string,
  captureTime: ReturnType<typeof at>,
  more: { contentId?: string; mediaType?: string; assetKey?: string; resourceType?: string } = {},
): GroupingFacts {
  const { contentId, mediaType, assetKey = `key ${++count}`, resourceType = 'photo' } = more;
  return groupingFacts({
    assetId: `part ${++count}`,
    deviceId: 'phone',
    assetKey,
    resourceType,
    told: { fileName },
    captureTime,
    seen: { mediaType: mediaType ?? 'application/octet-stream', ...(contentId && { contentId }) },
  });
}

const NOON = at('2019-12-29T12:00:00', 'exif');

describe('two files of different keys', () => {
  it('are a Live Photo where both carry its content identifier, whatever their names and clocks', () => {
    const still = facts('A.HEIC', NOON, { contentId: 'C1', mediaType: 'image/heic' });
    const movie = (contentId: string): GroupingFacts =>
      facts('B.MOV', at('2020-01-01T00:00:00', 'arrival'), { contentId, mediaType: 'video/mp4' });
    expect(relationOf(still, movie('C1'))).toBe('content-id');
    expect(relationOf(still, movie('C2'))).toBeUndefined();
  });

  it('are not one where their content identifiers differ, though names and times agree', () => {
    const still = facts('IMG_1.HEIC', NOON, { contentId: 'C1', mediaType: 'image/heic' });
    const movie = facts('IMG_1.MOV', NOON, { contentId: 'C2', mediaType: 'video/mp4' });
    expect(relationOf(still, movie)).toBeUndefined();
  });

  it('are one as original and edit, whose halves carry a content identifier of their own', () => {
    const still = facts('IMG_1000.HEIC', NOON, { contentId: 'C1', mediaType: 'image/heic' });
    const edit = facts('IMG_E1000.HEIC', NOON, { contentId: 'C2', mediaType: 'image/heic' });
    expect(relationOf(still, edit)).toBe('same-name');
  });

  it('are one by name and moment, for RAW+JPEG, movies and edits', () => {
    const jpeg = facts('DSC_1.JPG', NOON, { mediaType: 'image/jpeg' });
    const near = at('2019-12-29T12:00:02', 'exif');
    expect(relationOf(jpeg, facts('dsc_1.NEF', near))).toBe('same-name');
    expect(relationOf(jpeg, facts('DSC_1.MOV', near))).toBe('same-name');
    expect(relationOf(jpeg, facts('DSC_1-edited.jpg', near))).toBe('same-name');
    expect(relationOf(jpeg, facts('DSC_1.NEF', at('2019-12-29T12:00:09', 'exif')))).toBeUndefined();
    expect(relationOf(jpeg, facts('DSC_2.NEF', near))).toBeUndefined();
  });

  it('are one where a movie header counts in UTC what the photo has as wall clock', () => {
    const still = facts('IMG_1.JPG', at('2019-12-29T19:01:15', 'exif'));
    const movie = facts('IMG_1.MOV', at('2019-12-30T03:01:17', 'movie-header', 0));
    expect(relationOf(still, movie)).toBe('same-name');
    const later = facts('IMG_1.MOV', at('2019-12-30T03:07:17', 'movie-header', 0));
    expect(relationOf(still, later)).toBeUndefined();
  });

  it('are not one by name where the device tells what belongs together', () => {
    const still = facts('IMG_1.HEIC', NOON, { mediaType: 'image/heic' });
    const movie = (resourceType: string): GroupingFacts =>
      facts('IMG_1.MOV', NOON, { mediaType: 'video/quicktime', resourceType });
    expect(relationOf(still, movie('paired-video'))).toBeUndefined();
    expect(relationOf(still, movie('video'))).toBe('same-name');
  });

  it('are two photos when both are one, however alike', () => {
    const one = facts('IMG_1.JPG', NOON, { mediaType: 'image/jpeg' });
    expect(relationOf(one, facts('IMG_1.HEIC', NOON, { mediaType: 'image/heic' }))).toBeUndefined();
  });

  it('are not one on a time that says nothing, but in one folder a recipe goes with its photo', () => {
    const arrival = at('2026-01-01T00:00:00', 'arrival');
    const still = (assetKey?: string): GroupingFacts =>
      facts('IMG_1.HEIC', NOON, { ...(assetKey && { assetKey }), mediaType: 'image/heic' });
    const recipe = (assetKey?: string): GroupingFacts =>
      facts('IMG_1.AAE', arrival, { ...(assetKey && { assetKey }) });
    expect(relationOf(still(), recipe())).toBeUndefined();
    expect(relationOf(still('100APPLE/IMG_1.HEIC'), recipe('100APPLE/IMG_1.AAE'))).toBe(
      'same-folder',
    );
    expect(relationOf(still('100APPLE/IMG_1.HEIC'), recipe('101APPLE/IMG_1.AAE'))).toBeUndefined();
  });
});

it('a recipe of which no folder is told is tied to what was sent beside it under its name', () => {
  const now = Date.UTC(2026, 10, 26, 12);
  const still = facts('IMG_1853.HEIC', NOON, { mediaType: 'image/heic' });
  const recipe = facts('IMG_1853.AAE', at('2026-11-26T12:00:00', 'arrival'));
  const sent = (what: GroupingFacts, sentAt: number): GroupingFacts => ({ ...what, sentAt });
  const minute = 60_000;
  expect(relationOf(sent(still, now), sent(recipe, now + minute))).toBe('sent-with');
  expect(relationOf(sent(still, now), sent(recipe, now + 90 * minute))).toBeUndefined();
  const named = { ...sent(recipe, now), stem: 'img_1854' };
  expect(relationOf(sent(still, now), named)).toBeUndefined();
  const [here, there] = ['a', 'b'].map((folder) => ({ ...sent(recipe, now), folder }));
  expect(relationOf({ ...sent(still, now), folder: 'a' }, there!)).toBeUndefined();
  expect(relationOf(here!, there!)).toBeUndefined();
});

const anyFacts: fc.Arbitrary<GroupingFacts> = fc.record({
  partId: fc.constantFrom('p1', 'p2', 'p3', 'p4'),
  deviceId: fc.constantFrom('phone', 'tablet'),
  role: fc.constantFrom(...RESOURCE_ROLES),
  contentId: fc.constantFrom(undefined, 'C1', 'C2'),
  stem: fc.constantFrom(undefined, 'img_1', 'img_2'),
  folder: fc.constantFrom(undefined, '', 'a'),
  takenLocal: fc.constantFrom('2020-01-01T00:00:00', '2020-01-01T00:00:03', '2020-01-01T02:00:00'),
  takenAt: fc.constantFrom(undefined, 1_577_836_800_000, 1_577_836_803_000),
  timing: fc.constantFrom('own', 'utc', 'told', 'none'),
  sentAt: fc.constantFrom(undefined, 1_577_836_800_000, 1_577_846_800_000),
});

it('what ties two files is the same seen from either', () => {
  fc.assert(
    fc.property(anyFacts, anyFacts, (a, b) => {
      expect(relationOf(a, b)).toBe(relationOf(b, a));
    }),
  );
});

describe('grouping parts', () => {
  it('gives a recipe to the one photo it was sent with, and to none where there are two', () => {
    const group = (parts: string[], ties: Tie[]): string[] =>
      groupParts({ parts, ties, apart: [], recipes: new Set(['aae']), keyOf: (each) => each })
        .map((members) => members.toSorted().join(' '))
        .toSorted();
    const sentWith = (other: string): Tie => ({ one: 'aae', other, why: 'sent-with' });
    const live: Tie = { one: 'heic', other: 'mov', why: 'content-id' };
    const both = [sentWith('heic'), sentWith('mov')];
    expect(group(['aae', 'heic'], [sentWith('heic')])).toEqual(['aae heic']);
    expect(group(['aae', 'heic', 'mov'], [...both, live])).toEqual(['aae heic mov']);
    expect(group(['aae', 'heic', 'mov'], both)).toEqual(['aae', 'heic', 'mov']);
  });

  const part = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f');
  const tie: fc.Arbitrary<Tie> = fc.record({
    one: part,
    other: part,
    why: fc.constantFrom('content-id', 'same-folder', 'same-name', 'sent-with', 'by-hand'),
  });
  const parted = fc.record({ one: part, other: part });

  it('gives the same groups in whatever order parts and ties come, with parted pairs apart', () => {
    fc.assert(
      fc.property(
        fc.array(tie, { maxLength: 12 }),
        fc.array(parted, { maxLength: 4 }),
        fc.infiniteStream(fc.nat()),
        (ties, apart, order) => {
          const parts = ['a', 'b', 'c', 'd', 'e', 'f'];
          const honest = apart.filter(({ one, other }) => one !== other);
          const group = (p: readonly string[], t: readonly Tie[]): string[] =>
            groupParts({
              parts: p,
              ties: t,
              apart: honest,
              recipes: new Set(['a', 'b']),
              keyOf: (each) => each,
            })
              .map((members) => members.toSorted().join(''))
              .toSorted();
          const shuffled = <T>(list: readonly T[]): T[] =>
            list
              .map((value) => ({ value, key: order.next().value as number }))
              .toSorted((x, y) => x.key - y.key)
              .map(({ value }) => value);
          const flipped = shuffled(ties).map((each) => ({
            ...each,
            one: each.other,
            other: each.one,
          }));
          const groups = group(parts, ties);
          expect(group(shuffled(parts), flipped)).toEqual(groups);
          expect(groups.join('').length).toBe(parts.length);
          for (const { one, other } of honest) {
            expect(groups.some((each) => each.includes(one) && each.includes(other))).toBe(false);
          }
        },
      ),
    );
  });
});
