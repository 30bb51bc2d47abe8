import { z } from 'zod';

import { RoostError } from '../../../shared/error-catalogue.ts';
import { PREVIEW_REASONS, type PreviewReason } from '../../../shared/preview-reasons.ts';
import type { CatalogReader } from '../catalog/open-catalog.ts';
import {
  previewFailureCounts,
  previewFailures,
  type FailurePosition,
} from '../catalog/preview-failures.ts';
import { receiptsOfAsset } from '../catalog/receipt-queries.ts';
import { assetOfPart } from '../catalog/regroup.ts';
import { PREVIEW_KINDS } from '../decoder/decoder-protocol.ts';
import type { PreviewQueue } from '../previews/preview-queue.ts';
import type { PreviewStore } from '../previews/preview-store.ts';

import type { WindowHandlers } from './contract-routes.ts';

/** What has no picture by its nature did not fail. */
const FAULTS = (Object.keys(PREVIEW_REASONS) as PreviewReason[]).filter(
  (reason) => PREVIEW_REASONS[reason].state === 'failed',
);
/** As many are asked to be tried again at once; the rest follows when these are through. */
const MAX_RETRIED = 10_000;

export interface PreviewHandlerParts {
  readonly catalog: CatalogReader;
  readonly previews: Pick<PreviewQueue, 'enqueue'>;
  readonly previewStore: Pick<PreviewStore, 'find'>;
}

type PreviewCalls = 'previews.retry' | 'previews.failures' | 'previews.retryAll';

/** Previews that could not be made: which, and trying again. */
export function previewHandlers(parts: PreviewHandlerParts): Pick<WindowHandlers, PreviewCalls> {
  const { catalog, previews, previewStore } = parts;
  return {
    'previews.retry': ({ assetId }) => {
      const receipts = receiptsOfAsset(catalog, assetOfPart(catalog, assetId));
      if (receipts.length === 0) {
        throw new RoostError('request/not-found', 'There is no such photo.');
      }
      for (const { sha256 } of receipts) {
        for (const kind of PREVIEW_KINDS) {
          if (previewStore.find(sha256, kind)?.state === 'failed') previews.enqueue(sha256, kind);
        }
      }
      return {};
    },

    'previews.failures': ({ before, limit }) => {
      const after = before === undefined ? undefined : positionOf(before);
      const page = previewFailures(catalog, { limit, reasons: FAULTS, ...(after && { after }) });
      const counts = previewFailureCounts(catalog).filter(({ reason }) => FAULTS.includes(reason));
      return {
        failures: page.failures.map(({ assetId, receiptId, path, reason, attempts }) => ({
          assetId,
          receiptId,
          fileName: path.slice(path.lastIndexOf('/') + 1),
          reason,
          attempts,
        })),
        counts: Object.fromEntries(counts.map(({ reason, count }) => [reason, count])),
        ...(page.next && { nextCursor: cursorOf(page.next) }),
      };
    },

    'previews.retryAll': () => {
      const { failures } = previewFailures(catalog, { limit: MAX_RETRIED, reasons: FAULTS });
      for (const { sha256, kind } of failures) previews.enqueue(sha256, kind);
      return {};
    },
  };
}

const cursorSchema = z.tuple([
  z.coerce.number().int(),
  z.string().regex(/^[0-9a-f]{64}$/),
  z.enum(PREVIEW_KINDS),
]);

function cursorOf({ failedAt, sha256, kind }: FailurePosition): string {
  return `${failedAt}.${sha256}.${kind}`;
}

/** @throws RoostError `request/invalid` for text that was never a cursor. */
function positionOf(cursor: string): FailurePosition {
  const parsed = cursorSchema.safeParse(cursor.split('.'));
  if (!parsed.success) throw new RoostError('request/invalid', 'The cursor makes no sense.');
  const [failedAt, sha256, kind] = parsed.data;
  return { failedAt, sha256, kind };
}
