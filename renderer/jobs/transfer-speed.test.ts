import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import {
  isSilent,
  observeTotal,
  observeTransfer,
  remainingMs,
  steadyRemaining,
  type TransferSpeed,
} from './transfer-speed.ts';

function observe(...samples: readonly (readonly [byteCount: number, at: number])[]): TransferSpeed {
  const speed = samples.reduce<TransferSpeed | undefined>(
    (before, [byteCount, at]) => observeTransfer(before, byteCount, at),
    undefined,
  );
  if (speed === undefined) throw new Error('No samples.');
  return speed;
}

describe('the speed of a transfer', () => {
  it('is unknown after one sample', () => {
    expect(observe([100, 0]).bytesPerSecond).toBeUndefined();
  });

  it('is what came by the time it took', () => {
    expect(observe([0, 0], [2_000, 1_000], [4_000, 2_000]).bytesPerSecond).toBe(2_000);
  });

  it('does not jump when one sample is odd', () => {
    const { bytesPerSecond } = observe([0, 0], [1_000, 1_000], [1_000, 1_250], [2_250, 2_250]);
    expect(bytesPerSecond).toBeGreaterThan(900);
    expect(bytesPerSecond).toBeLessThan(1_250);
  });

  it('falls while nothing comes, and then counts as silent', () => {
    const moving = observe([0, 0], [5_000, 1_000]);
    const still = observe([0, 0], [5_000, 1_000], [5_000, 3_000], [5_000, 7_000]);
    expect(still.bytesPerSecond).toBeLessThan(moving.bytesPerSecond!);
    expect(isSilent(moving)).toBe(false);
    expect(isSilent(still)).toBe(true);
  });

  it('starts anew when the device starts anew', () => {
    expect(observe([0, 0], [9_000, 1_000], [10, 2_000])).toEqual({
      byteCount: 10,
      sampledAt: 2_000,
      movedAt: 2_000,
    });
  });

  it('is never negative or endless, whatever the samples', () => {
    const samples = fc.array(fc.tuple(fc.nat(1e12), fc.nat(1e7)), { minLength: 1 });
    fc.assert(
      fc.property(samples, fc.nat(1e12), (all, expected) => {
        const speed = observe(...all);
        const left = remainingMs(speed, expected) ?? 0;
        expect(speed.bytesPerSecond ?? 0).toBeGreaterThanOrEqual(0);
        expect(Number.isFinite(speed.bytesPerSecond ?? 0)).toBe(true);
        expect(left).toBeGreaterThanOrEqual(0);
        expect(Number.isFinite(left)).toBe(true);
      }),
    );
  });
});

describe('the remaining time', () => {
  it('is what is missing at that speed', () => {
    expect(remainingMs(observe([0, 0], [1_000, 1_000]), 4_000)).toBe(3_000);
  });

  it('is unknown for a length nobody announced and for a silent device', () => {
    const silent = observe([0, 0], [1_000, 1_000], [1_000, 9_000]);
    expect(remainingMs(observe([0, 0], [1_000, 1_000]), undefined)).toBeUndefined();
    expect(remainingMs(silent, 4_000)).toBeUndefined();
  });
});

describe('the time that is told', () => {
  it('counts down while estimates agree with it more or less, and jumps only when they do not', () => {
    const first = steadyRemaining(undefined, 60_000, 0);
    expect(first).toEqual({ remainingMs: 60_000, at: 0 });
    expect(steadyRemaining(first, 64_000, 1_000)).toEqual({ remainingMs: 59_000, at: 1_000 });
    expect(steadyRemaining(first, 20_000, 1_000)).toEqual({ remainingMs: 20_000, at: 1_000 });
    expect(steadyRemaining(first, undefined, 1_000)).toBeUndefined();
  });
});

describe('the speed of all transfers together', () => {
  const sample = (jobId: string, byteCount: number, isNew = false) => ({ jobId, byteCount, isNew });

  it('counts photos that come and go between two looks, and nothing twice', () => {
    const before = observeTotal(undefined, [sample('a', 500)], 0);
    expect(before.bytesPerSecond).toBeUndefined();
    const next = observeTotal(before, [sample('a', 1_500), sample('b', 1_000, true)], 1_000);
    expect(next.bytesPerSecond).toBe(2_000);
    const resumed = observeTotal(
      next,
      [sample('a', 1_500), sample('b', 1_000), sample('c', 9_000)],
      2_000,
    );
    expect(resumed.bytesPerSecond).toBeLessThan(2_000);
  });
});
