import type { JobState } from '../../shared/job-state.ts';
import type { JobView } from '../../shared/window-views.ts';
import { jobText } from '../text/job-text.ts';
import { Badge, type Tone } from '../ui/badge.tsx';
import { CheckIcon, type Icon, JobsIcon, RetryIcon, WarningIcon } from '../ui/icons.tsx';

const LOOKS: Readonly<Record<JobState, { readonly tone: Tone; readonly icon: Icon }>> = {
  receiving: { tone: 'busy', icon: JobsIcon },
  proving: { tone: 'busy', icon: JobsIcon },
  stored: { tone: 'good', icon: CheckIcon },
  duplicate: { tone: 'good', icon: CheckIcon },
  interrupted: { tone: 'warn', icon: RetryIcon },
  failed: { tone: 'bad', icon: WarningIcon },
};

/** The state of a job in plain words. */
export function JobStateBadge({
  job,
}: {
  readonly job: Pick<JobView, 'state' | 'errorCode' | 'cause'>;
}) {
  const { tone, icon } = LOOKS[job.state];
  return (
    <Badge tone={tone} icon={icon}>
      {jobText.stateOf(job)}
    </Badge>
  );
}
