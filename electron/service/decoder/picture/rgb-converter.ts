import type { Frame } from 'node-av/lib';

import { MediaError } from '../media-error.ts';
import type { Ffmpeg } from './ffmpeg.ts';

/** Pixels of one picture, eight bits of red, green and blue each. */
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
 * primaries and transfer, colours are mapped to sRGB (see frame-colours.ts).
 */
export class RgbConverter implements Disposable {
  readonly #ffmpeg: Ffmpeg;
  readonly #scaler: InstanceType<Ffmpeg['SoftwareScaleContext']>;

  constructor(ffmpeg: Ffmpeg) {
    this.#ffmpeg = ffmpeg;
    this.#scaler = new ffmpeg.SoftwareScaleContext();
    this.#scaler.allocContext();
    // An area average, so that neighbouring tiles shrink without a visible seam.
    this.#scaler.setOption('sws_flags', 'area+accurate_rnd');
  }

  /** @throws MediaError `damaged` when the picture cannot be converted */
  async convert(frame: Frame, shrink: number, use: (pixels: RgbPixels) => void): Promise<void> {
    const { constants } = this.#ffmpeg;
    using target = new this.#ffmpeg.Frame();
    target.alloc();
    target.format = constants.AV_PIX_FMT_RGB24;
    target.width = Math.max(Math.floor(frame.width / shrink), 1);
    target.height = Math.max(Math.floor(frame.height / shrink), 1);
    target.colorRange = constants.AVCOL_RANGE_JPEG;
    const allocated = target.getBuffer(0);
    const scaled = allocated < 0 ? allocated : await this.#scaler.scaleFrame(target, frame);
    const bytes = target.data?.[0];
    const stride = target.linesize[0];
    if (scaled < 0 || bytes === undefined || stride === undefined) {
      throw new MediaError('damaged', `colour conversion failed (${scaled})`);
    }
    use({ width: target.width, height: target.height, stride, bytes });
  }

  [Symbol.dispose](): void {
    this.#scaler[Symbol.dispose]();
  }
}
