import type { CodecContext, FormatContext, Stream } from 'node-av/lib';

import { openFileSource, sliceSource } from '../byte-source.ts';
import type { SniffedType } from '../header/sniff-media-type.ts';
import { readMovieHeader } from '../header/movie-header.ts';
import type { Orientation } from '../header/orientation.ts';
import { MediaError } from '../media-error.ts';
import type { Ffmpeg } from './ffmpeg.ts';

/** Where a movie stands: a whole file, or a part of one. */
export interface MovieLocation {
  readonly path: string;
  readonly container: MovieContainer;
  /** First byte, and first byte after it; without them the whole file. */
  readonly part?: { readonly start: number; readonly end: number };
}

export type MovieContainer = 'mov' | 'matroska' | 'avi';

/** A movie whose pictures can be decoded. */
export interface OpenMovie extends AsyncDisposable {
  readonly format: FormatContext;
  readonly stream: Stream;
  readonly decoder: CodecContext;
  /** How its pictures must be turned. */
  readonly orientation: Orientation;
}

const MOVIE_HEADER_BUDGET_BYTE_COUNT = 1024 * 1024;
/** 8192 x 4320 with room to spare. */
const MAX_FRAME_PIXELS = 64_000_000;
const MAX_STREAMS = 32;

/** The reader that a movie of this type needs; `undefined` for what is no movie. */
export function movieContainerOf({
  container,
  mediaType,
}: SniffedType): MovieContainer | undefined {
  if (container === 'movie') return 'mov';
  if (mediaType === 'video/x-matroska') return 'matroska';
  if (mediaType === 'video/x-msvideo') return 'avi';
  return undefined;
}

/**
 * Opens a movie and a decoder for its pictures. The reader is named and may open this one file only: left to
 * guess, FFmpeg would take a playlist for a movie and follow the addresses in it.
 * @param decoderOptions of FFmpeg's decoder
 * @throws MediaError `damaged`, `unsupported-format`
 */
export async function openMovie(
  ffmpeg: Ffmpeg,
  location: MovieLocation,
  decoderOptions: (stream: Stream) => Record<string, string> = () => ({}),
): Promise<OpenMovie> {
  const format = new ffmpeg.FormatContext();
  try {
    using options = ffmpeg.Dictionary.fromObject({
      protocol_whitelist: 'file,subfile',
      format_whitelist:
        location.container === 'mov' ? 'mov,mp4,m4a,3gp,3g2,mj2' : 'matroska,webm,avi',
      max_streams: String(MAX_STREAMS),
      ...(location.container === 'mov' && { enable_drefs: '0' }),
    });
    const reader = ffmpeg.InputFormat.findInputFormat(location.container);
    const opened = await format.openInput(addressOf(location), reader, options);
    if (opened < 0) {
      throw new MediaError('damaged', `not a readable movie: FFmpeg error ${opened}`);
    }
    const index = format.findBestStream(ffmpeg.constants.AVMEDIA_TYPE_VIDEO);
    const stream = format.streams.find((candidate) => candidate.index === index);
    if (stream === undefined) throw new MediaError('no-movie', 'no picture track');
    const decoder = await openDecoder(ffmpeg, stream, decoderOptions(stream));
    return {
      format,
      stream,
      decoder,
      orientation: orientationOf(location),
      async [Symbol.asyncDispose]() {
        decoder[Symbol.dispose]();
        await format[Symbol.asyncDispose]();
      },
    };
  } catch (error) {
    await format[Symbol.asyncDispose]();
    throw error;
  }
}

function addressOf({ path, part }: MovieLocation): string {
  if (part === undefined) return `file:${path}`;
  return `subfile,,start,${part.start},end,${part.end},,:file:${path}`;
}

async function openDecoder(
  ffmpeg: Ffmpeg,
  stream: Stream,
  options: Record<string, string>,
): Promise<CodecContext> {
  const codec = ffmpeg.Codec.findDecoder(stream.codecpar.codecId);
  if (codec === null) throw new MediaError('unsupported-format', 'no decoder for the pictures');
  const { width, height } = stream.codecpar;
  if (width * height > MAX_FRAME_PIXELS) {
    throw new MediaError('too-large', `${width} x ${height}`);
  }
  const context = new ffmpeg.CodecContext();
  context.allocContext3(codec);
  // The header may say less than the pictures themselves turn out to be.
  using limits = ffmpeg.Dictionary.fromObject({
    max_pixels: String(MAX_FRAME_PIXELS),
    ...options,
  });
  const taken = context.parametersToContext(stream.codecpar);
  const opened = taken < 0 ? taken : await context.open2(codec, limits);
  if (opened >= 0) return context;
  context[Symbol.dispose]();
  throw new MediaError('damaged', `decoder: FFmpeg error ${opened}`);
}

function orientationOf({ path, container, part }: MovieLocation): Orientation {
  if (container !== 'mov') return 1;
  using file = openFileSource(path, MOVIE_HEADER_BUDGET_BYTE_COUNT);
  const source = part === undefined ? file : sliceSource(file, part.start, part.end);
  return readMovieHeader(source).orientation;
}
