import { describe, expect, it } from 'vitest';

import type { AssetDetails, ResourceView } from '../../shared/window-views.ts';
import { sampleAsset } from '../timeline/sample-asset.fixture.ts';
import { assetVersions, withVersion } from './asset-versions.ts';

type File = Partial<ResourceView> & Pick<ResourceView, 'receiptId' | 'role'>;

function details(shownReceiptId: string, ...files: readonly File[]): AssetDetails {
  const resources = files.map((file) => ({
    mediaType: file.role.includes('movie') ? 'video/quicktime' : 'image/jpeg',
    storedAt: 1,
    tile: 'ready',
    path: `a/${file.receiptId}.jpg`,
    ...file,
  }));
  const asset = { ...sampleAsset('2019-12', 1), kind: 'photo' };
  return { asset, resources, shownReceiptId } as unknown as AssetDetails;
}

const kinds = (asked: AssetDetails) =>
  assetVersions(asked).map(({ kind, resource }) => `${kind} ${resource.receiptId}`);

describe('assetVersions', () => {
  it('are the edit, the original and the RAW, without movies, recipes and what is no picture', () => {
    const asked = details(
      'e',
      { receiptId: 'o', role: 'still' },
      { receiptId: 'm', role: 'movie' },
      { receiptId: 'e', role: 'edited-still' },
      { receiptId: 'x', role: 'recipe', mediaType: 'application/xml' },
      { receiptId: 'r', role: 'raw', mediaType: 'image/x-adobe-dng' },
      { receiptId: 'b', role: 'still', mediaType: 'application/octet-stream' },
    );
    expect(kinds(asked)).toEqual(['edited e', 'original o', 'raw r']);
  });

  it('are of each kind the newest, except that what is shown stays', () => {
    const files: readonly File[] = [
      { receiptId: 'o', role: 'still' },
      { receiptId: 'e2', role: 'edited-still', storedAt: 2 },
      { receiptId: 'e1', role: 'edited-still', storedAt: 1 },
    ];
    expect(kinds(details('o', ...files))).toEqual(['edited e2', 'original o']);
    expect(kinds(details('e1', ...files))).toEqual(['edited e1', 'original o']);
  });

  it('are the movies of a video, and nothing of another file', () => {
    const asked = details('m', { receiptId: 'm', role: 'movie' });
    expect(kinds({ ...asked, asset: { ...asked.asset, kind: 'video' } })).toEqual(['original m']);
    expect(kinds({ ...asked, asset: { ...asked.asset, kind: 'file' } })).toEqual([]);
  });
});

describe('withVersion', () => {
  it('has the size and the fate of the picture of that file', () => {
    const asked = details(
      'o',
      { receiptId: 'o', role: 'still' },
      { receiptId: 'r', role: 'raw', width: 30, height: 20, tile: 'failed', tileReason: 'damaged' },
    );
    const shown = withVersion(asked, asked.resources[1]!);
    expect(shown.shownReceiptId).toBe('r');
    expect(shown.asset).toMatchObject({
      fileName: 'r.jpg',
      width: 30,
      tile: 'failed',
      tileReason: 'damaged',
    });
    expect(withVersion(asked, asked.resources[0]!)).toBe(asked);
  });
});
