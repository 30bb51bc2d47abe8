import { useState } from 'react';

import type { ScrubStatus } from '../../shared/scrub-view.ts';
import { QueryProblem } from '../app/query-problem.tsx';
import { scrubText } from '../text/scrub-text.ts';
import { Button } from '../ui/button.tsx';
import { FindingItem } from './finding-item.tsx';
import { useFindings } from './use-findings.ts';

/** What is damaged or missing, and on demand what was and is safe elsewhere. */
export function Findings({ scrub }: { readonly scrub: ScrubStatus }) {
  const [isReplacedShown, setIsReplacedShown] = useState(false);
  const openCount = scrub.damagedCount + scrub.missingCount;
  return (
    <>
      {openCount > 0 && <FindingList which="open" scrub={scrub} count={openCount} />}
      {scrub.replacedCount > 0 && (
        <>
          <div>
            <Button
              small
              variant="quiet"
              aria-expanded={isReplacedShown}
              onPress={() => setIsReplacedShown(!isReplacedShown)}
            >
              {isReplacedShown
                ? scrubText.hideReplaced
                : scrubText.showReplaced(scrub.replacedCount)}
            </Button>
          </div>
          {isReplacedShown && (
            <FindingList which="replaced" scrub={scrub} count={scrub.replacedCount} />
          )}
        </>
      )}
    </>
  );
}

function FindingList(props: {
  readonly which: 'open' | 'replaced';
  readonly scrub: ScrubStatus;
  readonly count: number;
}) {
  const { which, scrub, count } = props;
  const found = useFindings(which, scrub);
  const title = which === 'open' ? scrubText.listTitle : scrubText.replacedTitle;
  const left = count - found.findings.length;
  return (
    <section className="findings" aria-label={title}>
      <h3>{title}</h3>
      {which === 'replaced' && <p className="quiet small">{scrubText.replacedHint}</p>}
      {found.error !== null && <QueryProblem error={found.error} onRetry={found.retry} />}
      <ol className="findings__list">
        {found.findings.map((finding) => (
          <FindingItem key={finding.receiptId} finding={finding} />
        ))}
      </ol>
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
