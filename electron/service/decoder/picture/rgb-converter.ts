import type { Frame } from 'node-av/lib';

import { MediaError } from '../media-error.ts';
import type { Ffmpeg } from './ffmpeg.ts';
import { FilterChain } from './filter-chain.ts';
import { mappingFilters } from './frame-colours.ts';

/** Pixels of one picture, eight bits of each channel. */
export interface RgbPixels {
  readonly width: number;
  readonly height: number;
  /** Bytes from one row to the next. */
  readonly stride: number;
  /** In FFmpeg's memory: valid inside the callback only. */
  readonly bytes: Buffer;
}

/**
 * Turns decoded pictures into RGB, made smaller by a whole factor on the way. Where the frame declares its
 * primaries and transfer, colours are mapped to sRGB (see frame-colours.ts). All pictures given to one converter
 * are of one size and kind.
 */
export class RgbConverter implements Disposable {
  readonly #ffmpeg: Ffmpeg;
  readonly #channels: 3 | 4;
  readonly #scaler: InstanceType<Ffmpeg['SoftwareScaleContext']>;
  #mapping: FilterChain | undefined;

  /** @param channels 4: with alpha, not multiplied in */
  constructor(ffmpeg: Ffmpeg, channels: 3 | 4 = 3) {
    this.#ffmpeg = ffmpeg;
    this.#channels = channels;
    this.#scaler = new ffmpeg.SoftwareScaleContext();
    this.#scaler.allocContext();
    // An area average, so that neighbouring tiles shrink without a visible seam.
    this.#scaler.setOption('sws_flags', 'area+accurate_rnd');
  }

  /** @throws MediaError `damaged` when the picture cannot be converted */
  async convert(frame: Frame, shrink: number, use: (pixels: RgbPixels) => void): Promise<void> {
    const width = Math.max(Math.floor(frame.width / shrink), 1);
    const height = Math.max(Math.floor(frame.height / shrink), 1);
    const filters = mappingFilters(this.#ffmpeg, {
      primaries: frame.colorPrimaries,
      transfer: frame.colorTrc,
    });
    if (filters === undefined) {
      await this.#scale(frame, width, height, use);
      return;
    }
    this.#mapping ??= await FilterChain.open(
      this.#ffmpeg,
      frame,
      `scale=${width}:${height}:flags=area,${filters},format=${this.#channels === 4 ? 'rgba' : 'rgb24'}`,
    );
    await this.#mapping.run(frame, (mapped) => use(pixelsOf(mapped)));
  }

  async #scale(
    frame: Frame,
    width: number,
    height: number,
    use: (pixels: RgbPixels) => void,
  ): Promise<void> {
    const { constants } = this.#ffmpeg;
    using target = new this.#ffmpeg.Frame();
    target.alloc();
    target.format = this.#channels === 4 ? constants.AV_PIX_FMT_RGBA : constants.AV_PIX_FMT_RGB24;
    target.width = width;
    target.height = height;
    target.colorRange = constants.AVCOL_RANGE_JPEG;
    const allocated = target.getBuffer(0);
    const scaled = allocated < 0 ? allocated : await this.#scaler.scaleFrame(target, frame);
    if (scaled < 0) throw new MediaError('damaged', `colour conversion failed (${scaled})`);
    use(pixelsOf(target));
  }

  [Symbol.dispose](): void {
    this.#mapping?.[Symbol.dispose]();
    this.#scaler[Symbol.dispose]();
  }
}

function pixelsOf(frame: Frame): RgbPixels {
  const bytes = frame.data?.[0];
  const stride = frame.linesize[0];
  if (bytes === undefined || stride === undefined) {
    throw new MediaError('damaged', 'colour conversion gave no pixels');
  }
  return { width: frame.width, height: frame.height, stride, bytes };
}
