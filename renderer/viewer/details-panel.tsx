import { originalPath } from '../../shared/window-api.ts';
import type { AssetDetails, ResourceView } from '../../shared/window-views.ts';
import { Link } from '../app/link.tsx';
import { paths } from '../app/routes.ts';
import { appText } from '../text/app-text.ts';
import { formatByteCount, formatExactByteCount } from '../text/format.ts';
import { previewReasonText } from '../text/preview-reason-text.ts';
import { resourceTypeText } from '../text/resource-type-text.ts';
import { timelineText } from '../text/timeline-text.ts';
import { viewerText } from '../text/viewer-text.ts';
import { Badge } from '../ui/badge.tsx';
import { IconButton } from '../ui/button.tsx';
import { CopyButton } from '../ui/copy-button.tsx';
import { Fact, Facts } from '../ui/facts.tsx';
import { CloseIcon } from '../ui/icons.tsx';
import { RelativeTime, useNow } from '../ui/relative-time.tsx';

const words = viewerText.fields;

/** Everything known of an asset, and each of its files with where it lies and how to prove it. */
export function DetailsPanel(props: {
  readonly details: AssetDetails;
  readonly onClose: () => void;
}) {
  const { asset, captureTime, resources, shownReceiptId } = props.details;
  const shown = resources.find(({ receiptId }) => receiptId === shownReceiptId);
  return (
    <aside className="details" aria-label={viewerText.details}>
      <div className="details__head">
        <h2>{viewerText.details}</h2>
        <IconButton label={viewerText.close} icon={CloseIcon} onPress={props.onClose} />
      </div>
      <Facts>
        <Fact label={words.file}>{asset.fileName}</Fact>
        <Fact label={words.kind}>{timelineText.kind(asset.kind)}</Fact>
        <Fact label={words.captured}>
          {viewerText.captureTime(captureTime)}
          <br />
          <span className="quiet small">{viewerText.captureSource(captureTime.source)}</span>
        </Fact>
        {shown !== undefined && <Fact label={words.device}>{shown.deviceName}</Fact>}
        <Pixels width={asset.width} height={asset.height} />
      </Facts>
      {resources.length > 1 && <h3>{viewerText.files(resources.length)}</h3>}
      {resources.map((resource) => (
        <ResourceDetails
          key={resource.receiptId}
          resource={resource}
          isOnly={resources.length === 1}
          isShown={resource.receiptId === shownReceiptId}
        />
      ))}
    </aside>
  );
}

function Pixels({
  width,
  height,
}: {
  readonly width?: number | undefined;
  readonly height?: number | undefined;
}) {
  if (width === undefined || height === undefined) return null;
  return (
    <Fact label={words.pixels}>
      {viewerText.pixels(width, height)}
      {viewerText.megapixels(width, height)}
    </Fact>
  );
}

function ResourceDetails(props: {
  readonly resource: ResourceView;
  readonly isShown: boolean;
  /** The lines above say already what the only file of an asset is. */
  readonly isOnly: boolean;
}) {
  const { resource, isShown, isOnly } = props;
  const now = useNow();
  const hasReason = resource.tile === 'failed' || resource.tile === 'none';
  return (
    <section className="details__resource" aria-label={fileNameOf(resource.path)}>
      {!isOnly && (
        <p className="details__type">
          {resourceTypeText(resource.resourceType)}
          {isShown && <Badge>{viewerText.shown}</Badge>}
        </p>
      )}
      <Facts>
        {!isOnly && <Fact label={words.file}>{fileNameOf(resource.path)}</Fact>}
        {!isOnly && <Pixels width={resource.width} height={resource.height} />}
        <Fact
          label={words.path}
          mono
          action={<Copy text={resource.absolutePath} label={viewerText.copy.path} />}
        >
          {resource.absolutePath}
        </Fact>
        <Fact label={words.size}>
          {formatByteCount(resource.byteCount)}
          <br />
          <span className="quiet small">{formatExactByteCount(resource.byteCount)}</span>
        </Fact>
        <Fact
          label={words.sha256}
          mono
          action={<Copy text={resource.sha256} label={viewerText.copy.sha256} />}
        >
          {resource.sha256}
        </Fact>
        <Fact label={words.storedAt}>
          <RelativeTime at={resource.storedAt} />
        </Fact>
        <Fact
          label={words.receipt}
          mono
          action={<Copy text={resource.receiptId} label={viewerText.copy.receipt} />}
        >
          {resource.receiptId}
        </Fact>
        {resource.links.length > 0 && (
          <Fact label={words.alsoSent}>
            {resource.links.map((link) => (
              <span className="details__link" key={`${link.deviceId}/${link.linkedAt}`}>
                {viewerText.alsoSentBy(link.deviceName, link.fileName, link.linkedAt, now)}
              </span>
            ))}
          </Fact>
        )}
      </Facts>
      {hasReason && <p className="quiet small">{previewReasonText(resource.tileReason)}</p>}
      <p className="details__ways small">
        <a href={originalPath(resource.receiptId, true)} download>
          {viewerText.download}
        </a>
        <Link href={paths.job(resource.jobId)}>{viewerText.showJob}</Link>
      </p>
    </section>
  );
}

function Copy({ text, label }: { readonly text: string; readonly label: string }) {
  return (
    <CopyButton
      text={text}
      label={label}
      copiedLabel={appText.copied}
      failedLabel={appText.copyFailed}
    />
  );
}

function fileNameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
