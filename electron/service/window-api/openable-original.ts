/** Names that no system takes for a program or a script. */
const MEDIA_NAME =
  /\.(jpe?g|png|gif|webp|avif|hei[cf]|hif|jxl|tiff?|bmp|dng|cr[23]|nef|arw|raf|orf|rw2|pef|srw|mov|mp4|m4v|3gp|3g2|mkv|webm|avi|mts|m2ts|mpe?g|m4a|mp3|wav|aac)$/i;

const MEDIA_TYPE = /^(image|video|audio)\/(?!svg)/;

/**
 * Whether an original may be handed to the system's own program for it. A device may send anything under any name, so
 * both the name, which the system goes by, and what the decoder found in the bytes have to be a picture or a movie.
 */
export function isOpenableOriginal(path: string, mediaType: string | undefined): boolean {
  return MEDIA_NAME.test(path) && mediaType !== undefined && MEDIA_TYPE.test(mediaType);
}
