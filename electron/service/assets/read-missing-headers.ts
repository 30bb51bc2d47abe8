import { bytesWithoutHeader, recordHeader } from '../catalog/media-rows.ts';
import type { CatalogWriter } from '../catalog/open-catalog.ts';
import type { SeenHeader } from '../ingest/ingest.ts';

const BATCH = 50;

/**
 * Reads the headers that the catalog does not know, one file at a time, until there are none or `signal` says
 * stop. Uploads bring theirs along; this is for a catalog made anew from the library.
 */
export async function readMissingHeaders(
  catalog: CatalogWriter,
  pathOf: (relativePath: string) => string,
  readHeader: (path: string) => Promise<SeenHeader | undefined>,
  onRead: (sha256: string) => void,
  signal: AbortSignal,
): Promise<void> {
  for (;;) {
    const batch = bytesWithoutHeader(catalog, BATCH);
    for (const { sha256, path } of batch) {
      if (signal.aborted) return;
      const header = await readHeader(pathOf(path));
      // A look of its own: while the decoder read, the service may have begun to close.
      if (isAborted(signal)) return;
      recordHeader(catalog, sha256, header ?? UNREADABLE);
      onRead(sha256);
    }
    if (batch.length < BATCH) return;
  }
}

/** Keeps one unreadable file from being asked for again and again. */
const UNREADABLE: SeenHeader = { mediaType: 'application/octet-stream', kind: 'file' };

function isAborted(signal: AbortSignal): boolean {
  return signal.aborted;
}
