import { useQuery } from '@tanstack/react-query';

import type { RoostError } from '../../shared/error-catalogue.ts';
import { isLive, JOB_STATES } from '../../shared/job-state.ts';
import type { JobView } from '../../shared/window-views.ts';
import { callService } from '../app/call-service.ts';
import { queryKey } from '../app/use-service.ts';
import { mergeLive } from './merge-jobs.ts';
import type { JobChanges } from './use-job-changes.ts';

/** More uploads at once than any device makes. */
const MOST_LIVE_JOBS = 200;

/** The jobs that run now, of all devices or of one, in the order they began. */
export function useLiveJobs(
  deviceId: string | undefined,
  { changed }: JobChanges,
): readonly JobView[] {
  const query = useQuery<readonly JobView[], RoostError>({
    queryKey: [...queryKey('jobs.list', { ...(deviceId !== undefined && { deviceId }) }), 'live'],
    queryFn: async ({ signal }) => {
      const answers = await Promise.all(
        JOB_STATES.filter(isLive).map((state) =>
          callService('jobs.list', { state, deviceId, limit: MOST_LIVE_JOBS }, signal),
        ),
      );
      return answers.flatMap((answer) => answer.jobs);
    },
    // Running jobs of an earlier visit are over by now.
    staleTime: 0,
    gcTime: 0,
  });
  return mergeLive(query.data ?? [], changed, { ...(deviceId !== undefined && { deviceId }) });
}
