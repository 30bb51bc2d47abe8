import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';

import type { RoostError } from '../../shared/error-catalogue.ts';
import { isLive, JOB_STATES, type JobState } from '../../shared/job-state.ts';
import type { JobView } from '../../shared/window-views.ts';
import { callService } from '../app/call-service.ts';
import { refreshInTurn } from '../app/refresh-in-turn.ts';
import { useWindowEvent } from '../app/service-context.tsx';
import { queryKey } from '../app/use-service.ts';
import { useSpacedWork } from '../app/use-spaced-work.ts';

/** Counts are asked for again at most this often while jobs end by the dozen. */
const COUNT_EVERY_MS = 1_000;

export interface JobCounts {
  readonly all: number;
  readonly byState: Readonly<Record<JobState, number>>;
}

/** How many jobs there are in each state, of all devices or of one. */
export function useJobCounts(
  deviceId: string | undefined,
  live: readonly JobView[],
): JobCounts | undefined {
  const client = useQueryClient();
  const key = [...queryKey('jobs.list', { deviceId, limit: 1 }), 'counts'];
  const query = useQuery<Readonly<Record<string, number>>, RoostError>({
    queryKey: key,
    queryFn: async ({ signal }) => {
      const { counts } = await callService('jobs.list', { deviceId, limit: 1 }, signal);
      return counts;
    },
    staleTime: 0,
  });

  const refresh = useCallback(
    () => refreshInTurn(client, queryKey('jobs.list', { deviceId, limit: 1 })),
    [client, deviceId],
  );
  const askAgain = useSpacedWork(COUNT_EVERY_MS, refresh);
  useWindowEvent((event) => {
    // Progress alone changes no count, and running jobs are counted from the list that shows them.
    if (event.type === 'jobs' && !event.jobs.every((job) => isLive(job.state))) askAgain();
  });

  if (query.data === undefined) return undefined;
  const counts = query.data;
  const byState = Object.fromEntries(
    JOB_STATES.map((state) => [
      state,
      isLive(state) ? live.filter((job) => job.state === state).length : (counts[state] ?? 0),
    ]),
  ) as Record<JobState, number>;
  const all = Object.values(byState).reduce((sum, count) => sum + count, 0);
  return { all, byState };
}
