import { MediaError } from '../media-error.ts';

/** The elements of Matroska that a clip needs (RFC 9559). */
const ELEMENT = {
  ebml: 0x1a45dfa3,
  ebmlVersion: 0x4286,
  ebmlReadVersion: 0x42f7,
  ebmlMaxIdLength: 0x42f2,
  ebmlMaxSizeLength: 0x42f3,
  docType: 0x4282,
  docTypeVersion: 0x4287,
  docTypeReadVersion: 0x4285,
  segment: 0x18538067,
  info: 0x1549a966,
  timestampScale: 0x2ad7b1,
  duration: 0x4489,
  muxingApp: 0x4d80,
  writingApp: 0x5741,
  tracks: 0x1654ae6b,
  trackEntry: 0xae,
  trackNumber: 0xd7,
  trackUid: 0x73c5,
  trackType: 0x83,
  codecId: 0x86,
  video: 0xe0,
  pixelWidth: 0xb0,
  pixelHeight: 0xba,
  colour: 0x55b0,
  matrixCoefficients: 0x55b1,
  range: 0x55b9,
  transferCharacteristics: 0x55ba,
  primaries: 0x55bb,
  cluster: 0x1f43b675,
  timestamp: 0xe7,
  simpleBlock: 0xa3,
} as const;

const NANOSECONDS_PER_MS = 1_000_000;
const VIDEO_TRACK = 1;
const BT_709 = 1;
const LIMITED_RANGE = 1;
const KEYFRAME_FLAG = 0x80;

/**
 * Writes a WebM with one silent VP9 track of BT.709 into memory, in one cluster, so at most 32 seconds long.
 * FFmpeg's own writer wants a file to go back in, and a decoder process may write none.
 */
export class WebmWriter {
  readonly #size: { readonly width: number; readonly height: number };
  readonly #maxByteCount: number;
  readonly #blocks: Buffer[] = [];
  #byteCount = 0;

  constructor(options: {
    readonly width: number;
    readonly height: number;
    readonly maxByteCount: number;
  }) {
    this.#size = options;
    this.#maxByteCount = options.maxByteCount;
  }

  /** @throws MediaError `too-large` when the clip has more bytes than allowed */
  add(frame: Uint8Array, atMs: number, isKeyframe: boolean): void {
    const head = Buffer.alloc(4);
    head.writeUInt8(0x80 | VIDEO_TRACK, 0);
    head.writeInt16BE(atMs, 1);
    head.writeUInt8(isKeyframe ? KEYFRAME_FLAG : 0, 3);
    const block = element(ELEMENT.simpleBlock, head, Buffer.from(frame));
    this.#byteCount += block.byteLength;
    if (this.#byteCount > this.#maxByteCount) {
      throw new MediaError('too-large', `a clip of more than ${this.#maxByteCount} bytes`);
    }
    this.#blocks.push(block);
  }

  finish(durationMs: number): Buffer {
    const { width, height } = this.#size;
    const duration = Buffer.alloc(8);
    duration.writeDoubleBE(durationMs);
    const header = element(
      ELEMENT.ebml,
      number(ELEMENT.ebmlVersion, 1),
      number(ELEMENT.ebmlReadVersion, 1),
      number(ELEMENT.ebmlMaxIdLength, 4),
      number(ELEMENT.ebmlMaxSizeLength, 8),
      text(ELEMENT.docType, 'webm'),
      number(ELEMENT.docTypeVersion, 4),
      number(ELEMENT.docTypeReadVersion, 2),
    );
    const info = element(
      ELEMENT.info,
      number(ELEMENT.timestampScale, NANOSECONDS_PER_MS),
      element(ELEMENT.duration, duration),
      text(ELEMENT.muxingApp, 'Roost'),
      text(ELEMENT.writingApp, 'Roost'),
    );
    const colour = element(
      ELEMENT.colour,
      number(ELEMENT.matrixCoefficients, BT_709),
      number(ELEMENT.range, LIMITED_RANGE),
      number(ELEMENT.transferCharacteristics, BT_709),
      number(ELEMENT.primaries, BT_709),
    );
    const track = element(
      ELEMENT.trackEntry,
      number(ELEMENT.trackNumber, VIDEO_TRACK),
      number(ELEMENT.trackUid, VIDEO_TRACK),
      number(ELEMENT.trackType, 1),
      text(ELEMENT.codecId, 'V_VP9'),
      element(
        ELEMENT.video,
        number(ELEMENT.pixelWidth, width),
        number(ELEMENT.pixelHeight, height),
        colour,
      ),
    );
    const cluster = element(ELEMENT.cluster, number(ELEMENT.timestamp, 0), ...this.#blocks);
    return Buffer.concat([
      header,
      element(ELEMENT.segment, info, element(ELEMENT.tracks, track), cluster),
    ]);
  }
}

function element(id: number, ...bodies: readonly Buffer[]): Buffer {
  const byteCount = bodies.reduce((sum, body) => sum + body.byteLength, 0);
  const size = Buffer.alloc(8);
  // Eight bytes, the first of which says so.
  size.writeBigUInt64BE(BigInt(byteCount) | (1n << 56n));
  return Buffer.concat([bigEndian(id), size, ...bodies]);
}

function number(id: number, value: number): Buffer {
  return element(id, bigEndian(value));
}

function text(id: number, value: string): Buffer {
  return element(id, Buffer.from(value, 'latin1'));
}

/** In as few bytes as it needs, at least one. */
function bigEndian(value: number): Buffer {
  const byteCount = Math.max(Math.ceil(value.toString(16).length / 2), 1);
  const bytes = Buffer.alloc(byteCount);
  bytes.writeUIntBE(value, 0, byteCount);
  return bytes;
}
