import { expect, it } from 'vitest';

import {
  countsByDay,
  NOTHING_SELECTED,
  toggled,
  toggledAll,
  withAll,
  without,
  type Selection,
} from './selection.ts';

const DAY = '2019-08-15';

const idsOf = ({ assets }: Selection) => [...assets.keys()].sort().join('');
const some = (ids: string) => new Map(Array.from(ids, (id) => [id, DAY] as const));

it('takes one in and out again, and a range begins at the last one that was pressed', () => {
  const one = toggled(NOTHING_SELECTED, 'a', DAY);
  const two = toggled(one, 'b', DAY);
  expect([idsOf(two), two.anchor]).toEqual(['ab', 'b']);
  const less = toggled(two, 'a', DAY);
  expect([idsOf(less), less.anchor]).toEqual(['b', 'a']);
  expect(idsOf(NOTHING_SELECTED)).toBe('');
});

it('takes all of a day in, and out only when all of it was in', () => {
  const day = toggledAll(toggled(NOTHING_SELECTED, 'a', DAY), some('abc'));
  expect(idsOf(day)).toBe('abc');
  expect(idsOf(toggledAll(day, some('ab')))).toBe('c');
});

it('adds a range to what was chosen and keeps where it began', () => {
  const range = withAll(toggled(NOTHING_SELECTED, 'b', DAY), some('bcd'));
  expect([idsOf(range), range.anchor]).toEqual(['bcd', 'b']);
});

it('forgets what went, and a beginning that went', () => {
  const chosen = toggled(withAll(NOTHING_SELECTED, some('ab')), 'c', DAY);
  const left = without(chosen, ['c', 'x']);
  expect([idsOf(left), left.anchor]).toEqual(['ab', undefined]);
  expect(without(left, ['x'])).toBe(left);
});

it('counts what is chosen of each day', () => {
  const chosen = toggled(withAll(NOTHING_SELECTED, some('ab')), 'c', '2019-08-16');
  expect(Object.fromEntries(countsByDay(chosen))).toEqual({ [DAY]: 2, '2019-08-16': 1 });
});
