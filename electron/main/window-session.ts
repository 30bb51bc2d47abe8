import { session, type Session } from 'electron';

import { mayRequest, type WindowOrigin } from './web-rules.ts';

/**
 * The window's browser session: in memory only, because the service's port and secret change with each start,
 * so anything kept would be of no use and would only lie around.
 */
export function createWindowSession(windowOrigin: () => WindowOrigin): Session {
  const windowSession = session.fromPartition('roost-window');
  windowSession.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  windowSession.setPermissionCheckHandler(() => false);
  windowSession.setDevicePermissionHandler(() => false);
  windowSession.setDisplayMediaRequestHandler(null);
  windowSession.webRequest.onBeforeRequest((details, answer) => {
    const isDevTools = details.url.startsWith('devtools:');
    answer({ cancel: !isDevTools && !mayRequest(details.url, windowOrigin()) });
  });
  windowSession.on('will-download', (event, item) => {
    if (!mayRequest(item.getURL(), windowOrigin())) event.preventDefault();
  });
  return windowSession;
}
