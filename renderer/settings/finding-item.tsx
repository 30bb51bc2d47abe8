import { useEffect, useRef } from 'react';

import type { FindingView } from '../../shared/scrub-view.ts';
import { Link } from '../app/link.tsx';
import { paths } from '../app/routes.ts';
import { useServiceMutation } from '../app/use-service.ts';
import { appText } from '../text/app-text.ts';
import { formatByteCount } from '../text/format.ts';
import { resourceTypeWords } from '../text/job-text.ts';
import { problemWords } from '../text/problem-text.ts';
import { adviceWords, findingBadge, findingWords, scrubText } from '../text/scrub-text.ts';
import { Badge } from '../ui/badge.tsx';
import { Button } from '../ui/button.tsx';
import { CopyButton } from '../ui/copy-button.tsx';
import { RetryIcon } from '../ui/icons.tsx';
import { announce } from '../ui/live-region.ts';
import { RelativeTime } from '../ui/relative-time.tsx';

/** One damaged or missing original: which, what is the matter, where it has to stand, and what can be done. */
export function FindingItem({ finding }: { readonly finding: FindingView }) {
  const { fileName, replacedByPath } = finding;
  const check = useServiceMutation('scrub.checkAgain');
  useSecondLookWords(finding);
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
        <span>{resourceTypeWords(finding.resourceType)}</span>
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
              onPress={() => check.mutate({ receiptId: finding.receiptId })}
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

/** Tells screen readers how a second look ended: still there, or gone from the list for it is good again. */
function useSecondLookWords({ fileName, isChecking }: FindingView): void {
  const wasChecking = useRef(isChecking);
  useEffect(() => {
    if (wasChecking.current && !isChecking) announce(scrubText.stillBad(fileName));
    wasChecking.current = isChecking;
  }, [fileName, isChecking]);
  useEffect(
    () => () => {
      if (wasChecking.current) announce(scrubText.goodAgain(fileName));
    },
    [fileName],
  );
}
