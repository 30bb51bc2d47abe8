import { expect, it } from 'vitest';

import { liveTitle, liveTotalWords } from './live-total-words.ts';

it('calls arrived only what arrived, and tells no speed of what broke off', () => {
  const total = { bytesPerSecond: 7_100_000, byteCounts: new Map(), sampledAt: 0 };
  const words = (...states: ('receiving' | 'stored' | 'interrupted')[]): string[] =>
    liveTotalWords(
      states.map((state) => ({ state })),
      { total, told: undefined },
    );
  expect(words('interrupted')).toEqual(['1 file broke off']);
  expect(words('stored', 'interrupted')).toEqual(['Just arrived', '1 file broke off']);
  expect(words('stored')).toEqual(['Just arrived', '7.1 MB/s']);
  expect(liveTitle([{ state: 'interrupted' }])).toBe('A moment ago');
  expect(liveTitle([{ state: 'interrupted' }, { state: 'proving' }])).toBe('Arriving now');
  expect(words('receiving', 'interrupted')).toEqual(['1 file', '7.1 MB/s']);
});
