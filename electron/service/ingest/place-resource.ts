import { randomUUID } from 'node:crypto';
import { join } from 'node:path';

import { instantOf, type CaptureTime } from '../../../shared/capture-time.ts';
import { RoostError } from '../../../shared/error-catalogue.ts';
import type { Receipt } from '../../../shared/receipt.ts';
import type { OriginalPlace } from '../assets/original-place.ts';
import { isCode, type FileSystem } from '../library/file-system.ts';
import { relativePath } from '../library/library-layout.ts';
import type { Library } from '../library/open-library.ts';
import { placeFile, removeFile } from '../library/place-file.ts';
import { standsThere } from '../library/recover-library.ts';
import { mayStandInJournal, storageError } from '../library/storage-error.ts';

import type { StagedBytes, StagedFile } from './staged-file.ts';

/** A receipt before its place and time are known. */
export type ReceiptDraft = Omit<
  Receipt,
  'receiptId' | 'path' | 'storedAt' | 'byteCount' | 'sha256'
>;

export interface PlaceParts {
  /** Whether a path below the library is free for these bytes as far as the receipts say. */
  readonly mayUsePath: (path: string) => boolean;
  /** Whether nothing of its asset is here yet, whose stem it would take. */
  readonly isNewStem: boolean;
  /** Makes the receipt durable. */
  readonly record: (receipt: Receipt) => Promise<Receipt>;
  /** Hears of a receipt that became durable only after `placeResource` had thrown. */
  readonly onRecordedLate: (receipt: Receipt) => void;
}

/** A name that is refused this often is no accident any more. */
const MAX_ATTEMPTS = 100;

/**
 * Puts a staged file at its final name and has it recorded; when this resolves the resource is stored. When it
 * throws, nothing of it is left in the library, unless the disk refuses even to undo it: then it is recorded once
 * the disk works again, or at the next start.
 * @throws RoostError of the library.
 */
export async function placeResource(
  library: Library,
  staged: StagedFile,
  bytes: StagedBytes,
  draft: ReceiptDraft,
  place: OriginalPlace,
  parts: PlaceParts,
): Promise<Receipt> {
  const { names, folders } = library;
  const receiptId = randomUUID();
  const refused = new Set<string>();
  using _held = folders.hold(place.folder);
  try {
    const folder = await folders.ensure(place.folder);
    while (refused.size < MAX_ATTEMPTS) {
      const mayUse = (name: string): boolean =>
        !refused.has(name) && parts.mayUsePath(relativePath(place.folder, name));
      const name = await names.reserve(folder, place.name, mayUse, {
        owner: draft.assetId,
        isNewStem: parts.isNewStem,
      });
      const receipt: Receipt = {
        ...draft,
        receiptId,
        path: relativePath(place.folder, name),
        byteCount: bytes.byteCount,
        sha256: bytes.sha256,
        storedAt: draft.startedAt,
      };
      const stored = await placeAs(library, staged, folder, name, receipt, parts);
      if (stored) return stored;
      // Something else stands there that our list of the folder does not show, or not under this name.
      refused.add(name);
      names.forget(folder);
    }
    throw new RoostError('library/write-failed', 'The folder refuses every name for the file.');
  } catch (error) {
    throw storageError(error);
  }
}

/** Gives `undefined` when the reserved name is taken by something else. */
async function placeAs(
  library: Library,
  staged: StagedFile,
  folder: string,
  name: string,
  receipt: Receipt,
  { record, onRecordedLate }: PlaceParts,
): Promise<Receipt | undefined> {
  const { files, folders, names, placements } = library;
  const path = join(folder, name);
  let end: 'stored' | 'undone' | 'unsettled' = 'undone';
  try {
    // [Note: Why placements are announced] (placement-log.ts): both syncs run side by side. Both are waited
    // for, so that a failure of one leaves nothing of the other under way.
    const both = await Promise.allSettled([
      placements.announce(receipt),
      staged.seal(receipt.byteCount, fileTime(receipt.captureTime)),
    ]);
    for (const each of both) if (each.status === 'rejected') throw each.reason;
    end = 'unsettled';
    try {
      if ((await placeFile(files, staged.path, path)) === 'taken') {
        end = 'undone';
        return undefined;
      }
    } catch (error) {
      if (await isUnplaced(files, staged.path, path)) end = 'undone';
      throw error;
    }
    try {
      await folders.sync(folder);
      const stored = await record(receipt);
      end = 'stored';
      return stored;
    } catch (error) {
      if (!mayStandInJournal(error) && (await takeBack(files, folder, path))) end = 'undone';
      throw error;
    }
  } finally {
    if (end === 'stored') names.placed(folder, name);
    else if (end === 'undone') names.release(folder, name);
    if (end !== 'unsettled') placements.settle();
    else {
      placements.keep(async () => {
        // As the next start would do it; see recover-library.ts.
        await files.syncFolder(folder);
        if (await standsThere(library.layout, files, receipt))
          onRecordedLate(await record(receipt));
        names.forget(folder);
        names.release(folder, name);
      });
    }
  }
}

/** Whether a failed placement is known to have done nothing: a drive that is gone shows no files either. */
async function isUnplaced(files: FileSystem, staged: string, final: string): Promise<boolean> {
  try {
    await files.stat(staged);
  } catch {
    return false;
  }
  return files.stat(final).then(
    () => false,
    (error: unknown) => isCode(error, 'ENOENT'),
  );
}

/** Removes a file that was placed and could not be recorded; says whether it is gone for good. */
async function takeBack(files: FileSystem, folder: string, path: string): Promise<boolean> {
  try {
    await removeFile(files, path);
    await files.syncFolder(folder);
    return true;
  } catch {
    return false;
  }
}

/** File times are set to the capture time; before 1970 some file systems wrap around, so 1970 it is. */
function fileTime(captureTime: CaptureTime): Date {
  return new Date(Math.max(0, instantOf(captureTime)));
}
