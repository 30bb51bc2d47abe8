import { expect, it } from 'vitest';

import {
  answered,
  cleared,
  countsByDay,
  NOTHING_SELECTED,
  type Selection,
  sweepBegun,
  sweepEnded,
  swept,
  toggled,
  toggledAll,
  withAll,
  withEverything,
  within,
  without,
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

it('knows that there is more than can be chosen until something else is chosen', () => {
  const all = withEverything(NOTHING_SELECTED, some('abc'), 12);
  expect([idsOf(all), all.asOf]).toEqual(['abc', 12]);
  // What goes into the trash goes out of everything, too.
  expect(without(all, ['a']).asOf).toBe(12);
  for (const other of [toggled(all, 'a', DAY), toggledAll(all, some('d')), cleared(all)]) {
    expect(other).not.toHaveProperty('asOf');
  }
  expect(withEverything(all, some('abc'), undefined)).not.toHaveProperty('asOf');
});

it('counts what is chosen of each day', () => {
  const chosen = toggled(withAll(NOTHING_SELECTED, some('ab')), 'c', '2019-08-16');
  expect(Object.fromEntries(countsByDay(chosen))).toEqual({ [DAY]: 2, '2019-08-16': 1 });
});

it('takes no answer to what was asked before it was cleared', () => {
  const { epoch } = toggled(NOTHING_SELECTED, 'a', DAY);
  const late = (selection: Selection) =>
    answered(selection, epoch, (before) => withAll(before, some('bc')));
  expect(idsOf(late(toggled(NOTHING_SELECTED, 'a', DAY)))).toBe('abc');
  const none = cleared(toggled(NOTHING_SELECTED, 'a', DAY));
  expect([idsOf(late(none)), none.anchor]).toEqual(['', undefined]);
});

it('keeps of what is chosen what is still there, when it may have missed what went', () => {
  const chosen = withAll(NOTHING_SELECTED, some('abc'));
  expect(idsOf(within(chosen, new Set(['a', 'c', 'd'])))).toBe('ac');
});

it('chooses what a sweep covers, in place of what was chosen or beside it', () => {
  const chosen = withAll(NOTHING_SELECTED, some('ab'));
  const alone = swept(sweepBegun(chosen, false), some('cd'));
  expect(idsOf(alone)).toBe('cd');
  expect(idsOf(swept(alone, some('d')))).toBe('d');
  const beside = swept(sweepBegun(chosen, true), some('bcd'));
  expect(idsOf(beside)).toBe('abcd');
  expect(swept(beside, some('bcd'))).toBe(beside);
  // What was chosen before stays, also when the sweep leaves it.
  expect(idsOf(swept(beside, some('')))).toBe('ab');
});

it('gives back what was chosen before a sweep that is taken back, but for what went meanwhile', () => {
  const beside = swept(sweepBegun(withAll(NOTHING_SELECTED, some('ab')), false), some('bc'));
  expect(idsOf(sweepEnded(beside, false))).toBe('bc');
  expect(idsOf(sweepEnded(without(beside, ['b']), true))).toBe('a');
  expect(swept(sweepEnded(beside, false), some('x'))).not.toHaveProperty('sweep');
  expect(idsOf(swept(sweepEnded(beside, false), some('x')))).toBe('bc');
});
