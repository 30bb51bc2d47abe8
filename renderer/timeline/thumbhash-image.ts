import { thumbHashToDataURL } from 'thumbhash';

import { bytesOfBase64 } from './base64.ts';

/** About two screens of tiles; each address is some 4 KB of text. */
const KEPT_COUNT = 1_000;

/** A Map keeps its order of insertion, so its first key is the one not used for longest. */
const decoded = new Map<string, string>();

/** The blurred placeholder of a base64 thumbhash as a `data:` address; `undefined` when it is damaged. */
export function thumbhashImage(thumbhash: string): string | undefined {
  const known = decoded.get(thumbhash);
  if (known !== undefined) {
    decoded.delete(thumbhash);
    decoded.set(thumbhash, known);
    return known;
  }
  const bytes = bytesOfBase64(thumbhash);
  // Shorter than its header, or longer than the format allows, is not a thumbhash.
  if (bytes === undefined || bytes.length < 5 || bytes.length > 64) return undefined;
  const image = thumbHashToDataURL(bytes);
  decoded.set(thumbhash, image);
  const oldest = decoded.keys().next().value;
  if (decoded.size > KEPT_COUNT && oldest !== undefined) decoded.delete(oldest);
  return image;
}
