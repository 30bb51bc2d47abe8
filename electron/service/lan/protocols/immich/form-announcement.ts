import type { TrustedDevice } from '../../../devices/devices.ts';
import type { LateAnnouncement, ResourceAnnouncement } from '../../../ingest/incoming-resource.ts';

import { parseAppAssetId } from './app-asset-id.ts';
import { isVideo } from './server-answers.ts';
import { metadataOfApp, toldByApp } from './told-by-app.ts';
import type { FormFile } from './upload-form.ts';

type Fields = ReadonlyMap<string, string>;
type ToldOfFile = Omit<FormFile, 'body'>;

/**
 * What is known of a file when its bytes begin to come. Its key is only what its job is called by: tries of one file
 * have the same, while the asset gets its key from the bytes.
 */
export function announcementOfForm(
  device: TrustedDevice,
  fields: Fields,
  file: ToldOfFile,
): Omit<ResourceAnnouncement, 'digests'> {
  const told = toldOf(fields, file);
  const name = told.fileName ?? 'file';
  const provisional = `form:${name}:${told.createdAt ?? ''}:${told.modifiedAt ?? ''}`.slice(
    0,
    1024,
  );
  return {
    deviceId: device.deviceId,
    deviceFolder: device.folder,
    ...lateAnnouncement(fields, file, provisional),
  };
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
