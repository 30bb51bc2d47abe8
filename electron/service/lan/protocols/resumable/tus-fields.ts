import type { IncomingHttpHeaders, OutgoingHttpHeaders } from 'node:http';

import { parseRfc3339 } from '../../../../../shared/capture-time.ts';
import { RoostError } from '../../../../../shared/error-catalogue.ts';
import { HEADERS } from '../../../../../shared/native-protocol.ts';
import type { ToldMetadata } from '../../../../../shared/receipt.ts';
import { MAX_RESOURCE_BYTES } from '../../../ingest/ingest.ts';
import { byteCountField } from '../../body-length.ts';

import { TUS_CHECKSUM_ALGORITHMS } from './part-digest.ts';

export const TUS_VERSION = '1.0.0';
export const TUS_MEDIA_TYPE = 'application/offset+octet-stream';

const EXTENSIONS =
  'creation,creation-with-upload,creation-defer-length,termination,checksum,expiration';
/** Of all metadata together, and of one name in them. */
const MAX_METADATA_LENGTH = 16 * 1024;
const MAX_NAME_LENGTH = 4096;

/** What OPTIONS tells of tus. */
export const TUS_OFFER: OutgoingHttpHeaders = {
  [HEADERS.tusResumable]: TUS_VERSION,
  [HEADERS.tusVersion]: TUS_VERSION,
  [HEADERS.tusExtension]: EXTENSIONS,
  [HEADERS.tusMaxSize]: String(MAX_RESOURCE_BYTES),
  [HEADERS.tusChecksumAlgorithm]: TUS_CHECKSUM_ALGORITHMS,
};

/** @throws RoostError `request/unsupported-version`. */
export function requireTusVersion(headers: IncomingHttpHeaders): void {
  const told = headers['tus-resumable'];
  if (told !== undefined && told !== TUS_VERSION)
    throw new RoostError('request/unsupported-version');
}

/**
 * Parts of a file that are put together later are not offered: each would be stored as a photo of its own.
 * @throws RoostError `request/invalid`.
 */
export function requireWholeFile(headers: IncomingHttpHeaders): void {
  if (headers['upload-concat'] === undefined) return;
  throw new RoostError(
    'request/invalid',
    'Upload-Concat is not offered: send the file as one upload.',
  );
}

/**
 * The length a creation tells, or `undefined` when it comes later. Exactly one of the two fields must be there.
 * @throws RoostError `request/invalid`.
 */
export function tusCreationLength(headers: IncomingHttpHeaders): number | undefined {
  const length = headers['upload-length'];
  const deferred = headers['upload-defer-length'];
  if ((length === undefined) === (deferred === undefined)) {
    throw new RoostError(
      'request/invalid',
      'Either Upload-Length or Upload-Defer-Length is needed.',
    );
  }
  if (deferred !== undefined && deferred !== '1') {
    throw new RoostError('request/invalid', 'Upload-Defer-Length can only be 1.');
  }
  return length === undefined ? undefined : tusCount(headers, 'upload-length');
}

/** @throws RoostError `request/invalid` for a field that is missing or no whole number. */
export function tusCount(headers: IncomingHttpHeaders, name: string): number {
  const count = byteCountField(headers[name]);
  if (count === undefined) {
    throw new RoostError('request/invalid', `${name} is missing or no whole number.`);
  }
  return count;
}

export function isTusBody(headers: IncomingHttpHeaders): boolean {
  return /^application\/offset\+octet-stream\s*(;|$)/i.test(headers['content-type'] ?? '');
}

/** What `Upload-Metadata` tells of a file, in the names that tus clients use; odd metadata fail no upload. */
export function tusMetadata(field: string | undefined): ToldMetadata {
  if (field === undefined || field.length > MAX_METADATA_LENGTH) return {};
  const values = new Map<string, string>();
  for (const pair of field.split(',')) {
    const match = /^\s*([^\s,]+)(?:\s+([A-Za-z0-9+/]*={0,2}))?\s*$/.exec(pair);
    const key = match?.[1];
    if (key !== undefined)
      values.set(key, Buffer.from(match?.[2] ?? '', 'base64').toString('utf8'));
  }
  const fileName = values.get('filename') ?? values.get('name');
  const contentType = values.get('filetype') ?? values.get('type');
  const modifiedAt = instantOf(values.get('lastModified'));
  return {
    ...(fileName && { fileName: fileName.slice(0, MAX_NAME_LENGTH).toWellFormed() }),
    ...(contentType && { contentType: contentType.slice(0, 256) }),
    ...(modifiedAt !== undefined && { modifiedAt }),
  };
}

function instantOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  return /^\d{1,15}$/.test(text) ? Number(text) : parseRfc3339(text)?.at;
}
