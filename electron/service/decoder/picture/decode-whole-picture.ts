import { type ByteSource, readExactly } from '../byte-source.ts';
import { MediaError } from '../media-error.ts';
import type { Ffmpeg } from './ffmpeg.ts';
import { declareColours, profileOfCodes } from './frame-colours.ts';
import { RgbConverter } from './rgb-converter.ts';
import { createTiffCanvas } from './tiff-canvas.ts';

const MAX_FILE_BYTE_COUNT = 256 * 1024 * 1024;
const MAX_PIXEL_COUNT = 64_000_000;

/** Formats that FFmpeg decodes from the whole file as one packet, and sharp does not know. */
export type WholePictureFormat = 'jxl' | 'bmp';

/**
 * Decodes JPEG XL and BMP. libjxl turns the picture upright itself, and of an animation the first picture is shown.
 * @returns a TIFF in memory
 * @throws MediaError `damaged`, `too-large`, `unsupported-format`
 */
export async function decodeWholePicture(
  ffmpeg: Ffmpeg,
  source: ByteSource,
  format: WholePictureFormat,
): Promise<Buffer> {
  if (source.byteCount > MAX_FILE_BYTE_COUNT) {
    throw new MediaError('too-large', `a file of ${source.byteCount} bytes`);
  }
  const { FF_DECODER_LIBJXL, FF_DECODER_BMP } = ffmpeg.constants;
  const codec = ffmpeg.Codec.findDecoderByName(
    format === 'jxl' ? FF_DECODER_LIBJXL : FF_DECODER_BMP,
  );
  if (codec === null) throw new MediaError('unsupported-format', `no decoder for ${format}`);
  using context = new ffmpeg.CodecContext();
  context.allocContext3(codec);
  // FFmpeg asks for memory only after it has compared the size with this.
  using limits = ffmpeg.Dictionary.fromObject({
    max_pixels: String(MAX_PIXEL_COUNT),
    threads: '2',
  });
  check(await context.open2(codec, limits), 'decoder');
  using packet = new ffmpeg.Packet();
  packet.alloc();
  packet.data = readExactly(source, 0, source.byteCount);
  check(await context.sendPacket(packet), 'decoding');
  using frame = new ffmpeg.Frame();
  frame.alloc();
  let received = await context.receiveFrame(frame);
  if (received === ffmpeg.constants.AVERROR_EAGAIN) {
    await context.sendPacket(null);
    received = await context.receiveFrame(frame);
  }
  check(received, 'decoding');

  const profile = frame.getSideData(ffmpeg.constants.AV_FRAME_DATA_ICC_PROFILE);
  const codes = { primaries: frame.colorPrimaries, transfer: frame.colorTrc };
  const iccProfile = profile ?? (await profileOfCodes(codes));
  declareColours(ffmpeg, frame, { hasProfile: iccProfile !== undefined });
  const { width, height } = frame;
  const canvas = createTiffCanvas({
    width,
    height,
    channels: 4,
    orientation: 1,
    ...(iccProfile && { iccProfile }),
  });
  using converter = new RgbConverter(ffmpeg, 4);
  await converter.convert(frame, 1, ({ bytes, stride }) => {
    for (let row = 0; row < height; row += 1) {
      bytes.copy(canvas.pixels, row * width * 4, row * stride, row * stride + width * 4);
    }
  });
  return canvas.file;
}

function check(code: number, what: string): void {
  if (code < 0) throw new MediaError('damaged', `${what}: FFmpeg error ${code}`);
}
