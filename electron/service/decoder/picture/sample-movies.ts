/** Movies made by FFmpeg's encoders, for tests. */
import { readFile, writeFile } from 'node:fs/promises';

import type { Frame } from 'node-av/lib';
import type { FFVideoEncoder } from 'node-av/constants';

import type { Orientation } from '../header/orientation.ts';
import { loadFfmpeg, type Ffmpeg } from './ffmpeg.ts';
import { FilterChain } from './filter-chain.ts';

export interface MadeMovie {
  readonly width: number;
  readonly height: number;
  /** Red, green and blue of each pixel of a frame. */
  readonly paint: (index: number) => Buffer;
  /** 25 by default. */
  readonly frameCount?: number;
  readonly framesPerSecond?: number;
  readonly codec?: 'h264' | 'hevc' | 'vp9' | 'mpeg4';
  /** FFmpeg's name of the writer. */
  readonly container?: 'mov' | 'mp4' | '3gp' | 'matroska' | 'webm' | 'avi';
  /** Ten bits, with BT.2020 primaries. */
  readonly hdr?: 'hlg' | 'pq';
  /** How a MOV or MP4 says that its pictures must be turned. */
  readonly orientation?: Orientation;
  readonly pixelFormat?: 'yuv420p' | 'yuv444p10le' | 'yuv420p10le' | 'gray';
}

const ENCODER_OPTIONS: Record<NonNullable<MadeMovie['codec']>, Record<string, string>> = {
  h264: { preset: 'ultrafast', crf: '12' },
  hevc: { preset: 'ultrafast', crf: '8', 'x265-params': 'log-level=none:info=0:bframes=0' },
  vp9: { deadline: 'realtime', 'cpu-used': '8', crf: '10', b: '0' },
  mpeg4: { q: '2' },
};

/** Display matrices of a track header: a, b, c, d in turns of the plane. */
const MATRICES: Partial<Record<Orientation, readonly [number, number, number, number]>> = {
  1: [1, 0, 0, 1],
  2: [-1, 0, 0, 1],
  3: [-1, 0, 0, -1],
  6: [0, 1, -1, 0],
  8: [0, -1, 1, 0],
};

/** A frame of one colour. */
export function plain(
  width: number,
  height: number,
  [red, green, blue]: readonly [number, number, number],
): Buffer {
  const pixels = Buffer.alloc(width * height * 3);
  for (let at = 0; at < pixels.byteLength; at += 3) pixels.set([red, green, blue], at);
  return pixels;
}

/** Writes a movie and gives its bytes. */
export async function writeMovie(path: string, movie: MadeMovie): Promise<Buffer> {
  const ffmpeg = await loadFfmpeg();
  if (ffmpeg === undefined) throw new Error('no FFmpeg here');
  const { constants } = ffmpeg;
  const { codec: codecName = 'h264', framesPerSecond = 25, frameCount = 25 } = movie;
  const encoders: Record<NonNullable<MadeMovie['codec']>, FFVideoEncoder> = {
    h264: constants.FF_ENCODER_LIBX264,
    hevc: constants.FF_ENCODER_LIBX265,
    vp9: constants.FF_ENCODER_LIBVPX_VP9,
    mpeg4: constants.FF_ENCODER_MPEG4,
  };
  const codec = ffmpeg.Codec.findEncoderByName(encoders[codecName]);
  if (codec === null) throw new Error(`no encoder for ${codecName}`);
  await using output = new ffmpeg.FormatContext();
  must(output.allocOutputContext2(null, movie.container ?? 'mov', `file:${path}`));
  const stream = output.newStream(codec);
  using encoder = new ffmpeg.CodecContext();
  using painter = await Painter.open(ffmpeg, movie);
  encoder.allocContext3(codec);
  encoder.width = movie.width;
  encoder.height = movie.height;
  encoder.timeBase = new ffmpeg.Rational(1, framesPerSecond);
  encoder.framerate = new ffmpeg.Rational(framesPerSecond, 1);
  encoder.maxBFrames = 0;
  const first = await painter.frame(0);
  encoder.pixelFormat = first.format as typeof encoder.pixelFormat;
  encoder.colorPrimaries = first.colorPrimaries;
  encoder.colorTrc = first.colorTrc;
  encoder.colorSpace = first.colorSpace;
  encoder.colorRange = first.colorRange;
  encoder.setFlags(constants.AV_CODEC_FLAG_GLOBAL_HEADER);
  using options = ffmpeg.Dictionary.fromObject(ENCODER_OPTIONS[codecName]);
  must(await encoder.open2(codec, options));
  stream.timeBase = encoder.timeBase;
  must(stream.codecpar.fromContext(encoder));
  if (codecName === 'hevc') stream.codecpar.codecTag = 'hvc1';
  must(await output.openOutput());
  must(await output.writeHeader());
  let written = 0n;
  const drain = async (): Promise<void> => {
    using packet = new ffmpeg.Packet();
    packet.alloc();
    while ((await encoder.receivePacket(packet)) >= 0) {
      packet.streamIndex = stream.index;
      // Without frames out of order the times are known, and not every encoder passes them on.
      [packet.pts, packet.dts, packet.duration] = [written, written, 1n];
      written += 1n;
      packet.rescaleTs(encoder.timeBase, stream.timeBase);
      must(await output.interleavedWriteFrame(packet));
    }
  };
  for (let index = 0; index < frameCount; index += 1) {
    using frame = await painter.frame(index);
    frame.pts = BigInt(index);
    must(await encoder.sendFrame(frame));
    await drain();
  }
  first.free();
  must(await encoder.sendFrame(null));
  await drain();
  must(await output.writeTrailer());
  await output.closeOutput();
  const bytes = await readFile(path);
  const matrix = movie.orientation && MATRICES[movie.orientation];
  if (matrix !== undefined) {
    setMatrix(bytes, matrix);
    await writeFile(path, bytes);
  }
  return bytes;
}

/** Turns painted pixels into frames as an encoder takes them. */
class Painter implements Disposable {
  readonly #ffmpeg: Ffmpeg;
  readonly #movie: MadeMovie;
  readonly #chain: FilterChain;

  private constructor(ffmpeg: Ffmpeg, movie: MadeMovie, chain: FilterChain) {
    this.#ffmpeg = ffmpeg;
    this.#movie = movie;
    this.#chain = chain;
  }

  static async open(ffmpeg: Ffmpeg, movie: MadeMovie): Promise<Painter> {
    using like = rgbFrame(ffmpeg, movie, 0);
    const transfer = movie.hdr === 'pq' ? 'smpte2084' : 'arib-std-b67';
    const chain = movie.hdr
      ? [
          // Painted white is the reference white of HDR.
          'format=gbrp,setparams=color_primaries=bt709:color_trc=iec61966-2-1:colorspace=gbr:range=pc',
          'zscale=t=linear:npl=203,format=gbrpf32le,zscale=p=bt2020',
          `zscale=t=${transfer}:m=bt2020nc:r=tv:npl=203,format=yuv420p10le`,
        ]
      : [
          'scale=out_color_matrix=bt709:out_range=tv',
          `format=${movie.pixelFormat ?? 'yuv420p'}`,
          'setparams=color_primaries=bt709:color_trc=bt709:colorspace=bt709:range=tv',
        ];
    return new Painter(ffmpeg, movie, await FilterChain.open(ffmpeg, like, chain.join(',')));
  }

  async frame(index: number): Promise<Frame> {
    using rgb = rgbFrame(this.#ffmpeg, this.#movie, index);
    const made: Frame[] = [];
    await this.#chain.run(rgb, (filtered) => {
      const copy = filtered.clone();
      if (copy !== null) made.push(copy);
    });
    const [frame] = made;
    if (frame === undefined) throw new Error('no frame came of the painted one');
    return frame;
  }

  [Symbol.dispose](): void {
    this.#chain[Symbol.dispose]();
  }
}

function rgbFrame(ffmpeg: Ffmpeg, { width, height, paint }: MadeMovie, index: number): Frame {
  const frame = ffmpeg.Frame.fromVideoBuffer(paint(index), {
    width,
    height,
    format: ffmpeg.constants.AV_PIX_FMT_RGB24,
  });
  frame.colorRange = ffmpeg.constants.AVCOL_RANGE_JPEG;
  frame.colorSpace = ffmpeg.constants.AVCOL_SPC_RGB;
  return frame;
}

function setMatrix(movie: Buffer, [a, b, c, d]: readonly [number, number, number, number]): void {
  // Behind the type: version and flags, times, track, duration, and so on, then the matrix.
  const at = movie.indexOf('tkhd', 0, 'latin1') + 4 + 40;
  movie.writeInt32BE(a * 0x10000, at);
  movie.writeInt32BE(b * 0x10000, at + 4);
  movie.writeInt32BE(c * 0x10000, at + 12);
  movie.writeInt32BE(d * 0x10000, at + 16);
}

function must(code: number): void {
  if (code < 0) throw new Error(`FFmpeg error ${code}`);
}
