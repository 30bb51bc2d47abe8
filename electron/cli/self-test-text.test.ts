import { expect, it } from 'vitest';

import { selfTestLines } from './self-test-text.ts';

const REPORT = {
  ok: false,
  copiedCount: 2,
  copiedByteCount: 3_000_000,
  madeCount: 20,
  notWholeCount: 0,
  planted: [
    { path: 'copies/1', kind: 'first-bit', found: 'its bytes changed' },
    { path: 'made/2', kind: 'removed' },
  ],
  falseAlarms: [{ path: 'made/3', reason: 'its bytes\u001b[2J changed' }],
  notPossible: ['unreadable'],
} as const;

it('names what was found, missed and wrongly said, and what could not be tried', () => {
  expect(selfTestLines(REPORT)).toEqual([
    '2 originals copied (3.0 MB; at most 40 files and 268 MB are copied), 20 files made besides',
    'found    copies/1, one bit flipped at its beginning: its bytes changed',
    'MISSED   made/2, removed',
    'WRONG    made/3 was not damaged, but: its bytes?[2J changed',
    'skipped  made unreadable: not possible here',
    'NOT everything was found: 1 missed, 1 wrong. Your originals were only read.',
  ]);
});
