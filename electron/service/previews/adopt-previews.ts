import type { PreviewCache } from './preview-cache.ts';
import type { PreviewQueue } from './preview-queue.ts';
import type { PreviewFacts } from './preview-store.ts';

/** The catalog, as far as it is told of the cache. */
export interface AdoptingStore {
  /** Tiles of originals whose hash begins with these two hex digits, that are ready or waiting. */
  tilesOf(
    prefix: string,
  ): readonly { readonly sha256: string; readonly state: 'ready' | 'waiting' }[];
  markReady(sha256: string, kind: 'tile', facts: PreviewFacts): void;
  /** Queues a tile that is gone. */
  enqueue(sha256: string, kind: 'tile', priority: number): void;
}

export interface Adopted {
  /** Tiles that the catalog did not know of, as after a rebuild. */
  readonly adoptedCount: number;
  /** Tiles that the catalog took for ready and that are gone, as after the folder was deleted. */
  readonly missingCount: number;
}

const PREFIXES = Array.from({ length: 256 }, (_, index) => index.toString(16).padStart(2, '0'));
const USUAL_PRIORITY = 0;

/**
 * Brings the catalog and the cache together, in small steps: a tile that is there is not made again, one that is
 * gone is queued. Screens and clips need none of it: they are looked for when somebody wants them.
 */
export async function adoptPreviews(
  cache: Pick<PreviewCache, 'list' | 'facts'>,
  store: AdoptingStore,
  signal: AbortSignal,
): Promise<Adopted> {
  let [adoptedCount, missingCount] = [0, 0];
  for (const prefix of PREFIXES) {
    const rows = store.tilesOf(prefix);
    if (rows.length === 0) continue;
    const cached = await cache.list(prefix, 'tile');
    for (const { sha256, state } of rows) {
      if (signal.aborted) return { adoptedCount, missingCount };
      if (state === 'ready' && !cached.has(sha256)) {
        store.enqueue(sha256, 'tile', USUAL_PRIORITY);
        missingCount += 1;
      }
      if (state !== 'waiting' || !cached.has(sha256)) continue;
      const facts = await cache.facts(sha256, 'tile');
      if (facts === undefined) continue;
      store.markReady(sha256, 'tile', facts);
      adoptedCount += 1;
    }
  }
  return { adoptedCount, missingCount };
}

export interface PreviewAdoption {
  /** Begins, or begins anew, each time the catalog was brought up to its library. Nothing is made meanwhile. */
  start(): void;
  /** Stops within a moment. */
  close(): Promise<void>;
}

export interface PreviewAdoptionOptions {
  readonly cache: Pick<PreviewCache, 'list' | 'facts'>;
  readonly store: AdoptingStore;
  readonly previews: Pick<PreviewQueue, 'pause' | 'resume'>;
  readonly log: {
    info(facts: object, message: string): void;
    warn(facts: object, message: string): void;
  };
}

export function previewAdoption(options: PreviewAdoptionOptions): PreviewAdoption {
  const { cache, store, previews, log } = options;
  const closing = new AbortController();
  let running: Promise<void> = Promise.resolve();

  async function adopt(): Promise<void> {
    if (closing.signal.aborted) return;
    previews.pause();
    try {
      const adopted = await adoptPreviews(cache, store, closing.signal);
      const isNews = adopted.adoptedCount > 0 || adopted.missingCount > 0;
      if (isNews) log.info(adopted, 'previews compared with the catalog');
    } catch (err) {
      log.warn({ err }, 'previews could not be compared with the catalog');
    } finally {
      previews.resume();
    }
  }

  return {
    start() {
      running = running.then(adopt);
    },
    async close() {
      closing.abort();
      await running;
    },
  };
}
