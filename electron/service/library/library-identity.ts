import { randomUUID } from 'node:crypto';

import { z } from 'zod';

import type { Clock } from '../../../shared/clock.ts';
import { RoostError } from '../../../shared/error-catalogue.ts';

import { isCode, type FileSystem } from './file-system.ts';
import type { LibraryLayout } from './library-layout.ts';
import { writeFileDurably } from './write-file-durably.ts';

const LIBRARY_FORMAT = 1;

const formatSchema = z.object({ roostLibrary: z.number().int() });

const identitySchema = formatSchema.extend({
  libraryId: z.uuid(),
  createdAt: z.number().int(),
});

/** What a library says of itself in `.roost/library.json`. */
export type LibraryIdentity = z.infer<typeof identitySchema>;

/**
 * Gives `undefined` where there is no library.
 * @throws RoostError `library/not-a-library` or `library/identity-damaged`; platform errors pass through.
 */
export async function readIdentity(
  files: FileSystem,
  layout: LibraryLayout,
): Promise<LibraryIdentity | undefined> {
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

/** Makes a new library of a folder whose own folder is there. Errors are the platform's. */
export async function writeIdentity(
  files: FileSystem,
  layout: LibraryLayout,
  clock: Clock,
): Promise<LibraryIdentity> {
  const identity = {
    roostLibrary: LIBRARY_FORMAT,
    libraryId: randomUUID(),
    createdAt: clock.now(),
  };
  await writeFileDurably(files, layout.identityFile, `${JSON.stringify(identity)}\n`);
  return identity;
}
