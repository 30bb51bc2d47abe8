import type { JobView } from '../../shared/window-views.ts';
import { Link } from '../app/link.tsx';
import { paths } from '../app/routes.ts';
import { jobReason } from '../text/job-reason-text.ts';
import { jobName, jobSizeWords, jobText } from '../text/job-text.ts';
import { resourceTypeText } from '../text/resource-type-text.ts';
import { RelativeTime } from '../ui/relative-time.tsx';
import type { RowStop } from './group-row.tsx';
import { JobStateBadge } from './job-state-badge.tsx';

/** One job of the history; where it is not safe, the reason and the next step stand right in it. */
export function JobRow(props: {
  readonly job: JobView;
  readonly stop?: RowStop;
  /** It stands below its device. */
  readonly hidesDevice?: boolean;
  readonly onOpen?: () => void;
}) {
  const { job, stop, hidesDevice, onOpen } = props;
  const reason = jobReason(job);
  const size = jobSizeWords(job);
  return (
    <div className="job-row">
      <div className="job-row__head">
        <Link
          {...stop}
          className="job-row__name"
          dir="auto"
          href={paths.job(job.jobId)}
          {...(onOpen && { onClick: onOpen })}
        >
          {jobName(job)}
        </Link>
        <JobStateBadge job={job} />
      </div>
      <p className="job-row__facts">
        <span>{resourceTypeText(job.resourceType)}</span>
        {hidesDevice !== true && <span>{job.deviceName}</span>}
        {size !== undefined && <span>{size}</span>}
        <span>
          <RelativeTime at={job.changedAt} />
        </span>
        {job.uploadCount > 1 && <span>{jobText.uploads(job.uploadCount)}</span>}
      </p>
      {reason !== undefined && (
        <p className="job-row__reason">
          <span className="job-row__what">{reason.what}</span> {reason.nextStep}
        </p>
      )}
    </div>
  );
}
