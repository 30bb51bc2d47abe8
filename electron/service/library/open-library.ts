import { randomUUID } from 'node:crypto';
import { dirname } from 'node:path';

import { z } from 'zod';

import type { Clock } from '../../../shared/clock.ts';
import { RoostError } from '../../../shared/error-catalogue.ts';

import { DurableFolders } from './durable-folders.ts';
import { isCode, nodeFileSystem, type FileSystem } from './file-system.ts';
import { FolderNames } from './folder-names.ts';
import { Journal } from './journal.ts';
import { libraryLayout, type LibraryLayout } from './library-layout.ts';
import { holdLock } from './hold-lock.ts';
import { mendJournal, type MendedTail } from './mend-journal.ts';
import { PlacementLog, readPlacements } from './placement-log.ts';
import { recoverLibrary, type Recovery } from './recover-library.ts';
import { storageError } from './storage-error.ts';
import { writeFileDurably } from './write-file-durably.ts';

const LIBRARY_FORMAT = 1;

const formatSchema = z.object({ roostLibrary: z.number().int() });

const identitySchema = formatSchema.extend({
  libraryId: z.uuid(),
  createdAt: z.number().int(),
});

/** An open library: its one writer. Everything that writes originals goes through it. */
export interface Library extends AsyncDisposable {
  readonly libraryId: string;
  readonly layout: LibraryLayout;
  readonly files: FileSystem;
  readonly journal: Journal;
  readonly placements: PlacementLog;
  readonly folders: DurableFolders;
  readonly names: FolderNames;
  readonly recovery: Recovery;
  readonly mended: readonly MendedTail[];
  /** Whether the library's drive is there right now. */
  isPresent(): Promise<boolean>;
}

export interface OpenLibraryOptions {
  readonly folder: string;
  readonly clock: Clock;
  /** Id this computer knows the folder by: then an empty folder there is a missing drive, not a new library. */
  readonly knownLibraryId?: string | undefined;
  readonly files?: FileSystem;
}

/**
 * Opens a library folder, making a new library where there is none, and settles what a crash left behind.
 * @throws RoostError `library/missing`, `library/in-use`, `library/not-a-library`, `library/identity-damaged`, or
 * a write error.
 */
export async function openLibrary(options: OpenLibraryOptions): Promise<Library> {
  const { folder, clock, knownLibraryId, files = nodeFileSystem } = options;
  const layout = libraryLayout(folder);
  const stack = new AsyncDisposableStack();
  try {
    if ((await readIdentity(files, layout)) === undefined) {
      if (knownLibraryId !== undefined) throw new RoostError('library/missing');
      await makeFolderWithParents(files, layout.folder);
      await makeFolderWithParents(files, layout.ownFolder);
    }
    stack.use(holdLock(layout.lockFile, 'library/in-use'));
    // Only with the lock held: two services at once must not both make this library.
    const identity =
      (await readIdentity(files, layout)) ?? (await writeIdentity(files, layout, clock));
    const own = new DurableFolders(files, layout.ownFolder);
    for (const folder of ['staging', 'journal']) await own.ensure(folder);
    const left = await readPlacements(layout.placementFile);
    const mended = await mendJournal(layout.journalFolder, files, clock.now(), left);
    const journal = await Journal.open(layout.journalFolder, files);
    stack.defer(() => journal.close());
    const recovery = await recoverLibrary(layout, files, journal, left.announced, clock.now());
    const placements = new PlacementLog(layout.placementFile, files, () => journal.durableEnd);
    stack.defer(() => placements.close());
    await placements.empty();
    return {
      libraryId: identity.libraryId,
      layout,
      files,
      journal,
      placements,
      folders: new DurableFolders(files, layout.folder),
      names: new FolderNames(files),
      recovery,
      mended,
      isPresent: () => isPresent(files, layout),
      [Symbol.asyncDispose]: () => stack.disposeAsync(),
    };
  } catch (error) {
    await stack.disposeAsync();
    throw storageError(error);
  }
}

async function isPresent(files: FileSystem, layout: LibraryLayout): Promise<boolean> {
  try {
    await files.stat(layout.identityFile);
    return true;
  } catch {
    return false;
  }
}

async function readIdentity(
  files: FileSystem,
  layout: LibraryLayout,
): Promise<z.infer<typeof identitySchema> | undefined> {
  let text: string;
  try {
    text = Buffer.from(await files.readFile(layout.identityFile)).toString('utf8');
  } catch (error) {
    if (isCode(error, 'ENOENT')) return undefined;
    throw error;
  }
  let told: unknown;
  try {
    told = JSON.parse(text);
  } catch (error) {
    throw new RoostError('library/identity-damaged', undefined, { cause: error });
  }
  // Before anything else of it is read: what a newer Roost wrote beside its format is its own affair.
  const format = formatSchema.safeParse(told).data?.roostLibrary ?? 0;
  if (format > LIBRARY_FORMAT) throw new RoostError('library/not-a-library');
  const identity = identitySchema.safeParse(told);
  if (identity.success) return identity.data;
  throw new RoostError('library/identity-damaged', undefined, { cause: identity.error });
}

async function writeIdentity(
  files: FileSystem,
  layout: LibraryLayout,
  clock: Clock,
): Promise<z.infer<typeof identitySchema>> {
  const identity = {
    roostLibrary: LIBRARY_FORMAT,
    libraryId: randomUUID(),
    createdAt: clock.now(),
  };
  await writeFileDurably(files, layout.identityFile, `${JSON.stringify(identity)}\n`);
  return identity;
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
