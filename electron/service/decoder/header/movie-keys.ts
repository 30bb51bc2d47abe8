import type { ByteSource } from '../byte-source.ts';
import { findIsoBox, isoBoxes, type IsoBox } from './iso-boxes.ts';

/** Texts that a movie carries about itself; where two places have one, QuickTime's keys count. */
export interface MovieTexts {
  readonly creationDate?: string;
  readonly make?: string;
  readonly model?: string;
  readonly contentId?: string;
  /** ISO 6709. */
  readonly place?: string;
}

const KEY_OF_NAME: Readonly<Record<string, keyof MovieTexts>> = {
  'com.apple.quicktime.creationdate': 'creationDate',
  'com.apple.quicktime.make': 'make',
  'com.apple.quicktime.model': 'model',
  'com.apple.quicktime.content.identifier': 'contentId',
  'com.apple.quicktime.location.ISO6709': 'place',
};

const USER_DATA: readonly (readonly [string, keyof MovieTexts])[] = [
  ['\xa9day', 'creationDate'],
  ['\xa9mak', 'make'],
  ['\xa9mod', 'model'],
  ['\xa9xyz', 'place'],
];

const MAX_KEYS = 256;
const MAX_NAME_BYTE_COUNT = 64;
const MAX_VALUE_BYTE_COUNT = 100;

/** QuickTime metadata: names in `keys`, values in `ilst` under the position of their name, from 1. */
export function readMovieKeys(source: ByteSource, meta: IsoBox): MovieTexts {
  // QuickTime's `meta` is a plain box; MP4's is a full one with four more bytes.
  const isPlain = source.read(meta.bodyStart + 4, 4).toString('latin1') === 'hdlr';
  const start = meta.bodyStart + (isPlain ? 0 : 4);
  const keys = findIsoBox(source, 'keys', start, meta.end);
  const values = findIsoBox(source, 'ilst', start, meta.end);
  if (keys === undefined || values === undefined) return {};
  const wanted = wantedPositions(source, keys);
  const texts: Partial<Record<keyof MovieTexts, string>> = {};
  for (const value of isoBoxes(source, values.bodyStart, values.end)) {
    const key = wanted.get(Buffer.from(value.type, 'latin1').readUInt32BE());
    const data = key && findIsoBox(source, 'data', value.bodyStart, value.end);
    // Eight bytes of type and locale come before the text.
    if (data) texts[key] ??= textIn(source, data.bodyStart + 8, data.end);
  }
  return texts;
}

function wantedPositions(source: ByteSource, keys: IsoBox): Map<number, keyof MovieTexts> {
  const wanted = new Map<number, keyof MovieTexts>();
  let position = 0;
  // Entries look like boxes: a size, the name space `mdta`, the name.
  for (const entry of isoBoxes(source, keys.bodyStart + 8, keys.end)) {
    position += 1;
    if (position > MAX_KEYS) break;
    const byteCount = entry.end - entry.bodyStart;
    if (byteCount > MAX_NAME_BYTE_COUNT) continue;
    const name = source.read(entry.bodyStart, byteCount).toString('latin1');
    const key = Object.hasOwn(KEY_OF_NAME, name) ? KEY_OF_NAME[name] : undefined;
    if (key !== undefined) wanted.set(position, key);
  }
  return wanted;
}

/** User data texts: two bytes of length, two of language, then the text. */
export function readUserDataTexts(source: ByteSource, userData: IsoBox): MovieTexts {
  const texts: Partial<Record<keyof MovieTexts, string>> = {};
  for (const [type, key] of USER_DATA) {
    const box = findIsoBox(source, type, userData.bodyStart, userData.end);
    if (box) texts[key] = textIn(source, box.bodyStart + 4, box.end);
  }
  return texts;
}

function textIn(source: ByteSource, start: number, end: number): string {
  const byteCount = Math.min(end - start, MAX_VALUE_BYTE_COUNT);
  return source.read(start, byteCount).toString('utf8').replace(/\0+$/, '');
}
