import { previewPath, resourcePreviewPath } from '../../shared/window-api.ts';
import type { AssetDetails } from '../../shared/window-views.ts';

/**
 * Where the pictures of what is looked at come from: those of the asset for the file that stands for it, which the
 * grid has loaded already, else those of the file. `standingReceiptId` is the file that stands for the asset.
 */
export function pictureAddresses(
  { asset, resources, shownReceiptId }: AssetDetails,
  standingReceiptId: string,
): { readonly tile: string; readonly screen: string } {
  const looked = resources.find(({ receiptId }) => receiptId === shownReceiptId);
  if (shownReceiptId === standingReceiptId || looked === undefined) {
    return {
      tile: previewPath(asset.assetId, 'tile', asset.version),
      screen: previewPath(asset.assetId, 'screen', asset.version),
    };
  }
  return {
    tile: resourcePreviewPath(looked, 'tile'),
    screen: resourcePreviewPath(looked, 'screen'),
  };
}
