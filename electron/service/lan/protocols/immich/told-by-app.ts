import { z } from 'zod';

import { parseRfc3339 } from '../../../../../shared/capture-time.ts';
import { locationSchema, type ToldMetadata } from '../../../../../shared/receipt.ts';

const MAX_NAME_LENGTH = 4096;
const MAX_ID_LENGTH = 256;

/** What Immich's apps tell of a file, by Immich's own words; of headers and queries alike. */
export interface ToldFields {
  readonly fileName?: string | undefined;
  readonly contentType?: string | undefined;
  readonly fileCreatedAt?: string | undefined;
  readonly fileModifiedAt?: string | undefined;
  readonly isFavorite?: string | undefined;
  readonly iCloudId?: string | undefined;
  readonly latitude?: string | undefined;
  readonly longitude?: string | undefined;
  /** Where `fileCreatedAt` has no offset of its own. */
  readonly timeZoneOffset?: string | undefined;
}

/** Turns them into Roost's words. What cannot be read is left out: odd metadata never fails an upload. */
export function toldByApp(fields: ToldFields): ToldMetadata {
  const created = parseRfc3339(fields.fileCreatedAt ?? '');
  const told: { [Key in keyof ToldMetadata]: ToldMetadata[Key] | undefined } = {
    fileName: nameOf(fields.fileName),
    contentType: essence(fields.contentType),
    createdAt: created?.at,
    createdOffsetMinutes: created?.offsetMinutes ?? offsetOf(fields.timeZoneOffset),
    modifiedAt: parseRfc3339(fields.fileModifiedAt ?? '')?.at,
    favorite: isTrue(fields.isFavorite),
    location: locationOf(fields.latitude, fields.longitude),
    // An identifier that ends so was not resolved by iCloud yet.
    cloudId: fields.iCloudId?.endsWith(':') === true ? undefined : shortened(fields.iCloudId),
  };
  return Object.fromEntries(Object.entries(told).filter(([, value]) => value !== undefined));
}

const metadataSchema = z.array(z.object({ key: z.string(), value: z.unknown() })).max(50);
const mobileAppSchema = z.object({
  iCloudId: z.string().optional().catch(undefined),
  latitude: z.coerce.string().optional().catch(undefined),
  longitude: z.coerce.string().optional().catch(undefined),
});

/** What the field `metadata` of a form says under the keys that apps use; anything else in it is let be. */
export function metadataOfApp(
  text: string | undefined,
): Pick<ToldFields, 'iCloudId' | 'latitude' | 'longitude'> {
  const items = metadataSchema.safeParse(parsedJson(text));
  if (!items.success) return {};
  const item = items.data.find(({ key }) => key === 'mobile-app' || key === 'yaiiu-app');
  const value = mobileAppSchema.safeParse(item?.value);
  return value.success ? value.data : {};
}

function parsedJson(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return undefined;
  }
}

/** Apps that send a path mean its last part. */
function nameOf(text: string | undefined): string | undefined {
  const name = text?.split(/[/\\]/).at(-1)?.slice(0, MAX_NAME_LENGTH).toWellFormed();
  return name === '' ? undefined : name;
}

function essence(text: string | undefined): string | undefined {
  const type = text?.split(';')[0]?.trim().toLowerCase();
  return type === undefined || type === '' ? undefined : type.slice(0, MAX_ID_LENGTH);
}

function shortened(text: string | undefined): string | undefined {
  return text === undefined || text === ''
    ? undefined
    : text.slice(0, MAX_ID_LENGTH).toWellFormed();
}

function isTrue(text: string | undefined): boolean | undefined {
  if (text === undefined) return undefined;
  return /^(true|1)$/i.test(text.trim());
}

function locationOf(latitude = '', longitude = ''): ToldMetadata['location'] {
  if (latitude.trim() === '' || longitude.trim() === '') return undefined;
  const parsed = locationSchema.safeParse({
    latitude: Number(latitude),
    longitude: Number(longitude),
  });
  return parsed.success ? parsed.data : undefined;
}

function offsetOf(text: string | undefined): number | undefined {
  const match = /^([+-])(\d{2}):?(\d{2})$/.exec(text?.trim() ?? '');
  if (!match) return undefined;
  const minutes = Number(match[2]) * 60 + Number(match[3]);
  return minutes <= 900 ? minutes * (match[1] === '-' ? -1 : 1) : undefined;
}
