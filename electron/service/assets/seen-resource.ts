import type { MediaMetadata } from '../../../shared/media-metadata.ts';
import type { Location } from '../../../shared/receipt.ts';

/** One file of an asset, as far as kinds and warnings go by it. */
export interface SeenResource {
  readonly resourceType: string;
  /** What the device said: its name, its type, its place. */
  readonly fileName?: string | undefined;
  readonly contentType?: string | undefined;
  readonly location?: Location | undefined;
  readonly burstId?: string | undefined;
  /** Of the bytes, from the catalog or the receipt's `seen`. */
  readonly mediaType?: string | undefined;
  readonly contentId?: string | undefined;
  readonly isCutOff?: boolean | undefined;
  /** Absent as long as it was not read. */
  readonly metadata?: MediaMetadata | undefined;
}

const RAW_EXTENSIONS = new Set([
  ...['3fr', 'arw', 'cr2', 'cr3', 'crw', 'dng', 'erf', 'iiq', 'mef', 'mos', 'mrw', 'nef', 'nrw'],
  ...['orf', 'pef', 'raf', 'raw', 'rw2', 'rwl', 'sr2', 'srf', 'srw', 'x3f'],
]);

/** The extension that the device's name has, in lower case and without its dot. */
export function toldExtension({ fileName }: SeenResource): string {
  return /\.([^./\\]{1,10})$/.exec(fileName ?? '')?.[1]?.toLowerCase() ?? '';
}

export function isNamedRaw(resource: SeenResource): boolean {
  return RAW_EXTENSIONS.has(toldExtension(resource));
}

/** Types of RAW files begin alike: `image/x-adobe-dng`, `image/x-canon-cr2`, `image/x-raw`. */
export function isRaw(resource: SeenResource): boolean {
  return typeOf(resource)?.startsWith('image/x-') === true;
}

export function isStill(resource: SeenResource): boolean {
  return typeOf(resource)?.startsWith('image/') === true;
}

export function isMovie(resource: SeenResource): boolean {
  return typeOf(resource)?.startsWith('video/') === true;
}

/** What the bytes are: the quick look, unless only exiftool knows. */
export function typeOf({ mediaType, metadata }: SeenResource): string | undefined {
  const isKnown = mediaType !== undefined && mediaType !== 'application/octet-stream';
  return isKnown ? mediaType : (metadata?.mediaType ?? mediaType);
}

export function contentIdOf({ contentId, metadata }: SeenResource): string | undefined {
  return contentId ?? metadata?.contentId;
}

/** What came of an edit, or was written down by one. */
export function isOfEdit({ resourceType }: SeenResource): boolean {
  return resourceType.startsWith('full-size-') || resourceType === 'adjustment-data';
}

/** Only what an edit wrote down, without a picture. */
export function isRecipe({ resourceType }: SeenResource): boolean {
  return resourceType === 'adjustment-data';
}

/** The movie half of a Live Photo, by the device's own word. */
export function isPairedMovie({ resourceType }: SeenResource): boolean {
  return resourceType.endsWith('paired-video');
}
