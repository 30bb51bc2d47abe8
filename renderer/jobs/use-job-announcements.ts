import { useEffect, useRef } from 'react';

import { isSafe } from '../../shared/job-state.ts';
import { useWindowEvent } from '../app/service-context.tsx';
import { jobReason } from '../text/job-reason-text.ts';
import { jobName, jobText } from '../text/job-text.ts';
import { announce } from '../ui/live-region.ts';

/** At most one sentence in so long: thousands of photos come by themselves. */
const SAY_EVERY_MS = 10_000;
/** So long after a change more of the same is waited for. */
const GATHER_MS = 2_000;

/** Has screen readers say what became safe and what failed, gathered, and failures by name while they are few. */
export function useJobAnnouncements(): void {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const saidAt = useRef(-Infinity);
  const safe = useRef(new Set<string>());
  const failed = useRef(new Map<string, string>());
  useEffect(() => () => clearTimeout(timer.current), []);
  useWindowEvent((event) => {
    if (event.type !== 'jobs') return;
    for (const job of event.jobs) {
      if (isSafe(job.state)) {
        safe.current.add(job.jobId);
        failed.current.delete(job.jobId);
      } else if (job.state === 'failed') {
        const reason = jobReason(job)?.what ?? '';
        failed.current.set(job.jobId, jobText.said.failed(jobName(job), reason));
      }
    }
    if (timer.current !== undefined || safe.current.size + failed.current.size === 0) return;
    const rest = saidAt.current + SAY_EVERY_MS - performance.now();
    timer.current = setTimeout(
      () => {
        timer.current = undefined;
        saidAt.current = performance.now();
        const failures = [...failed.current.values()];
        const sentences = [
          ...(failures.length > 2 ? [jobText.said.failedMany(failures.length)] : failures),
          ...(safe.current.size > 0 ? [jobText.said.safe(safe.current.size)] : []),
        ];
        safe.current = new Set();
        failed.current = new Map();
        announce(sentences.join(' '));
      },
      Math.max(GATHER_MS, rest),
    );
  });
}
