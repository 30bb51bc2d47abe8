import type { IncomingHttpHeaders } from 'node:http';

import { RoostError } from '../../../../../shared/error-catalogue.ts';
import { parseReprDigest } from '../../../../../shared/structured-field.ts';
import type { PartDigest } from '../../../ingest/uploads/append-request.ts';

/** By the names of tus; the lengths are of the digests in bytes. */
const TUS_ALGORITHMS = { sha1: 20, sha256: 32, sha512: 64, md5: 16 } as const;

export const TUS_CHECKSUM_ALGORITHMS = Object.keys(TUS_ALGORITHMS).join(',');

/** `Content-Digest` (RFC 9530): the digest of the body of this one request. Unknown algorithms prove nothing. */
export function contentDigest(headers: IncomingHttpHeaders): PartDigest | undefined {
  const field = headers['content-digest'];
  const { sha256, sha512 } = parseReprDigest(typeof field === 'string' ? field : undefined);
  if (sha256 !== undefined) return { algorithm: 'sha256', digest: Buffer.from(sha256, 'hex') };
  if (sha512 !== undefined) return { algorithm: 'sha512', digest: Buffer.from(sha512, 'hex') };
  return undefined;
}

/** `Repr-Digest` (RFC 9530) in hex: of the whole file, whatever part of it the request brings. */
export function wholeSha256(headers: IncomingHttpHeaders): string | undefined {
  const field = headers['repr-digest'];
  return parseReprDigest(typeof field === 'string' ? field : undefined).sha256;
}

/**
 * `Upload-Checksum` of tus.
 * @throws RoostError `request/invalid` for an algorithm that is not offered, or no digest of it.
 */
export function tusChecksum(headers: IncomingHttpHeaders): PartDigest | undefined {
  const field = headers['upload-checksum'];
  if (field === undefined) return undefined;
  const [name = '', text = '', ...rest] = String(field).trim().split(/ +/);
  const digest = Buffer.from(text, 'base64');
  const isKnown = Object.hasOwn(TUS_ALGORITHMS, name);
  const algorithm = name as keyof typeof TUS_ALGORITHMS;
  if (!isKnown || rest.length > 0 || digest.byteLength !== TUS_ALGORITHMS[algorithm]) {
    throw new RoostError('request/invalid', 'Upload-Checksum is not understood.');
  }
  return { algorithm, digest };
}
