import './library-summary.css';

import { appText } from '../text/app-text.ts';
import { libraryProblem } from '../text/library-text.ts';
import { previewsText } from '../text/previews-text.ts';
import { damageNotice } from '../text/scrub-text.ts';
import { CheckIcon, WarningIcon } from '../ui/icons.tsx';
import { Link } from './link.tsx';
import { paths } from './routes.ts';
import { useService } from './use-service.ts';

/** What is safe so far, and what is not any more, at the foot of the sidebar; or why nothing more can be stored. */
export function LibrarySummary() {
  const overview = useService('overview.get', {}).data;
  if (overview === undefined) return null;
  const { library, previews, scrub } = overview;
  const problem = libraryProblem(library);
  const damage = damageNotice(scrub);
  const notWholeCount = scrub.damagedCount + scrub.missingCount + scrub.replacedCount;
  const safeCount = Math.max(library.resourceCount - notWholeCount, 0);
  const words = appText.library;
  const isReady = library.state === 'ready';
  return (
    <div className="library-summary">
      {damage !== undefined && (
        <p className="library-summary__line library-summary__line--bad">
          <WarningIcon size={16} />
          <Link href={paths.checking}>{damage}</Link>
        </p>
      )}
      {problem ? (
        <div className="library-summary__line library-summary__line--bad">
          <WarningIcon size={16} />
          <div>
            <p className="library-summary__title">{problem.title}</p>
            <p className="library-summary__next">{problem.next}</p>
          </div>
        </div>
      ) : (
        <p className="library-summary__line">
          {isReady && safeCount > 0 && <CheckIcon size={16} />}
          <span>{isReady ? words.summary(safeCount, library.byteCount) : words.opening}</span>
        </p>
      )}
      {previews.failedCount > 0 && (
        <p className="library-summary__line">
          <Link className="library-summary__quiet" href={paths.previews}>
            {previewsText.link(previews.failedCount)}
          </Link>
        </p>
      )}
    </div>
  );
}
