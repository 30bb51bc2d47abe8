import { type RefObject, useState } from 'react';

import { originalPath } from '../../shared/window-api.ts';
import type { AssetDetails } from '../../shared/window-views.ts';
import { previewPath } from '../../shared/window-api.ts';
import { shellBridge } from '../app/shell-bridge.ts';
import { viewerText } from '../text/viewer-text.ts';
import { Button, buttonClass } from '../ui/button.tsx';
import { PlayIcon } from '../ui/icons.tsx';
import { openOutside } from './original-actions.ts';

/** Plays the original. Where the browser cannot, it says so over the poster and offers another player. */
export function VideoPlayer(props: {
  readonly details: AssetDetails;
  readonly videoRef: RefObject<HTMLVideoElement | null>;
}) {
  const { details, videoRef } = props;
  const { asset, shownReceiptId } = details;
  const [isUnplayable, setIsUnplayable] = useState(false);
  const poster =
    asset.tile === 'ready' ? previewPath(asset.assetId, 'screen', asset.version) : undefined;
  if (isUnplayable) return <Unplayable receiptId={shownReceiptId} poster={poster} />;
  return (
    <video
      ref={videoRef}
      className="video"
      controls
      playsInline
      preload="metadata"
      src={originalPath(shownReceiptId)}
      {...(poster && { poster })}
      aria-label={asset.fileName}
      aria-keyshortcuts="Space"
      onLoadedMetadata={(event) => {
        // A picture it cannot decode does not keep it from playing the sound.
        if (event.currentTarget.videoWidth === 0) setIsUnplayable(true);
      }}
      onError={() => setIsUnplayable(true)}
    />
  );
}

function Unplayable(props: { readonly receiptId: string; readonly poster: string | undefined }) {
  const { receiptId, poster } = props;
  const bridge = shellBridge();
  return (
    <div className="video video--unplayable">
      {poster !== undefined && <img className="video__poster" src={poster} alt="" />}
      <div className="viewer__words" role="alert">
        <p className="viewer__reason">{viewerText.cannotPlay}</p>
        <p>{bridge ? viewerText.cannotPlayOpen : viewerText.cannotPlayNext}</p>
        <div className="viewer__actions">
          {bridge && (
            <Button
              variant="primary"
              icon={PlayIcon}
              onPress={() => openOutside(bridge, receiptId)}
            >
              {viewerText.openOutside}
            </Button>
          )}
          <a
            className={buttonClass(bridge ? 'secondary' : 'primary')}
            href={originalPath(receiptId, true)}
            download
          >
            {viewerText.download}
          </a>
        </div>
      </div>
    </div>
  );
}
