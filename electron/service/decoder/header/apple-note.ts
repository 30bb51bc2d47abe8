import { bufferSource } from '../byte-source.ts';
import { TiffReader } from './tiff-directory.ts';

/** What ties a still to others: its movie half, the frames of its burst. */
export interface AppleNote {
  readonly contentId?: string;
  readonly burstId?: string;
}

const SIGNATURE = Buffer.from('Apple iOS\0', 'latin1');
/** Behind the signature stand a version and the byte order, both of two bytes. */
const ORDER_AT = 12;
const DIRECTORY_AT = 14;
const BURST_ID = 0x000b;
const CONTENT_ID = 0x0011;

/** Reads the maker note of an iPhone: one directory, whose offsets count from the note's start. */
export function readAppleNote(note: Buffer): AppleNote {
  const isApple = note.subarray(0, SIGNATURE.byteLength).equals(SIGNATURE);
  if (!isApple || note.toString('latin1', ORDER_AT, DIRECTORY_AT) !== 'MM') return {};
  const directory = TiffReader.bigEndian(bufferSource(note), DIRECTORY_AT).directory(DIRECTORY_AT);
  const contentId = asUuid(directory?.text(CONTENT_ID));
  const burstId = asUuid(directory?.text(BURST_ID));
  return { ...(contentId && { contentId }), ...(burstId && { burstId }) };
}

/** Upper-case, as phones tell it elsewhere; anything that is no UUID is left out. */
export function asUuid(text: string | undefined): string | undefined {
  const found = text?.trim().toUpperCase();
  return found !== undefined && /^[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}$/.test(found)
    ? found
    : undefined;
}
