import { dirname } from 'node:path';

import type { Clock } from '../../../shared/clock.ts';
import { RoostError } from '../../../shared/error-catalogue.ts';

import { DurableFolders } from './durable-folders.ts';
import { isCode, nodeFileSystem, type FileSystem } from './file-system.ts';
import { FolderNames } from './folder-names.ts';
import { Journal } from './journal.ts';
import { KeyedLock } from './keyed-lock.ts';
import { readIdentity, writeIdentity, type LibraryIdentity } from './library-identity.ts';
import { libraryLayout, type LibraryLayout } from './library-layout.ts';
import { LibraryPresence, type LibraryLook } from './library-presence.ts';
import { holdLock } from './hold-lock.ts';
import { mendJournal, type MendedTail } from './mend-journal.ts';
import { PlacementLog, readPlacements } from './placement-log.ts';
import { recoverLibrary, type Recovery } from './recover-library.ts';
import { recoverMoves } from './recover-moves.ts';
import { storageError } from './storage-error.ts';

/** An open library: its one writer. Everything that writes originals goes through it. */
export interface Library extends AsyncDisposable {
  readonly libraryId: string;
  readonly layout: LibraryLayout;
  readonly files: FileSystem;
  readonly journal: Journal;
  readonly placements: PlacementLog;
  readonly folders: DurableFolders;
  readonly names: FolderNames;
  /** Who works on what; see `assetLock`. */
  readonly locks: KeyedLock;
  readonly recovery: Recovery;
  readonly mended: readonly MendedTail[];
  /** Whether this very library is there right now: a cheap look, for every request. Never rejects. */
  isPresent(): Promise<boolean>;
  /** Whether it is as this service left it, or must be let go, and why. Never rejects. */
  look(): Promise<LibraryLook>;
}

export interface OpenLibraryOptions {
  readonly folder: string;
  readonly clock: Clock;
  /**
   * Id this computer knows the folder by: then an empty folder there is a missing drive, not a new library, and
   * another library there is refused.
   */
  readonly knownLibraryId?: string | undefined;
  readonly files?: FileSystem;
}

/**
 * Opens a library folder, making a new library where there is none, and settles what a crash left behind.
 * @throws RoostError `library/missing`, `library/in-use`, `library/other-library`, `library/not-a-library`,
 * `library/identity-damaged`, or a write error.
 */
export async function openLibrary(options: OpenLibraryOptions): Promise<Library> {
  const { folder, clock, knownLibraryId, files = nodeFileSystem } = options;
  const layout = libraryLayout(folder);
  const stack = new AsyncDisposableStack();
  try {
    const found = await readIdentity(files, layout);
    if (found === undefined) {
      if (knownLibraryId !== undefined) throw new RoostError('library/missing');
      await makeFolderWithParents(files, layout.folder);
      await makeFolderWithParents(files, layout.ownFolder);
    }
    // Before the lock: nothing at all is written to a library that is not ours to write to.
    refuseOther(found, knownLibraryId);
    stack.use(holdLock(layout.lockFile, 'library/in-use'));
    // Only with the lock held: two services at once must not both make this library.
    const identity =
      (await readIdentity(files, layout)) ?? (await writeIdentity(files, layout, clock));
    refuseOther(identity, knownLibraryId);
    const own = new DurableFolders(files, layout.ownFolder);
    for (const folder of ['staging', 'journal']) await own.ensure(folder);
    const left = await readPlacements(layout.placementFile);
    const mended = await mendJournal(layout.journalFolder, files, clock.now(), left);
    const journal = await Journal.open(layout.journalFolder, files);
    stack.defer(() => journal.close());
    const recovery = await recoverLibrary(layout, files, journal, left.announced, clock.now());
    const moved = await recoverMoves(layout, files, journal, left.moves, clock.now());
    const placements = new PlacementLog(layout.placementFile, files, () => journal.durableEnd);
    stack.defer(() => placements.close());
    await placements.empty();
    const presence = await LibraryPresence.of({
      files,
      layout,
      libraryId: identity.libraryId,
      logs: [journal, placements],
    });
    return {
      libraryId: identity.libraryId,
      layout,
      files,
      journal,
      placements,
      folders: new DurableFolders(files, layout.folder),
      names: new FolderNames(files),
      locks: new KeyedLock(),
      recovery: { ...recovery, moved },
      mended,
      isPresent: () => presence.isThere(),
      look: () => presence.look(),
      [Symbol.asyncDispose]: () => stack.disposeAsync(),
    };
  } catch (error) {
    await stack.disposeAsync();
    throw storageError(error);
  }
}

function refuseOther(found: LibraryIdentity | undefined, knownLibraryId: string | undefined): void {
  if (!found || knownLibraryId === undefined || found.libraryId === knownLibraryId) return;
  throw new RoostError('library/other-library');
}

async function makeFolderWithParents(files: FileSystem, folder: string): Promise<void> {
  if (await makeFolder(files, folder)) return;
  await makeFolderWithParents(files, dirname(folder));
  // Some places, such as /proc, take no folder although its parent is there.
  if (!(await makeFolder(files, folder))) throw new RoostError('library/write-failed');
}

/** Gives false when the parent is missing. */
async function makeFolder(files: FileSystem, folder: string): Promise<boolean> {
  let isNew = true;
  try {
    await files.mkdir(folder);
  } catch (error) {
    if (isCode(error, 'ENOENT') && dirname(folder) !== folder) return false;
    if (!isCode(error, 'EEXIST')) throw error;
    isNew = false;
  }
  try {
    // Also one that was there: a start that ended before this may have made it.
    await files.syncFolder(dirname(folder));
  } catch (error) {
    // Where others may not even look into the parent, a folder that was there is not of our making.
    if (isNew || !isCode(error, 'EACCES', 'EPERM')) throw error;
  }
  return true;
}
