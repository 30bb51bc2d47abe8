import { RoostError } from '../../../shared/error-catalogue.ts';
import { isInTrash, type Receipt } from '../../../shared/receipt.ts';
import type { CatalogReader } from '../catalog/open-catalog.ts';
import { isKnownBad } from '../catalog/reading-rows.ts';
import {
  movedOn,
  receiptById,
  receiptsByHash,
  receiptsSentAs,
} from '../catalog/receipt-queries.ts';
import { ownReceiptsBySha1 } from '../catalog/sha1-rows.ts';
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
    const intact = await intactReceipt(library, catalog, receipt, onReread);
    if (intact) return { result: 'repeated', receipt: intact };
  }
  const known = receiptsByHash(catalog, sha256);
  // What lies in the trash is brought back only where nothing else has these bytes.
  for (const receipt of known.toSorted((a, b) => trashRank(a) - trashRank(b))) {
    const intact = await intactReceipt(library, catalog, receipt, onReread);
    if (intact) return { result: 'duplicate', receipt: intact };
  }
  return undefined;
}

function trashRank({ path }: Receipt): number {
  return isInTrash(path) ? 1 : 0;
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
    /** Where the hash does not say it, the file must have been sent under this name too. */
    readonly fileName?: string | undefined;
  },
): Promise<Receipt | undefined> {
  const { sha256, byteCount, modifiedAt, fileName } = announced;
  let same;
  if (sha256 !== undefined) same = { sha256 };
  else if (byteCount !== undefined && modifiedAt !== undefined) {
    same = { byteCount, modifiedAt, fileName };
  } else return undefined;
  for (const receipt of receiptsSentAs(catalog, announced, same)) {
    // What the scrub found damaged is to be sent again, though it may be as long as it was.
    if (isKnownBad(catalog, receipt.receiptId)) continue;
    const standing = await standingReceipt(library, catalog, receipt);
    if (standing) return standing;
  }
  return undefined;
}

/**
 * Looks whether a device sent bytes with this SHA-1, under whatever name, and whether their file stands.
 * @throws RoostError `library/missing`: then nothing true can be said of files that were not found.
 */
export async function recogniseSha1(
  library: Library,
  catalog: CatalogReader,
  deviceId: string,
  sha1: string,
): Promise<Receipt | undefined> {
  const receipts = ownReceiptsBySha1(catalog, deviceId, sha1).filter(
    ({ receiptId }) => !isKnownBad(catalog, receiptId),
  );
  for (const receipt of receipts) {
    const standing = await standingReceipt(library, catalog, receipt);
    if (standing) return standing;
  }
  if (receipts.length > 0 && !(await library.isPresent())) throw new RoostError('library/missing');
  return undefined;
}

/**
 * A cheap look, not a proof: the file is there and has its length. Re-reading is the scrub's work. Gives the receipt
 * with the path where that is so.
 */
export async function standingReceipt(
  library: Library,
  catalog: CatalogReader,
  receipt: Receipt,
): Promise<Receipt | undefined> {
  for (let now: Receipt | undefined = receipt; now; now = movedOn(catalog, now)) {
    try {
      const facts = await library.files.stat(absolutePath(library.layout, now.path));
      const isThere = facts.isFile() && facts.size === now.byteCount;
      // It may have been given up while the disk was asked.
      if (isThere && receiptById(catalog, now.receiptId)) return now;
    } catch {
      // Not there, or not any more.
    }
  }
  return undefined;
}

/** The proof: what stands there has the bytes of the receipt. */
async function intactReceipt(
  library: Library,
  catalog: CatalogReader,
  receipt: Receipt,
  onReread: OnReread,
): Promise<Receipt | undefined> {
  for (let now = receipt; ;) {
    const path = absolutePath(library.layout, now.path);
    const finding = await checkOriginal(path, now, { files: library.files });
    const moved = finding.kind === 'good' ? undefined : movedOn(catalog, now);
    if (!moved) onReread(now, finding);
    if (finding.kind === 'good') return now;
    if (!moved) return undefined;
    now = moved;
  }
}
