import type { ScrubStatus } from '../../shared/scrub-view.ts';
import { formatCount } from '../text/format.ts';
import {
  activityWords,
  damageParts,
  roundFraction,
  roundWords,
  scrubText,
} from '../text/scrub-text.ts';
import { Badge } from '../ui/badge.tsx';
import { Fact, Facts } from '../ui/facts.tsx';
import { CheckIcon, WarningIcon } from '../ui/icons.tsx';
import { ProgressBar } from '../ui/progress-bar.tsx';
import { RelativeTime, useNow } from '../ui/relative-time.tsx';

/** What is going on, how far the round has come, and how it looks so far. */
export function CheckingState({ scrub }: { readonly scrub: ScrubStatus }) {
  const now = useNow();
  const isUnderWay =
    scrub.askedAt !== undefined || ['reading', 'uploads', 'library'].includes(scrub.activity.kind);
  return (
    <>
      {isUnderWay && (
        <ProgressBar
          label={scrubText.progress}
          fraction={roundFraction(scrub)}
          valueLabel={roundWords(scrub)}
        />
      )}
      <Facts>
        <Fact label={scrubText.result}>
          <Result scrub={scrub} />
        </Fact>
        <Fact label={scrubText.now}>
          <span className="checking__activity">{activityWords(scrub, now)}</span>
        </Fact>
        <Fact label={scrubText.done}>
          {roundWords(scrub)}{' '}
          <span className="fact-note">
            {scrubText.bytesOf(scrub.readByteCount, scrub.originalByteCount)}
          </span>
        </Fact>
        {scrub.unreadCount > 0 && (
          <Fact label={scrubText.unread}>{formatCount(scrub.unreadCount)}</Fact>
        )}
        {scrub.oldestReadAt !== undefined && (
          <Fact label={scrubText.oldest}>
            <RelativeTime at={scrub.oldestReadAt} />
          </Fact>
        )}
      </Facts>
    </>
  );
}

function Result({ scrub }: { readonly scrub: ScrubStatus }) {
  const damage = damageParts(scrub);
  if (damage.length > 0) {
    return (
      <span className="checking__result">
        {damage.map((words) => (
          <Badge key={words} tone="bad" icon={WarningIcon}>
            {words}
          </Badge>
        ))}
      </span>
    );
  }
  if (scrub.unreadCount === scrub.originalCount) return scrubText.notYet;
  return (
    <Badge tone="good" icon={CheckIcon}>
      {scrubText.allGood}
    </Badge>
  );
}
