import type { Logger } from 'pino';

import { RoostError } from '../../../shared/error-catalogue.ts';

/** Puts any failure of an upload into the catalogue's words, and a line into the log. */
export function uploadFailure(error: unknown, log: Logger): RoostError {
  const known =
    error instanceof RoostError
      ? error
      : new RoostError('service/failed', undefined, { cause: error });
  const { code } = known;
  // Anybody on the network can cause refusals: they get a short line that a person must ask for.
  if (code === 'service/failed') log.error({ err: known.cause ?? known }, 'upload failed');
  else if (/^(auth|request)\//.test(code)) log.debug({ code }, 'upload refused');
  else log.info({ code }, 'upload ended without a receipt');
  return known;
}
