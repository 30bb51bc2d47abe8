import './strips.css';

import type { TimelineAsset } from '../../shared/window-views.ts';
import { viewerText } from '../text/viewer-text.ts';
import { StripFrame } from './strip-frame.tsx';

/** A camera takes ten a second: more than these nobody looks through here. */
const MOST = 60;

/** The other photos of a burst, in the order they were taken. */
export function BurstStrip({ frames }: { readonly frames: readonly TimelineAsset[] }) {
  if (frames.length === 0) return null;
  return (
    <nav className="strip burst" aria-label={viewerText.burst(frames.length)}>
      <p className="burst__words small" aria-hidden="true">
        {viewerText.burst(frames.length)}
      </p>
      <ul className="burst__frames">
        {frames.slice(0, MOST).map((frame) => (
          <li key={frame.assetId}>
            <StripFrame asset={frame} />
          </li>
        ))}
        {frames.length > MOST && (
          <li className="burst__more quiet small">{viewerText.burstMore(frames.length - MOST)}</li>
        )}
      </ul>
    </nav>
  );
}
