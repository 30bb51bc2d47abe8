import './library-notice.css';

import { libraryProblemWords } from '../text/library-text.ts';
import { damageNotice } from '../text/scrub-text.ts';
import { WarningIcon } from '../ui/icons.tsx';
import { Link } from './link.tsx';
import { paths } from './routes.ts';
import { useService } from './use-service.ts';

/**
 * Says on every page of a narrow window that the library cannot take photos, or that originals are damaged; a wide
 * one says it in its sidebar. Always in the page: a live region must be there before its words.
 */
export function LibraryNotice() {
  const overview = useService('overview.get', {}).data;
  const state = overview?.library.state;
  const damage = overview && damageNotice(overview.scrub);
  return (
    <div className="library-notice" role="status">
      {state !== undefined && state !== 'ready' && (
        <p className="library-notice__words">
          <WarningIcon size={16} />
          <span>{libraryProblemWords(state)}</span>
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
