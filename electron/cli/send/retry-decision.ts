import type { UploadFailure } from './native-answers.ts';

/** What to do with a resource that was not stored. */
export type RetryDecision =
  /** Try again after a wait; `rehash` when the file may have changed meanwhile. */
  | { readonly act: 'again'; readonly afterMs: number; readonly rehash: boolean }
  /** This resource will not be stored; the others go on. */
  | { readonly act: 'give-up' }
  /** Nothing can be stored any more: the token is refused. */
  | { readonly act: 'stop' };

/** Tries of one resource whose connection breaks or that Roost asks for later: over a minute of waiting. */
export const MAX_TRIES = 8;
/** Tries where waiting does not help: other bytes arrived than were sent, or the file changed. */
export const MAX_SAME_TRIES = 3;

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 15_000;
/** A `Retry-After` beyond this is not waited for in one go. */
const LONGEST_ASKED_WAIT_MS = 60_000;

/** The wait before the next try, doubling from half a second. `failureCount` is 1 after the first failure. */
export function backOffMs(failureCount: number): number {
  return Math.min(FIRST_WAIT_MS * 2 ** (failureCount - 1), LONGEST_WAIT_MS);
}

/**
 * Decides after a failure, by the answer's `Roost-Retry` where there is one, else by its status (RFC 9110).
 * @param failureCount failures of this resource so far, this one included.
 */
export function decideRetry(failure: UploadFailure, failureCount: number): RetryDecision {
  switch (failure.kind) {
    case 'file-unreadable':
      return { act: 'give-up' };
    case 'file-changed':
    case 'odd-answer':
      return again(failureCount, MAX_SAME_TRIES, backOffMs(failureCount), true);
    case 'network':
      // A kept-alive connection that the other side had just closed says nothing about this request.
      if (failure.staleConnection && failureCount === 1) {
        return { act: 'again', afterMs: 0, rehash: false };
      }
      return again(failureCount, MAX_TRIES, backOffMs(failureCount), false);
    case 'refused':
      return afterRefusal(failure, failureCount);
  }
}

function afterRefusal(
  failure: Extract<UploadFailure, { kind: 'refused' }>,
  failureCount: number,
): RetryDecision {
  const { status, retryAfterMs } = failure;
  if (status === 401) return { act: 'stop' };
  const retry = failure.retry ?? retryOfStatus(status);
  if (retry === 'same') return again(failureCount, MAX_SAME_TRIES, backOffMs(failureCount), true);
  if (retry !== 'later') return { act: 'give-up' };
  const asked = Math.min(retryAfterMs ?? 0, LONGEST_ASKED_WAIT_MS);
  return again(failureCount, MAX_TRIES, Math.max(asked, backOffMs(failureCount)), false);
}

function retryOfStatus(status: number): 'later' | 'never' {
  const passes = status === 408 || status === 429 || (status >= 500 && status !== 501);
  return passes && status !== 507 ? 'later' : 'never';
}

function again(
  failureCount: number,
  maxTries: number,
  afterMs: number,
  rehash: boolean,
): RetryDecision {
  return failureCount < maxTries ? { act: 'again', afterMs, rehash } : { act: 'give-up' };
}
