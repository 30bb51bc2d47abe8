import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';

import { previewPath } from '../../shared/window-api.ts';
import type { AssetDetails, TimelineAsset } from '../../shared/window-views.ts';
import { callService } from '../app/call-service.ts';
import { queryKey } from '../app/use-service.ts';
import type { Neighbours } from './use-neighbours.ts';

/** Decoded pictures take some 20 MB each: only the next few are held. */
const MOST = 4;

const held = new Map<string, HTMLImageElement>();

/** Loads and decodes what comes next before it is asked for, the older ones first: that is the way people leaf. */
export function usePreloaded({ assets, at, newerAssetId, olderAssetId }: Neighbours): void {
  const client = useQueryClient();
  const pictures = [assets[at + 1], assets[at - 1], assets[at + 2]]
    .flatMap((asset) =>
      at >= 0 && asset !== undefined && hasScreen(asset)
        ? [previewPath(asset.assetId, 'screen', asset.version)]
        : [],
    )
    .join(' ');
  const ids = [olderAssetId, newerAssetId].filter((id) => id !== undefined).join(' ');
  useEffect(() => {
    for (const address of pictures.split(' ').filter(Boolean)) hold(address);
  }, [pictures]);
  useEffect(() => {
    for (const assetId of ids.split(' ').filter(Boolean)) {
      const asked = client.query<AssetDetails>({
        queryKey: queryKey('asset.get', { assetId }),
        queryFn: ({ signal }) => callService('asset.get', { assetId }, signal),
      });
      // Only a head start: opening that asset asks again and then says what is wrong.
      void asked.catch(() => undefined);
    }
  }, [ids, client]);
}

function hasScreen({ tile, kind }: TimelineAsset): boolean {
  return tile === 'ready' && kind !== 'file';
}

function hold(address: string): void {
  if (held.has(address)) return;
  const image = new Image();
  image.src = address;
  held.set(address, image);
  void image.decode().catch(() => held.delete(address));
  for (const oldest of held.keys()) {
    if (held.size <= MOST) break;
    held.delete(oldest);
  }
}
