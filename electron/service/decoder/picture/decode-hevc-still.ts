import type { CodecContext, Frame } from 'node-av/lib';

import type { ByteSource } from '../byte-source.ts';
import { readHeifItem } from '../header/heif-items.ts';
import { MediaError } from '../media-error.ts';
import type { Ffmpeg } from './ffmpeg.ts';
import { declareColours, profileOfCodes } from './frame-colours.ts';
import type { HevcPlan } from './heif-plan.ts';
import { RgbConverter, type RgbPixels } from './rgb-converter.ts';
import { createTiffCanvas } from './tiff-canvas.ts';

const MAX_TILE_BYTE_COUNT = 128 * 1024 * 1024;
const DECODER_THREADS = 2;
const BLOCK_EDGE = 64;

/**
 * Decodes a HEIC still tile by tile onto one canvas, at 1/`shrink` of its size. FFmpeg's own HEIF reader gives
 * the tiles as separate streams without their places; the item structure, read here, has both.
 * @returns a TIFF in memory, with the file's colour profile and orientation
 * @throws MediaError `damaged` when any tile is missing or broken: half a picture is not shown as a whole one
 */
export async function decodeHevcStill(
  ffmpeg: Ffmpeg,
  source: ByteSource,
  plan: HevcPlan,
  shrink: number,
): Promise<Buffer> {
  const { codes } = plan.colours;
  const iccProfile = plan.colours.iccProfile ?? (codes && (await profileOfCodes(codes)));
  const width = Math.floor(plan.width / shrink);
  const height = Math.floor(plan.height / shrink);
  const canvas = createTiffCanvas({
    width,
    height,
    channels: 3,
    orientation: plan.orientation,
    ...(iccProfile && { iccProfile }),
  });
  using context = await openHevc(ffmpeg, plan);
  using converter = new RgbConverter(ffmpeg);
  let drawnCount = 0;

  const draw = async (frame: Frame): Promise<void> => {
    const index = Number(frame.pts);
    if (frame.width !== plan.tileWidth || frame.height !== plan.tileHeight) {
      throw new MediaError('damaged', `tile ${index} has another size than announced`);
    }
    if (frame.decodeErrorFlags !== 0) throw new MediaError('damaged', `tile ${index} is broken`);
    declareColours(ffmpeg, frame, {
      ...(codes && { codes }),
      hasProfile: iccProfile !== undefined,
    });
    const left = ((index % plan.columns) * plan.tileWidth) / shrink;
    const top = (Math.floor(index / plan.columns) * plan.tileHeight) / shrink;
    await converter.convert(frame, shrink, (pixels) => {
      copyTile(pixels, canvas.pixels, { left, top, width, height });
    });
    drawnCount += 1;
  };

  for (const [index, tile] of plan.tiles.entries()) {
    using packet = new ffmpeg.Packet();
    packet.alloc();
    packet.data = readHeifItem(source, tile, MAX_TILE_BYTE_COUNT);
    packet.pts = BigInt(index);
    packet.isKeyframe = true;
    check(await context.sendPacket(packet), `tile ${index}`);
    await drain(ffmpeg, context, draw);
  }
  check(await context.sendPacket(null), 'end of tiles');
  await drain(ffmpeg, context, draw);
  if (drawnCount !== plan.tiles.length) {
    throw new MediaError('damaged', `${drawnCount} of ${plan.tiles.length} tiles decoded`);
  }
  return canvas.file;
}

async function openHevc(ffmpeg: Ffmpeg, plan: HevcPlan): Promise<CodecContext> {
  const codec = ffmpeg.Codec.findDecoder(ffmpeg.constants.AV_CODEC_ID_HEVC);
  if (codec === null) throw new MediaError('unsupported-format', 'no HEVC decoder');
  const context = new ffmpeg.CodecContext();
  context.allocContext3(codec);
  context.extraData = plan.hevcConfiguration;
  context.threadCount = DECODER_THREADS;
  // Coded sizes are rounded up to whole blocks.
  const maxPixels = (plan.tileWidth + BLOCK_EDGE) * (plan.tileHeight + BLOCK_EDGE);
  using limits = ffmpeg.Dictionary.fromObject({ max_pixels: String(maxPixels) });
  check(await context.open2(codec, limits), 'decoder configuration');
  return context;
}

/** Hands every picture that is ready to `use`. */
async function drain(
  ffmpeg: Ffmpeg,
  context: CodecContext,
  use: (frame: Frame) => Promise<void>,
): Promise<void> {
  for (;;) {
    using frame = new ffmpeg.Frame();
    frame.alloc();
    const received = await context.receiveFrame(frame);
    const { AVERROR_EAGAIN, AVERROR_EOF } = ffmpeg.constants;
    if (received === AVERROR_EAGAIN || received === AVERROR_EOF) return;
    check(received, 'decoding');
    await use(frame);
  }
}

interface Place {
  readonly left: number;
  readonly top: number;
  /** Size of the canvas. */
  readonly width: number;
  readonly height: number;
}

/** Draws what of a tile lies inside the canvas. */
function copyTile(pixels: RgbPixels, canvas: Buffer, { left, top, width, height }: Place): void {
  const columns = Math.min(pixels.width, width - left);
  const rows = Math.min(pixels.height, height - top);
  if (columns <= 0) return;
  for (let row = 0; row < rows; row += 1) {
    const from = row * pixels.stride;
    pixels.bytes.copy(canvas, ((top + row) * width + left) * 3, from, from + columns * 3);
  }
}

function check(code: number, what: string): void {
  if (code < 0) throw new MediaError('damaged', `${what}: FFmpeg error ${code}`);
}
