import './library-summary.css';

import { appText } from '../text/app-text.ts';
import { CheckIcon, WarningIcon } from '../ui/icons.tsx';
import { useService } from './use-service.ts';

/** What is safe so far, at the foot of the sidebar. */
export function LibrarySummary() {
  const overview = useService('overview.get', {});
  if (overview.data === undefined) return null;
  const { state, resourceCount, byteCount } = overview.data.library;
  const words = appText.library;
  return (
    <p className={state === 'ready' ? 'library-summary' : 'library-summary library-summary--bad'}>
      {state === 'ready' ? resourceCount > 0 && <CheckIcon size={16} /> : <WarningIcon size={16} />}
      <span>{state === 'ready' ? words.summary(resourceCount, byteCount) : words[state]}</span>
    </p>
  );
}
