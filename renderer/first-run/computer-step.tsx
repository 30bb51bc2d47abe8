import type { Overview } from '../../shared/window-views.ts';
import { Link } from '../app/link.tsx';
import { paths } from '../app/routes.ts';
import { isReachable } from '../pairing/reachable-address.ts';
import { discoveryWords } from '../text/discovery-text.ts';
import { formatByteCount } from '../text/format.ts';
import { libraryWords } from '../text/library-text.ts';
import { welcomeText } from '../text/welcome-text.ts';
import { Fact, Facts } from '../ui/facts.tsx';
import { Notice } from '../ui/notice.tsx';
import { Step } from './step.tsx';

const words = welcomeText.ready;

/** First step: where photos go and how devices find this computer. */
export function ComputerStep({ overview }: { readonly overview: Overview }) {
  const { library, lan } = overview;
  const url = lan.urls.find(isReachable);
  const title =
    library.state !== 'ready'
      ? words.noLibrary
      : url === undefined
        ? words.notReachable
        : words.title;
  const isReady = title === words.title;
  const discovery = discoveryWords(overview.discovery);
  const isDiscoveryWrong = discovery.tone === 'warn' || discovery.tone === 'bad';
  return (
    <Step number={1} title={title} isDone={isReady}>
      {library.state !== 'ready' && <Notice tone="bad">{libraryWords(library)}</Notice>}
      {isDiscoveryWrong && (
        <Notice tone="warn" title={discovery.title}>
          {discovery.next}
        </Notice>
      )}
      <Facts>
        <Fact label={words.name} action={<ChangeLink label={words.changeName} />}>
          {overview.server.name}
        </Fact>
        <Fact mono label={words.library} action={<ChangeLink label={words.changeLibrary} />}>
          {library.folder}
        </Fact>
        {library.freeByteCount !== undefined && (
          <Fact label={words.free}>{formatByteCount(library.freeByteCount)}</Fact>
        )}
        <Fact mono={url !== undefined} label={words.address}>
          {url ?? words.noAddress}
        </Fact>
        {!isDiscoveryWrong && <Fact label={words.network}>{discovery.title}</Fact>}
      </Facts>
    </Step>
  );
}

function ChangeLink({ label }: { readonly label: string }) {
  return (
    <Link href={paths.settings} aria-label={label}>
      {words.change}
    </Link>
  );
}
