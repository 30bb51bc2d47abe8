import { RoostError } from '../../../shared/error-catalogue.ts';

import type { LanListener } from './lan-listener.ts';

/**
 * Starts the LAN listener. At the desktop a port that cannot be had must not keep the window shut, for its
 * settings are where a person chooses another one; a headless service refuses to start without it.
 */
export async function openLan(
  host: 'desktop' | 'headless',
  start: () => Promise<LanListener>,
): Promise<{ lan?: LanListener; lanFailure?: RoostError }> {
  try {
    return { lan: await start() };
  } catch (error) {
    const mayGoOn = host === 'desktop' && error instanceof RoostError;
    if (mayGoOn && error.code === 'service/port-in-use') return { lanFailure: error };
    throw error;
  }
}
