import { randomUUID } from 'node:crypto';
import { join } from 'node:path';

import { instantOf, type CaptureTime } from '../../../shared/capture-time.ts';
import type { Receipt } from '../../../shared/receipt.ts';
import type { OriginalPlace } from '../assets/original-place.ts';
import { relativePath } from '../library/library-layout.ts';
import type { Library } from '../library/open-library.ts';
import { ensureFolder, placeFile, removeFile } from '../library/place-file.ts';
import { storageError } from '../library/storage-error.ts';

import type { StagedBytes, StagedFile } from './staged-file.ts';

/** A receipt before its place and time are known. */
export type ReceiptDraft = Omit<
  Receipt,
  'receiptId' | 'path' | 'storedAt' | 'byteCount' | 'sha256'
>;

/**
 * Puts a staged file at its final name and has it recorded; when this resolves the resource is stored.
 * When it throws, nothing of it is left in the library.
 * @throws RoostError of the library.
 */
export async function placeResource(
  library: Library,
  staged: StagedFile,
  bytes: StagedBytes,
  draft: ReceiptDraft,
  place: OriginalPlace,
  record: (receipt: Receipt) => Promise<Receipt>,
): Promise<Receipt> {
  const { files, names, placements, layout } = library;
  try {
    const folder = await ensureFolder(files, layout.folder, place.folder);
    for (;;) {
      const name = await names.reserve(folder, place.name);
      const path = join(folder, name);
      const receipt: Receipt = {
        ...draft,
        receiptId: randomUUID(),
        path: relativePath(place.folder, name),
        byteCount: bytes.byteCount,
        sha256: bytes.sha256,
        storedAt: draft.startedAt,
      };
      try {
        // [Note: Why placements are announced] (placement-log.ts): both syncs run side by side.
        await Promise.all([
          placements.announce(receipt),
          staged.seal(bytes.byteCount, fileTime(draft.captureTime)),
        ]);
        await staged.close();
        if ((await placeFile(files, staged.path, path)) === 'taken') {
          names.forget(folder);
          continue;
        }
        try {
          await files.syncFolder(folder);
          return await record(receipt);
        } catch (error) {
          await removeFile(files, path).catch(() => undefined);
          throw error;
        }
      } catch (error) {
        await names.release(folder, name);
        throw error;
      } finally {
        placements.settle();
      }
    }
  } catch (error) {
    throw storageError(error);
  }
}

/** File times are set to the capture time; before 1970 some file systems wrap around, so 1970 it is. */
function fileTime(captureTime: CaptureTime): Date {
  return new Date(Math.max(0, instantOf(captureTime)));
}
