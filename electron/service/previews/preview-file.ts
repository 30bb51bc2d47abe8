import { z } from 'zod';

import { PREVIEW_QUALITIES } from '../decoder/decoder-protocol.ts';
import type { PreviewFacts } from './preview-store.ts';

/** Four characters that no other chunk of a WebP has. */
const FACTS_CHUNK = 'RSTf';
const RIFF_HEAD_BYTE_COUNT = 12;
const CHUNK_HEAD_BYTE_COUNT = 8;
const WEBM_HEAD = 0x1a45dfa3;

const factsSchema = z.object({
  width: z.number().int().min(1),
  height: z.number().int().min(1),
  sourceWidth: z.number().int().min(1),
  sourceHeight: z.number().int().min(1),
  thumbhash: z.base64().max(64).optional(),
  quality: z.enum(PREVIEW_QUALITIES),
});

/**
 * A WebP with its facts in a last chunk of its own, so that one file tells everything about a preview. It is taken
 * off again before anybody else sees the picture.
 */
export function withFacts(webp: Uint8Array, facts: PreviewFacts): Buffer {
  const text = JSON.stringify(factsSchema.parse(facts));
  // Chunks have an even length.
  const body = Buffer.from(text.length % 2 === 0 ? text : `${text} `, 'latin1');
  const head = Buffer.alloc(CHUNK_HEAD_BYTE_COUNT);
  head.write(FACTS_CHUNK, 0, 'latin1');
  head.writeUInt32LE(body.byteLength, 4);
  const padding = Buffer.alloc(webp.byteLength % 2);
  return withRiffLength(Buffer.concat([webp, padding, head, body]));
}

/** The WebP as the decoder made it; of any other file the file itself. */
export function withoutFacts(file: Buffer): Buffer {
  const at = file.lastIndexOf(FACTS_CHUNK, undefined, 'latin1');
  if (at === -1 || !isRiff(file) || chunkEnd(file, at) !== file.byteLength) return file;
  return withRiffLength(file.subarray(0, at));
}

/** The facts in the last bytes of a file of this size; `undefined` when there are none or the file is not whole. */
export function factsInTail(
  head: Buffer,
  tail: Buffer,
  byteCount: number,
): PreviewFacts | undefined {
  if (!isRiff(head) || head.readUInt32LE(4) + 8 !== byteCount) return undefined;
  const at = tail.lastIndexOf(FACTS_CHUNK, undefined, 'latin1');
  if (at === -1 || chunkEnd(tail, at) !== tail.byteLength) return undefined;
  try {
    const { thumbhash, ...facts } = factsSchema.parse(
      JSON.parse(tail.toString('latin1', at + CHUNK_HEAD_BYTE_COUNT)),
    );
    return { ...facts, ...(thumbhash !== undefined && { thumbhash }) };
  } catch {
    return undefined;
  }
}

/** Whether a file has the length that it says; a file that a power cut shortened does not. */
export function isWholePreview(file: Buffer): boolean {
  if (file.byteLength <= RIFF_HEAD_BYTE_COUNT) return false;
  if (file.readUInt32BE(0) === WEBM_HEAD) return isWholeWebm(file);
  return isRiff(file) && file.readUInt32LE(4) + 8 === file.byteLength;
}

/** The first element, then one segment that ends with the file; each with a length of eight bytes, as clips have it. */
function isWholeWebm(file: Buffer): boolean {
  const segmentAt = 12 + Number(file.readBigUInt64BE(4) & ((1n << 56n) - 1n));
  if (segmentAt + 12 > file.byteLength) return false;
  const segmentByteCount = Number(file.readBigUInt64BE(segmentAt + 4) & ((1n << 56n) - 1n));
  return segmentAt + 12 + segmentByteCount === file.byteLength;
}

function isRiff(file: Buffer): boolean {
  return file.byteLength >= RIFF_HEAD_BYTE_COUNT && file.toString('latin1', 0, 4) === 'RIFF';
}

function chunkEnd(bytes: Buffer, at: number): number | undefined {
  if (at + CHUNK_HEAD_BYTE_COUNT > bytes.byteLength) return undefined;
  return at + CHUNK_HEAD_BYTE_COUNT + bytes.readUInt32LE(at + 4);
}

function withRiffLength(file: Buffer): Buffer {
  file.writeUInt32LE(file.byteLength - 8, 4);
  return file;
}
