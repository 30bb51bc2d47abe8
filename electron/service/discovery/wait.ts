/** Waits, or ends at once when the signal is aborted; never rejects. */
export type Wait = (durationMs: number, signal: AbortSignal) => Promise<void>;

export const realWait: Wait = (durationMs, signal) =>
  new Promise((resolve) => {
    const finish = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', finish);
      resolve();
    };
    const timer = setTimeout(finish, durationMs);
    signal.addEventListener('abort', finish);
    if (signal.aborted) finish();
  });
