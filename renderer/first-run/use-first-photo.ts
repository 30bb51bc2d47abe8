import { useState } from 'react';

import { isLive } from '../../shared/job-state.ts';
import type { JobView, TimelineAsset } from '../../shared/window-views.ts';
import { useWindowEvent } from '../app/service-context.tsx';
import { useService } from '../app/use-service.ts';
import { welcomeText } from '../text/welcome-text.ts';
import { announce } from '../ui/live-region.ts';

export interface FirstPhoto {
  /** The first asset that came while this page was open, else the newest one there is. */
  readonly asset: TimelineAsset | undefined;
  /** Came while the page was open. */
  readonly isNew: boolean;
  /** What arrives right now, or what last went wrong. */
  readonly job: JobView | undefined;
}

/** Waits for the first photo and follows it until its picture is there. */
export function useFirstPhoto(): FirstPhoto {
  const [arrived, setArrived] = useState<TimelineAsset>();
  const [job, setJob] = useState<JobView>();
  useWindowEvent((event) => {
    if (event.type === 'assets') {
      const same = event.assets.find((asset) => asset.assetId === arrived?.assetId);
      const next = arrived === undefined ? event.assets[0] : same;
      if (next === undefined) return;
      if (arrived === undefined) announce(welcomeText.photo.safe(next));
      setArrived(next);
    }
    if (event.type === 'jobs') {
      const telling = event.jobs.findLast(({ state }) => isLive(state) || state === 'failed');
      const ended = event.jobs.find((each) => each.jobId === job?.jobId);
      setJob(telling ?? ended ?? job);
    }
  });
  const newest = useNewestAsset();
  return { asset: arrived ?? newest, isNew: arrived !== undefined, job };
}

/** The newest asset of a library that is not empty. */
function useNewestAsset(): TimelineAsset | undefined {
  const months = useService('timeline.months', {});
  const month = months.data?.months[0]?.month;
  const assets = useService(
    'timeline.month',
    { month: month ?? '' },
    { enabled: month !== undefined },
  );
  return assets.data?.assets[0];
}
