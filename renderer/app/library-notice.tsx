import './library-notice.css';

import { libraryProblem } from '../text/library-text.ts';
import { damageNotice } from '../text/scrub-text.ts';
import { WarningIcon } from '../ui/icons.tsx';
import { Link } from './link.tsx';
import { paths } from './routes.ts';
import { useService } from './use-service.ts';

/**
 * Says on every page of a narrow window that the library cannot take photos, or that originals are damaged; a wide
 * one says it in its sidebar. Always in the page: a live region must be there before its words. It stands below the
 * page, so that nothing in it moves when the words come.
 */
export function LibraryNotice() {
  const overview = useService('overview.get', {}).data;
  const problem = overview && libraryProblem(overview.library);
  const damage = overview && damageNotice(overview.scrub);
  return (
    <div className="library-notice" role="status">
      {problem && (
        <p className="library-notice__words">
          <WarningIcon size={16} />
          <span>
            <strong>{problem.title}</strong> {problem.next}
          </span>
        </p>
      )}
      {damage !== undefined && (
        <p className="library-notice__words">
          <WarningIcon size={16} />
          <Link href={paths.checking}>{damage}</Link>
        </p>
      )}
    </div>
  );
}
