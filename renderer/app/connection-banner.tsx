import './connection-banner.css';

import { appText } from '../text/app-text.ts';
import { WarningIcon } from '../ui/icons.tsx';
import { Spinner } from '../ui/spinner.tsx';
import { useConnectionState } from './service-context.tsx';

/** Says when the service cannot be reached. Always in the page: a live region must be there before its words. */
export function ConnectionBanner() {
  const state = useConnectionState();
  const words = appText.connection;
  return (
    <div className="connection-banner" role="status">
      {(state === 'lost' || state === 'stopping') && (
        <p className="connection-banner__words">
          <Spinner size={16} />
          {state === 'lost' ? words.lost : words.stopping}
        </p>
      )}
      {state === 'signed-out' && (
        <p className="connection-banner__words">
          <WarningIcon size={16} />
          {words.signedOut} {words.signedOutNext}
        </p>
      )}
    </div>
  );
}
