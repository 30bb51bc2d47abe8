import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';

import type { AssetFilter } from '../../shared/asset-filter.ts';
import type { AssetDetails, TimelineAsset } from '../../shared/window-views.ts';
import { useWindowEvent } from '../app/service-context.tsx';
import { queryKey, useService } from '../app/use-service.ts';

/** As many are known on either side of the one they were asked around. */
const COUNT = 40;
/** With fewer than this left to one side they are asked for anew, around the one that is shown then. */
const NEAR_THE_END = 25;

export interface Neighbours {
  /** Newest first, the shown one among them; empty until they are known. */
  readonly assets: readonly TimelineAsset[];
  /** Where the shown one stands in `assets`; -1 while that is not known. */
  readonly at: number;
  readonly newerAssetId: string | undefined;
  readonly olderAssetId: string | undefined;
}

/** What stands around the shown asset in the timeline, of what the filter lets through: a bounded part of it. */
export function useNeighbours(
  assetId: string,
  details: AssetDetails | undefined,
  filter: AssetFilter,
): Neighbours {
  const client = useQueryClient();
  const [middleId, setMiddleId] = useState(assetId);
  const around = useService(
    'asset.neighbours',
    { ...filter, assetId: middleId, count: COUNT },
    { keepPrevious: true },
  );
  useWindowEvent((event) => {
    if (event.type === 'assets') {
      void client.invalidateQueries({ queryKey: queryKey('asset.neighbours') });
    }
  });

  const { newer = [], here, older = [] } = around.data ?? {};
  const assets = [...newer.toReversed(), ...(here === undefined ? [] : [here]), ...older];
  const at = assets.findIndex((asset) => asset.assetId === assetId);
  const isNearTheEnd =
    (at < NEAR_THE_END && newer.length === COUNT) ||
    (assets.length - at <= NEAR_THE_END && older.length === COUNT);
  const isSettled = around.data !== undefined && !around.isPlaceholderData;
  if (isSettled && middleId !== assetId && (at < 0 || isNearTheEnd)) setMiddleId(assetId);

  const isFiltered = Object.values(filter).some((value) => value !== undefined);
  if (at < 0) {
    return {
      assets,
      at,
      newerAssetId: isFiltered ? undefined : details?.newerAssetId,
      olderAssetId: isFiltered ? undefined : details?.olderAssetId,
    };
  }
  return {
    assets,
    at,
    newerAssetId: assets[at - 1]?.assetId,
    olderAssetId: assets[at + 1]?.assetId,
  };
}
