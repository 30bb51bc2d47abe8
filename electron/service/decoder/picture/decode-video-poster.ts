import { MediaError } from '../media-error.ts';
import type { Ffmpeg } from './ffmpeg.ts';
import { declareColours, profileOfCodes } from './frame-colours.ts';
import { type MovieLocation, openMovie } from './open-movie.ts';
import { readFrames } from './read-frames.ts';
import { RgbConverter } from './rgb-converter.ts';
import { createTiffCanvas } from './tiff-canvas.ts';

/**
 * The first picture of a movie, upright.
 * @returns a TIFF in memory
 * @throws MediaError `damaged` when no picture comes, `unsupported-format` when there is no decoder for it
 */
export async function decodeVideoPoster(ffmpeg: Ffmpeg, location: MovieLocation): Promise<Buffer> {
  await using movie = await openMovie(ffmpeg, location);
  for await (const frame of readFrames(ffmpeg, movie)) {
    const codes = { primaries: frame.colorPrimaries, transfer: frame.colorTrc };
    const iccProfile = await profileOfCodes(codes);
    declareColours(ffmpeg, frame, { hasProfile: iccProfile !== undefined });
    const canvas = createTiffCanvas({
      width: frame.width,
      height: frame.height,
      channels: 3,
      orientation: movie.orientation,
      ...(iccProfile && { iccProfile }),
    });
    using converter = new RgbConverter(ffmpeg);
    await converter.convert(frame, 1, ({ bytes, stride, width, height }) => {
      for (let row = 0; row < height; row += 1) {
        bytes.copy(canvas.pixels, row * width * 3, row * stride, row * stride + width * 3);
      }
    });
    return canvas.file;
  }
  throw new MediaError('damaged', 'no picture could be decoded');
}
