import { useState } from 'react';

import { originalPath, previewPath } from '../../shared/window-api.ts';
import type { AssetDetails } from '../../shared/window-views.ts';
import { liveMovieOf } from './live-movie-of.ts';

/** What to play: the movie itself, else the short copy without sound that every browser plays. */
type LiveSource = 'original' | 'clip' | 'none';

export interface LivePhotoControl {
  readonly isPlaying: boolean;
  /** Address of the movie to play. */
  readonly src: string | undefined;
  /** Not with the movie's own sound and length. */
  readonly isCopy: boolean;
  /** Neither the movie nor a copy of it plays here. */
  readonly isUnplayable: boolean;
  readonly toggle: () => void;
  readonly stop: () => void;
  /** The browser could not play `src`. */
  readonly fail: () => void;
}

/** Playing the movie of a Live Photo over its still; `undefined` for anything else. */
export function useLivePhoto(details: AssetDetails): LivePhotoControl | undefined {
  const { asset } = details;
  const movie = liveMovieOf(details);
  const isLive = movie !== undefined || (asset.kinds.includes('live-photo') && asset.hasClip);
  const [isPlaying, setIsPlaying] = useState(false);
  const [source, setSource] = useState<LiveSource>(movie === undefined ? 'clip' : 'original');
  if (!isLive) return undefined;
  const src =
    source === 'original' && movie !== undefined
      ? originalPath(movie.receiptId)
      : source === 'clip'
        ? previewPath(asset.assetId, 'clip', asset.version)
        : undefined;
  return {
    isPlaying: isPlaying && src !== undefined,
    src,
    isCopy: source === 'clip' && movie !== undefined,
    isUnplayable: source === 'none',
    toggle: () => setIsPlaying((before) => !before),
    stop: () => setIsPlaying(false),
    fail: () => setSource(source === 'original' && asset.hasClip ? 'clip' : 'none'),
  };
}
