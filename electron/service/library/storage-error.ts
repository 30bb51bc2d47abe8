import { RoostError } from '../../../shared/error-catalogue.ts';

import { isCode } from './file-system.ts';
import { NotAsLeftError, UncutLineError } from './line-log.ts';

/** Passes by itself: the library is opened anew, with what the other computer wrote. */
const CHANGED_ELSEWHERE = 'Another computer has written to the library meanwhile.';

/** Translates a platform error of the library's disk, once, into the catalogue. */
export function storageError(error: unknown): RoostError {
  if (error instanceof RoostError) return error;
  if (error instanceof UncutLineError) {
    return new RoostError(storageError(error.cause).code, undefined, { cause: error });
  }
  if (error instanceof NotAsLeftError) {
    return new RoostError('library/missing', CHANGED_ELSEWHERE, { cause: error });
  }
  if (isCode(error, 'ENOSPC', 'EDQUOT', 'EFBIG', 'SQLITE_FULL')) {
    return new RoostError('library/disk-full', undefined, { cause: error });
  }
  if (isCode(error, 'ENOENT', 'ENODEV', 'ENXIO', 'ESTALE', 'ENOTCONN', 'EHOSTDOWN')) {
    return new RoostError('library/missing', undefined, { cause: error });
  }
  // Without a code it is no error of the platform but a mistake of ours: no disk has to be looked at for it.
  const isPlatform = error instanceof Error && 'code' in error;
  return new RoostError(isPlatform ? 'library/write-failed' : 'service/failed', undefined, {
    cause: error,
  });
}

/** Whether a translated error leaves open if a journal line was written; see UncutLineError. */
export function mayStandInJournal(error: unknown): boolean {
  return error instanceof RoostError && error.cause instanceof UncutLineError;
}
