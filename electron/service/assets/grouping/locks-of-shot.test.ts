import fc from 'fast-check';
import { expect, it } from 'vitest';

import type { GroupingFacts } from './grouping-facts.ts';
import { locksOfShot } from './locks-of-shot.ts';
import { relationOf } from './relation.ts';

const START = Date.UTC(2019, 11, 29, 23, 59, 50);

const file = fc.record({
  partId: fc.uuid(),
  role: fc.constantFrom<GroupingFacts['role']>('still', 'movie', 'raw', 'recipe', 'edited-still'),
  contentId: fc.constantFrom(undefined, 'C1', 'C2'),
  stem: fc.constantFrom(undefined, 'img_1', 'img_2'),
  folder: fc.constantFrom(undefined, '', '100APPLE'),
  seconds: fc.integer({ min: 0, max: 20 }),
  quarters: fc.integer({ min: -48, max: 56 }),
  timing: fc.constantFrom<GroupingFacts['timing']>('own', 'utc', 'told', 'none'),
});

function factsOf(made: typeof file extends fc.Arbitrary<infer F> ? F : never): GroupingFacts {
  const { seconds, quarters, ...rest } = made;
  const takenAt = START + seconds * 1000;
  const takenLocal = new Date(takenAt + quarters * 900_000).toISOString().slice(0, 19);
  return { ...rest, deviceId: 'phone', takenLocal, takenAt, sentAt: START };
}

it('any two files that may be tied share a lock, and take them in one order', () => {
  fc.assert(
    fc.property(file, file, (one, other) => {
      const [a, b] = [factsOf(one), factsOf(other)];
      const [here, there] = [locksOfShot(a), locksOfShot(b)];
      // A recipe that was placed at the same time as its photo is brought to it afterwards.
      const why = relationOf(a, b);
      if (why && why !== 'sent-with')
        expect(here.filter((lock) => there.includes(lock))).not.toEqual([]);
      expect(here).toEqual([...new Set(here)].toSorted());
    }),
    { numRuns: 2000 },
  );
});

it('photos called alike, taken at different times, share none', () => {
  const photo = (takenLocal: string): GroupingFacts => ({
    partId: takenLocal,
    deviceId: 'phone',
    role: 'still',
    stem: 'image',
    takenLocal,
    timing: 'told',
  });
  const here = locksOfShot(photo('2020-01-01T10:00:00'));
  expect(locksOfShot(photo('2020-01-01T10:01:00')).some((lock) => here.includes(lock))).toBe(false);
});
