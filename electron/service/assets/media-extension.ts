/** Usual extensions of what phones send, for resources that come without a file name. */
const EXTENSIONS: Readonly<Record<string, string>> = {
  'image/jpeg': '.JPG',
  'image/png': '.PNG',
  'image/heic': '.HEIC',
  'image/heif': '.HEIF',
  'image/avif': '.AVIF',
  'image/webp': '.WEBP',
  'image/gif': '.GIF',
  'image/tiff': '.TIFF',
  'image/x-adobe-dng': '.DNG',
  'video/quicktime': '.MOV',
  'video/mp4': '.MP4',
};

/** The extension with its dot for a media type, or nothing where the type says nothing. */
export function extensionOf(mediaType: string | undefined): string {
  const essence = mediaType?.split(';')[0]?.trim().toLowerCase() ?? '';
  return Object.hasOwn(EXTENSIONS, essence) ? (EXTENSIONS[essence] ?? '') : '';
}
