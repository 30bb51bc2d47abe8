import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useRef, useState } from 'react';

import type { TimelineAsset } from '../../shared/window-views.ts';
import { useWindowEvent } from '../app/service-context.tsx';
import { timelineText } from '../text/timeline-text.ts';
import { announce } from '../ui/live-region.ts';
import { lookedUp } from './loaded-pieces.ts';

/**
 * Assets that arrived while this page was open and were not seen yet, newest first. An event does not say
 * whether an asset came or changed: one is new where what is loaded should have it and has not, or, where its day
 * is not loaded, when it still waits for its first preview. Must be called before the hook that puts events
 * into the loaded months, so that it sees them as they were.
 */
export function useNewAssets(): {
  readonly newAssets: readonly TimelineAsset[];
  readonly forget: (isSeen: (asset: TimelineAsset) => boolean) => void;
} {
  const client = useQueryClient();
  const [newAssets, setNewAssets] = useState<readonly TimelineAsset[]>([]);
  const told = useRef(new Set<string>());

  function isNew(asset: TimelineAsset): boolean {
    if (told.current.has(asset.assetId)) return false;
    const found = lookedUp(client, asset);
    return found === 'unknown' ? asset.tile === 'waiting' : found === 'missing';
  }

  const forget = useCallback((isSeen: (asset: TimelineAsset) => boolean) => {
    setNewAssets((before) => {
      const left = before.filter((asset) => !isSeen(asset));
      return left.length === before.length ? before : left;
    });
  }, []);

  useWindowEvent((event) => {
    if (event.type !== 'assets') return;
    const { removedAssetIds } = event;
    if (removedAssetIds.length > 0) forget(({ assetId }) => removedAssetIds.includes(assetId));
    const arrived = event.assets.filter(isNew);
    if (arrived.length === 0) return;
    for (const { assetId } of arrived) told.current.add(assetId);
    setNewAssets((before) =>
      [...arrived, ...before].sort((a, b) => (a.capturedLocal < b.capturedLocal ? 1 : -1)),
    );
    announce(timelineText.newAssets(arrived));
  });

  return { newAssets, forget };
}
