import { randomUUID } from 'node:crypto';

import type { TrustedDevice } from '../../../devices/devices.ts';
import type { LateAnnouncement, ResourceAnnouncement } from '../../../ingest/incoming-resource.ts';
import { byteCountField } from '../../body-length.ts';

import { keyOfBytes, parseAppAssetId } from './app-asset-id.ts';
import { isVideo } from './server-answers.ts';
import { metadataOfApp, toldByApp } from './told-by-app.ts';
import type { FormFile } from './upload-form.ts';

type Fields = ReadonlyMap<string, string>;
type ToldOfFile = Omit<FormFile, 'body'>;

/** What a request says of itself, before its form. */
export interface FormRequest {
  /** The checksum that the file shall have. */
  readonly sha1: string | undefined;
  /** Of all its body. */
  readonly byteCount: number | undefined;
}

/** What is known of a file when its bytes begin to come. Its key is only what its job is called by until they are here. */
export function announcementOfForm(
  device: TrustedDevice,
  fields: Fields,
  file: ToldOfFile,
  request: FormRequest,
): Omit<ResourceAnnouncement, 'digests'> {
  const key = provisionalKey(toldOf(fields, file), request, fields.get('fileSize'));
  return {
    deviceId: device.deviceId,
    deviceFolder: device.folder,
    ...lateAnnouncement(fields, file, key),
  };
}

/**
 * Tries of one file have the same, so that the one that succeeds ends what the others broke off with; another file has
 * another one, so that it hides no failure. Most apps tell no checksum: of those a file that has the name, the times and
 * the length of one that failed is taken for that one, sent again. Where even the length is open, each try is for itself.
 */
function provisionalKey(
  { fileName, createdAt, modifiedAt }: LateAnnouncement['told'],
  { sha1, byteCount }: FormRequest,
  fileSize: string | undefined,
): string {
  if (sha1 !== undefined) return keyOfBytes(sha1);
  const length = byteCount ?? byteCountField(fileSize) ?? randomUUID();
  const name = fileName ?? 'file';
  return `form:${length}:${createdAt ?? ''}:${modifiedAt ?? ''}:${name}`.slice(0, 1024);
}

/** What is known once all of the form was read. `key` is taken where the app names no asset of its own. */
export function lateAnnouncement(fields: Fields, file: ToldOfFile, key: string): LateAnnouncement {
  const told = toldOf(fields, file);
  const named = parseAppAssetId(fields.get('deviceAssetId'), told.fileName);
  return { ...(named ?? { assetKey: key, resourceType: typeOf(fields, told) }), told };
}

function typeOf(
  fields: Fields,
  { contentType, fileName }: LateAnnouncement['told'],
): LateAnnouncement['resourceType'] {
  if (!isVideo(contentType, fileName)) return 'photo';
  // What an app hides from its timeline is the movie of a Live Photo whose still follows.
  return fields.get('visibility') === 'hidden' ? 'paired-video' : 'video';
}

function toldOf(fields: Fields, file: ToldOfFile): LateAnnouncement['told'] {
  return toldByApp({
    fileName: fields.get('filename') ?? file.fileName,
    contentType: file.contentType,
    fileCreatedAt: fields.get('fileCreatedAt'),
    fileModifiedAt: fields.get('fileModifiedAt'),
    isFavorite: fields.get('isFavorite'),
    ...metadataOfApp(fields.get('metadata')),
  });
}
