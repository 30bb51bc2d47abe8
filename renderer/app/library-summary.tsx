import './library-summary.css';

import { appText } from '../text/app-text.ts';
import { damageNotice } from '../text/scrub-text.ts';
import { CheckIcon, WarningIcon } from '../ui/icons.tsx';
import { Link } from './link.tsx';
import { paths } from './routes.ts';
import { useService } from './use-service.ts';

/** What is safe so far, and what is not any more, at the foot of the sidebar. */
export function LibrarySummary() {
  const overview = useService('overview.get', {});
  if (overview.data === undefined) return null;
  const { library, scrub } = overview.data;
  const { state, byteCount } = library;
  const damage = damageNotice(scrub);
  const notWholeCount = scrub.damagedCount + scrub.missingCount + scrub.replacedCount;
  const safeCount = Math.max(library.resourceCount - notWholeCount, 0);
  const words = appText.library;
  return (
    <div className="library-summary">
      {damage !== undefined && (
        <p className="library-summary__line library-summary__line--bad">
          <WarningIcon size={16} />
          <Link href={paths.checking}>{damage}</Link>
        </p>
      )}
      <p
        className={
          state === 'ready'
            ? 'library-summary__line'
            : 'library-summary__line library-summary__line--bad'
        }
      >
        {state === 'ready' ? safeCount > 0 && <CheckIcon size={16} /> : <WarningIcon size={16} />}
        <span>{state === 'ready' ? words.summary(safeCount, byteCount) : words[state]}</span>
      </p>
    </div>
  );
}
