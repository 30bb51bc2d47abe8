import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';

import { RoostError } from '../../../shared/error-catalogue.ts';
import { tokenIdOf } from '../devices/device-tokens.ts';
import type { Devices, TrustedDevice } from '../devices/devices.ts';

/**
 * The trusted device behind a request's token.
 * @throws RoostError `auth/token-missing` or `auth/token-invalid`.
 */
export function authenticate(
  request: IncomingMessage,
  devices: Pick<Devices, 'trusted'>,
): TrustedDevice {
  const token = tokenOf(request.headers);
  if (token === undefined) throw new RoostError('auth/token-missing');
  const device = devices.trusted(token);
  if (!device) throw new RoostError('auth/token-invalid');
  return device;
}

/** Tells apart the sessions of a device that was let in: the public half of its token. */
export function sessionOf(request: IncomingMessage): string {
  return tokenIdOf(tokenOf(request.headers) ?? '') ?? '';
}

/**
 * The token a request carries: `Authorization: Bearer` (RFC 6750), or one of the fields in which Immich's apps carry
 * theirs. They are asked everywhere, since such an app may go on with an upload at an address of its own.
 */
export function tokenOf(headers: IncomingHttpHeaders): string | undefined {
  const bearer = /^Bearer +(\S+)$/i.exec(headers.authorization ?? '')?.[1];
  const token = bearer ?? headers['x-api-key'] ?? headers['x-immich-user-token'];
  return typeof token === 'string' && token !== '' ? token : undefined;
}
