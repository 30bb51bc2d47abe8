import './shell.css';

import { type ReactNode, useEffect } from 'react';

import { ExportTray } from '../export/export-tray.tsx';
import { appText } from '../text/app-text.ts';
import { trashText } from '../text/trash-text.ts';
import { useReturned } from '../trash/use-returned.ts';
import { classNames } from '../ui/class-names.ts';
import {
  DeviceIcon,
  HomeIcon,
  type Icon,
  JobsIcon,
  PhotosIcon,
  RoostIcon,
  SettingsIcon,
  TrashIcon,
} from '../ui/icons.tsx';
import { leavePageToasts, ToastRegion } from '../ui/toast.tsx';
import { ConnectionBanner } from './connection-banner.tsx';
import { LibraryNotice } from './library-notice.tsx';
import { LibrarySummary } from './library-summary.tsx';
import { Link } from './link.tsx';
import { MoreMenu } from './more-menu.tsx';
import { paths, type Route } from './routes.ts';
import { ShortcutsOverlay } from './shortcuts-overlay.tsx';

interface Destination {
  readonly href: string;
  readonly label: string;
  readonly icon: Icon;
  readonly views: readonly Route['view'][];
  /** Behind “More” in the bar of a narrow window, which has room for five. */
  readonly isWideOnly?: true;
}

const DESTINATIONS: readonly Destination[] = [
  { href: paths.home, label: appText.nav.home, icon: HomeIcon, views: ['home'] },
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
    href: paths.trash,
    label: trashText.title,
    icon: TrashIcon,
    views: ['trash'],
    isWideOnly: true,
  },
  {
    href: paths.settings,
    label: appText.nav.settings,
    icon: SettingsIcon,
    views: ['settings', 'previews'],
    isWideOnly: true,
  },
];

/** Navigation around the pages: a sidebar, or a bar at the bottom of a narrow window. */
export function Shell(props: { readonly view: Route['view']; readonly children: ReactNode }) {
  // A photo opens above the timeline, which is still the same page.
  const page = props.view === 'photo' ? 'timeline' : props.view;
  useEffect(() => leavePageToasts, [page]);
  useReturned();
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
          {DESTINATIONS.map(({ href, label, icon: IconShape, views, isWideOnly }) => (
            <Link
              key={href}
              href={href}
              className={classNames('shell__link', isWideOnly && 'shell__link--wide-only')}
              aria-current={views.includes(props.view) ? 'page' : undefined}
            >
              <IconShape size={20} />
              {label}
            </Link>
          ))}
          <MoreMenu
            destinations={DESTINATIONS.filter(({ isWideOnly }) => isWideOnly).map((each) => ({
              ...each,
              isCurrent: each.views.includes(props.view),
            }))}
          />
        </nav>
        <div className="shell__foot">
          <LibrarySummary />
          <ShortcutsOverlay view={props.view} />
        </div>
      </div>
      <main id="content" className="shell__content" tabIndex={-1}>
        <ConnectionBanner />
        <div className="shell__page">{props.children}</div>
        <LibraryNotice />
      </main>
      <ExportTray isCovered={props.view === 'photo'} />
      <ToastRegion closeLabel={appText.close} />
    </div>
  );
}
