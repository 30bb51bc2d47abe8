import { useEffect, useRef, useState } from 'react';

import type { FindingView, ScrubStatus } from '../../shared/scrub-view.ts';
import { QueryProblem } from '../app/query-problem.tsx';
import { scrubText } from '../text/scrub-text.ts';
import { Button } from '../ui/button.tsx';
import { announce } from '../ui/live-region.ts';
import { FindingItem } from './finding-item.tsx';
import { type FoundOriginals, useFindings } from './use-findings.ts';

/** What is damaged or missing, and on demand what was and is safe elsewhere. */
export function Findings({ scrub }: { readonly scrub: ScrubStatus }) {
  const [isReplacedShown, setIsReplacedShown] = useState(false);
  const open = useFindings('open', scrub);
  const tellResultOf = useSecondLookWords(open.findings);
  const openCount = scrub.damagedCount + scrub.missingCount;
  return (
    <>
      {openCount > 0 && (
        <FindingList
          title={scrubText.listTitle}
          found={open}
          count={openCount}
          onCheckAgain={tellResultOf}
        />
      )}
      {scrub.replacedCount > 0 && (
        <div>
          <Button
            small
            variant="quiet"
            aria-expanded={isReplacedShown}
            onPress={() => setIsReplacedShown(!isReplacedShown)}
          >
            {isReplacedShown ? scrubText.hideReplaced : scrubText.showReplaced(scrub.replacedCount)}
          </Button>
        </div>
      )}
      {scrub.replacedCount > 0 && isReplacedShown && <Replaced scrub={scrub} />}
    </>
  );
}

function Replaced({ scrub }: { readonly scrub: ScrubStatus }) {
  const found = useFindings('replaced', scrub);
  return (
    <FindingList
      title={scrubText.replacedTitle}
      hint={scrubText.replacedHint}
      found={found}
      count={scrub.replacedCount}
    />
  );
}

function FindingList(props: {
  readonly title: string;
  readonly hint?: string;
  readonly found: FoundOriginals;
  readonly count: number;
  readonly onCheckAgain?: (finding: FindingView) => void;
}) {
  const { title, hint, found, count } = props;
  const left = count - found.findings.length;
  return (
    <section className="findings" aria-label={title}>
      <h3>{title}</h3>
      {hint !== undefined && <p className="quiet small">{hint}</p>}
      {found.error !== null && <QueryProblem error={found.error} onRetry={found.retry} />}
      {found.findings.length > 0 && (
        <ol className="findings__list">
          {found.findings.map((finding) => (
            <FindingItem
              key={finding.receiptId}
              finding={finding}
              onCheckAgain={props.onCheckAgain}
            />
          ))}
        </ol>
      )}
      {found.canShowMore && (
        <div>
          <Button small onPress={found.showMore}>
            {scrubText.more}
          </Button>
        </div>
      )}
      {!found.canShowMore && found.findings.length > 0 && left > 0 && (
        <p className="quiet small">{scrubText.andMore(left)}</p>
      )}
    </section>
  );
}

/** Tells screen readers how a look that a person asked for ended. Gives what to call when one is asked for. */
function useSecondLookWords(findings: readonly FindingView[]): (finding: FindingView) => void {
  const asked = useRef(new Map<string, FindingView>());
  useEffect(() => {
    for (const [receiptId, before] of asked.current) {
      const after = findings.find((finding) => finding.receiptId === receiptId);
      if (after?.readAt === before.readAt) continue;
      asked.current.delete(receiptId);
      announce(
        after === undefined
          ? scrubText.goodAgain(before.fileName)
          : scrubText.stillBad(before.fileName),
      );
    }
  }, [findings]);
  return (finding) => void asked.current.set(finding.receiptId, finding);
}
