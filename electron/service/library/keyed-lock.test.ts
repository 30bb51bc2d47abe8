import { expect, it } from 'vitest';

import { KeyedLock } from './keyed-lock.ts';

it('lets one at a time through for a key, in the order they came', async () => {
  const lock = new KeyedLock();
  const events: string[] = [];
  await Promise.all(
    [1, 2, 3].map(async (each) => {
      using held = new DisposableStack();
      held.use(await lock.acquire('a'));
      events.push(`${each} in`);
      await new Promise((resolve) => setImmediate(resolve));
      events.push(`${each} out`);
    }),
  );
  expect(events).toEqual(['1 in', '1 out', '2 in', '2 out', '3 in', '3 out']);
});

it('lets other keys through meanwhile', async () => {
  const lock = new KeyedLock();
  const held = await lock.acquire('a');
  const other = await lock.acquire('b');
  other[Symbol.dispose]();
  held[Symbol.dispose]();
});

it('remembers no key that nobody holds', async () => {
  const lock = new KeyedLock();
  await Promise.all(
    Array.from({ length: 100 }, async (_, at) => {
      (await lock.acquire(`key ${at % 10}`))[Symbol.dispose]();
    }),
  );
  expect(lock.keyCount).toBe(0);
});
