import { setTimeout as pause } from 'node:timers/promises';

const LIMIT_MS = 45_000;

/** Waits until a condition holds. The limit is for hangs, not for speed. @throws when it never does. */
export async function until<T>(
  what: string,
  condition: () => T | Promise<T>,
): Promise<NonNullable<T>> {
  const giveUpAt = Date.now() + LIMIT_MS;
  for (;;) {
    const value = await condition();
    if (value) return value;
    if (Date.now() > giveUpAt) throw new Error(`It never came true that ${what}.`);
    await pause(100);
  }
}
