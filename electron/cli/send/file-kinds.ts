/** What a file is to the CLI, by its extension alone; the service looks at the bytes. */
export type FileKind = 'still' | 'raw' | 'movie' | 'audio' | 'recipe' | 'other';

interface KindFacts {
  readonly kind: FileKind;
  readonly contentType: string;
}

const facts = (kind: FileKind, contentType: string): KindFacts => ({ kind, contentType });

const BY_EXTENSION: ReadonlyMap<string, KindFacts> = new Map([
  ['.heic', facts('still', 'image/heic')],
  ['.heif', facts('still', 'image/heif')],
  ['.hif', facts('still', 'image/heif')],
  ['.jpg', facts('still', 'image/jpeg')],
  ['.jpeg', facts('still', 'image/jpeg')],
  ['.jpe', facts('still', 'image/jpeg')],
  ['.png', facts('still', 'image/png')],
  ['.webp', facts('still', 'image/webp')],
  ['.avif', facts('still', 'image/avif')],
  ['.gif', facts('still', 'image/gif')],
  ['.jxl', facts('still', 'image/jxl')],
  ['.tif', facts('still', 'image/tiff')],
  ['.tiff', facts('still', 'image/tiff')],
  ['.bmp', facts('still', 'image/bmp')],
  ['.dng', facts('raw', 'image/x-adobe-dng')],
  ['.cr2', facts('raw', 'image/x-canon-cr2')],
  ['.cr3', facts('raw', 'image/x-canon-cr3')],
  ['.nef', facts('raw', 'image/x-nikon-nef')],
  ['.arw', facts('raw', 'image/x-sony-arw')],
  ['.raf', facts('raw', 'image/x-fuji-raf')],
  ['.orf', facts('raw', 'image/x-olympus-orf')],
  ['.rw2', facts('raw', 'image/x-panasonic-rw2')],
  ['.pef', facts('raw', 'image/x-pentax-pef')],
  ['.srw', facts('raw', 'image/x-samsung-srw')],
  ['.mov', facts('movie', 'video/quicktime')],
  ['.mp4', facts('movie', 'video/mp4')],
  ['.m4v', facts('movie', 'video/x-m4v')],
  ['.3gp', facts('movie', 'video/3gpp')],
  ['.avi', facts('movie', 'video/x-msvideo')],
  ['.mkv', facts('movie', 'video/x-matroska')],
  ['.webm', facts('movie', 'video/webm')],
  ['.mts', facts('movie', 'video/mp2t')],
  ['.m2ts', facts('movie', 'video/mp2t')],
  ['.mpg', facts('movie', 'video/mpeg')],
  ['.mpeg', facts('movie', 'video/mpeg')],
  ['.m4a', facts('audio', 'audio/mp4')],
  ['.mp3', facts('audio', 'audio/mpeg')],
  ['.wav', facts('audio', 'audio/wav')],
  ['.aac', facts('audio', 'audio/aac')],
  ['.caf', facts('audio', 'audio/x-caf')],
  ['.aae', facts('recipe', 'application/x-apple-adjustments')],
]);

const UNKNOWN = facts('other', 'application/octet-stream');

export function kindOf(fileName: string): FileKind {
  return lookUp(fileName).kind;
}

/** Media type for the `Content-Type` header. */
export function contentTypeOf(fileName: string): string {
  return lookUp(fileName).contentType;
}

/** The name without its extension. A leading dot is not an extension. */
export function stemOf(fileName: string): string {
  const dot = fileName.lastIndexOf('.');
  return dot > 0 ? fileName.slice(0, dot) : fileName;
}

function lookUp(fileName: string): KindFacts {
  return BY_EXTENSION.get(fileName.slice(stemOf(fileName).length).toLowerCase()) ?? UNKNOWN;
}
