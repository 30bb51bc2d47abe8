import { describe, expect, it } from 'vitest';

import { inRanges, inSlices, inTurns } from './in-slices.ts';

it('gives a list in parts, with a turn for others between two', async () => {
  const order: string[] = [];
  setImmediate(() => order.push('another'));
  for await (const part of inSlices(['a', 'b', 'c'], 2)) order.push(part.join(''));
  expect(order).toEqual(['ab', 'another', 'c']);
});

it.each([-1, 0, 1, 999])('asks about each number up to %i once', (last) => {
  const ranges = [...inRanges(last, 3, (from, to) => [[from, to] as const])].flat();
  const numbers = ranges.flatMap(([from, to]) =>
    Array.from({ length: to - from }, (_, at) => from + at),
  );
  expect(numbers.slice(0, last + 1)).toEqual(Array.from({ length: last + 1 }, (_, at) => at));
  expect(ranges.at(-1)?.[0] ?? -1).toBeLessThanOrEqual(last);
});

describe('work in turns', () => {
  function* steps(done: number[]): Generator<undefined, string, undefined> {
    for (let at = 0; at < 3; at += 1) {
      done.push(at);
      yield;
    }
    return 'through';
  }

  it('lets others have theirs between its steps', async () => {
    const done: number[] = [];
    const seen: number[] = [];
    const look = (): void => {
      seen.push(done.length);
      if (seen.length < 2) setImmediate(look);
    };
    setImmediate(look);
    expect(await inTurns(steps(done))).toBe('through');
    expect(seen).toEqual([1, 2]);
  });

  it('ends when nobody wants it any more', async () => {
    const done: number[] = [];
    const gone = new AbortController();
    const working = inTurns(steps(done), gone.signal);
    gone.abort();
    await expect(working).rejects.toThrow(/aborted/);
    expect(done).toEqual([0]);
  });
});
