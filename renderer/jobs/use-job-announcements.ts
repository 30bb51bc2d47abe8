import { useRef } from 'react';

import { isSafe } from '../../shared/job-state.ts';
import { useWindowEvent } from '../app/service-context.tsx';
import { jobReason } from '../text/job-reason-text.ts';
import { jobName, jobText } from '../text/job-text.ts';
import { announce } from '../ui/live-region.ts';
import { useGathered } from '../ui/use-gathered.ts';

/** Has screen readers say what became safe and what failed, gathered, and failures by name while they are few. */
export function useJobAnnouncements(): void {
  const safe = useRef(new Set<string>());
  const failed = useRef(new Map<string, string>());
  const ask = useGathered(() => {
    const failures = [...failed.current.values()];
    const sentences = [
      ...(failures.length > 2 ? [jobText.said.failedMany(failures.length)] : failures),
      ...(safe.current.size > 0 ? [jobText.said.safe(safe.current.size)] : []),
    ];
    safe.current = new Set();
    failed.current = new Map();
    announce(sentences.join(' '));
  });
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
    if (safe.current.size + failed.current.size > 0) ask();
  });
}
