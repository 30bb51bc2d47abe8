import { nodeFileSystem, type FileSystem } from '../../electron/service/library/file-system.ts';

import { FaultyFileSystem } from './faulty-file-system.ts';

/** A disk without hard links, such as exFAT. */
export class Linkless extends FaultyFileSystem {
  constructor(real: FileSystem = nodeFileSystem) {
    super(undefined, real);
  }

  override link(): Promise<void> {
    return Promise.reject(Object.assign(new Error('made by a test'), { code: 'EPERM' }));
  }
}
