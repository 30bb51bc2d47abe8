import { RoostError } from '../../../shared/error-catalogue.ts';

import { isCode } from './file-system.ts';

/** Translates a platform error of the library's disk, once, into the catalogue. */
export function storageError(error: unknown): RoostError {
  if (error instanceof RoostError) return error;
  if (isCode(error, 'ENOSPC', 'EDQUOT', 'EFBIG')) {
    return new RoostError('library/disk-full', undefined, { cause: error });
  }
  if (isCode(error, 'ENOENT', 'ENODEV', 'ENXIO', 'ESTALE', 'ENOTCONN', 'EHOSTDOWN')) {
    return new RoostError('library/missing', undefined, { cause: error });
  }
  return new RoostError('library/write-failed', undefined, { cause: error });
}
