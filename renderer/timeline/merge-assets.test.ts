import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { TimelineAsset } from '../../shared/window-views.ts';
import { mergeAssets } from './merge-assets.ts';
import { sampleAsset } from './sample-asset.fixture.ts';

const MONTH = '2026-05';
const isOfMonth = ({ capturedLocal }: TimelineAsset) => capturedLocal.startsWith(MONTH);
const numbers = fc.uniqueArray(fc.nat(500), { maxLength: 60 });

function inOrder(each: readonly number[]) {
  return [...each].sort((a, b) => a - b).map((number) => sampleAsset(MONTH, number));
}

describe('mergeAssets', () => {
  it('ends with the same photos in the same order however events were cut', () => {
    fc.assert(
      fc.property(numbers, fc.array(numbers), (loaded, events) => {
        let merged = [...inOrder(loaded)];
        for (const event of events) {
          merged = [
            ...mergeAssets(
              isOfMonth,
              merged,
              event.map((number) => sampleAsset(MONTH, number)),
            ),
          ];
        }
        const all = new Set([...loaded, ...events.flat()]);
        expect(merged).toEqual(inOrder([...all]));
      }),
    );
  });

  it('keeps a changed photo in its place', () => {
    const [first, second, third] = inOrder([1, 2, 3]);
    const changed = { ...second!, tile: 'failed' as const };
    expect(mergeAssets(isOfMonth, [first!, second!, third!], [changed])).toEqual([
      first,
      changed,
      third,
    ]);
  });

  it('takes a photo out whose capture time moved to another month', () => {
    const [first, second] = inOrder([1, 2]);
    const moved = { ...second!, capturedLocal: '2019-08-15T10:00:00' };
    expect(mergeAssets(isOfMonth, [first!, second!], [moved])).toEqual([first]);
  });

  it('takes a photo out that is shown nowhere any more', () => {
    const [first, second] = inOrder([1, 2]);
    expect(mergeAssets(isOfMonth, [first!, second!], [], [second!.assetId])).toEqual([first]);
  });

  it('gives the same array back when nothing of the month changed', () => {
    const loaded = inOrder([1, 2]);
    expect(mergeAssets(isOfMonth, loaded, [sampleAsset('2019-08', 1)])).toBe(loaded);
  });
});
