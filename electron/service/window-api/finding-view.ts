import type { FindingView } from '../../../shared/scrub-view.ts';
import type { FoundDamage } from '../catalog/finding-queries.ts';
import type { Scrub } from '../scrub/scrub.ts';

/** A damaged or missing original as the window shows it. */
export function findingView(
  found: FoundDamage,
  scrub: Pick<Scrub, 'isChecking'>,
  pathOf: (relativePath: string) => string,
): FindingView {
  const { receipt, finding, replacedBy } = found;
  return {
    receiptId: receipt.receiptId,
    assetId: receipt.assetId,
    fileName: receipt.path.slice(receipt.path.lastIndexOf('/') + 1),
    absolutePath: pathOf(receipt.path),
    deviceId: receipt.deviceId,
    deviceName: found.deviceName,
    resourceType: receipt.resourceType,
    byteCount: receipt.byteCount,
    sha256: receipt.sha256,
    kind: finding.kind,
    ...(finding.kind === 'wrong-length' && { foundByteCount: finding.byteCount }),
    ...(finding.kind === 'unreadable' && { readError: finding.code }),
    foundAt: found.foundAt,
    readAt: found.readAt,
    isChecking: scrub.isChecking(receipt.receiptId),
    ...(replacedBy && { replacedByPath: pathOf(replacedBy.path) }),
  };
}
