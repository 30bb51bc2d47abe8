import { expect, it } from 'vitest';

import { makeCurrentTime } from './current-time.ts';

it('does not stand still where listeners come and go faster than it ticks', () => {
  let told = 1_000;
  const time = makeCurrentTime(() => told);
  const stop = time.subscribe(() => undefined);
  stop();
  told = 300_000;
  const stopAgain = time.subscribe(() => undefined);
  expect(time.now()).toBe(300_000);
  stopAgain();
});
