import { describe, expect, it } from 'vitest';

import { ERRORS, RoostError, type ErrorCode } from '../../../shared/error-catalogue.ts';
import type { UploadFailure } from './native-answers.ts';
import { backOffMs, decideRetry, MAX_SAME_TRIES, MAX_TRIES } from './retry-decision.ts';

function refused(code: ErrorCode, retryAfterMs?: number): UploadFailure {
  const { status, retry } = ERRORS[code];
  return { kind: 'refused', status, retry, retryAfterMs, code, error: new RoostError(code) };
}

function refusedBy(status: number): UploadFailure {
  const error = new RoostError('service/failed');
  return {
    kind: 'refused',
    status,
    retry: undefined,
    retryAfterMs: undefined,
    code: undefined,
    error,
  };
}

const broken: UploadFailure = { kind: 'network', code: 'ECONNRESET', staleConnection: false };

/** What is done after each failure, until it is given up. */
function actsUntilEnd(failure: UploadFailure): string[] {
  const acts: string[] = [];
  for (let failureCount = 1; failureCount < 100; failureCount += 1) {
    const { act } = decideRetry(failure, failureCount);
    acts.push(act);
    if (act !== 'again') break;
  }
  return acts;
}

describe('decideRetry', () => {
  it('tries again a bounded number of times after broken connections, waiting longer each time', () => {
    expect(actsUntilEnd(broken)).toHaveLength(MAX_TRIES);
    const waits = [1, 2, 3, 4].map((count) => decideRetry(broken, count));
    expect(waits).toEqual(
      [500, 1000, 2000, 4000].map((afterMs) => ({ act: 'again', afterMs, rehash: false })),
    );
  });

  it('tries at once on a fresh connection when a kept one had been closed, but only once', () => {
    const stale: UploadFailure = { kind: 'network', code: 'ECONNRESET', staleConnection: true };
    expect(decideRetry(stale, 1)).toMatchObject({ act: 'again', afterMs: 0 });
    expect(decideRetry(stale, 2)).toMatchObject({ act: 'again', afterMs: 1000 });
  });

  it('waits as Retry-After asks, within a minute', () => {
    expect(decideRetry(refused('service/overloaded', 20_000), 1)).toMatchObject({
      afterMs: 20_000,
    });
    expect(decideRetry(refused('service/overloaded', 9e9), 1)).toMatchObject({ afterMs: 60_000 });
  });

  it('reads the file anew where other bytes arrived than were sent', () => {
    expect(decideRetry(refused('upload/digest-mismatch'), 1)).toMatchObject({ rehash: true });
    expect(actsUntilEnd(refused('upload/digest-mismatch'))).toHaveLength(MAX_SAME_TRIES);
  });

  it('gives up at once where the answer says never or that a person is needed', () => {
    expect(actsUntilEnd(refused('upload/too-large'))).toEqual(['give-up']);
    expect(actsUntilEnd(refused('library/disk-full'))).toEqual(['give-up']);
  });

  it('stops everything when the token is refused', () => {
    expect(actsUntilEnd(refused('auth/token-invalid'))).toEqual(['stop']);
    expect(actsUntilEnd(refusedBy(401))).toEqual(['stop']);
  });

  it.each([
    [500, 'again'],
    [502, 'again'],
    [503, 'again'],
    [429, 'again'],
    [408, 'again'],
    [501, 'give-up'],
    [507, 'give-up'],
    [404, 'give-up'],
    [302, 'give-up'],
    [204, 'give-up'],
  ])('answers a plain %i of something in between with "%s"', (status, act) => {
    expect(decideRetry(refusedBy(status), 1).act).toBe(act);
  });

  it('does not try a file again that cannot be read', () => {
    expect(actsUntilEnd({ kind: 'file-unreadable', code: 'EACCES' })).toEqual(['give-up']);
  });
});

describe('backOffMs', () => {
  it('never waits longer than a quarter of a minute', () => {
    expect(backOffMs(50)).toBe(15_000);
  });
});
