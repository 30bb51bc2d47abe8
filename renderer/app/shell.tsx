import './shell.css';

import type { ReactNode } from 'react';

import { appText } from '../text/app-text.ts';
import {
  DeviceIcon,
  type Icon,
  JobsIcon,
  PhotosIcon,
  RoostIcon,
  SettingsIcon,
} from '../ui/icons.tsx';
import { ToastRegion } from '../ui/toast.tsx';
import { ConnectionBanner } from './connection-banner.tsx';
import { LibraryNotice } from './library-notice.tsx';
import { LibrarySummary } from './library-summary.tsx';
import { Link } from './link.tsx';
import { paths, type Route } from './routes.ts';

interface Destination {
  readonly href: string;
  readonly label: string;
  readonly icon: Icon;
  readonly views: readonly Route['view'][];
}

const DESTINATIONS: readonly Destination[] = [
  {
    href: paths.timeline,
    label: appText.nav.timeline,
    icon: PhotosIcon,
    views: ['timeline', 'photo'],
  },
  { href: paths.jobs, label: appText.nav.jobs, icon: JobsIcon, views: ['jobs', 'job'] },
  {
    href: paths.devices,
    label: appText.nav.devices,
    icon: DeviceIcon,
    views: ['devices', 'device'],
  },
  {
    href: paths.settings,
    label: appText.nav.settings,
    icon: SettingsIcon,
    views: ['settings', 'previews', 'trash'],
  },
];

/** Navigation around the pages: a sidebar, or a bar at the bottom of a narrow window. */
export function Shell(props: { readonly view: Route['view']; readonly children: ReactNode }) {
  return (
    <div className="shell">
      <a className="shell__skip" href="#content">
        {appText.nav.skip}
      </a>
      <div className="shell__side">
        <p className="shell__brand">
          <RoostIcon size={22} />
          {appText.product}
        </p>
        <nav className="shell__nav" aria-label={appText.nav.label}>
          {DESTINATIONS.map(({ href, label, icon: IconShape, views }) => (
            <Link
              key={href}
              href={href}
              className="shell__link"
              aria-current={views.includes(props.view) ? 'page' : undefined}
            >
              <IconShape size={20} />
              {label}
            </Link>
          ))}
        </nav>
        <LibrarySummary />
      </div>
      <main id="content" className="shell__content" tabIndex={-1}>
        <ConnectionBanner />
        <div className="shell__page">{props.children}</div>
        <LibraryNotice />
      </main>
      <ToastRegion closeLabel={appText.close} />
    </div>
  );
}
