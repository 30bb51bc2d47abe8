import { expect, it } from 'vitest';

import { isLive, isSafe, JOB_STATES, mayAdvance, NEXT_JOB_STATES } from './job-state.ts';

it('names only states that exist as next states', () => {
  const named = Object.values(NEXT_JOB_STATES).flat();
  expect(named.filter((state) => !JOB_STATES.includes(state))).toEqual([]);
});

it('lets every state end safe in the end', () => {
  for (const start of JOB_STATES) {
    const reached = new Set([start]);
    for (const state of reached) for (const next of NEXT_JOB_STATES[state]) reached.add(next);
    expect(
      [...reached].some((state) => state !== start && isSafe(state)),
      start,
    ).toBe(true);
  }
});

it('never goes from proving back to receiving, and from a safe end only to another upload', () => {
  expect(mayAdvance('proving', 'receiving')).toBe(false);
  expect(JOB_STATES.filter((state) => mayAdvance('stored', state))).toEqual(['receiving']);
  expect(JOB_STATES.filter((state) => mayAdvance('duplicate', state))).toEqual(['receiving']);
});

it('counts only an end with a receipt as safe, and only a running upload as live', () => {
  expect(JOB_STATES.filter(isSafe)).toEqual(['stored', 'duplicate']);
  expect(JOB_STATES.filter(isLive)).toEqual(['receiving', 'proving']);
});
