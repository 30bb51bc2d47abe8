import { previewPath } from '../../shared/window-api.ts';
import type { TimelineAsset } from '../../shared/window-views.ts';
import { navigate } from '../app/navigation.ts';
import { thumbhashImage } from '../timeline/thumbhash-image.ts';
import { tileLabel } from '../text/timeline-text.ts';
import { photoAddress } from './photo-address.ts';

/** A small picture to go to another photo by. That takes the place of the shown one, as neighbours do. */
export function StripFrame(props: {
  readonly asset: TimelineAsset;
  readonly isCurrent?: boolean;
  /** Only one of a long row can be reached by the tab key. */
  readonly isTabStop?: boolean;
}) {
  const { asset, isCurrent = false, isTabStop = true } = props;
  const placeholder = asset.thumbhash === undefined ? undefined : thumbhashImage(asset.thumbhash);
  const address = photoAddress(asset.assetId);
  return (
    <a
      className="strip__frame"
      href={address}
      aria-label={tileLabel(asset)}
      aria-current={isCurrent ? 'true' : undefined}
      tabIndex={isTabStop ? 0 : -1}
      draggable={false}
      onClick={(event) => {
        if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
        event.preventDefault();
        navigate(address, { replace: true });
      }}
      {...(placeholder && { style: { backgroundImage: `url("${placeholder}")` } })}
    >
      {asset.tile === 'ready' && (
        <img
          src={previewPath(asset.assetId, 'tile', asset.version)}
          alt=""
          loading="lazy"
          decoding="async"
          draggable={false}
        />
      )}
    </a>
  );
}
