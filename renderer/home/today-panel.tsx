import type { HomeView } from '../../shared/home-view.ts';
import { previewPath } from '../../shared/window-api.ts';
import type { TimelineAsset } from '../../shared/window-views.ts';
import { Link } from '../app/link.tsx';
import { paths } from '../app/routes.ts';
import { homeText } from '../text/home-text.ts';
import { tileLabel } from '../text/timeline-text.ts';
import { FileIcon } from '../ui/icons.tsx';
import { Panel } from '../ui/panel.tsx';

const words = homeText.today;

/** What came today: how much, and the last of it to look at. */
export function TodayPanel({ today }: { readonly today: HomeView['today'] }) {
  const { fileCount, byteCount, assets } = today;
  return (
    <Panel
      title={words.title}
      description={fileCount > 0 ? words.summary(fileCount, byteCount) : undefined}
      actions={<Link href={paths.timeline}>{words.all}</Link>}
    >
      {fileCount === 0 && <p className="quiet">{words.none}</p>}
      {assets.length > 0 && (
        <ul className="home__tiles" aria-label={words.tiles}>
          {assets.map((asset) => (
            <li key={asset.assetId}>
              <Link
                className="home__tile"
                href={paths.photo(asset.assetId)}
                aria-label={tileLabel(asset)}
              >
                <Picture asset={asset} />
              </Link>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

function Picture({ asset: { assetId, version, tile } }: { readonly asset: TimelineAsset }) {
  if (tile !== 'ready') return <FileIcon size={24} />;
  return <img src={previewPath(assetId, 'tile', version)} alt="" loading="lazy" />;
}
