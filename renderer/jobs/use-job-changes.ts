import { useState } from 'react';

import type { JobView } from '../../shared/window-views.ts';
import { useWindowEvent } from '../app/service-context.tsx';

type Changed = ReadonlyMap<string, JobView>;

const NO_CHANGES: Changed = new Map();

export interface JobChanges {
  /** What events told since the answers were loaded, by job. */
  readonly changed: Changed;
  /** Drops what a fresh answer holds as well; what came after `known` was read stays. */
  readonly forget: (known: Changed) => void;
}

/** Collects the jobs that events carry. A new connection starts anew: everything is asked for again then. */
export function useJobChanges(): JobChanges {
  const [changed, setChanged] = useState(NO_CHANGES);
  useWindowEvent((event) => {
    if (event.type === 'hello') setChanged(NO_CHANGES);
    if (event.type !== 'jobs') return;
    setChanged((before) => {
      const next = new Map(before);
      for (const job of event.jobs) next.set(job.jobId, job);
      return next;
    });
  });
  const forget = (known: Changed) => {
    setChanged((before) => new Map([...before].filter(([id, job]) => known.get(id) !== job)));
  };
  return { changed, forget };
}
