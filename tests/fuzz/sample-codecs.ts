import { readFile } from 'node:fs/promises';

import { isoBox } from '../../electron/service/decoder/sample-media.ts';
import { loadFfmpeg } from '../../electron/service/decoder/picture/ffmpeg.ts';

const WIDTH = 192;
const HEIGHT = 128;
const FRAME_COUNT = 3;

/**
 * A movie of three grey pictures with some detail, made by FFmpeg.
 * @param path where it may write
 * @returns `undefined` where there is no FFmpeg, or none with this encoder
 */
export async function sampleMovieOf(
  codecName: 'libx264' | 'libx265',
  path: string,
): Promise<Buffer | undefined> {
  const ffmpeg = await loadFfmpeg();
  const codec = ffmpeg?.Codec.findEncoderByName(codecName as never);
  if (ffmpeg === undefined || !codec) return undefined;
  const { constants } = ffmpeg;
  await using format = new ffmpeg.FormatContext();
  format.allocOutputContext2(null, 'mov', path);
  using context = new ffmpeg.CodecContext();
  context.allocContext3(codec);
  Object.assign(context, {
    width: WIDTH,
    height: HEIGHT,
    pixelFormat: constants.AV_PIX_FMT_YUV420P,
  });
  context.timeBase = new ffmpeg.Rational(1, 30);
  context.setFlags(constants.AV_CODEC_FLAG_GLOBAL_HEADER);
  using options = ffmpeg.Dictionary.fromObject(
    codecName === 'libx265' ? { 'x265-params': 'log-level=none:info=0' } : {},
  );
  must(await context.open2(codec, options), 'opening the encoder');
  const stream = format.newStream(codec);
  must(stream.codecpar.fromContext(context), 'describing the stream');
  stream.timeBase = context.timeBase;
  must(await format.openOutput(), 'opening the file');
  must(await format.writeHeader(), 'writing the header');
  for (let index = 0; index <= FRAME_COUNT; index += 1) {
    using frame = index === FRAME_COUNT ? null : pictureOf(ffmpeg, index);
    must(await context.sendFrame(frame), 'encoding');
    for (;;) {
      using packet = new ffmpeg.Packet();
      packet.alloc();
      if ((await context.receivePacket(packet)) < 0) break;
      packet.streamIndex = stream.index;
      packet.rescaleTs(context.timeBase, stream.timeBase);
      must(await format.interleavedWriteFrame(packet), 'writing');
    }
  }
  must(await format.writeTrailer(), 'writing the end');
  await format.closeOutput();
  return await readFile(path);
}

type Ffmpeg = NonNullable<Awaited<ReturnType<typeof loadFfmpeg>>>;

function pictureOf(ffmpeg: Ffmpeg, index: number) {
  const frame = new ffmpeg.Frame();
  frame.alloc();
  const format = ffmpeg.constants.AV_PIX_FMT_YUV420P;
  Object.assign(frame, { width: WIDTH, height: HEIGHT, format, pts: BigInt(index) });
  must(frame.getBuffer(0), 'a picture');
  for (const plane of frame.data ?? []) {
    for (let at = 0; at < plane.byteLength; at += 1) plane[at] = 64 + ((at * (index + 3)) % 97);
  }
  return frame;
}

function must(code: number, what: string): void {
  if (code < 0) throw new Error(`${what}: FFmpeg error ${code}`);
}

/** A HEIC still, or a grid of four, from the first picture of an HEVC movie: the way phones write them. */
export function heicOf(movie: Buffer, layout: 'single' | 'grid'): Buffer {
  const configuration = boxIn(movie, 'hvcC');
  const picture = firstSample(movie);
  const tileIds = layout === 'single' ? [1] : [2, 3, 4, 5];
  const grid = Buffer.from([0, 0, 1, 1, ...word(WIDTH * 2), ...word(HEIGHT * 2)]);
  const items = [
    ...(layout === 'grid' ? [{ id: 1, type: 'grid', bytes: grid, properties: [1] }] : []),
    ...tileIds.map((id) => ({ id, type: 'hvc1', bytes: picture, properties: [2, 3] })),
  ];
  const size = (width: number, height: number): Buffer =>
    isoBox('ispe', Buffer.from([0, 0, 0, 0, ...long(width), ...long(height)]));
  const fileType = isoBox('ftyp', Buffer.from('heic\0\0\0\0mif1heic', 'latin1'));
  const meta = (dataAt: number): Buffer => {
    let at = dataAt;
    const places = items.flatMap(({ id, bytes }) => {
      const place = [...word(id), 0, 0, 0, 1, ...long(at), ...long(bytes.byteLength)];
      at += bytes.byteLength;
      return place;
    });
    return isoBox(
      'meta',
      Buffer.alloc(4),
      isoBox('hdlr', Buffer.from('\0\0\0\0\0\0\0\0pict\0\0\0\0\0\0\0\0\0\0\0\0\0', 'latin1')),
      isoBox('pitm', Buffer.from([0, 0, 0, 0, 0, 1])),
      isoBox('iloc', Buffer.from([0, 0, 0, 0, 0x44, 0, ...word(items.length), ...places])),
      isoBox(
        'iinf',
        Buffer.from([0, 0, 0, 0, ...word(items.length)]),
        ...items.map(({ id, type }) =>
          isoBox('infe', Buffer.from([2, 0, 0, 0, ...word(id), 0, 0]), Buffer.from(`${type}\0`)),
        ),
      ),
      ...(layout === 'grid'
        ? [
            isoBox(
              'iref',
              Buffer.alloc(4),
              isoBox('dimg', Buffer.from([0, 1, 0, 4, ...tileIds.flatMap(word)])),
            ),
          ]
        : []),
      isoBox(
        'iprp',
        isoBox('ipco', size(WIDTH * 2, HEIGHT * 2), size(WIDTH, HEIGHT), configuration),
        isoBox(
          'ipma',
          Buffer.from([0, 0, 0, 0, ...long(items.length)]),
          ...items.map(({ id, properties }) =>
            Buffer.from([...word(id), properties.length, ...properties]),
          ),
        ),
      ),
    );
  };
  const dataAt = fileType.byteLength + meta(0).byteLength + 8;
  return Buffer.concat([
    fileType,
    meta(dataAt),
    isoBox('mdat', ...items.map(({ bytes }) => bytes)),
  ]);
}

function firstSample(movie: Buffer): Buffer {
  const sizes = boxIn(movie, 'stsz');
  const common = sizes.readUInt32BE(12);
  const length = common === 0 ? sizes.readUInt32BE(20) : common;
  const at = boxIn(movie, 'stco').readUInt32BE(16);
  return movie.subarray(at, at + length);
}

/** The first box of a type, with its header. */
function boxIn(movie: Buffer, type: string): Buffer {
  const at = movie.indexOf(type, 0, 'latin1') - 4;
  if (at < 0) throw new Error(`the movie has no ${type}`);
  return movie.subarray(at, at + movie.readUInt32BE(at));
}

function word(value: number): number[] {
  return [value >> 8, value & 0xff];
}

function long(value: number): number[] {
  return [...word(value >>> 16), ...word(value & 0xffff)];
}
