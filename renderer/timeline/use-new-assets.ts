import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useRef, useState } from 'react';

import type { TimelineAsset } from '../../shared/window-views.ts';
import { useWindowEvent } from '../app/service-context.tsx';
import { timelineText } from '../text/timeline-text.ts';
import { announce } from '../ui/live-region.ts';
import { useGathered } from '../ui/use-gathered.ts';
import { lookUp } from './loaded-pieces.ts';
import { NOTHING_UNSEEN, type UnseenAssets, UnseenTally } from './unseen-assets.ts';

/** So many are remembered as told of: events of one asset come soon after each other. */
const MOST_TOLD = 20_000;

export interface NewAssets {
  /** Arrived while this page was open, and not seen yet. */
  readonly unseen: UnseenAssets;
  /** Told of assets that were seen; of all of them where none is named. */
  readonly see: (assetIds?: Iterable<string>) => void;
}

/**
 * Assets that arrived while this page was open and were not seen yet. An event does not say whether an asset came or
 * changed: one is new where what is loaded should have it and has not, or, where its day is not loaded, when it still
 * waits for its first preview. Must be called before the hook that puts events into the loaded months, so that it sees
 * them as they were.
 */
export function useNewAssets(): NewAssets {
  const client = useQueryClient();
  const [tally] = useState(() => new UnseenTally());
  const [unseen, setUnseen] = useState(NOTHING_UNSEEN);
  const told = useRef(new Set<string>());
  const say = useGatheredAnnouncement();

  const see = useCallback(
    (assetIds?: Iterable<string>) => {
      if (assetIds === undefined) tally.clear();
      else if (!tally.see(assetIds)) return;
      setUnseen(tally.told);
    },
    [tally],
  );

  useWindowEvent((event) => {
    if (event.type !== 'assets') return;
    see(event.removedAssetIds);
    const found = lookUp(client);
    const arrived = event.assets.filter((asset) => {
      if (told.current.has(asset.assetId)) return false;
      const state = found(asset);
      return state === 'unknown' ? asset.tile === 'waiting' : state === 'missing';
    });
    if (arrived.length === 0) return;
    for (const { assetId } of arrived) told.current.add(assetId);
    forgetOldest(told.current);
    tally.add(arrived);
    setUnseen(tally.told);
    say(arrived);
  });

  return { unseen, see };
}

function forgetOldest(told: Set<string>): void {
  for (const assetId of told) {
    if (told.size <= MOST_TOLD) return;
    told.delete(assetId);
  }
}

/** Has screen readers say how many came, gathered. */
function useGatheredAnnouncement(): (arrived: readonly TimelineAsset[]) => void {
  const gathered = useRef({ count: 0, arePhotos: true });
  const ask = useGathered(() => {
    const { count, arePhotos } = gathered.current;
    gathered.current = { count: 0, arePhotos: true };
    announce(timelineText.newAssets(count, arePhotos));
  });
  return useCallback(
    (arrived) => {
      gathered.current.count += arrived.length;
      gathered.current.arePhotos &&= arrived.every(({ kind }) => kind === 'photo');
      ask();
    },
    [ask],
  );
}
