import './home.css';

import type { HomeView } from '../../shared/home-view.ts';
import type { Overview } from '../../shared/window-views.ts';
import { Link } from '../app/link.tsx';
import { Page } from '../app/page.tsx';
import { QueryProblem } from '../app/query-problem.tsx';
import { paths } from '../app/routes.ts';
import { useService } from '../app/use-service.ts';
import { calmWords, deviceShareWords, deviceStateWords, homeText } from '../text/home-text.ts';
import { loginText } from '../text/login-text.ts';
import { activityWords, roundWords, scrubText } from '../text/scrub-text.ts';
import { Badge } from '../ui/badge.tsx';
import { Button } from '../ui/button.tsx';
import { CheckIcon, WarningIcon } from '../ui/icons.tsx';
import { Panel } from '../ui/panel.tsx';
import { useNow } from '../ui/relative-time.tsx';
import { attentionOf } from './attention.ts';
import { DaysPanel } from './days-panel.tsx';
import { StoragePanel } from './storage-panel.tsx';
import { TodayPanel } from './today-panel.tsx';
import { useDismiss } from './use-dismiss.ts';
import { useHome } from './use-home.ts';

/** How everything is, at a glance: what needs the person, what came, the devices, the room left. */
export function HomePage() {
  const home = useHome();
  const overview = useService('overview.get', {});
  // The devices' lines hold what they say: lines that came later would move what stands below.
  const isListed = [useService('coverage.list', {}), useService('devices.list', {})].every(
    ({ isPending }) => !isPending,
  );
  const error = home.error ?? overview.error;
  return (
    <Page wide title={homeText.title}>
      {error !== null && (
        <QueryProblem
          error={error}
          onRetry={() => {
            void home.refetch();
            void overview.refetch();
          }}
        />
      )}
      {home.data && overview.data && isListed && (
        <HomePanels home={home.data} overview={overview.data} />
      )}
    </Page>
  );
}

function HomePanels({ home, overview }: { readonly home: HomeView; readonly overview: Overview }) {
  return (
    <>
      <AttentionPanel home={home} overview={overview} />
      <TodayPanel today={home.today} />
      <div className="home__pair">
        <DevicesPanel devices={home.devices} />
        <StoragePanel storage={home.storage} freeByteCount={overview.library.freeByteCount} />
      </div>
      <DaysPanel days={home.days} />
      <CheckingLine overview={overview} />
    </>
  );
}

function AttentionPanel({
  home,
  overview,
}: {
  readonly home: HomeView;
  readonly overview: Overview;
}) {
  const now = useNow();
  const devices = useService('devices.list', {}).data?.devices ?? [];
  const needed = attentionOf(home, overview, devices, now);
  const dismiss = useDismiss();
  const words = homeText.attention;
  if (needed.length === 0) {
    const { title, next } = calmWords(home.devices);
    return (
      <section className="home__calm" aria-label={words.title}>
        <CheckIcon size={24} />
        <div>
          <p className="home__calm-title">{title}</p>
          <p className="quiet">{next}</p>
        </div>
      </section>
    );
  }
  return (
    <Panel title={words.title}>
      <ul className="home__needs">
        {needed.map(({ key, tone, text, href, dismissible }) => (
          <li key={key} className={`home__need home__need--${tone}`}>
            <WarningIcon size={18} />
            <Link href={href}>{text}</Link>
            {dismissible !== undefined && (
              <Button
                small
                variant="quiet"
                aria-label={words.dismissOf(text)}
                onPress={() => dismiss(dismissible)}
              >
                {words.dismiss}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function DevicesPanel({ devices }: { readonly devices: HomeView['devices'] }) {
  const now = useNow();
  const coverage = useService('coverage.list', {}).data?.devices ?? [];
  const sent = useService('devices.list', {}).data?.devices ?? [];
  const words = homeText.devices;
  return (
    <Panel
      title={words.title}
      actions={
        <Link href={devices.length === 0 ? paths.welcome : paths.devices}>
          {devices.length === 0 ? words.pair : words.all}
        </Link>
      }
    >
      {devices.length === 0 && <p className="quiet">{words.none}</p>}
      <ul className="home__devices">
        {devices.map((device) => {
          const { deviceId, name, isQuiet } = device;
          const known = sent.find((each) => each.deviceId === deviceId);
          const share = deviceShareWords(
            coverage.find((each) => each.deviceId === deviceId),
            known,
          );
          return (
            <li key={deviceId} className="home__device">
              <Link href={paths.device(deviceId)} className="home__device-name" dir="auto">
                {name}
              </Link>
              {known?.login?.lockedAt !== undefined && (
                <Badge tone="warn">{loginText.locked}</Badge>
              )}
              {isQuiet && <Badge tone="warn">{words.quiet}</Badge>}
              <p className="home__device-state quiet small">
                <span>{deviceStateWords(device, now)}</span>
                {share !== undefined && <span>{share}</span>}
              </p>
            </li>
          );
        })}
      </ul>
    </Panel>
  );
}

function CheckingLine({ overview: { scrub } }: { readonly overview: Overview }) {
  const now = useNow();
  return (
    <Panel
      title={homeText.checking.title}
      actions={<Link href={paths.checking}>{homeText.checking.link}</Link>}
    >
      <p>
        {scrub.originalCount === 0
          ? scrubText.empty.title
          : `${scrubText.done}: ${roundWords(scrub)}`}
      </p>
      {scrub.originalCount > 0 && <p className="quiet small">{activityWords(scrub, now)}</p>}
    </Panel>
  );
}
