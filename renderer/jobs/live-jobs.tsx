import { isLive, isSafe } from '../../shared/job-state.ts';
import type { JobView } from '../../shared/window-views.ts';
import { Link } from '../app/link.tsx';
import { paths } from '../app/routes.ts';
import { formatByteRate } from '../text/format.ts';
import { formatRemaining, jobName, jobSizeWords, jobText } from '../text/job-text.ts';
import { resourceTypeText } from '../text/resource-type-text.ts';
import { Panel } from '../ui/panel.tsx';
import { ProgressBar } from '../ui/progress-bar.tsx';
import { JobStateBadge } from './job-state-badge.tsx';
import { liveTitle, liveTotalWords } from './live-total-words.ts';
import { isSilent } from './transfer-speed.ts';
import { type JobSpeed, useTransferSpeeds } from './use-transfer-speeds.ts';

/** More would push the history out of sight. */
const MOST_ROWS = 6;

/** What arrives right now, with how far, how fast and how long still; `jobs` may hold some that have just ended. */
export function LiveJobs({ jobs }: { readonly jobs: readonly JobView[] }) {
  const speeds = useTransferSpeeds(jobs);
  if (jobs.length === 0) return null;
  const hiddenCount = jobs.length - MOST_ROWS;
  return (
    <Panel
      title={liveTitle(jobs)}
      description={
        <span className="live-total">
          {liveTotalWords(jobs, speeds).map((words) => (
            <span key={words}>{words}</span>
          ))}
        </span>
      }
    >
      <ul className="live-jobs">
        {jobs.slice(0, MOST_ROWS).map((job) => (
          <LiveJob key={job.jobId} job={job} speed={speeds.byJob.get(job.jobId)} />
        ))}
      </ul>
      {hiddenCount > 0 && <p className="quiet small">{jobText.live.more(hiddenCount)}</p>}
    </Panel>
  );
}

/** One running job, or one that ran until just now. */
export function LiveJob(props: { readonly job: JobView; readonly speed: JobSpeed | undefined }) {
  const { job, speed } = props;
  const { expectedByteCount, receivedByteCount } = job;
  const size = jobSizeWords(job);
  const pace = paceWords(job, speed);
  const known =
    expectedByteCount === undefined || expectedByteCount === 0
      ? undefined
      : Math.min(1, receivedByteCount / expectedByteCount);
  // What broke off stands where it broke off.
  const fraction = isSafe(job.state) ? 1 : isLive(job.state) ? known : (known ?? 0);
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
        <span>{resourceTypeText(job.resourceType)}</span>
        <span>{job.deviceName}</span>
        {size !== undefined && <span>{size}</span>}
        {pace !== undefined && <span>{pace}</span>}
      </p>
    </li>
  );
}

function paceWords(job: JobView, known: JobSpeed | undefined): string | undefined {
  if (job.state === 'proving') return jobText.live.checking;
  if (!isLive(job.state) || known?.speed.bytesPerSecond === undefined) return undefined;
  const { speed, told } = known;
  if (isSilent(speed)) return jobText.live.waiting;
  const rate = formatByteRate(speed.bytesPerSecond ?? 0);
  return told === undefined ? rate : `${rate}, ${formatRemaining(told.remainingMs)}`;
}
