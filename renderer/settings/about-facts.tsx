import type { Overview } from '../../shared/window-views.ts';
import { Link } from '../app/link.tsx';
import { paths } from '../app/routes.ts';
import { appText } from '../text/app-text.ts';
import { discoveryWords } from '../text/discovery-text.ts';
import { formatByteCount, formatCount } from '../text/format.ts';
import { libraryWords } from '../text/library-text.ts';
import { previewsText } from '../text/previews-text.ts';
import { settingsText } from '../text/settings-text.ts';
import { trashText } from '../text/trash-text.ts';
import { CopyButton } from '../ui/copy-button.tsx';
import { Fact, Facts } from '../ui/facts.tsx';

/** What this Roost is, where it is reached and what it holds. */
export function AboutFacts({ overview }: { readonly overview: Overview }) {
  const { server, lan, library, previews } = overview;
  const discovery = discoveryWords(overview.discovery);
  const isQuiet = previews.waitingCount === 0;
  return (
    <Facts>
      <Fact label={settingsText.version}>{server.version}</Fact>
      <Fact label={settingsText.discovery}>
        {discovery.title} <span className="fact-note">{discovery.next}</span>
      </Fact>
      {lan.urls.map((url, index) => (
        <Fact
          key={url}
          mono
          label={index === 0 ? settingsText.lanAddresses : ''}
          action={<Copy text={url} label={`${settingsText.copyAddress} ${url}`} />}
        >
          {url}
        </Fact>
      ))}
      <Fact mono label={settingsText.windowAddress}>
        {location.origin}
      </Fact>
      <Fact
        mono
        label={settingsText.folder}
        action={<Copy text={library.folder} label={settingsText.copyFolder} />}
      >
        {library.folder}
      </Fact>
      <Fact label={settingsText.state}>{libraryWords(library)}</Fact>
      <Fact label={settingsText.assets}>{formatCount(library.assetCount)}</Fact>
      <Fact label={settingsText.resources}>{formatCount(library.resourceCount)}</Fact>
      <Fact label={settingsText.size}>{formatByteCount(library.byteCount)}</Fact>
      <Fact label={settingsText.free}>
        {library.freeByteCount === undefined
          ? settingsText.freeUnknown
          : formatByteCount(library.freeByteCount)}
      </Fact>
      <Fact label={settingsText.previews}>
        {isQuiet
          ? settingsText.previewsDone
          : settingsText.previewCounts(formatCount(previews.waitingCount))}
        {previews.failedCount > 0 && (
          <>
            {' '}
            <Link href={paths.previews}>{previewsText.link(previews.failedCount)}</Link>
          </>
        )}
      </Fact>
      <Fact label={trashText.title}>
        <Link href={paths.trash}>{trashText.link}</Link>
      </Fact>
    </Facts>
  );
}

function Copy({ text, label }: { readonly text: string; readonly label: string }) {
  return (
    <CopyButton
      text={text}
      label={label}
      copiedLabel={appText.copied}
      failedLabel={appText.copyFailed}
    />
  );
}
