import './library-notice.css';

import { libraryProblem } from '../text/library-text.ts';
import { WarningIcon } from '../ui/icons.tsx';
import { useService } from './use-service.ts';

/**
 * Says on every page of a narrow window that the library cannot take photos; a wide one says it in its sidebar.
 * Always in the page: a live region must be there before its words. It stands below the page, so that nothing in
 * it moves when the words come.
 */
export function LibraryNotice() {
  const library = useService('overview.get', {}).data?.library;
  const problem = library && libraryProblem(library);
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
    </div>
  );
}
