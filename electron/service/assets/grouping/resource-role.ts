import type { ResourceRole } from '../../../../shared/resource-role.ts';
import type { ResourceType } from '../../../../shared/resource-type.ts';
import { splitExtension } from '../../library/safe-name.ts';

import { isEditedName } from './grouping-stem.ts';

const RAW_EXTENSION =
  /^\.(dng|cr2|cr3|crw|nef|nrw|arw|sr2|srf|raf|orf|rw2|rwl|pef|srw|3fr|fff|iiq|x3f|gpr|erf|kdc|mrw)$/i;
const MOVIE_EXTENSION = /^\.(mov|mp4|m4v|3gp|3g2|avi|mkv|webm|mts|m2ts|mpg|mpeg|mp)$/i;
const RECIPE_EXTENSION = /^\.(aae|plist|xmp|thm|json)$/i;

const ROLE_BY_TYPE = new Map<ResourceType, ResourceRole>([
  ['full-size-photo', 'edited-still'],
  ['full-size-video', 'edited-movie'],
  ['full-size-paired-video', 'edited-movie'],
  ['paired-video', 'movie'],
  ['adjustment-data', 'recipe'],
  ['adjustment-base-photo', 'base'],
  ['adjustment-base-video', 'base'],
  ['adjustment-base-paired-video', 'base'],
  ['photo-proxy', 'proxy'],
  ['audio', 'other'],
]);

export interface RoleFacts {
  readonly resourceType: ResourceType;
  /** What the device calls the file, if it said. */
  readonly fileName: string | undefined;
  /** Of the bytes; absent where the header could not be read. */
  readonly mediaType: string | undefined;
}

export function roleOf({ resourceType, fileName, mediaType }: RoleFacts): ResourceRole {
  const known = ROLE_BY_TYPE.get(resourceType);
  if (known !== undefined) return known;
  const { stem, extension } = splitExtension(fileName ?? '');
  const kind = kindOf(mediaType ?? '', extension);
  if (kind === 'raw' || kind === 'recipe') return kind;
  const isMovie = kind === 'movie' || (kind === undefined && resourceType === 'video');
  if (isMovie) return isEditedName(stem) ? 'edited-movie' : 'movie';
  const isStill = kind === 'still' || resourceType === 'photo';
  if (isStill) return isEditedName(stem) ? 'edited-still' : 'still';
  return 'other';
}

function kindOf(
  mediaType: string,
  extension: string,
): 'still' | 'movie' | 'raw' | 'recipe' | undefined {
  // The bytes come first: a JPEG that is called `.DNG` is no RAW.
  if (/^image\/(x-|tiff$)/.test(mediaType)) {
    return mediaType === 'image/tiff' && !RAW_EXTENSION.test(extension) ? 'still' : 'raw';
  }
  if (mediaType.startsWith('image/')) return 'still';
  if (mediaType.startsWith('video/')) return 'movie';
  if (RECIPE_EXTENSION.test(extension)) return 'recipe';
  if (mediaType !== '' && mediaType !== 'application/octet-stream') return undefined;
  if (RAW_EXTENSION.test(extension)) return 'raw';
  return MOVIE_EXTENSION.test(extension) ? 'movie' : undefined;
}

/** Whether a type is one that only a client uses that knows which files are one asset: it needs no guess by name. */
export function tellsItsAsset(resourceType: ResourceType): boolean {
  return ROLE_BY_TYPE.has(resourceType) || resourceType === 'alternate-photo';
}

/** Whether a file was made from another one of its asset. */
export function isEdit(role: ResourceRole): boolean {
  return role === 'edited-still' || role === 'edited-movie' || role === 'recipe' || role === 'base';
}
