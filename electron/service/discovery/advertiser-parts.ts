import { networkInterfaces } from 'node:os';

import { systemClock } from '../../../shared/clock.ts';
import type { Clock } from '../../../shared/clock.ts';
import { openMulticastLink } from './multicast-link.ts';
import type { OpenLink } from './multicast-link.ts';
import type { NetworkInterfaces } from './network-addresses.ts';
import { realWait } from './wait.ts';
import type { Wait } from './wait.ts';

/** The part of a logger discovery uses; a pino logger is one. */
export interface DiscoveryLog {
  debug(details: object, message: string): void;
  info(details: object, message: string): void;
  warn(details: object, message: string): void;
}

/** What the advertiser takes from the computer. Tests put their own here. */
export interface AdvertiserParts {
  readonly network: () => NetworkInterfaces;
  readonly openLink: OpenLink;
  readonly wait: Wait;
  /** A number from 0 up to 1. */
  readonly random: () => number;
  readonly clock: Clock;
  /** Calls back again and again; answers how to stop. */
  readonly every: (intervalMs: number, callback: () => void) => () => void;
}

export const computerParts: AdvertiserParts = {
  network: networkInterfaces,
  openLink: openMulticastLink,
  wait: realWait,
  random: Math.random,
  clock: systemClock,
  every: (intervalMs, callback) => {
    const timer = setInterval(callback, intervalMs);
    return () => clearInterval(timer);
  },
};
