import type { HomeView } from '../../shared/home-view.ts';
import { formatByteCount } from '../text/format.ts';
import { forecastWords, homeText } from '../text/home-text.ts';
import { Panel } from '../ui/panel.tsx';
import { type Share, ShareBar } from '../ui/share-bar.tsx';

const words = homeText.storage;

/** What the photos take, what is free, as all pages tell it, and how long that lasts. */
export function StoragePanel(props: {
  readonly storage: HomeView['storage'];
  readonly freeByteCount: number | undefined;
}) {
  const { storage, freeByteCount } = props;
  const { libraryByteCount, diskByteCount, forecast } = storage;
  if (freeByteCount === undefined) {
    return (
      <Panel title={words.title}>
        <p>{formatByteCount(libraryByteCount)}</p>
        <p className="quiet">{words.unknownFree}</p>
      </Panel>
    );
  }
  const share = (key: string, label: string, value: number): Share => ({
    key,
    label,
    value,
    words: formatByteCount(value),
  });
  const otherByteCount = (diskByteCount ?? 0) - libraryByteCount - freeByteCount;
  return (
    <Panel title={words.title}>
      <ShareBar
        label={words.bar(formatByteCount(libraryByteCount), formatByteCount(freeByteCount))}
        shares={[
          share('main', words.photos, libraryByteCount),
          ...(otherByteCount > 0 ? [share('other', words.other, otherByteCount)] : []),
          share('rest', words.free, freeByteCount),
        ]}
      />
      <p className="quiet small">{forecastWords(forecast)}</p>
    </Panel>
  );
}
