import type { CodecContext, Frame } from 'node-av/lib';

import { PREVIEW_LONG_EDGE } from '../decoder-protocol.ts';
import { isSideways, type Orientation } from '../header/orientation.ts';
import { MediaError } from '../media-error.ts';
import type { Ffmpeg } from './ffmpeg.ts';
import { FilterChain } from './filter-chain.ts';
import { declareColours, mappingFilters } from './frame-colours.ts';
import { type MovieLocation, openMovie } from './open-movie.ts';
import { readFrames } from './read-frames.ts';
import { WebmWriter } from './webm-writer.ts';

/** A short silent movie for the pointer that rests on a tile. */
export interface MadeClip {
  readonly width: number;
  readonly height: number;
  readonly sourceWidth: number;
  readonly sourceHeight: number;
  readonly bytes: Uint8Array;
  readonly format: 'webm';
}

const CLIP_MS = 3_000;
const FRAMES_PER_SECOND = 24;
const MAX_FRAMES = (CLIP_MS / 1000) * FRAMES_PER_SECOND;
/** What is decoded by then becomes the clip. */
const MAX_WORK_MS = 12_000;
const MAX_BYTE_COUNT = 2 * 1024 * 1024;
/** Above this, as in slow motion, pictures that no other one is made from are not decoded. */
const MANY_FRAMES_PER_SECOND = 65;
const DECODER_THREADS = 2;

/**
 * WebM with VP9, since every build of Chromium plays it, Electron's too, while H.264 is left out of those without
 * licensed codecs; Firefox and Safari know it as well. 480 px at this effort are encoded faster than 200 frames a
 * second, and 3 s of an average scene have about 150 KB.
 */
const ENCODER_OPTIONS = {
  deadline: 'realtime',
  'cpu-used': '8',
  crf: '36',
  'row-mt': '1',
  // One packet for each frame, in the order of frames.
  'lag-in-frames': '0',
  'auto-alt-ref': '0',
};
const MAX_BITS_PER_SECOND = 700_000;

/** Filters that turn a picture upright. */
const TURN_FILTERS: Record<Orientation, readonly string[]> = {
  1: [],
  2: ['hflip'],
  3: ['hflip', 'vflip'],
  4: ['vflip'],
  5: ['transpose=cclock_flip'],
  6: ['transpose=clock'],
  7: ['transpose=clock_flip'],
  8: ['transpose=cclock'],
};

/**
 * The first three seconds of a movie: upright, in sRGB, silent, at most 480 px on the long edge and 24 frames a second.
 * @throws MediaError `damaged` when no picture comes, `no-movie`, `too-large`, `unsupported-format`
 */
export async function makeClip(ffmpeg: Ffmpeg, location: MovieLocation): Promise<MadeClip> {
  const startedAt = performance.now();
  await using movie = await openMovie(ffmpeg, location, (stream) => ({
    threads: String(DECODER_THREADS),
    ...(isFast(stream.avgFrameRate) && { skip_frame: 'noref' }),
  }));
  const { timeBase } = movie.stream;
  let maker: ClipMaker | undefined;
  try {
    let startTicks: bigint | undefined;
    for await (const frame of readFrames(ffmpeg, movie)) {
      const ticks = frame.bestEffortTimestamp;
      startTicks ??= ticks;
      const atMs = (Number(ticks - startTicks) * 1000 * timeBase.num) / timeBase.den;
      declareColours(ffmpeg, frame, { hasProfile: false });
      maker ??= await ClipMaker.open(ffmpeg, frame, movie.orientation);
      frame.pts = BigInt(Math.max(Math.round(atMs), 0));
      await maker.add(frame);
      const isEnough = atMs >= CLIP_MS || maker.frameCount >= MAX_FRAMES;
      if (isEnough || performance.now() - startedAt > MAX_WORK_MS) break;
    }
    if (maker === undefined) throw new MediaError('damaged', 'no picture could be decoded');
    return await maker.finish();
  } finally {
    maker?.[Symbol.dispose]();
  }
}

function isFast({ num, den }: { num: number; den: number }): boolean {
  return den > 0 && num / den > MANY_FRAMES_PER_SECOND;
}

/** Filters, encodes and writes frames, whose time stamps are in milliseconds. */
class ClipMaker implements Disposable {
  readonly #ffmpeg: Ffmpeg;
  readonly #chain: FilterChain;
  readonly #encoder: CodecContext;
  readonly #writer: WebmWriter;
  readonly #size: Omit<MadeClip, 'bytes' | 'format'>;
  frameCount = 0;
  #writtenCount = 0;

  private constructor(
    ffmpeg: Ffmpeg,
    chain: FilterChain,
    encoder: CodecContext,
    size: Omit<MadeClip, 'bytes' | 'format'>,
  ) {
    this.#ffmpeg = ffmpeg;
    this.#chain = chain;
    this.#encoder = encoder;
    this.#size = size;
    this.#writer = new WebmWriter({
      width: size.width,
      height: size.height,
      maxByteCount: MAX_BYTE_COUNT,
    });
  }

  static async open(ffmpeg: Ffmpeg, first: Frame, orientation: Orientation): Promise<ClipMaker> {
    const scale = Math.min(PREVIEW_LONG_EDGE.clip / Math.max(first.width, first.height), 1);
    // Colours have half the pixels in each direction, so sides are even.
    const even = (side: number): number => Math.max(Math.floor((side * scale) / 2) * 2, 2);
    const [width, height] = [even(first.width), even(first.height)];
    const mapping = mappingFilters(ffmpeg, {
      primaries: first.colorPrimaries,
      transfer: first.colorTrc,
    });
    const chain = await FilterChain.open(
      ffmpeg,
      first,
      [
        `fps=${FRAMES_PER_SECOND}`,
        `scale=${width}:${height}:flags=area`,
        ...(mapping === undefined ? [] : [mapping]),
        ...TURN_FILTERS[orientation],
        'scale=out_color_matrix=bt709:out_range=tv',
        'format=yuv420p',
      ].join(','),
    );
    const turned = <T>(a: T, b: T): readonly [T, T] => (isSideways(orientation) ? [b, a] : [a, b]);
    const [shownWidth, shownHeight] = turned(width, height);
    const [sourceWidth, sourceHeight] = turned(first.width, first.height);
    try {
      const encoder = await openEncoder(ffmpeg, shownWidth, shownHeight);
      const size = { width: shownWidth, height: shownHeight, sourceWidth, sourceHeight };
      return new ClipMaker(ffmpeg, chain, encoder, size);
    } catch (error) {
      chain[Symbol.dispose]();
      throw error;
    }
  }

  async add(frame: Frame | null): Promise<void> {
    await this.#chain.run(frame, async (filtered) => {
      if (this.frameCount >= MAX_FRAMES) return;
      filtered.pts = BigInt(this.frameCount);
      this.frameCount += 1;
      await this.#encode(filtered);
    });
  }

  async finish(): Promise<MadeClip> {
    await this.add(null);
    await this.#encode(null);
    const durationMs = (this.frameCount * 1000) / FRAMES_PER_SECOND;
    return { ...this.#size, bytes: this.#writer.finish(durationMs), format: 'webm' };
  }

  async #encode(frame: Frame | null): Promise<void> {
    check(await this.#encoder.sendFrame(frame), 'encoding');
    using packet = new this.#ffmpeg.Packet();
    packet.alloc();
    for (;;) {
      const received = await this.#encoder.receivePacket(packet);
      const { AVERROR_EAGAIN, AVERROR_EOF } = this.#ffmpeg.constants;
      if (received === AVERROR_EAGAIN || received === AVERROR_EOF) return;
      check(received, 'encoding');
      const atMs = Math.round((this.#writtenCount * 1000) / FRAMES_PER_SECOND);
      this.#writtenCount += 1;
      if (packet.data !== null) this.#writer.add(packet.data, atMs, packet.isKeyframe);
      packet.unref();
    }
  }

  [Symbol.dispose](): void {
    this.#chain[Symbol.dispose]();
    this.#encoder[Symbol.dispose]();
  }
}

async function openEncoder(ffmpeg: Ffmpeg, width: number, height: number): Promise<CodecContext> {
  const codec = ffmpeg.Codec.findEncoderByName(ffmpeg.constants.FF_ENCODER_LIBVPX_VP9);
  if (codec === null) throw new MediaError('unsupported-format', 'no encoder for clips');
  const { constants } = ffmpeg;
  const encoder = new ffmpeg.CodecContext();
  encoder.allocContext3(codec);
  encoder.width = width;
  encoder.height = height;
  encoder.pixelFormat = constants.AV_PIX_FMT_YUV420P;
  encoder.timeBase = new ffmpeg.Rational(1, FRAMES_PER_SECOND);
  encoder.framerate = new ffmpeg.Rational(FRAMES_PER_SECOND, 1);
  encoder.bitRate = BigInt(MAX_BITS_PER_SECOND);
  encoder.gopSize = MAX_FRAMES;
  encoder.threadCount = 2;
  encoder.colorSpace = constants.AVCOL_SPC_BT709;
  encoder.colorRange = constants.AVCOL_RANGE_MPEG;
  using options = ffmpeg.Dictionary.fromObject(ENCODER_OPTIONS);
  const opened = await encoder.open2(codec, options);
  if (opened >= 0) return encoder;
  encoder[Symbol.dispose]();
  throw new MediaError('unsupported-format', `encoder: FFmpeg error ${opened}`);
}

function check(code: number, what: string): void {
  if (code < 0) throw new MediaError('damaged', `${what}: FFmpeg error ${code}`);
}
