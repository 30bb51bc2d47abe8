import { expect, it } from 'vitest';

import { SleepGuard, type SleepBlocker } from './sleep-guard.ts';

class FakeSleepBlocker implements SleepBlocker {
  readonly blocks = new Set<number>();
  #nextId = 0;

  start(): number {
    this.blocks.add(this.#nextId);
    return this.#nextId++;
  }

  stop(id: number): void {
    this.blocks.delete(id);
  }
}

it('keeps the computer awake exactly while uploads run', () => {
  const blocker = new FakeSleepBlocker();
  const guard = new SleepGuard(blocker);
  const blockCounts = [0, 1, 3, 1, 0, 0, 2, 0].map((liveUploadCount) => {
    guard.follow(liveUploadCount);
    return blocker.blocks.size;
  });
  expect(blockCounts).toEqual([0, 1, 1, 1, 0, 0, 1, 0]);
});
