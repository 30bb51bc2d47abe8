import { SeededRandom } from './seeded-random.ts';

/** `ROOST_TEST_EVERY_OPERATION=1`: what takes minutes is tried in full. */
export const triesAll = process.env['ROOST_TEST_EVERY_OPERATION'] === '1';

/**
 * Which operations of a long script a run fails or is killed at: every fourth one, by chance from the first to the
 * fourth on, since all of them take minutes. `ROOST_TEST_EVERY_OPERATION=1` tries all.
 */
export function* operationsToTry(first: number, most: number): Generator<number> {
  const step = triesAll ? 1 : 4;
  const begin = first + SeededRandom.fromEnvironment().integer(0, step - 1);
  for (let at = begin; at < most; at += step) yield at;
  throw new Error(`The script takes more operations than ${most}.`);
}
