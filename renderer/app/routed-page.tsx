import { DevicePage } from '../coverage/device-page.tsx';
import { DevicesPage } from '../devices/devices-page.tsx';
import { WelcomePage } from '../first-run/welcome-page.tsx';
import { HomePage } from '../home/home-page.tsx';
import { JobPage } from '../jobs/job-page.tsx';
import { JobsPage } from '../jobs/jobs-page.tsx';
import { PreviewsPage } from '../previews/previews-page.tsx';
import { SearchedTimeline } from '../search/searched-timeline.tsx';
import { SettingsPage } from '../settings/settings-page.tsx';
import { appText } from '../text/app-text.ts';
import { TrashPage } from '../trash/trash-page.tsx';
import { Link } from './link.tsx';
import { Page } from './page.tsx';
import { paths, type Route } from './routes.ts';

/** The page of a route. A photo opens above the timeline, which stays as it is underneath. */
export function RoutedPage({ route }: { readonly route: Route }) {
  switch (route.view) {
    case 'home':
      return <HomePage />;
    case 'timeline':
      return <SearchedTimeline />;
    case 'photo':
      return <SearchedTimeline openAssetId={route.assetId} />;
    case 'jobs':
      return <JobsPage />;
    case 'job':
      return <JobPage jobId={route.jobId} />;
    case 'devices':
      return <DevicesPage />;
    case 'device':
      return <DevicePage deviceId={route.deviceId} />;
    case 'settings':
      return <SettingsPage />;
    case 'previews':
      return <PreviewsPage />;
    case 'trash':
      return <TrashPage />;
    case 'welcome':
      return <WelcomePage />;
    case 'not-found':
      return (
        <Page title={appText.notFound.title}>
          <p>
            <Link href={paths.timeline}>{appText.notFound.next}</Link>
          </p>
        </Page>
      );
  }
}
