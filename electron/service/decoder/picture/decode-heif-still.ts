import { type ByteSource, readExactly } from '../byte-source.ts';
import { MediaError } from '../media-error.ts';
import type { HeifColours } from './heif-plan.ts';
import { createTiffCanvas } from './tiff-canvas.ts';

/** The whole file is copied into WebAssembly's memory, which ends at 4 GB. */
const MAX_FILE_BYTE_COUNT = 256 * 1024 * 1024;
/** Red, green, blue and alpha of this many pixels stand in memory twice. */
const MAX_PIXEL_COUNT = 50_000_000;

/**
 * Decodes any HEIF still libheif knows, three to four times slower than FFmpeg: overlays, crops, alpha, and HEVC
 * where FFmpeg has no build. libheif turns the picture upright itself.
 * @returns a TIFF in memory
 * @throws MediaError `damaged`, `too-large`
 */
export async function decodeHeifStill(source: ByteSource, colours: HeifColours): Promise<Buffer> {
  if (source.byteCount > MAX_FILE_BYTE_COUNT) {
    throw new MediaError('too-large', `a HEIF file of ${source.byteCount} bytes`);
  }
  const { default: createLibheif } = await import('libheif-js/libheif-wasm/libheif-bundle.mjs');
  // A new instance each time: WebAssembly memory grows and never shrinks.
  const libheif = createLibheif();
  const images = new libheif.HeifDecoder().decode(readExactly(source, 0, source.byteCount));
  const image = images.find((candidate) => candidate.is_primary()) ?? images[0];
  if (image === undefined) throw new MediaError('damaged', 'libheif finds no picture');
  const [width, height] = [image.get_width(), image.get_height()];
  if (!(width > 0 && height > 0)) throw new MediaError('damaged', 'the picture has no size');
  if (width * height > MAX_PIXEL_COUNT) throw new MediaError('too-large', `${width} x ${height}`);
  const { iccProfile } = colours;
  const canvas = createTiffCanvas({
    width,
    height,
    channels: 4,
    orientation: 1,
    ...(iccProfile && { iccProfile }),
  });
  const { pixels } = canvas;
  const data = new Uint8ClampedArray(pixels.buffer, pixels.byteOffset, pixels.byteLength);
  await new Promise<void>((resolve, reject) => {
    image.display({ data, width, height }, (filled) => {
      if (filled === null) reject(new MediaError('damaged', 'libheif cannot decode the picture'));
      else resolve();
    });
  });
  return canvas.file;
}
