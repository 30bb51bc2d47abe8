import { isPreviewReason, previewReasonFacts } from '../../shared/preview-reasons.ts';
import { originalPath } from '../../shared/window-api.ts';
import type { AssetDetails, TimelineAsset } from '../../shared/window-views.ts';
import { QueryProblem } from '../app/query-problem.tsx';
import { useServiceMutation } from '../app/use-service.ts';
import { previewReasonText } from '../text/preview-reason-text.ts';
import { viewerText } from '../text/viewer-text.ts';
import { Button, buttonClass } from '../ui/button.tsx';
import { FileIcon, PhotosIcon, RetryIcon } from '../ui/icons.tsx';
import { Spinner } from '../ui/spinner.tsx';
import { showToast } from '../ui/toast.tsx';

/** Why there is no picture, that the original is safe, and what can be done. */
export function NoPicture({ details }: { readonly details: AssetDetails }) {
  const { asset, shownReceiptId } = details;
  const retry = useServiceMutation('previews.retry', {
    onSuccess: () => showToast(viewerText.retryAsked),
  });
  if (asset.tile === 'waiting') {
    return (
      <div className="viewer__words" role="status">
        <Spinner size={28} />
        <p className="viewer__reason">{viewerText.waiting}</p>
        <p className="quiet">{viewerText.waitingNext}</p>
      </div>
    );
  }
  const IconShape = asset.kind === 'file' ? FileIcon : PhotosIcon;
  return (
    <div className="viewer__words">
      <IconShape size={40} />
      <p className="viewer__reason">{previewReasonText(asset.tileReason)}</p>
      <p className="quiet">{viewerText.originalSafe}</p>
      <div className="viewer__actions">
        {mayRetry(asset) && (
          <Button
            icon={RetryIcon}
            isPending={retry.isPending}
            onPress={() => retry.mutate({ assetId: asset.assetId })}
          >
            {viewerText.retry}
          </Button>
        )}
        <a className={buttonClass('secondary')} href={originalPath(shownReceiptId, true)} download>
          {viewerText.download}
        </a>
      </div>
      {retry.error !== null && <QueryProblem error={retry.error} />}
    </div>
  );
}

/** A reason this window does not know may be one that passes. */
function mayRetry({ tile, tileReason }: TimelineAsset): boolean {
  if (tile !== 'failed') return false;
  const isKnown = tileReason !== undefined && isPreviewReason(tileReason);
  return !isKnown || previewReasonFacts(tileReason).mayRetry;
}
