import type { IncomingHttpHeaders } from 'node:http';

import { RoostError } from '../../../shared/error-catalogue.ts';

/** Length of a request's body where it is told beforehand; a request that says nothing of a body has none. */
export function bodyLength(headers: IncomingHttpHeaders): number | undefined {
  if (headers['transfer-encoding'] !== undefined) return undefined;
  return byteCountField(headers['content-length']) ?? 0;
}

/** A field that counts bytes; anything else in it is as if it were not there. */
export function byteCountField(text: string | string[] | undefined): number | undefined {
  return typeof text === 'string' && /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}

/**
 * A body counts as it comes: unpacked it would have another length and another checksum, and grow past any limit.
 * @throws RoostError `request/wrong-media-type`.
 */
export function requireUnpacked(headers: IncomingHttpHeaders): void {
  const encoding = headers['content-encoding']?.trim().toLowerCase() ?? 'identity';
  if (encoding !== 'identity' && encoding !== '') {
    throw new RoostError('request/wrong-media-type', 'Send the body without Content-Encoding.');
  }
}
