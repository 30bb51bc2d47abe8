import { app } from 'electron';

/**
 * Whether this is the one Roost of its data folder. When another one runs, that one is told of this start and
 * opens its window; this start is over.
 */
export function isOnlyInstance(): boolean {
  return app.requestSingleInstanceLock();
}

/** After Electron is ready: other starts are told from then on. */
export function openWindowOnSecondStart(openWindow: () => void): void {
  app.on('second-instance', openWindow);
  // macOS starts an application once and tells it so when its icon is clicked again.
  app.on('activate', openWindow);
}
