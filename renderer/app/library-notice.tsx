import './library-notice.css';

import { libraryWords } from '../text/library-text.ts';
import { WarningIcon } from '../ui/icons.tsx';
import { useService } from './use-service.ts';

/**
 * Says on every page of a narrow window that the library cannot take photos; a wide one says it in its sidebar.
 * Always in the page: a live region must be there before its words.
 */
export function LibraryNotice() {
  const library = useService('overview.get', {}).data?.library;
  return (
    <div className="library-notice" role="status">
      {library !== undefined && library.state !== 'ready' && (
        <p className="library-notice__words">
          <WarningIcon size={16} />
          <span>{libraryWords(library)}</span>
        </p>
      )}
    </div>
  );
}
