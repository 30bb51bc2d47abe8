/**
 * The states of a job as a table: from each state, where it may go.
 *
 * - `receiving`: bytes are arriving; `proving`: all bytes are here, length and digests are compared, the
 *   resource is placed and journaled.
 * - `stored`, `duplicate`: safe, with a receipt. A device may send the resource again, as it was or changed: the
 *   job then gets another upload. Where that one fails the job says so and keeps its receipt, since what was to
 *   come may have been a newer version.
 * - `interrupted`: the connection or the service ended in the middle; the device is expected to come back.
 * - `failed`: refused or broken, with a reason from the error catalogue; a new upload may still succeed.
 */
export const NEXT_JOB_STATES = {
  receiving: ['proving', 'interrupted', 'failed', 'stored', 'duplicate'],
  proving: ['stored', 'duplicate', 'interrupted', 'failed'],
  stored: ['receiving'],
  duplicate: ['receiving'],
  interrupted: ['receiving', 'stored', 'duplicate'],
  failed: ['receiving', 'stored', 'duplicate'],
} as const satisfies Record<string, readonly string[]>;

export type JobState = keyof typeof NEXT_JOB_STATES;

export const JOB_STATES = Object.keys(NEXT_JOB_STATES) as readonly JobState[];

export function mayAdvance(from: JobState, to: JobState): boolean {
  return (NEXT_JOB_STATES[from] as readonly JobState[]).includes(to);
}

/** A job that is safe has a receipt; nothing else counts as backed up. */
export function isSafe(state: JobState): boolean {
  return state === 'stored' || state === 'duplicate';
}

export function isLive(state: JobState): boolean {
  return state === 'receiving' || state === 'proving';
}
