import type { JobView } from '../../shared/window-views.ts';
import { Link } from '../app/link.tsx';
import { paths } from '../app/routes.ts';
import { formatByteRate } from '../text/format.ts';
import {
  formatRemaining,
  jobName,
  jobSizeWords,
  jobText,
  resourceTypeWords,
} from '../text/job-text.ts';
import { Panel } from '../ui/panel.tsx';
import { ProgressBar } from '../ui/progress-bar.tsx';
import { JobStateBadge } from './job-state-badge.tsx';
import { isSilent, remainingMs, type TransferSpeed } from './transfer-speed.ts';
import { useTransferSpeeds } from './use-transfer-speeds.ts';

/** More would push the history out of sight. */
const MOST_ROWS = 6;

/** What arrives right now, with how far, how fast and how long still. */
export function LiveJobs({ jobs }: { readonly jobs: readonly JobView[] }) {
  const speeds = useTransferSpeeds(jobs);
  if (jobs.length === 0) return null;
  const rate = jobs.reduce((sum, job) => sum + (speeds.get(job.jobId)?.bytesPerSecond ?? 0), 0);
  const hiddenCount = jobs.length - MOST_ROWS;
  return (
    <Panel
      title={jobText.live.title}
      description={jobText.live.summary(jobs.length, rate < 1 ? undefined : formatByteRate(rate))}
    >
      <ul className="live-jobs">
        {jobs.slice(0, MOST_ROWS).map((job) => (
          <LiveJob key={job.jobId} job={job} speed={speeds.get(job.jobId)} />
        ))}
      </ul>
      {hiddenCount > 0 && <p className="quiet small">{jobText.live.more(hiddenCount)}</p>}
    </Panel>
  );
}

/** One running job. */
export function LiveJob(props: {
  readonly job: JobView;
  readonly speed: TransferSpeed | undefined;
}) {
  const { job, speed } = props;
  const { expectedByteCount, receivedByteCount } = job;
  const size = jobSizeWords(job);
  const pace = paceWords(job, speed);
  const fraction =
    expectedByteCount === undefined || expectedByteCount === 0
      ? undefined
      : Math.min(1, receivedByteCount / expectedByteCount);
  return (
    <li className="live-job">
      <div className="job-row__head">
        <Link className="job-row__name" dir="auto" href={paths.job(job.jobId)}>
          {jobName(job)}
        </Link>
        <JobStateBadge job={job} />
      </div>
      <ProgressBar label={jobText.live.progress(jobName(job))} fraction={fraction} />
      <p className="job-row__facts">
        <span>{resourceTypeWords(job.resourceType)}</span>
        <span>{job.deviceName}</span>
        {size !== undefined && <span>{size}</span>}
        {pace !== undefined && <span>{pace}</span>}
      </p>
    </li>
  );
}

function paceWords(job: JobView, speed: TransferSpeed | undefined): string | undefined {
  if (job.state === 'proving') return jobText.live.checking;
  if (speed?.bytesPerSecond === undefined) return undefined;
  if (isSilent(speed)) return jobText.live.waiting;
  const left = remainingMs(speed, job.expectedByteCount);
  const rate = formatByteRate(speed.bytesPerSecond);
  return left === undefined ? rate : `${rate}, ${formatRemaining(left)}`;
}
