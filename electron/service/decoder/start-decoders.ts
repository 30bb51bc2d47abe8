import {
  type DecoderProcess,
  type DecoderProcessOptions,
  startDecoderProcess,
} from './decoder-process.ts';

/** The decoder processes of the service. */
export interface Decoders {
  /** Reads headers on the way of an upload; never waits behind a picture. */
  readonly headers: Pick<DecoderProcess, 'readHeader'>;
  /** Makes previews, below the priority of everything else. */
  readonly previews: Pick<DecoderProcess, 'makePreview'>;
  close(): Promise<void>;
}

/** Reading headers loads no media library; more than this is a file's doing. */
const HEADERS_MAX_MEMORY_BYTE_COUNT = 384 * 1024 * 1024;

/** Makes both lanes; each process starts at its first job. */
export function startDecoders(
  options: Pick<DecoderProcessOptions, 'entry' | 'nodePath' | 'log' | 'onRestart'>,
): Decoders {
  const headers = startDecoderProcess({
    ...options,
    maxMemoryByteCount: HEADERS_MAX_MEMORY_BYTE_COUNT,
  });
  const previews = startDecoderProcess({ ...options, isBackground: true });
  return {
    headers,
    previews,
    async close() {
      await Promise.all([headers.close(), previews.close()]);
    },
  };
}
