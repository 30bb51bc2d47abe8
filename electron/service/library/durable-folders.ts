import { join } from 'node:path';

import { isCode, type FileSystem } from './file-system.ts';

/** How many folders are remembered; one that is forgotten costs one more sync. */
const MAX_REMEMBERED = 256;

/** Makes folders whose entries are durable, also where several uploads want a new one at once. */
export class DurableFolders {
  readonly #files: FileSystem;
  readonly #root: string;
  /** By absolute path: done when the parent's entry of that folder is durable. */
  readonly #durable = new Map<string, Promise<void>>();

  constructor(files: FileSystem, root: string) {
    this.#files = files;
    this.#root = root;
  }

  /**
   * Makes a folder below the root with all its parents, and gives its absolute path. When this resolves every
   * entry on the way is durable: one that was there already may have been made a moment ago by an upload that
   * has not synced it yet, or by a service that ended before it could.
   */
  async ensure(relative: string): Promise<string> {
    let folder = this.#root;
    for (const part of relative.split('/')) {
      const parent = folder;
      folder = join(parent, part);
      const isNew = await this.#make(folder);
      await this.#syncOnce(parent, folder, isNew);
    }
    return folder;
  }

  async #make(folder: string): Promise<boolean> {
    try {
      await this.#files.mkdir(folder);
      return true;
    } catch (error) {
      if (isCode(error, 'EEXIST')) return false;
      throw error;
    }
  }

  #syncOnce(parent: string, folder: string, isNew: boolean): Promise<void> {
    const known = this.#durable.get(folder);
    if (known && !isNew) return known;
    const syncing = this.#files.syncFolder(parent);
    this.#durable.set(folder, syncing);
    syncing.catch(() => {
      if (this.#durable.get(folder) === syncing) this.#durable.delete(folder);
    });
    const oldest = this.#durable.keys().next();
    if (this.#durable.size > MAX_REMEMBERED && !oldest.done) this.#durable.delete(oldest.value);
    return syncing;
  }
}
