import { useEffect, useState } from 'react';

import { isLive } from '../../shared/job-state.ts';
import type { JobView } from '../../shared/window-views.ts';
import { useWindowEvent } from '../app/service-context.tsx';

/** How long a job that ended stays among those that arrive: small photos would only flicker there. */
const LINGER_MS = 2_500;
const LOOK_EVERY_MS = 500;
/** More at once tell nobody more. */
const MOST_LINGERING = 50;

interface Ended {
  readonly job: JobView;
  /** By `performance.now()`. */
  readonly at: number;
}

/** The jobs that run, and for a moment those that ran, in the order they began: no place is lost between two. */
export function useLingeringJobs(live: readonly JobView[]): readonly JobView[] {
  const [ended, setEnded] = useState<readonly Ended[]>([]);
  useWindowEvent((event) => {
    if (event.type === 'hello') setEnded([]);
    if (event.type !== 'jobs') return;
    const at = performance.now();
    const told = new Set(event.jobs.map(({ jobId }) => jobId));
    const just = event.jobs.filter((job) => !isLive(job.state)).map((job) => ({ job, at }));
    setEnded((before) =>
      [...before.filter(({ job }) => !told.has(job.jobId)), ...just].slice(-MOST_LINGERING),
    );
  });
  const hasEnded = ended.length > 0;
  useEffect(() => {
    if (!hasEnded) return;
    const timer = setInterval(() => {
      const oldest = performance.now() - LINGER_MS;
      setEnded((before) => before.filter(({ at }) => at > oldest));
    }, LOOK_EVERY_MS);
    return () => clearInterval(timer);
  }, [hasEnded]);

  const running = new Set(live.map(({ jobId }) => jobId));
  return [...live, ...ended.map(({ job }) => job).filter(({ jobId }) => !running.has(jobId))].sort(
    (a, b) => a.startedAt - b.startedAt || (a.jobId < b.jobId ? -1 : 1),
  );
}
