import { isSafe } from '../../shared/job-state.ts';
import type { JobView } from '../../shared/window-views.ts';
import { Link } from '../app/link.tsx';
import { appText } from '../text/app-text.ts';
import { formatExactByteCount, formatInstant } from '../text/format.ts';
import { jobDetailsText as words } from '../text/job-details-text.ts';
import { jobSizeWords } from '../text/job-text.ts';
import { resourceTypeText } from '../text/resource-type-text.ts';
import { pageLanguage } from '../text/language.ts';
import { CopyButton } from '../ui/copy-button.tsx';
import { Fact, Facts } from '../ui/facts.tsx';
import { jobsAddress } from './job-filter.ts';
import { JobStateBadge } from './job-state-badge.tsx';

/** What a job is about. */
export function JobFacts({ job }: { readonly job: JobView }) {
  const size = jobSizeWords(job);
  const exact = job.expectedByteCount ?? job.receivedByteCount;
  return (
    <Facts>
      <Fact label={words.state}>
        <JobStateBadge job={job} />
      </Fact>
      <Fact label={words.device}>
        <Link href={jobsAddress({ deviceId: job.deviceId })}>{job.deviceName}</Link>
      </Fact>
      <Fact label={words.resourceType}>{resourceTypeText(job.resourceType)}</Fact>
      {size !== undefined && (
        <Fact label={words.size}>
          {size} <span className="quiet">({formatExactByteCount(exact)})</span>
        </Fact>
      )}
      {job.errorDetail !== undefined && pageLanguage !== 'en' && (
        <Fact label={words.exactly}>
          <span lang="en">{job.errorDetail}</span>
        </Fact>
      )}
      <Fact label={words.started}>{formatInstant(job.startedAt)}</Fact>
      {job.finishedAt === undefined || job.errorCode === 'upload/paused' ? (
        <Fact label={words.changed}>{formatInstant(job.changedAt)}</Fact>
      ) : (
        <Fact label={isSafe(job.state) ? words.finished : words.ended}>
          {formatInstant(job.finishedAt)}
        </Fact>
      )}
      <Fact
        mono
        label={words.assetKey}
        action={<CopyId text={job.assetKey} label={words.assetKeyCopy} />}
      >
        {job.assetKey}
      </Fact>
      {job.receiptId !== undefined && (
        <Fact
          mono
          label={words.receipt}
          action={<CopyId text={job.receiptId} label={words.receiptCopy} />}
        >
          {job.receiptId}
        </Fact>
      )}
    </Facts>
  );
}

function CopyId({ text, label }: { readonly text: string; readonly label: string }) {
  return (
    <CopyButton
      text={text}
      label={label}
      copiedLabel={appText.copied}
      failedLabel={appText.copyFailed}
    />
  );
}
