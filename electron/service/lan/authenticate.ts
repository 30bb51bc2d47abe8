import type { IncomingMessage } from 'node:http';

import { RoostError } from '../../../shared/error-catalogue.ts';
import type { Devices, TrustedDevice } from '../devices/devices.ts';

/**
 * The trusted device behind a request's `Authorization: Bearer` token.
 * @throws RoostError `auth/token-missing` or `auth/token-invalid`.
 */
export function authenticate(request: IncomingMessage, devices: Devices): TrustedDevice {
  const match = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '');
  if (!match) throw new RoostError('auth/token-missing');
  const device = devices.trusted(match[1] ?? '');
  if (!device) throw new RoostError('auth/token-invalid');
  return device;
}
