import './library-summary.css';

import { appText } from '../text/app-text.ts';
import { libraryProblem } from '../text/library-text.ts';
import { CheckIcon, WarningIcon } from '../ui/icons.tsx';
import { useService } from './use-service.ts';

/** What is safe so far, at the foot of the sidebar; or why nothing more is, and what to do. */
export function LibrarySummary() {
  const library = useService('overview.get', {}).data?.library;
  if (library === undefined) return null;
  const problem = libraryProblem(library);
  if (problem) {
    return (
      <div className="library-summary library-summary--bad">
        <WarningIcon size={16} />
        <div>
          <p className="library-summary__title">{problem.title}</p>
          <p>{problem.next}</p>
        </div>
      </div>
    );
  }
  const { state, resourceCount, byteCount } = library;
  const words = appText.library;
  return (
    <p className="library-summary">
      {state === 'ready' && resourceCount > 0 && <CheckIcon size={16} />}
      <span>{state === 'ready' ? words.summary(resourceCount, byteCount) : words.opening}</span>
    </p>
  );
}
