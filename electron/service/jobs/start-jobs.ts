import type { Logger } from 'pino';

import type { Clock } from '../../../shared/clock.ts';
import type { JobView } from '../../../shared/window-views.ts';
import type { CatalogWriter } from '../catalog/open-catalog.ts';
import type { Timers } from '../timers.ts';

import { JobTracker } from './job-tracker.ts';
import { ServiceWatch } from './service-watch.ts';

export interface JobsParts {
  readonly catalog: CatalogWriter;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly log: Logger;
  readonly onChange: (job: JobView) => void;
}

/** The job history, and the watch over this service that knows why a job had to wait. The caller closes the watch. */
export function startJobs(parts: JobsParts): { jobs: JobTracker; watch: ServiceWatch } {
  const { catalog, clock, timers, log, onChange } = parts;
  const watch = new ServiceWatch(catalog, clock, timers);
  watch.start();
  const jobs = new JobTracker(catalog, clock, onChange, log, (error, startedAt) =>
    watch.causeOf(error, startedAt),
  );
  return { jobs, watch };
}
