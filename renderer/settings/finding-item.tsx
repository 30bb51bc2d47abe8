import { useQueryClient } from '@tanstack/react-query';

import type { FindingView } from '../../shared/scrub-view.ts';
import { Link } from '../app/link.tsx';
import { paths } from '../app/routes.ts';
import { queryKey, useServiceMutation } from '../app/use-service.ts';
import { appText } from '../text/app-text.ts';
import { formatByteCount } from '../text/format.ts';
import { resourceTypeText } from '../text/resource-type-text.ts';
import { problemWords } from '../text/problem-text.ts';
import { adviceWords, findingBadge, findingWords, scrubText } from '../text/scrub-text.ts';
import { Badge } from '../ui/badge.tsx';
import { Button } from '../ui/button.tsx';
import { CopyButton } from '../ui/copy-button.tsx';
import { RetryIcon } from '../ui/icons.tsx';
import { RelativeTime } from '../ui/relative-time.tsx';

/** One damaged or missing original: which, what is the matter, where it has to stand, and what can be done. */
export function FindingItem(props: {
  readonly finding: FindingView;
  /** A person wants it looked at again. */
  readonly onCheckAgain?: ((finding: FindingView) => void) | undefined;
}) {
  const { finding, onCheckAgain } = props;
  const { fileName, replacedByPath } = finding;
  const client = useQueryClient();
  const check = useServiceMutation('scrub.checkAgain', {
    // Busy until the list tells by itself that it is being looked at, or that this is over already.
    onSuccess: () => client.invalidateQueries({ queryKey: queryKey('scrub.findings') }),
  });
  return (
    <li className="finding">
      <div className="finding__head">
        <Link className="finding__name" dir="auto" href={paths.photo(finding.assetId)}>
          {fileName}
        </Link>
        <Badge tone={replacedByPath === undefined ? 'bad' : 'neutral'}>
          {findingBadge(finding)}
        </Badge>
      </div>
      <p className="finding__facts quiet small">
        <span>{resourceTypeText(finding.resourceType)}</span>
        <span>{formatByteCount(finding.byteCount)}</span>
        <span>{finding.deviceName}</span>
        <span>
          {scrubText.found} <RelativeTime at={finding.foundAt} />
        </span>
      </p>
      <p>{findingWords(finding)}</p>
      <Path path={finding.absolutePath} copyLabel={scrubText.copyPath} />
      {replacedByPath === undefined ? (
        <>
          <p className="small">{adviceWords(finding)}</p>
          <div className="finding__actions">
            <Button
              small
              icon={RetryIcon}
              isPending={finding.isChecking || check.isPending}
              aria-label={scrubText.checkAgainOf(fileName)}
              onPress={() => {
                onCheckAgain?.(finding);
                check.mutate({ receiptId: finding.receiptId });
              }}
            >
              {scrubText.checkAgain}
            </Button>
            {check.error !== null && (
              <p className="field__error" role="alert">
                {problemWords(check.error)}
              </p>
            )}
          </div>
        </>
      ) : (
        <>
          <p className="small">{scrubText.goodCopy}</p>
          <Path path={replacedByPath} copyLabel={scrubText.copyGoodPath} />
        </>
      )}
    </li>
  );
}

function Path({ path, copyLabel }: { readonly path: string; readonly copyLabel: string }) {
  return (
    <p className="finding__path">
      <span className="mono">{path}</span>
      <CopyButton
        text={path}
        label={copyLabel}
        copiedLabel={appText.copied}
        failedLabel={appText.copyFailed}
      />
    </p>
  );
}
