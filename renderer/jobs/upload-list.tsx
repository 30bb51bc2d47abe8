import { ERRORS } from '../../shared/error-catalogue.ts';
import type { UploadView } from '../../shared/window-views.ts';
import { formatByteCount, formatInstant, formatTimeSpan } from '../text/format.ts';
import { jobText } from '../text/job-text.ts';
import { Badge, type Tone } from '../ui/badge.tsx';

const TONES: Readonly<Record<NonNullable<UploadView['result']>, Tone>> = {
  stored: 'good',
  duplicate: 'good',
  repeated: 'good',
  interrupted: 'warn',
  failed: 'bad',
};

/** All uploads of a job, newest first. */
export function UploadList({ uploads }: { readonly uploads: readonly UploadView[] }) {
  return (
    <ol className="upload-list" reversed>
      {uploads
        .map((upload, index) => <UploadRow key={index} upload={upload} number={index + 1} />)
        .reverse()}
    </ol>
  );
}

function UploadRow({ upload, number }: { readonly upload: UploadView; readonly number: number }) {
  const { startedAt, finishedAt, receivedByteCount, result, errorCode, requestCount } = upload;
  return (
    <li className="upload-row">
      <div className="job-row__head">
        <span className="job-row__name">{jobText.details.upload(number)}</span>
        <Badge tone={result === undefined ? 'busy' : TONES[result]}>{jobText.result(upload)}</Badge>
      </div>
      <p className="job-row__facts">
        <span>{formatInstant(startedAt)}</span>
        <span>
          {finishedAt === undefined
            ? jobText.details.running
            : jobText.details.took(formatTimeSpan(finishedAt - startedAt))}
        </span>
        <span>{formatByteCount(receivedByteCount)}</span>
        {requestCount > 1 && <span>{jobText.details.resumed(requestCount - 1)}</span>}
      </p>
      {errorCode !== undefined && <p className="job-row__reason">{ERRORS[errorCode].title}</p>}
    </li>
  );
}
