import type { JobState } from '../../shared/job-state.ts';
import type { JobNow, JobView } from '../../shared/window-views.ts';
import { jobText } from '../text/job-text.ts';
import { Badge, type Tone } from '../ui/badge.tsx';
import { CheckIcon, type Icon, JobsIcon, RetryIcon, TrashIcon, WarningIcon } from '../ui/icons.tsx';

interface Look {
  readonly tone: Tone;
  readonly icon: Icon;
}

/** Where the original is not as safe any more as when the job ended. */
export const NOW_LOOKS: Readonly<Record<JobNow, Look>> = {
  'in-trash': { tone: 'warn', icon: TrashIcon },
  'given-up': { tone: 'neutral', icon: TrashIcon },
  damaged: { tone: 'bad', icon: WarningIcon },
  missing: { tone: 'bad', icon: WarningIcon },
};

const LOOKS: Readonly<Record<JobState, Look>> = {
  receiving: { tone: 'busy', icon: JobsIcon },
  proving: { tone: 'busy', icon: JobsIcon },
  stored: { tone: 'good', icon: CheckIcon },
  duplicate: { tone: 'good', icon: CheckIcon },
  interrupted: { tone: 'warn', icon: RetryIcon },
  failed: { tone: 'bad', icon: WarningIcon },
};

const NOT_COMING: Look = { tone: 'warn', icon: WarningIcon };

function lookOf({ state, now, comesBack }: Pick<JobView, 'state' | 'now' | 'comesBack'>): Look {
  if (now !== undefined) return NOW_LOOKS[now];
  return comesBack === undefined ? LOOKS[state] : NOT_COMING;
}

/** The state of a job in plain words. */
export function JobStateBadge({
  job,
}: {
  readonly job: Pick<JobView, 'state' | 'errorCode' | 'cause' | 'now' | 'comesBack'>;
}) {
  const { tone, icon } = lookOf(job);
  return (
    <Badge tone={tone} icon={icon}>
      {jobText.stateOf(job)}
    </Badge>
  );
}
