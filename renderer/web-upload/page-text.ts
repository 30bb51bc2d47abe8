const WHOLE = new Intl.NumberFormat('en');
const BYTE_UNITS = ['kB', 'MB', 'GB', 'TB'];

/** `1 photo`, `12 photos and 2 videos`. */
export function countText(photoCount: number, videoCount: number): string {
  const photos = `${WHOLE.format(photoCount)} ${photoCount === 1 ? 'photo' : 'photos'}`;
  const videos = `${WHOLE.format(videoCount)} ${videoCount === 1 ? 'video' : 'videos'}`;
  if (videoCount === 0) return photos;
  return photoCount === 0 ? videos : `${photos} and ${videos}`;
}

/** `is` or `are` for so many things. */
export function isOrAre(count: number): string {
  return count === 1 ? 'is' : 'are';
}

/** Decimal units, as phones and file managers show them. */
export function byteCountText(byteCount: number): string {
  if (byteCount < 1000) return `${byteCount} bytes`;
  let value = byteCount;
  let unit = '';
  for (const next of BYTE_UNITS) {
    if (value < 999.5) break;
    value /= 1000;
    unit = next;
  }
  const digits = value < 10 && unit !== 'kB' ? 1 : 0;
  return `${value.toFixed(digits)} ${unit}`;
}

export function numberText(value: number): string {
  return WHOLE.format(value);
}
