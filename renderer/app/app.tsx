import { useEffect, useRef } from 'react';
import { I18nProvider } from 'react-aria-components/I18nProvider';

import { localeOf } from '../text/format.ts';
import { ErrorBoundary } from './error-boundary.tsx';
import { navigate, usePath } from './navigation.ts';
import { RoutedPage } from './routed-page.tsx';
import { paths, routeOf } from './routes.ts';
import { ServiceProvider } from './service-context.tsx';
import { Shell } from './shell.tsx';
import { useService } from './use-service.ts';

/** The whole window. */
export function App() {
  return (
    <I18nProvider locale={localeOf(navigator.languages)}>
      <ServiceProvider>
        <FirstRunRedirect />
        <Window />
      </ServiceProvider>
    </I18nProvider>
  );
}

function Window() {
  const path = usePath();
  const route = routeOf(path);
  return (
    <Shell view={route.view}>
      <ErrorBoundary resetKey={path}>
        <RoutedPage route={route} />
      </ErrorBoundary>
    </Shell>
  );
}

/**
 * Who opens a Roost without devices and photos lands on the welcome page; once per visit, so that the
 * timeline stays reachable.
 */
function FirstRunRedirect() {
  const overview = useService('overview.get', {});
  const isDecided = useRef(false);
  useEffect(() => {
    if (overview.data === undefined || isDecided.current) return;
    isDecided.current = true;
    const { deviceCount, library } = overview.data;
    const isFirstRun = deviceCount === 0 && library.assetCount === 0;
    if (isFirstRun && location.pathname === paths.timeline) {
      navigate(paths.welcome, { replace: true });
    }
  }, [overview.data]);
  return null;
}
