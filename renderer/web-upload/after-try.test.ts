import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { UploadAnswer } from '../../shared/native-protocol.ts';

import { afterTry } from './after-try.ts';
import type { Outcome, Refusal } from './outcome.ts';
import { TransferRate } from './transfer-rate.ts';
import { uploadIdOf } from './upload-calls.ts';

const RETRIES = ['never', 'same', 'later', 'after-user'] as const;

function refused(retry: Refusal['retry'], retryAfterMs?: number): Outcome<UploadAnswer> {
  const refusal = { code: 'some/code', title: 'No.', detail: '', retry, retryAfterMs };
  return { kind: 'refused', refusal };
}

function done(result: UploadAnswer['result']): Outcome<UploadAnswer> {
  const value = { result, receiptId: '', assetId: '', byteCount: 1, sha256: '' };
  return { kind: 'done', value };
}

describe('what to do after a try', () => {
  it.each([
    ['stored', true, 'sent'],
    ['duplicate', true, 'already-safe'],
    ['duplicate', false, 'already-safe'],
    ['repeated', true, 'already-safe'],
    ['repeated', false, 'sent'],
  ] as const)('counts %s (first try: %s) as %s', (result, isFirst, state) => {
    expect(afterTry(done(result), 1, isFirst)).toEqual({ kind: 'safe', state });
  });

  it('ends in a bounded number of tries, waits a bounded time, and fails only with a reason', () => {
    const outcome = fc.oneof(
      fc.constant<Outcome<UploadAnswer>>({ kind: 'unreachable' }),
      fc
        .tuple(fc.constantFrom(...RETRIES), fc.option(fc.nat(60_000), { nil: undefined }))
        .map(([retry, ms]) => refused(retry, ms)),
    );
    fc.assert(
      fc.property(outcome, fc.integer({ min: 1, max: 50 }), fc.boolean(), (each, tries, first) => {
        const next = afterTry(each, tries, first);
        const retry = each.kind === 'refused' ? each.refusal.retry : 'same';
        const passes = retry === 'same' || retry === 'later';
        const expected = passes && tries < 5 ? 'again' : retry === 'after-user' ? 'end' : 'fail';
        expect(next.kind).toBe(expected);
        if (next.kind === 'again') expect(next.afterMs).toBeLessThanOrEqual(60_000);
        if (next.kind === 'fail') expect(next.refusal === undefined).toBe(each.kind !== 'refused');
      }),
    );
  });
});

describe('how fast bytes leave', () => {
  it('is not told before two seconds, and then follows the last ten', () => {
    const rate = new TransferRate();
    rate.note(0, 0);
    rate.note(1000, 1_000_000);
    expect(rate.bytesPerSecond).toBeUndefined();
    for (let at = 2; at <= 20; at++) rate.note(at * 1000, at * 1_000_000);
    expect(rate.bytesPerSecond).toBe(1_000_000);
    for (let at = 21; at <= 31; at++) rate.note(at * 1000, 20_000_000 + (at - 20) * 100_000);
    expect(rate.bytesPerSecond).toBe(100_000);
    rate.restart();
    expect(rate.bytesPerSecond).toBeUndefined();
  });

  it('lies between the slowest and the fastest moment', () => {
    const step = fc.record({ ms: fc.integer({ min: 250, max: 4000 }), bytes: fc.nat(1e7) });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const rate = new TransferRate();
        let at = 0;
        let sent = 0;
        rate.note(at, sent);
        for (const { ms, bytes } of steps) rate.note((at += ms), (sent += bytes));
        const told = rate.bytesPerSecond;
        if (told === undefined) return;
        const each = steps.map(({ ms, bytes }) => (bytes * 1000) / ms);
        expect(told).toBeGreaterThan(0);
        expect(told).toBeLessThanOrEqual(Math.max(...each) * 1.000001);
      }),
    );
  });
});

it.each([
  ['http://192.168.1.20:7678/v1/uploads/aB_-9', 'aB_-9'],
  ['/v1/uploads/aB_-9', 'aB_-9'],
  ['http://192.168.1.20:7678/v1/assets/x/photo', undefined],
  ['http://elsewhere/x/v1/uploads/aB', undefined],
  ['/v1/uploads/../pair', undefined],
  ['', undefined],
])('reads the id in %s', (location, id) => {
  expect(uploadIdOf(location)).toBe(id);
});
