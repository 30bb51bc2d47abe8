import { useState } from 'react';

import { previewPath } from '../../shared/window-api.ts';
import type { TimelineAsset } from '../../shared/window-views.ts';
import { classNames } from '../ui/class-names.ts';

/** A few seconds of an asset over its picture, without sound, again and again. Seen only once it runs. */
export function TileClip(props: { readonly asset: TimelineAsset; readonly onBroken: () => void }) {
  const { asset, onBroken } = props;
  const [isRunning, setIsRunning] = useState(false);
  return (
    <video
      className={classNames('tile__clip', isRunning && 'tile__clip--running')}
      src={previewPath(asset.assetId, 'clip', asset.version)}
      autoPlay
      muted
      loop
      playsInline
      disablePictureInPicture
      disableRemotePlayback
      tabIndex={-1}
      aria-hidden="true"
      onPlaying={() => setIsRunning(true)}
      onError={onBroken}
    />
  );
}
