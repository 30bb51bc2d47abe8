import type { FilterContext, FilterGraph, Frame } from 'node-av/lib';

import { MediaError } from '../media-error.ts';
import type { Ffmpeg } from './ffmpeg.ts';

/** FFmpeg filters one after another, for frames of one size and format. */
export class FilterChain implements Disposable {
  readonly #ffmpeg: Ffmpeg;
  readonly #graph: FilterGraph;
  readonly #entry: FilterContext;
  readonly #exit: FilterContext;

  private constructor(
    ffmpeg: Ffmpeg,
    graph: FilterGraph,
    entry: FilterContext,
    exit: FilterContext,
  ) {
    this.#ffmpeg = ffmpeg;
    this.#graph = graph;
    this.#entry = entry;
    this.#exit = exit;
  }

  /**
   * @param like a frame as all will be
   * @param filters in FFmpeg's notation; made of numbers and names only, never of a file's text
   * @throws MediaError `damaged` when the frames do not suit the filters
   */
  static async open(
    ffmpeg: Ffmpeg,
    like: Frame,
    filters: string,
    timeBase = { num: 1, den: 1000 },
  ): Promise<FilterChain> {
    const graph = new ffmpeg.FilterGraph();
    graph.alloc();
    try {
      graph.nbThreads = 1;
      const source = ffmpeg.Filter.getByName('buffer');
      const sink = ffmpeg.Filter.getByName('buffersink');
      const frame = [
        `video_size=${like.width}x${like.height}`,
        `pix_fmt=${like.format}`,
        `time_base=${timeBase.num}/${timeBase.den}`,
        `colorspace=${like.colorSpace}`,
        `range=${like.colorRange}`,
      ].join(':');
      const entry = source && graph.createFilter(source, 'in', frame);
      const exit = sink && graph.createFilter(sink, 'out', null);
      if (entry === null || exit === null) {
        throw new MediaError('damaged', 'frames of this kind cannot be filtered');
      }
      using from = new ffmpeg.FilterInOut();
      from.alloc();
      from.name = 'in';
      from.filterCtx = entry;
      from.padIdx = 0;
      using to = new ffmpeg.FilterInOut();
      to.alloc();
      to.name = 'out';
      to.filterCtx = exit;
      to.padIdx = 0;
      // Seen from the text between them, the entry is an output and the exit an input.
      check(graph.parsePtr(filters, to, from), 'filters');
      check(await graph.config(), 'filters for these frames');
      return new FilterChain(ffmpeg, graph, entry, exit);
    } catch (error) {
      graph.free();
      throw error;
    }
  }

  /** Hands a frame in (`null`: there are no more) and every frame that comes of it to `use`. */
  async run(frame: Frame | null, use: (filtered: Frame) => Promise<void> | void): Promise<void> {
    const { AVERROR_EAGAIN, AVERROR_EOF, AV_BUFFERSRC_FLAG_KEEP_REF } = this.#ffmpeg.constants;
    check(await this.#entry.buffersrcAddFrame(frame, AV_BUFFERSRC_FLAG_KEEP_REF), 'filtering');
    for (;;) {
      using filtered = new this.#ffmpeg.Frame();
      filtered.alloc();
      const got = await this.#exit.buffersinkGetFrame(filtered);
      if (got === AVERROR_EAGAIN || got === AVERROR_EOF) return;
      check(got, 'filtering');
      await use(filtered);
    }
  }

  [Symbol.dispose](): void {
    this.#graph.free();
  }
}

function check(code: number, what: string): void {
  if (code < 0) throw new MediaError('damaged', `${what}: FFmpeg error ${code}`);
}
