import type { IncomingHttpHeaders } from 'node:http';

import { parseRfc3339 } from '../../../../../shared/capture-time.ts';
import { RoostError } from '../../../../../shared/error-catalogue.ts';
import { HEADERS } from '../../../../../shared/native-protocol.ts';
import { locationSchema, type Location, type ToldMetadata } from '../../../../../shared/receipt.ts';
import { parseResourceType } from '../../../../../shared/resource-type.ts';
import { parseBoolean, parseReprDigest } from '../../../../../shared/structured-field.ts';
import type { TrustedDevice } from '../../../devices/devices.ts';
import type { ResourceAnnouncement } from '../../../ingest/incoming-resource.ts';

const MAX_KEY_LENGTH = 1024;
const MAX_NAME_LENGTH = 4096;
const MAX_ID_LENGTH = 256;

/**
 * Turns an upload request's path and headers into an announcement. Only an identity that cannot be one is an
 * error; odd metadata is left out, since it must never fail an upload.
 * @throws RoostError `request/invalid`.
 */
export function announcementOf(
  device: TrustedDevice,
  assetKey: string,
  resourceType: string,
  headers: IncomingHttpHeaders,
): ResourceAnnouncement {
  const type = parseResourceType(resourceType);
  if (type === undefined) throw new RoostError('request/invalid', 'The resource type is no type.');
  if (assetKey.length === 0 || assetKey.length > MAX_KEY_LENGTH) {
    throw new RoostError('request/invalid', 'The asset key is empty or too long.');
  }
  return {
    deviceId: device.deviceId,
    deviceFolder: device.folder,
    assetKey,
    resourceType: type,
    told: toldMetadata(headers),
    digests: parseReprDigest(header(headers, HEADERS.reprDigest)),
  };
}

function toldMetadata(headers: IncomingHttpHeaders): ToldMetadata {
  const created = parseRfc3339(header(headers, HEADERS.createdAt) ?? '');
  const modified = parseRfc3339(header(headers, HEADERS.modifiedAt) ?? '');
  const told: { [Key in keyof ToldMetadata]: ToldMetadata[Key] | undefined } = {
    fileName: decoded(header(headers, HEADERS.fileName)),
    contentType: headers['content-type']?.slice(0, MAX_ID_LENGTH),
    createdAt: created?.at,
    createdOffsetMinutes: created?.offsetMinutes,
    modifiedAt: modified?.at,
    favorite: parseBoolean(header(headers, HEADERS.favorite)),
    location: parseLocation(header(headers, HEADERS.location)),
    cloudId: header(headers, HEADERS.cloudId)?.slice(0, MAX_ID_LENGTH),
    burstId: header(headers, HEADERS.burstId)?.slice(0, MAX_ID_LENGTH),
  };
  return Object.fromEntries(Object.entries(told).filter(([, value]) => value !== undefined));
}

function header(headers: IncomingHttpHeaders, name: string): string | undefined {
  const value = headers[name.toLowerCase()];
  return Array.isArray(value) ? value.join(', ') : value;
}

/** Percent-encoded UTF-8, or the text as it stands where that makes no sense. */
function decoded(text: string | undefined): string | undefined {
  if (text === undefined || text === '') return undefined;
  try {
    // The cut may leave half of a surrogate pair.
    return decodeURIComponent(text).slice(0, MAX_NAME_LENGTH).toWellFormed();
  } catch {
    return text.slice(0, MAX_NAME_LENGTH);
  }
}

function parseLocation(text: string | undefined): Location | undefined {
  const match = /^\s*(-?\d{1,3}(?:\.\d+)?)\s*,\s*(-?\d{1,3}(?:\.\d+)?)\s*$/.exec(text ?? '');
  if (!match) return undefined;
  const parsed = locationSchema.safeParse({
    latitude: Number(match[1]),
    longitude: Number(match[2]),
  });
  return parsed.success ? parsed.data : undefined;
}
