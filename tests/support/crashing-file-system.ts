import type { LibraryFile } from '../../electron/service/library/file-system.ts';

import { FaultyFileSystem } from './faulty-file-system.ts';

/**
 * The real file system until one operation, then nothing any more, like a process that is killed: what was done
 * stays, what was asked for later never happens.
 */
export class CrashingFileSystem extends FaultyFileSystem {
  readonly #open = new Set<LibraryFile>();
  #isAbandoned = false;

  get hasCrashed(): boolean {
    return this.fault !== undefined && this.operations.length >= this.fault.at;
  }

  /** Closes what a killed process would leave to the operating system. */
  async abandon(): Promise<void> {
    this.#isAbandoned = true;
    for (const file of this.#open) await file.close().catch(() => undefined);
    this.#open.clear();
  }

  protected override async act<Result>(
    operation: Parameters<FaultyFileSystem['act']>[0],
    work: () => Promise<Result>,
  ): Promise<Result> {
    if (this.hasCrashed) throw Object.assign(new Error('the process is gone'), { code: 'EKILLED' });
    return super.act(operation, work);
  }

  protected override wrap(file: LibraryFile, path: string): LibraryFile {
    if (this.#isAbandoned) void file.close();
    else this.#open.add(file);
    const wrapped = super.wrap(file, path);
    return {
      ...wrapped,
      close: async () => {
        this.#open.delete(file);
        await wrapped.close().finally(() => file.close());
      },
    };
  }
}
