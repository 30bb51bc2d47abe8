import type { JobDetails, PauseView, UploadView } from '../../shared/window-views.ts';
import { formatByteCount, formatInstant, formatTimeSpan } from '../text/format.ts';
import { jobDetailsText } from '../text/job-details-text.ts';
import { jobReason, pauseWords } from '../text/job-reason-text.ts';
import { jobText } from '../text/job-text.ts';
import { Badge, type Tone } from '../ui/badge.tsx';

type Stretch = UploadView['stretches'][number];

const TONES: Readonly<Record<NonNullable<UploadView['result']>, Tone>> = {
  stored: 'good',
  duplicate: 'good',
  repeated: 'good',
  interrupted: 'warn',
  failed: 'bad',
};
/** A shorter rest between two parts is no news. */
const SHORTEST_WAIT_MS = 1_000;

/** All tries of a job, newest first, with what this computer did between them. */
export function UploadTimeline({ uploads, pauses }: Pick<JobDetails, 'uploads' | 'pauses'>) {
  const entries = [
    ...uploads.map((upload, index) => ({ at: upload.startedAt, upload, number: index + 1 })),
    ...pauses.map((pause) => ({ at: pause.fromAt, pause })),
  ].sort((a, b) => b.at - a.at);
  return (
    <ol className="upload-timeline">
      {entries.map((entry) =>
        'upload' in entry ? (
          <UploadEntry key={`upload ${entry.number}`} upload={entry.upload} number={entry.number} />
        ) : (
          <PauseEntry key={`pause ${entry.at}`} pause={entry.pause} />
        ),
      )}
    </ol>
  );
}

function UploadEntry({ upload, number }: { readonly upload: UploadView; readonly number: number }) {
  const { startedAt, finishedAt, result, requestCount, stretches } = upload;
  const reason = reasonOfUpload(upload);
  return (
    <li className="upload-entry">
      <div className="job-row__head">
        <span className="job-row__name">{jobDetailsText.upload(number)}</span>
        <Badge tone={result === undefined ? 'busy' : TONES[result]}>{jobText.result(upload)}</Badge>
      </div>
      <p className="job-row__facts">
        <span>{formatInstant(startedAt)}</span>
        <span>
          {finishedAt === undefined
            ? jobDetailsText.running
            : jobDetailsText.took(formatTimeSpan(finishedAt - startedAt))}
        </span>
        <span>{broughtWords(upload)}</span>
        {requestCount > 1 && <span>{jobDetailsText.requests(requestCount)}</span>}
      </p>
      {stretches.length > 1 && (
        <ol className="upload-stretches">
          {stretches.map((stretch, index) => (
            <StretchLine key={stretch.startedAt} stretch={stretch} before={stretches[index - 1]} />
          ))}
        </ol>
      )}
      {reason !== undefined && <p className="job-row__reason">{reason}</p>}
    </li>
  );
}

/** One part of an upload: from which byte, what it brought, why it ended. */
function StretchLine({
  stretch,
  before,
}: {
  readonly stretch: Stretch;
  readonly before?: Stretch | undefined;
}) {
  const { startedAt, finishedAt, fromByteCount, toByteCount, errorCode, cause } = stretch;
  const waitedMs = before?.finishedAt === undefined ? 0 : startedAt - before.finishedAt;
  const reason =
    errorCode === undefined
      ? undefined
      : jobReason({ state: 'interrupted', errorCode, cause })?.what;
  return (
    <li className="upload-stretch">
      <p className="job-row__facts">
        <span>
          {fromByteCount === 0
            ? jobDetailsText.fromStart
            : jobDetailsText.resumedFrom(formatByteCount(fromByteCount))}
        </span>
        <span>
          {jobDetailsText.brought(formatByteCount(Math.max(0, toByteCount - fromByteCount)))}
        </span>
        {finishedAt !== undefined && (
          <span>{jobDetailsText.took(formatTimeSpan(finishedAt - startedAt))}</span>
        )}
        {waitedMs >= SHORTEST_WAIT_MS && (
          <span>{jobDetailsText.waited(formatTimeSpan(waitedMs))}</span>
        )}
      </p>
      {reason !== undefined && <p className="quiet small">{reason}</p>}
    </li>
  );
}

function PauseEntry({ pause }: { readonly pause: PauseView }) {
  const { cause, fromAt, toAt } = pause;
  return (
    <li className="upload-pause quiet small">
      {jobDetailsText.pauseSpan(
        pauseWords(cause),
        formatInstant(fromAt),
        toAt === undefined ? undefined : formatInstant(toAt),
      )}
    </li>
  );
}

function broughtWords({ result, errorCode, receivedByteCount }: UploadView): string {
  const size = formatByteCount(receivedByteCount);
  if (result !== 'interrupted' && result !== 'failed') return size;
  if (receivedByteCount === 0) return jobDetailsText.nothingCame;
  return errorCode === 'upload/paused' || errorCode === 'upload/superseded'
    ? jobDetailsText.kept(size)
    : jobDetailsText.notKept(size);
}

function reasonOfUpload({ result, errorCode, cause }: UploadView): string | undefined {
  if ((result !== 'failed' && result !== 'interrupted') || errorCode === undefined)
    return undefined;
  return jobReason({ state: result, errorCode, cause })?.what;
}
