import { setTimeout } from 'node:timers/promises';

import { previewReasonFacts } from '../../../shared/preview-reasons.ts';
import { missingHeaders, recordHeader, type MissingHeaders } from '../catalog/media-rows.ts';
import type { CatalogWriter } from '../catalog/open-catalog.ts';
import type { HeaderResult } from '../decoder/decoder-protocol.ts';
import type { SeenHeader } from '../ingest/settle-resource.ts';

/** Receipts that are looked at in one turn: a million of them would take seconds at once. */
const AT_ONCE = 500;
/** So many that could not be asked about say that the drive is gone, rather than files of it. */
const MAX_SKIPPED_COUNT = 1000;

/** Between two turns: the first minute after a start belongs to who opens the window. */
const REST_MS = 20;

/**
 * Reads the headers that the catalog does not know, one file at a time, until there are none or `signal` says
 * stop. Uploads bring theirs along; this is for a catalog made anew from the library. What could not be read for
 * a reason that may pass, as when the drive is gone, is left for the next start.
 */
export async function readMissingHeaders(
  catalog: CatalogWriter,
  pathOf: (relativePath: string) => string,
  readHeader: (path: string) => Promise<HeaderResult>,
  onRead: (sha256: string) => void,
  signal: AbortSignal,
): Promise<void> {
  let skippedCount = 0;
  for (let before: number | undefined = Number.MAX_SAFE_INTEGER; before !== undefined;) {
    const looked: MissingHeaders = missingHeaders(catalog, AT_ONCE, before);
    before = looked.before;
    const seen = new Set<string>();
    for (const { sha256, path } of looked.missing) {
      if (seen.has(sha256)) continue;
      seen.add(sha256);
      if (signal.aborted) return;
      const result = await readHeader(pathOf(path));
      // A look of its own: while the decoder read, the service may have begun to close.
      if (isAborted(signal)) return;
      if (!result.ok && previewReasonFacts(result.reason).mayRetry) {
        skippedCount += 1;
        if (result.reason === 'decoder-unavailable' || skippedCount > MAX_SKIPPED_COUNT) return;
        continue;
      }
      recordHeader(catalog, sha256, result.ok ? result.header : UNREADABLE);
      onRead(sha256);
    }
    await setTimeout(REST_MS);
    if (isAborted(signal)) return;
  }
}

/** Keeps one unreadable file from being asked for again and again. */
const UNREADABLE: SeenHeader = { mediaType: 'application/octet-stream', kind: 'file' };

function isAborted(signal: AbortSignal): boolean {
  return signal.aborted;
}
