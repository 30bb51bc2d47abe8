import type { IncomingHttpHeaders, OutgoingHttpHeaders } from 'node:http';

import { HEADERS } from '../../../../../shared/native-protocol.ts';
import { parseBoolean } from '../../../../../shared/structured-field.ts';
import { MAX_RESOURCE_BYTES } from '../../../ingest/ingest.ts';
import { UPLOAD_LIMITS } from '../../../ingest/uploads/open-uploads.ts';
import { byteCountField } from '../../body-length.ts';

import type { IetfDialect, InteropVersion } from './dialect.ts';

/** Where `Upload-Limit`, `Upload-Length` and the media type of appends came in. */
const WITH_LIMITS: InteropVersion = 6;

/** What the draft's fields of a request say; a field of another type is as if it were not there. */
export interface IetfFields {
  readonly offset: number | undefined;
  readonly uploadLength: number | undefined;
  readonly isComplete: boolean | undefined;
}

export function ietfFields(headers: IncomingHttpHeaders, version: InteropVersion): IetfFields {
  return {
    offset: byteCountField(headers['upload-offset']),
    uploadLength: byteCountField(headers['upload-length']),
    isComplete: completeness(headers, version),
  };
}

/**
 * Interop 3 says whether more follows, later ones whether this is the end. A client that mixes the spellings means
 * what it says; one that cannot be understood must not have a part of a file stored as the whole.
 */
function completeness(headers: IncomingHttpHeaders, version: InteropVersion): boolean | undefined {
  const { 'upload-incomplete': incomplete, 'upload-complete': complete } = headers;
  const own = version === 3 ? incomplete : complete;
  const told = own ?? incomplete ?? complete;
  if (told === undefined) return undefined;
  const value = parseBoolean(String(told));
  if (value === undefined) return false;
  return told === complete && (version > 3 || own === undefined) ? value : !value;
}

/** The fields of an answer about an upload that has so many bytes. */
export function progressHeaders(
  { version, hearsInterim }: IetfDialect,
  byteCount: number,
  isComplete: boolean,
): OutgoingHttpHeaders {
  return {
    ...(hearsInterim && { [HEADERS.interopVersion]: String(version) }),
    [HEADERS.uploadOffset]: String(byteCount),
    ...(version === 3
      ? { [HEADERS.uploadIncomplete]: isComplete ? '?0' : '?1' }
      : { [HEADERS.uploadComplete]: isComplete ? '?1' : '?0' }),
  };
}

/** What may be sent, as a structured dictionary; older versions know no such field. */
export function limitHeaders(version: InteropVersion): OutgoingHttpHeaders {
  if (version < WITH_LIMITS) return {};
  return { [HEADERS.uploadLimit]: uploadLimit(version === WITH_LIMITS ? 'expires' : 'max-age') };
}

/** @param ageKey the name that a version has for the lifetime in seconds of an unfinished upload */
export function uploadLimit(ageKey: 'expires' | 'max-age'): string {
  const seconds = UPLOAD_LIMITS.lifetimeMs / 1000;
  return `min-size=0, max-size=${MAX_RESOURCE_BYTES}, ${ageKey}=${seconds}`;
}

/** Whether the body of an append is labelled as the version wants; a missing label is taken. */
export function isPartialUpload(headers: IncomingHttpHeaders, version: InteropVersion): boolean {
  const type = headers['content-type'];
  if (version < WITH_LIMITS || type === undefined) return true;
  return /^application\/partial-upload\s*(;|$)/i.test(type);
}
