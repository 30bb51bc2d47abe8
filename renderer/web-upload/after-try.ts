import type { UploadAnswer } from '../../shared/native-protocol.ts';

import type { Outcome, Refusal } from './outcome.ts';
import { backOffMs } from './waiting.ts';

/** Tries of one file in a row that bring nothing further, while the computer does answer otherwise. */
const MAX_TRIES = 5;

/** What to do with a file after a try to send it. */
export type NextStep =
  | { readonly kind: 'safe'; readonly state: 'sent' | 'already-safe' }
  /** This file will not come through; `refusal` is missing where the connection broke each time. */
  | { readonly kind: 'fail'; readonly refusal: Refusal | undefined }
  /** No file will, until a person has done something. */
  | { readonly kind: 'end'; readonly refusal: Refusal }
  | { readonly kind: 'again'; readonly afterMs: number };

/**
 * @param tries those in a row that brought nothing further, this one among them
 * @param isFirst whether nothing of the file was sent before: only then was a repeat here already
 */
export function afterTry(
  outcome: Outcome<UploadAnswer>,
  tries: number,
  isFirst: boolean,
): NextStep {
  if (outcome.kind === 'done') {
    const { result } = outcome.value;
    const wasHere = result === 'duplicate' || (result === 'repeated' && isFirst);
    return { kind: 'safe', state: wasHere ? 'already-safe' : 'sent' };
  }
  const refusal = outcome.kind === 'refused' ? outcome.refusal : undefined;
  if (refusal?.retry === 'never') return { kind: 'fail', refusal };
  if (refusal?.retry === 'after-user') return { kind: 'end', refusal };
  if (tries >= MAX_TRIES) return { kind: 'fail', refusal };
  return { kind: 'again', afterMs: waitAfter(outcome, tries) };
}

/** How long to wait after a call that failed: as long as the computer asks, else longer each time. */
export function waitAfter(outcome: Outcome<unknown>, tries: number): number {
  const asked = outcome.kind === 'refused' ? outcome.refusal.retryAfterMs : undefined;
  return asked ?? backOffMs(tries);
}

/** Whether a refusal may pass without anybody doing anything. */
export function mayPass({ retry }: Refusal): boolean {
  return retry === 'same' || retry === 'later';
}
