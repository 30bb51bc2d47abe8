import { app, powerMonitor } from 'electron';

import { QuitSequence, SHUTDOWN_GRACE_MS } from './quit-sequence.ts';
import type { ServiceSupervisor } from './service-supervisor.ts';

/** Holds the application open until the service has stopped cleanly, however it was asked to quit. */
export function setUpQuit(supervisor: ServiceSupervisor): Pick<QuitSequence, 'isQuitting'> {
  const sequence = new QuitSequence({
    stopService: (graceMs) => supervisor.stop(graceMs),
    killService: () => supervisor.kill(),
    quit: () => app.quit(),
  });
  app.on('before-quit', (event) => {
    if (!sequence.mayQuit()) event.preventDefault();
  });
  // Closing the window is not quitting: the service goes on in the tray.
  app.on('window-all-closed', () => undefined);
  powerMonitor.on('shutdown', () => {
    if (!sequence.isQuitting) sequence.mayQuit(SHUTDOWN_GRACE_MS);
  });
  return sequence;
}
