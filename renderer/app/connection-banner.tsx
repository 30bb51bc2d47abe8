import './connection-banner.css';

import { useEffect, useRef } from 'react';

import { appText } from '../text/app-text.ts';
import { formatClock } from '../text/format.ts';
import { WarningIcon } from '../ui/icons.tsx';
import { announce } from '../ui/live-region.ts';
import { Spinner } from '../ui/spinner.tsx';
import { useConnection } from './service-context.tsx';

/**
 * Says on every page when the service cannot be reached, and of when is what the page shows. Always in the page: a
 * live region must be there before its words.
 */
export function ConnectionBanner() {
  const { state, lostAt } = useConnection();
  const words = appText.connection;
  const isAway = state === 'lost' || state === 'stopping';
  const wasAway = useRef(false);
  useEffect(() => {
    if (state === 'live' && wasAway.current) announce(words.back);
    wasAway.current = isAway || (wasAway.current && state === 'connecting');
  }, [state, isAway, words]);
  return (
    <div className="connection-banner" role="status">
      {isAway && (
        <p className="connection-banner__words">
          <Spinner size={16} />
          <span>
            {state === 'lost' ? words.lost : words.stopping}{' '}
            {lostAt !== undefined && words.lostNext(formatClock(lostAt))}
          </span>
        </p>
      )}
      {state === 'signed-out' && (
        <p className="connection-banner__words">
          <WarningIcon size={16} />
          <span>
            {words.signedOut} {words.signedOutNext}
          </span>
        </p>
      )}
    </div>
  );
}
