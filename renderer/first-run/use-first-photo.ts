import { useEffect, useState } from 'react';

import { isLive } from '../../shared/job-state.ts';
import type { JobView, TimelineAsset } from '../../shared/window-views.ts';
import { useWindowEvent } from '../app/service-context.tsx';
import { useService } from '../app/use-service.ts';
import { welcomeText } from '../text/welcome-text.ts';
import { announce } from '../ui/live-region.ts';

export interface FirstPhoto {
  /** The first asset that came while this page was open, else the one that was the first here before. */
  readonly asset: TimelineAsset | undefined;
  /** Came while the page was open. */
  readonly isNew: boolean;
  /** What arrives right now, or what last went wrong. */
  readonly job: JobView | undefined;
}

/** Waits for the first photo and follows it until its picture is there. It stays the first one. */
export function useFirstPhoto(): FirstPhoto {
  const earlier = useEarlierPhoto();
  const [arrived, setArrived] = useState<TimelineAsset>();
  const [job, setJob] = useState<JobView>();
  useWindowEvent((event) => {
    if (event.type === 'assets') {
      const same = event.assets.find((asset) => asset.assetId === arrived?.assetId);
      const next = arrived === undefined ? event.assets[0] : same;
      if (next === undefined || (arrived === undefined && earlier !== undefined)) return;
      if (arrived === undefined) announce(welcomeText.photo.safe(next));
      rememberFirst(next.assetId);
      setArrived(next);
    }
    if (event.type === 'jobs') {
      const telling = event.jobs.findLast(
        ({ state, joinedJobId }) =>
          joinedJobId === undefined && (isLive(state) || state === 'failed'),
      );
      const ended = event.jobs.find((each) => each.jobId === job?.jobId);
      setJob(telling ?? ended ?? job);
    }
  });
  return { asset: arrived ?? earlier, isNew: arrived !== undefined, job };
}

const FIRST_KEY = 'roost.first-photo';

function rememberFirst(assetId: string): void {
  try {
    localStorage.setItem(FIRST_KEY, assetId);
  } catch {
    // Where nothing can be kept, any photo stands for the first.
  }
}

function rememberedFirst(): string | undefined {
  try {
    return localStorage.getItem(FIRST_KEY) ?? undefined;
  } catch {
    return undefined;
  }
}

/**
 * What was the first photo when this page was open before. Where that is not known, or it is not there any more, the
 * newest that has a picture of a library that is not empty; that is the one from then on.
 */
function useEarlierPhoto(): TimelineAsset | undefined {
  const [firstId] = useState(rememberedFirst);
  const [picked, setPicked] = useState<TimelineAsset>();
  const first = useService(
    'asset.get',
    { assetId: firstId ?? '' },
    { enabled: firstId !== undefined },
  );
  const isGone = firstId === undefined || first.error?.code === 'request/not-found';
  const newest = useNewestAsset(isGone && picked === undefined);
  if (picked === undefined && newest !== undefined) setPicked(newest);
  const pickedId = picked?.assetId;
  useEffect(() => {
    if (pickedId !== undefined) rememberFirst(pickedId);
  }, [pickedId]);
  return isGone ? picked : first.data?.asset;
}

function useNewestAsset(isAsked: boolean): TimelineAsset | undefined {
  const months = useService('timeline.months', {}, { enabled: isAsked });
  const month = months.data?.months[0]?.month;
  const assets = useService(
    'timeline.month',
    { month: month ?? '' },
    { enabled: isAsked && month !== undefined },
  );
  if (!isAsked) return undefined;
  const there = assets.data?.assets;
  return there?.find(({ tile }) => tile === 'ready') ?? there?.[0];
}
