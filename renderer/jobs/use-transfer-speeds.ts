import { useEffect, useEffectEvent, useState } from 'react';

import type { JobView } from '../../shared/window-views.ts';
import { observeTransfer, type TransferSpeed } from './transfer-speed.ts';

type Speeds = ReadonlyMap<string, TransferSpeed>;

const NO_SPEEDS: Speeds = new Map();
/** Also without news: a transfer that stands still gets slower in the eyes of who waits. */
const SAMPLE_EVERY_MS = 400;

/** The speed of each running transfer, by job. */
export function useTransferSpeeds(jobs: readonly JobView[]): Speeds {
  const [speeds, setSpeeds] = useState(NO_SPEEDS);
  const sample = useEffectEvent(() => {
    const at = performance.now();
    setSpeeds(
      (before) =>
        new Map(
          jobs.map((job) => [
            job.jobId,
            observeTransfer(before.get(job.jobId), job.receivedByteCount, at),
          ]),
        ),
    );
  });
  const isIdle = jobs.length === 0;
  useEffect(() => {
    if (isIdle) return;
    const timer = setInterval(() => sample(), SAMPLE_EVERY_MS);
    return () => clearInterval(timer);
  }, [isIdle]);
  return speeds;
}
