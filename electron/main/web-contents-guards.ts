import { app, shell } from 'electron';
import type { Logger } from 'pino';

import { mayNavigate, mayOpenExternally, type WindowOrigin } from './web-rules.ts';

/** Holds every page there will ever be in this application to web-rules.ts. Before the first window. */
export function guardWebContents(windowOrigin: () => WindowOrigin, log: Logger): void {
  app.on('web-contents-created', (_event, contents) => {
    const refuse = (event: { preventDefault(): void }, url: string): void => {
      if (mayNavigate(url, windowOrigin())) return;
      event.preventDefault();
      log.warn({ url: withoutSecrets(url) }, 'refused a navigation');
    };
    contents.on('will-frame-navigate', (event) => refuse(event, event.url));
    contents.on('will-redirect', (event) => refuse(event, event.url));
    contents.on('will-attach-webview', (event) => event.preventDefault());
    contents.setWindowOpenHandler(({ url }) => {
      if (mayOpenExternally(url)) void shell.openExternal(url);
      else log.warn({ url: withoutSecrets(url) }, 'refused to open a window');
      return { action: 'deny' };
    });
  });
}

/** Addresses of the service carry its key in the query. */
function withoutSecrets(url: string): string {
  return url.split(/[?#]/, 1)[0]?.slice(0, 200) ?? '';
}
