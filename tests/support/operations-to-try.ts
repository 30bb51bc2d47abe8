import { SeededRandom } from './seeded-random.ts';

/**
 * Which operations of a long script a run fails or is killed at: every fourth one, by chance from the first to the
 * fourth on, since all of them take minutes. `ROOST_TEST_EVERY_OPERATION=1` tries all.
 */
export function* operationsToTry(first: number, most: number): Generator<number> {
  const tryAll = process.env['ROOST_TEST_EVERY_OPERATION'] === '1';
  const step = tryAll ? 1 : 4;
  const begin = first + SeededRandom.fromEnvironment().integer(0, step - 1);
  for (let at = begin; at < most; at += step) yield at;
  throw new Error(`The script takes more operations than ${most}.`);
}
