import { expect, it } from 'vitest';

import { deviceLibraryState, LIBRARY_STATES } from './library-state.ts';
import { pingSchema } from './native-protocol.ts';

it('tells devices of a library that takes nothing only that it is missing', () => {
  expect(LIBRARY_STATES.map((state) => [state, deviceLibraryState(state)])).toEqual([
    ['ready', 'ready'],
    ['full', 'full'],
    ['opening', 'missing'],
    ['missing', 'missing'],
    ['in-use', 'missing'],
    ['unusable', 'missing'],
  ]);
});

it('takes the ping of an older Roost, and of a newer one that says something else', () => {
  const ping = { roost: 1, id: '7b0f4f4e-9a53-4c8e-8d5b-1f0f2b1c9a10', name: 'Study' } as const;
  expect(pingSchema.parse(ping)).toEqual(ping);
  expect(pingSchema.parse({ ...ping, library: 'full' })).toEqual({ ...ping, library: 'full' });
  expect(pingSchema.parse({ ...ping, library: 'asleep' }).library).toBeUndefined();
});
