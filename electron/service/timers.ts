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
