import type { TimelineAsset } from '../../shared/window-views.ts';
import { formatCount, formatDuration } from '../text/format.ts';
import {
  AdjustedIcon,
  BurstIcon,
  FullHeartIcon,
  type Icon,
  LiveIcon,
  PanoramaIcon,
  PlayIcon,
  ScreenshotIcon,
  SlowMotionIcon,
} from '../ui/icons.tsx';
import { type TileMark, tileMarks } from './tile-marks.ts';

/** Marks that are drawn; the others are known best by their letters. */
const ICONS: Partial<Record<TileMark, Icon>> = {
  favourite: FullHeartIcon,
  'live-photo': LiveIcon,
  burst: BurstIcon,
  panorama: PanoramaIcon,
  edited: AdjustedIcon,
  screenshot: ScreenshotIcon,
};
const LETTERS: Partial<Record<TileMark, string>> = {
  raw: 'RAW',
  'raw-jpeg': 'RAW+J',
  proraw: 'ProRAW',
  hdr: 'HDR',
};

/** What an asset is, small at the lower edge of its tile. Screen readers hear it from the tile's label. */
export function TileBadges(props: {
  readonly asset: TimelineAsset;
  /** Pixels of the tile. */
  readonly width: number;
}) {
  const { asset, width } = props;
  const marks = tileMarks(asset, width);
  const isVideo = asset.kind === 'video';
  if (marks.length === 0 && !isVideo) return null;
  const MovieIcon = asset.kinds.includes('slow-motion') ? SlowMotionIcon : PlayIcon;
  return (
    <span className="tile__badges">
      {marks.length > 0 && (
        <span className="tile__badge">
          {marks.map((mark) => (
            <Mark key={mark} mark={mark} asset={asset} />
          ))}
        </span>
      )}
      {isVideo && (
        <span className="tile__badge tile__badge--last">
          <MovieIcon size={asset.kinds.includes('slow-motion') ? 14 : 12} />
          {asset.durationMs !== undefined && formatDuration(asset.durationMs)}
        </span>
      )}
    </span>
  );
}

function Mark({ mark, asset }: { readonly mark: TileMark; readonly asset: TimelineAsset }) {
  const IconShape = ICONS[mark];
  return (
    <span className="tile__mark" data-mark={mark}>
      {IconShape === undefined ? LETTERS[mark] : <IconShape size={14} />}
      {mark === 'burst' && asset.burstCount !== undefined && formatCount(asset.burstCount + 1)}
    </span>
  );
}
