import { RoostError } from '../../shared/error-catalogue.ts';

import { subjectOf, type ResourceAnnouncement } from './ingest/incoming-resource.ts';
import type { Ingest } from './ingest/ingest.ts';
import type { JobTracker } from './jobs/job-tracker.ts';
import type { OpenSession } from './open-library-session.ts';

/**
 * What takes uploads at the moment. Where nothing does, the device hears nothing but who looks at the history does.
 * @throws RoostError `library/missing` and the like, from the answer.
 */
export function ingestNow(
  session: () => OpenSession,
  jobs: JobTracker,
): (announced?: ResourceAnnouncement) => Ingest {
  return (announced) => {
    try {
      return session().ingest;
    } catch (error) {
      if (announced && error instanceof RoostError) jobs.begin(subjectOf(announced)).broken(error);
      throw error;
    }
  };
}
