import type { Logger } from 'pino';

import type { Clock } from '../../shared/clock.ts';

import type { CatalogWriter } from './catalog/open-catalog.ts';
import { previewStore, tilesOf } from './catalog/preview-rows.ts';
import { PREVIEW_KINDS, type HeaderResult } from './decoder/decoder-protocol.ts';
import { startDecoders } from './decoder/start-decoders.ts';
import type { SeenHeader } from './ingest/settle-resource.ts';
import type { MetadataQueue } from './metadata/metadata-queue.ts';
import { startMetadata } from './metadata/start-metadata.ts';
import { previewAdoption } from './previews/adopt-previews.ts';
import { openPreviewCache, type PreviewCache } from './previews/preview-cache.ts';
import { startPreviewQueue, type PreviewQueue } from './previews/preview-queue.ts';
import type { PreviewStore } from './previews/preview-store.ts';
import { UploadsFirst } from './previews/uploads-first.ts';

/** Reading a header takes milliseconds, also on a busy computer; without it a photo may get the wrong folder. */
const HEADER_TIMEOUT_MS = 10_000;

export interface PicturesParts {
  readonly catalog: CatalogWriter;
  readonly clock: Clock;
  readonly log: Logger;
  /** Path or address of the decoder's program. */
  readonly decoderEntry: URL | string;
  readonly cacheFolder: string;
  /** Any file, for a first look that loads the decoder's code. */
  readonly anyFile: string;
  readonly pathOf: (relativePath: string) => string;
  readonly isLibraryPresent: () => Promise<boolean>;
  readonly reservedFreeByteCount: () => number;
  /** Hears whose tile came, got better or failed, by the SHA-256 of the bytes. */
  readonly onTile: (sha256: string) => void;
  /** Hears whose metadata was read. */
  readonly onDetails: (sha256: string) => void;
  readonly onProgress: () => void;
}

/** Everything that looks into files: headers on the way of a photo, previews and metadata later. */
export interface Pictures {
  readonly previews: PreviewQueue;
  readonly metadata: MetadataQueue;
  readonly cache: PreviewCache;
  readonly store: PreviewStore;
  /** Reads a file's header, with the reason where it cannot; never throws. */
  readonly askHeader: (path: string) => Promise<HeaderResult>;
  readonly readHeader: (path: string) => Promise<SeenHeader | undefined>;
  /** What waited for the library need not wait any longer. */
  libraryOpened(): void;
  /** Hears of everything that happens to an upload: what can wait lets it go first. */
  noteUpload(): void;
  /** Takes away what was made of bytes that are not kept any more. Never throws: what stays is cache. */
  forget(sha256: string): Promise<void>;
  close(): Promise<void>;
}

/** Starts the decoders, and the queues of what they are to do. */
export async function startPictures(parts: PicturesParts): Promise<Pictures> {
  const { catalog, clock, log, pathOf, isLibraryPresent } = parts;
  await using stack = new AsyncDisposableStack();
  const decoders = startDecoders({ entry: parts.decoderEntry, log });
  stack.defer(() => decoders.close());
  const askHeader = (path: string): Promise<HeaderResult> =>
    decoders.headers.readHeader(path, { timeoutMs: HEADER_TIMEOUT_MS });
  const readHeader = async (path: string): Promise<SeenHeader | undefined> => {
    const result = await askHeader(path);
    return result.ok ? result.header : undefined;
  };
  // The first job of a decoder loads its code, which the first photo should not have to wait for.
  void readHeader(parts.anyFile);
  const cache = await openPreviewCache({
    folder: parts.cacheFolder,
    limit: { reservedFreeByteCount: parts.reservedFreeByteCount, log },
  });
  const store = previewStore(catalog, clock, pathOf);
  const previews = startPreviewQueue({
    decoder: decoders.previews,
    laneCount: decoders.previewLanes,
    cache,
    store,
    isLibraryPresent,
    log,
    onChange: ({ sha256, kind }) => {
      if (kind === 'tile') parts.onTile(sha256);
      parts.onProgress();
    },
  });
  stack.defer(() => previews.close());
  const adoption = previewAdoption({
    cache,
    store: { ...store, tilesOf: (prefix) => tilesOf(catalog, prefix) },
    previews,
    log,
  });
  stack.defer(() => adoption.close());
  const metadata = startMetadata({
    catalog,
    pathOf,
    readHeader: askHeader,
    isLibraryPresent,
    onRead: parts.onDetails,
    log,
  });
  stack.defer(() => metadata.close());
  const queues = [previews, metadata];
  const uploadsFirst = stack.use(
    new UploadsFirst({
      pause: () => queues.forEach((queue) => queue.pause()),
      resume: () => queues.forEach((queue) => queue.resume()),
    }),
  );
  const held = stack.move();
  return {
    previews,
    metadata,
    cache,
    store,
    askHeader,
    readHeader,
    libraryOpened: () => {
      adoption.start();
      metadata.resume();
    },
    forget: async (sha256) => {
      for (const kind of PREVIEW_KINDS) await cache.delete(sha256, kind).catch(() => undefined);
    },
    noteUpload: () => uploadsFirst.noteActivity(),
    close: () => held.disposeAsync(),
  };
}
