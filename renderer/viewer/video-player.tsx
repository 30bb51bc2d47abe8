import { useState } from 'react';

import { originalPath, previewPath } from '../../shared/window-api.ts';
import type { AssetDetails } from '../../shared/window-views.ts';
import { viewerText } from '../text/viewer-text.ts';
import { buttonClass } from '../ui/button.tsx';

/** Plays the original. Where the browser cannot, it says so over the poster and offers the file. */
export function VideoPlayer({ details }: { readonly details: AssetDetails }) {
  const { asset, shownReceiptId } = details;
  const [isUnplayable, setIsUnplayable] = useState(false);
  const poster =
    asset.tile === 'ready' ? previewPath(asset.assetId, 'screen', asset.version) : undefined;
  if (isUnplayable) {
    return (
      <div className="video video--unplayable">
        {poster !== undefined && <img className="video__poster" src={poster} alt="" />}
        <div className="viewer__words" role="alert">
          <p className="viewer__reason">{viewerText.cannotPlay}</p>
          <p>{viewerText.cannotPlayNext}</p>
          <a className={buttonClass('primary')} href={originalPath(shownReceiptId, true)} download>
            {viewerText.download}
          </a>
        </div>
      </div>
    );
  }
  return (
    <video
      className="video"
      controls
      playsInline
      preload="metadata"
      src={originalPath(shownReceiptId)}
      {...(poster && { poster })}
      aria-label={asset.fileName}
      onError={() => setIsUnplayable(true)}
    />
  );
}
