import { Notification } from 'electron';

import type { ShellMemory } from './shell-memory.ts';

/** Tells once, when the window is closed for the first time, that Roost goes on receiving photos. */
export function showTrayHintOnce(memory: ShellMemory, icon: string): void {
  if (memory.facts.trayHintShown || !Notification.isSupported()) return;
  const place = process.platform === 'darwin' ? 'menu bar' : 'tray';
  new Notification({
    title: 'Roost goes on in the background',
    body: `Photos keep coming in. Open or quit Roost from its picture in the ${place}, or start Roost again to see its window.`,
    icon,
    silent: true,
  }).show();
  memory.remember({ trayHintShown: true });
}
