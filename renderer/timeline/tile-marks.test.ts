import { describe, expect, it } from 'vitest';

import { sampleAsset } from './sample-asset.fixture.ts';
import { tileMarks } from './tile-marks.ts';

const photo = sampleAsset('2026-05', 1);
const everything = [
  'photo',
  'hdr',
  'screenshot',
  'edited',
  'panorama',
  'raw',
  'burst',
  'live-photo',
];

describe('tileMarks', () => {
  it('tells nothing of a plain photo or video', () => {
    expect(tileMarks({ ...photo, kinds: ['photo'] }, 300)).toEqual([]);
    expect(tileMarks({ ...photo, kind: 'video', kinds: ['video', 'slow-motion'] }, 300)).toEqual(
      [],
    );
  });

  it('tells the three most telling kinds, whatever order they come in', () => {
    expect(tileMarks({ ...photo, kinds: everything }, 300)).toEqual(['live-photo', 'burst', 'raw']);
    expect(tileMarks({ ...photo, kinds: [...everything].reverse() }, 300)).toEqual([
      'live-photo',
      'burst',
      'raw',
    ]);
  });

  it('leaves marks out where a tile has no room for them', () => {
    expect(tileMarks({ ...photo, kinds: everything }, 90)).toEqual(['live-photo', 'burst']);
    expect(tileMarks({ ...photo, kinds: everything }, 37)).toEqual(['live-photo']);
    expect(tileMarks({ ...photo, kinds: ['proraw', 'edited'] }, 60)).toEqual(['edited']);
    expect(tileMarks({ ...photo, kinds: ['proraw'] }, 60)).toEqual([]);
  });

  it('leaves a place for the duration of a video', () => {
    const video = { ...photo, kind: 'video' as const, kinds: ['video', 'edited', 'hdr'] };
    expect(tileMarks(video, 300)).toEqual(['edited', 'hdr']);
    expect(tileMarks(video, 90)).toEqual([]);
  });

  it('passes over kinds of a newer Roost', () => {
    expect(tileMarks({ ...photo, kinds: ['photo', 'spatial', 'edited'] }, 300)).toEqual(['edited']);
  });
});
