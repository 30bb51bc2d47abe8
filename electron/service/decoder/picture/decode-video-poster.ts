import type { CodecContext, FormatContext, Frame, Stream } from 'node-av/lib';

import { openFileSource } from '../byte-source.ts';
import { readMovieHeader } from '../header/movie-header.ts';
import { MediaError } from '../media-error.ts';
import type { Ffmpeg } from './ffmpeg.ts';
import { declareColours, profileOfCodes } from './frame-colours.ts';
import { RgbConverter } from './rgb-converter.ts';
import { createTiffCanvas } from './tiff-canvas.ts';

const MOVIE_HEADER_BUDGET_BYTE_COUNT = 1024 * 1024;
/** A picture comes within the first packets; sound and metadata may lie between. */
const MAX_PACKETS = 500;
const MAX_PACKET_BYTE_COUNT = 64 * 1024 * 1024;
const MAX_PIXEL_COUNT = 64_000_000;

/**
 * The first picture of a MOV or MP4, upright.
 * @returns a TIFF in memory
 * @throws MediaError `damaged` when no picture comes, `unsupported-format` when there is no decoder for it
 */
export async function decodeVideoPoster(ffmpeg: Ffmpeg, path: string): Promise<Buffer> {
  await using format = await openMovie(ffmpeg, path);
  const { constants } = ffmpeg;
  const index = format.findBestStream(constants.AVMEDIA_TYPE_VIDEO);
  const stream = format.streams.find((candidate) => candidate.index === index);
  if (stream === undefined) throw new MediaError('unsupported-format', 'no picture track');
  using context = await openDecoder(ffmpeg, stream);
  using frame = await firstFrame(ffmpeg, format, context, stream.index);
  if (frame.width * frame.height > MAX_PIXEL_COUNT) {
    throw new MediaError('too-large', `${frame.width} x ${frame.height}`);
  }
  using converter = new RgbConverter(ffmpeg);
  using header = openFileSource(path, MOVIE_HEADER_BUDGET_BYTE_COUNT);
  const codes = { primaries: frame.colorPrimaries, transfer: frame.colorTrc };
  const iccProfile = await profileOfCodes(codes);
  declareColours(ffmpeg, frame, { hasProfile: iccProfile !== undefined });
  const canvas = createTiffCanvas({
    width: frame.width,
    height: frame.height,
    channels: 3,
    orientation: readMovieHeader(header).orientation,
    ...(iccProfile && { iccProfile }),
  });
  await converter.convert(frame, 1, ({ bytes, stride, width, height }) => {
    for (let row = 0; row < height; row += 1) {
      bytes.copy(canvas.pixels, row * width * 3, row * stride, row * stride + width * 3);
    }
  });
  return canvas.file;
}

/**
 * The reader is named and may open files only: left to guess, FFmpeg would take a playlist for a movie and
 * follow the addresses in it.
 */
async function openMovie(ffmpeg: Ffmpeg, path: string): Promise<FormatContext> {
  const reader = ffmpeg.InputFormat.findInputFormat('mov');
  const format = new ffmpeg.FormatContext();
  using options = ffmpeg.Dictionary.fromObject({
    protocol_whitelist: 'file',
    enable_drefs: '0',
  });
  const opened = await format.openInput(`file:${path}`, reader, options);
  if (opened < 0) throw new MediaError('damaged', `not a readable movie: FFmpeg error ${opened}`);
  return format;
}

async function openDecoder(ffmpeg: Ffmpeg, stream: Stream): Promise<CodecContext> {
  const codec = ffmpeg.Codec.findDecoder(stream.codecpar.codecId);
  if (codec === null) throw new MediaError('unsupported-format', 'no decoder for the pictures');
  const context = new ffmpeg.CodecContext();
  context.allocContext3(codec);
  const taken = context.parametersToContext(stream.codecpar);
  const opened = taken < 0 ? taken : await context.open2(codec, null);
  if (opened < 0) throw new MediaError('damaged', `decoder: FFmpeg error ${opened}`);
  return context;
}

async function firstFrame(
  ffmpeg: Ffmpeg,
  format: FormatContext,
  context: CodecContext,
  streamIndex: number,
): Promise<Frame> {
  const { AVERROR_EAGAIN, AVERROR_EOF } = ffmpeg.constants;
  const frame = new ffmpeg.Frame();
  frame.alloc();
  using packet = new ffmpeg.Packet();
  packet.alloc();
  for (let count = 0; count < MAX_PACKETS; count += 1) {
    const read = await format.readFrame(packet);
    const isOurs = read >= 0 && packet.streamIndex === streamIndex;
    if (isOurs && packet.size <= MAX_PACKET_BYTE_COUNT) await context.sendPacket(packet);
    if (read === AVERROR_EOF) await context.sendPacket(null);
    packet.unref();
    if (read < 0 && read !== AVERROR_EOF) break;
    const received = await context.receiveFrame(frame);
    if (received >= 0) return frame;
    if (received !== AVERROR_EAGAIN || read === AVERROR_EOF) break;
  }
  frame.free();
  throw new MediaError('damaged', 'no picture could be decoded');
}
