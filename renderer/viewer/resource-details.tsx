import { originalPath } from '../../shared/window-api.ts';
import type { ResourceView } from '../../shared/window-views.ts';
import { Link } from '../app/link.tsx';
import { paths } from '../app/routes.ts';
import { shellBridge } from '../app/shell-bridge.ts';
import { formatByteCount, formatExactByteCount } from '../text/format.ts';
import { previewReasonText } from '../text/preview-reason-text.ts';
import { resourceTypeText } from '../text/resource-type-text.ts';
import { viewerText } from '../text/viewer-text.ts';
import { Badge } from '../ui/badge.tsx';
import { Button } from '../ui/button.tsx';
import { Fact, Facts } from '../ui/facts.tsx';
import { RelativeTime, useNow } from '../ui/relative-time.tsx';
import { CopyValue } from './copy-value.tsx';
import { fileNameOf } from './file-name-of.ts';
import { openOutside, showInFolder } from './original-actions.ts';
import { Pixels } from './pixels.tsx';
import { SentAs } from './sent-as.tsx';

const words = viewerText.fields;

/** One file of an asset: what it is, where it lies and how to prove it. */
export function ResourceDetails(props: {
  readonly resource: ResourceView;
  readonly isShown: boolean;
  /** The lines above say already what the only file of an asset is. */
  readonly isOnly: boolean;
}) {
  const { resource, isShown, isOnly } = props;
  const now = useNow();
  const bridge = shellBridge();
  const fileName = fileNameOf(resource.path);
  const hasReason = resource.tile === 'failed' || resource.tile === 'none';
  return (
    <section className="details__resource" aria-label={fileName}>
      {!isOnly && (
        <p className="details__type">
          {resourceTypeText(resource.resourceType)}
          {isShown && <Badge>{viewerText.shown}</Badge>}
        </p>
      )}
      <Facts>
        {!isOnly && <Fact label={words.file}>{fileName}</Fact>}
        {!isOnly && <SentAs resource={resource} />}
        {!isOnly && <Pixels width={resource.width} height={resource.height} />}
        <Fact
          label={words.path}
          mono
          action={<CopyValue text={resource.absolutePath} label={viewerText.copy.path} />}
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
          action={<CopyValue text={resource.sha256} label={viewerText.copy.sha256} />}
        >
          {resource.sha256}
        </Fact>
        <Fact label={words.storedAt}>
          <RelativeTime at={resource.storedAt} />
        </Fact>
        <Fact
          label={words.receipt}
          mono
          action={<CopyValue text={resource.receiptId} label={viewerText.copy.receipt} />}
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
        <a
          href={originalPath(resource.receiptId, true)}
          download
          {...(!isOnly && { 'aria-label': viewerText.downloadOf(fileName) })}
        >
          {viewerText.download}
        </a>
        {bridge && (
          <>
            <Button
              small
              variant="quiet"
              aria-label={viewerText.showInFolderOf(fileName)}
              onPress={() => showInFolder(bridge, resource.receiptId)}
            >
              {viewerText.showInFolder}
            </Button>
            <Button
              small
              variant="quiet"
              aria-label={viewerText.openOutsideOf(fileName)}
              onPress={() => openOutside(bridge, resource.receiptId)}
            >
              {viewerText.openOutside}
            </Button>
          </>
        )}
        <Link href={paths.job(resource.jobId)}>{viewerText.showJob}</Link>
      </p>
    </section>
  );
}
