import './job-row.css';
import './live-jobs.css';
import './job-page.css';

import { useQueryClient } from '@tanstack/react-query';

import { isLive, isSafe } from '../../shared/job-state.ts';
import type { WindowOutput } from '../../shared/window-api.ts';
import type { JobView } from '../../shared/window-views.ts';
import { Link } from '../app/link.tsx';
import { navigateBack } from '../app/navigation.ts';
import { Page } from '../app/page.tsx';
import { QueryProblem } from '../app/query-problem.tsx';
import { paths } from '../app/routes.ts';
import { useWindowEvent } from '../app/service-context.tsx';
import { queryKey, useService } from '../app/use-service.ts';
import { jobDetailsText } from '../text/job-details-text.ts';
import { jobReason } from '../text/job-reason-text.ts';
import { jobName, jobText } from '../text/job-text.ts';
import { Button, buttonClass } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { BackIcon, CheckIcon, JobsIcon, PhotosIcon } from '../ui/icons.tsx';
import { Notice } from '../ui/notice.tsx';
import { Panel } from '../ui/panel.tsx';
import { JobFacts } from './job-facts.tsx';
import { NOW_LOOKS } from './job-state-badge.tsx';
import { LiveJob } from './live-jobs.tsx';
import { ToldFacts } from './told-facts.tsx';
import { RelatedJobs } from './related-jobs.tsx';
import { UploadTimeline } from './upload-timeline.tsx';
import { useTransferSpeeds } from './use-transfer-speeds.ts';

const NO_JOBS: readonly JobView[] = [];

/** One job with all its uploads; live while it runs. */
export function JobPage({ jobId }: { readonly jobId: string }) {
  const details = useService('job.get', { jobId });
  useLiveDetails(jobId);
  const job = details.data?.job;
  const back = (
    <div>
      <Button small variant="quiet" icon={BackIcon} onPress={() => navigateBack(paths.jobs)}>
        {jobDetailsText.back}
      </Button>
    </div>
  );
  return (
    <Page
      key={jobId}
      title={job === undefined ? jobDetailsText.title : jobName(job)}
      above={back}
      actions={job && isSafe(job.state) && <PhotoLink job={job} />}
    >
      {details.error?.code === 'request/not-found' && (
        <EmptyState icon={JobsIcon} title={jobDetailsText.gone}>
          {jobDetailsText.goneNext}
        </EmptyState>
      )}
      {details.error !== null && details.error.code !== 'request/not-found' && (
        <QueryProblem error={details.error} onRetry={() => void details.refetch()} />
      )}
      {details.data && (
        <>
          <JobStatus job={details.data.job} />
          <Panel title={jobDetailsText.facts}>
            <JobFacts job={details.data.job} />
          </Panel>
          <Panel
            title={
              isSafe(details.data.job.state) ? jobDetailsText.uploads : jobDetailsText.triesOnly
            }
            description={jobDetailsText.uploadsHint}
          >
            <UploadTimeline uploads={details.data.uploads} pauses={details.data.pauses} />
          </Panel>
          <RelatedJobs related={details.data.related} />
          {details.data.told !== undefined && Object.keys(details.data.told).length > 0 && (
            <Panel title={jobDetailsText.told} description={jobDetailsText.toldHint}>
              <ToldFacts told={details.data.told} />
            </Panel>
          )}
        </>
      )}
    </Page>
  );
}

function PhotoLink({ job }: { readonly job: JobView }) {
  if (job.assetId === undefined) return null;
  return (
    <Link href={paths.photo(job.assetId)} className={buttonClass('primary')}>
      <PhotosIcon size={18} />
      <span>{jobDetailsText.openPhoto}</span>
    </Link>
  );
}

/** How it stands: progress while it runs, the reason and next step where it is not safe. */
function JobStatus({ job }: { readonly job: JobView }) {
  const running = isLive(job.state);
  const speeds = useTransferSpeeds(running ? [job] : NO_JOBS);
  const reason = jobReason(job);
  if (running) {
    return (
      <ul className="live-jobs panel">
        <LiveJob job={job} speed={speeds.byJob.get(job.jobId)} />
      </ul>
    );
  }
  if (reason !== undefined) {
    return (
      <Notice tone={job.state === 'failed' ? 'bad' : 'warn'} title={reason.what}>
        {reason.nextStep}
      </Notice>
    );
  }
  return (
    <Notice {...(job.now === undefined ? { tone: 'good', icon: CheckIcon } : NOW_LOOKS[job.now])}>
      {jobText.stateMeaning(job)}
    </Notice>
  );
}

/** Puts what events tell of this job into the answer; its uploads are asked for anew when its state changes. */
function useLiveDetails(jobId: string): void {
  const client = useQueryClient();
  const key = queryKey('job.get', { jobId });
  useWindowEvent((event) => {
    if (event.type !== 'jobs') return;
    const job = event.jobs.find((each) => each.jobId === jobId);
    if (job === undefined) return;
    const before = client.getQueryData<WindowOutput<'job.get'>>(key);
    if (before === undefined) return;
    client.setQueryData<WindowOutput<'job.get'>>(key, { ...before, job });
    const isSameUpload =
      before.job.state === job.state && before.job.uploadCount === job.uploadCount;
    if (!isSameUpload) void client.invalidateQueries({ queryKey: key });
  });
}
