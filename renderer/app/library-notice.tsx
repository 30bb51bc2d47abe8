import './library-notice.css';

import { libraryProblemWords } from '../text/library-text.ts';
import { WarningIcon } from '../ui/icons.tsx';
import { useService } from './use-service.ts';

/**
 * Says on every page of a narrow window that the library cannot take photos; a wide one says it in its sidebar.
 * Always in the page: a live region must be there before its words.
 */
export function LibraryNotice() {
  const state = useService('overview.get', {}).data?.library.state;
  return (
    <div className="library-notice" role="status">
      {state !== undefined && state !== 'ready' && (
        <p className="library-notice__words">
          <WarningIcon size={16} />
          <span>{libraryProblemWords(state)}</span>
        </p>
      )}
    </div>
  );
}
