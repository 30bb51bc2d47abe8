import { previewPath } from '../../shared/window-api.ts';
import type { TimelineAsset } from '../../shared/window-views.ts';
import { navigate } from '../app/navigation.ts';
import { paths } from '../app/routes.ts';
import { tileLabel } from '../text/timeline-text.ts';
import { viewerText } from '../text/viewer-text.ts';
import { thumbhashImage } from '../timeline/thumbhash-image.ts';

/** A camera takes ten a second: more than these nobody looks through here. */
const MOST = 60;

/** The other photos of a burst, in the order they were taken. They take the place of this one, as neighbours do. */
export function BurstStrip({ frames }: { readonly frames: readonly TimelineAsset[] }) {
  if (frames.length === 0) return null;
  return (
    <nav className="burst" aria-label={viewerText.burst(frames.length)}>
      <p className="burst__words small" aria-hidden="true">
        {viewerText.burst(frames.length)}
      </p>
      <ul className="burst__frames">
        {frames.slice(0, MOST).map((frame) => (
          <li key={frame.assetId}>
            <Frame frame={frame} />
          </li>
        ))}
        {frames.length > MOST && (
          <li className="burst__more quiet small">{viewerText.burstMore(frames.length - MOST)}</li>
        )}
      </ul>
    </nav>
  );
}

function Frame({ frame }: { readonly frame: TimelineAsset }) {
  const placeholder = frame.thumbhash === undefined ? undefined : thumbhashImage(frame.thumbhash);
  return (
    <a
      className="burst__frame"
      href={paths.photo(frame.assetId)}
      aria-label={tileLabel(frame)}
      draggable={false}
      onClick={(event) => {
        if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
        event.preventDefault();
        navigate(paths.photo(frame.assetId), { replace: true });
      }}
      {...(placeholder && { style: { backgroundImage: `url("${placeholder}")` } })}
    >
      {frame.tile === 'ready' && (
        <img
          src={previewPath(frame.assetId, 'tile', frame.version)}
          alt=""
          loading="lazy"
          decoding="async"
          draggable={false}
        />
      )}
    </a>
  );
}
