import { uptime } from 'node:os';

/** How waiting is done, so that a test can let time pass by hand. */
export interface Timers {
  /** Calls `action` once after `delayMs`; the answer takes that back. */
  after(delayMs: number, action: () => void): CancelTimer;
}

export type CancelTimer = () => void;

export const systemTimers: Timers = {
  after: (delayMs, action) => {
    const timer = setTimeout(action, delayMs);
    return () => clearTimeout(timer);
  },
};

/**
 * Milliseconds since some moment: they go on while the computer sleeps, and no clock that is set changes them. Beside a
 * clock this tells a sleep from a clock that was set.
 */
export type Uptime = () => number;

export const systemUptime: Uptime = () => Math.floor(uptime() * 1000);
