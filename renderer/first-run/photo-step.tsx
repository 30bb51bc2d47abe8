import { useEffect, useRef } from 'react';

import { isLive } from '../../shared/job-state.ts';
import { previewPath } from '../../shared/window-api.ts';
import type { JobView, TimelineAsset } from '../../shared/window-views.ts';
import { Link } from '../app/link.tsx';
import { paths } from '../app/routes.ts';
import { jobReason } from '../text/job-reason-text.ts';
import { jobName, jobSizeWords, jobText } from '../text/job-text.ts';
import { previewReasonText } from '../text/preview-reason-text.ts';
import { welcomeText } from '../text/welcome-text.ts';
import { buttonClass } from '../ui/button.tsx';
import { CheckIcon, FileIcon } from '../ui/icons.tsx';
import { Notice } from '../ui/notice.tsx';
import { ProgressBar } from '../ui/progress-bar.tsx';
import { Spinner } from '../ui/spinner.tsx';
import { Step } from './step.tsx';
import { useFirstPhoto } from './use-first-photo.ts';

const words = welcomeText.photo;

/** Third step: waits for the first photo and shows it. */
export function PhotoStep(props: { readonly assetCount: number; readonly isConnected: boolean }) {
  const { asset, isNew, job } = useFirstPhoto();
  const shown = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (isNew) shown.current?.scrollIntoView({ block: 'nearest' });
  }, [isNew]);
  return (
    <Step number={3} title={words.title} isDone={asset !== undefined}>
      {asset === undefined ? (
        <Waiting isConnected={props.isConnected} job={job} />
      ) : (
        <div className="first-photo" ref={shown}>
          <Picture asset={asset} />
          <div className="first-photo__words">
            <p className="first-photo__title">
              <CheckIcon size={20} />
              {isNew ? words.safe(asset) : words.already(props.assetCount)}
            </p>
            <p className="quiet">{words.safeNext}</p>
            <div className="first-photo__actions">
              <Link href={paths.timeline} className={buttonClass('primary')}>
                {words.timeline}
              </Link>
              {isNew && (
                <Link href={paths.photo(asset.assetId)} className={buttonClass()}>
                  {words.open}
                </Link>
              )}
            </div>
          </div>
        </div>
      )}
    </Step>
  );
}

function Waiting(props: { readonly isConnected: boolean; readonly job: JobView | undefined }) {
  const { isConnected, job } = props;
  const reason = job && jobReason(job);
  if (job !== undefined && isLive(job.state)) return <Arriving job={job} />;
  return (
    <>
      {reason !== undefined && (
        <Notice
          tone="bad"
          title={reason.what}
          actions={job && <Link href={paths.job(job.jobId)}>{jobName(job)}</Link>}
        >
          {reason.nextStep}
        </Notice>
      )}
      <p className="first-photo__waiting quiet">
        {isConnected && <Spinner size={16} />}
        {isConnected ? words.waiting : words.waitingForDevice}
      </p>
    </>
  );
}

function Arriving({ job }: { readonly job: JobView }) {
  const { expectedByteCount, receivedByteCount } = job;
  const isKnown = expectedByteCount !== undefined && expectedByteCount > 0;
  return (
    <div className="first-photo__arriving">
      <p>
        {jobText.live.progress(jobName(job))} <span className="quiet">{jobSizeWords(job)}</span>
      </p>
      <ProgressBar
        label={jobText.live.progress(jobName(job))}
        fraction={isKnown ? Math.min(1, receivedByteCount / expectedByteCount) : undefined}
      />
    </div>
  );
}

function Picture({ asset }: { readonly asset: TimelineAsset }) {
  const { assetId, version, width = 4, height = 3, tile, tileReason } = asset;
  const shape = { aspectRatio: `${width} / ${height}` };
  if (tile === 'ready') {
    return (
      <img
        className="first-photo__picture"
        src={previewPath(assetId, 'tile', version)}
        alt={words.alt(asset)}
        style={shape}
      />
    );
  }
  return (
    <div className="first-photo__picture first-photo__picture--none" style={shape}>
      {tile === 'waiting' ? <Spinner /> : <FileIcon size={28} />}
      <p className="small">{tile === 'waiting' ? words.making : previewReasonText(tileReason)}</p>
    </div>
  );
}
