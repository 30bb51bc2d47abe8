import { useEffect, useEffectEvent, useState } from 'react';

import { isLive } from '../../shared/job-state.ts';
import type { JobView } from '../../shared/window-views.ts';
import {
  observeTotal,
  observeTransfer,
  remainingMs,
  steadyRemaining,
  type ToldRemaining,
  type TotalSpeed,
  type TransferSpeed,
} from './transfer-speed.ts';

export interface JobSpeed {
  readonly speed: TransferSpeed;
  readonly told: ToldRemaining | undefined;
}

export interface TransferSpeeds {
  readonly byJob: ReadonlyMap<string, JobSpeed>;
  readonly total: TotalSpeed | undefined;
  /** How long all that arrives now still takes; absent while that cannot be said. */
  readonly told: ToldRemaining | undefined;
}

interface Seen extends TransferSpeeds {
  /** When this was seen, by the wall clock, as jobs tell their times. */
  readonly seenAt: number;
}

const NOTHING: Seen = { byJob: new Map(), total: undefined, told: undefined, seenAt: 0 };
/** Also without news: a transfer that stands still gets slower in the eyes of who waits. */
const SAMPLE_EVERY_MS = 500;

/** How fast running transfers are, each and together; `jobs` may hold some that have just ended. */
export function useTransferSpeeds(jobs: readonly JobView[]): TransferSpeeds {
  const [seen, setSeen] = useState<Seen>(NOTHING);
  const sample = useEffectEvent(() => {
    const at = performance.now();
    setSeen((before) => observe(before, jobs, at, Date.now()));
  });
  const isIdle = jobs.length === 0;
  useEffect(() => {
    if (isIdle) return;
    const timer = setInterval(() => sample(), SAMPLE_EVERY_MS);
    return () => {
      clearInterval(timer);
      setSeen(NOTHING);
    };
  }, [isIdle]);
  return seen;
}

function observe(before: Seen, jobs: readonly JobView[], at: number, seenAt: number): Seen {
  const live = jobs.filter((job) => isLive(job.state));
  const byJob = new Map(
    live.map((job) => {
      const known = before.byJob.get(job.jobId);
      const speed = observeTransfer(known?.speed, job.receivedByteCount, at);
      const told = steadyRemaining(known?.told, remainingMs(speed, job.expectedByteCount), at);
      return [job.jobId, { speed, told }] as const;
    }),
  );
  const total = observeTotal(
    before.total,
    // What was here already brought no bytes.
    jobs
      .filter((job) => job.state !== 'duplicate')
      .map(({ jobId, receivedByteCount, startedAt }) => ({
        jobId,
        byteCount: receivedByteCount,
        isNew: startedAt >= before.seenAt,
      })),
    at,
  );
  const rest = live.reduce<number | undefined>(
    (sum, { expectedByteCount, receivedByteCount }) =>
      sum === undefined || expectedByteCount === undefined
        ? undefined
        : sum + Math.max(0, expectedByteCount - receivedByteCount),
    0,
  );
  const rate = total.bytesPerSecond ?? 0;
  const estimate = rest === undefined || rest === 0 || rate < 1 ? undefined : (rest / rate) * 1000;
  return { byJob, total, told: steadyRemaining(before.told, estimate, at), seenAt };
}
