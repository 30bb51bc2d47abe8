import type { Receipt } from '../../../shared/receipt.ts';
import type { CatalogReader } from '../catalog/open-catalog.ts';
import { isKnownBad } from '../catalog/reading-rows.ts';
import { receiptsByHash, receiptsSentAs } from '../catalog/receipt-queries.ts';
import { checkOriginal, type Finding } from '../library/check-original.ts';
import type { Library } from '../library/open-library.ts';
import { absolutePath } from '../library/library-layout.ts';

import type { ResourceAnnouncement } from './incoming-resource.ts';

/** Bytes that are here: `repeated` under this very name of the device, `duplicate` under another. */
export interface Recognised {
  readonly result: 'repeated' | 'duplicate';
  readonly receipt: Receipt;
}

/** Hears what reading the file of a receipt again found; it is the same news as the scrub's. */
export type OnReread = (receipt: Receipt, finding: Finding) => void;

type Named = Pick<ResourceAnnouncement, 'deviceId' | 'assetKey' | 'resourceType'>;

/**
 * Looks whether bytes that arrived in full are here. A receipt counts only when its file, read again, has them:
 * the good bytes that just arrived are thrown away for it. What a failing disk left unsettled may be just these
 * bytes, so that is settled before.
 */
export async function recogniseHash(
  library: Library,
  catalog: CatalogReader,
  named: Named,
  sha256: string,
  onReread: OnReread = () => undefined,
): Promise<Recognised | undefined> {
  await library.placements.settleLeft();
  for (const receipt of receiptsSentAs(catalog, named, { sha256 })) {
    if (await isIntact(library, receipt, onReread)) return { result: 'repeated', receipt };
  }
  for (const receipt of receiptsByHash(catalog, sha256)) {
    if (await isIntact(library, receipt, onReread)) return { result: 'duplicate', receipt };
  }
  return undefined;
}

/**
 * Looks, before the body is read, whether the device sent this very resource before: only where the hash, or
 * length and modification time, say that it is the same.
 */
export async function recogniseRepeat(
  library: Library,
  catalog: CatalogReader,
  announced: Named & {
    readonly sha256?: string | undefined;
    readonly byteCount?: number | undefined;
    readonly modifiedAt?: number | undefined;
  },
): Promise<Receipt | undefined> {
  const { sha256, byteCount, modifiedAt } = announced;
  let same;
  if (sha256 !== undefined) same = { sha256 };
  else if (byteCount !== undefined && modifiedAt !== undefined) same = { byteCount, modifiedAt };
  else return undefined;
  for (const receipt of receiptsSentAs(catalog, announced, same)) {
    // What the scrub found damaged is to be sent again, though it may be as long as it was.
    if (!isKnownBad(catalog, receipt.receiptId) && (await isStanding(library, receipt))) {
      return receipt;
    }
  }
  return undefined;
}

/** A cheap look, not a proof: the file is there and has its length. Re-reading is the scrub's work. */
export async function isStanding(library: Library, receipt: Receipt): Promise<boolean> {
  try {
    const facts = await library.files.stat(absolutePath(library.layout, receipt.path));
    return facts.isFile() && facts.size === receipt.byteCount;
  } catch {
    return false;
  }
}

/** The proof: what stands there has the bytes of the receipt. */
async function isIntact(library: Library, receipt: Receipt, onReread: OnReread): Promise<boolean> {
  const path = absolutePath(library.layout, receipt.path);
  const finding = await checkOriginal(path, receipt, { files: library.files });
  onReread(receipt, finding);
  return finding.kind === 'good';
}
