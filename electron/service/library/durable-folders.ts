import { dirname, join, sep } from 'node:path';

import { isCode, type FileSystem } from './file-system.ts';

/** How many folders are remembered; one that is forgotten costs one more sync. */
const MAX_REMEMBERED = 256;

/**
 * Makes folders and entries in them durable, also where several uploads want a new folder, or an entry in the same
 * one, at once.
 */
export class DurableFolders {
  readonly #files: FileSystem;
  readonly #root: string;
  /** By absolute path: done when the parent's entry of that folder is durable. */
  readonly #durable = new Map<string, Promise<void>>();
  /** By absolute path: the sync under way, and the one that follows it for who came too late for it. */
  readonly #syncs = new Map<string, { readonly running: Promise<void>; next?: Promise<void> }>();

  /** By absolute path: how many want to put something there. */
  readonly #held = new Map<string, number>();
  /** By absolute path: folders that are being removed. */
  readonly #removing = new Map<string, Promise<boolean>>();

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
    for (const folder of this.#wayTo(relative)) await this.#removing.get(folder);
    const known = join(this.#root, ...relative.split('/'));
    if (await this.#isStillThere(known)) return known;
    let folder = this.#root;
    for (const part of relative.split('/')) {
      const parent = folder;
      folder = join(parent, part);
      const isNew = await this.#make(folder);
      await this.#syncOnce(parent, folder, isNew);
    }
    return folder;
  }

  /** Keeps a folder below the root, with all above it, from being removed for being empty. Before `ensure`. */
  hold(relative: string): Disposable {
    const way = this.#wayTo(relative);
    for (const folder of way) this.#held.set(folder, (this.#held.get(folder) ?? 0) + 1);
    return {
      [Symbol.dispose]: () => {
        for (const folder of way) {
          const count = (this.#held.get(folder) ?? 1) - 1;
          if (count > 0) this.#held.set(folder, count);
          else this.#held.delete(folder);
        }
      },
    };
  }

  /**
   * Removes a folder below the root when nothing is in it and nobody holds it; says whether it is gone. Other
   * platform errors than those of a folder that is in use pass through.
   */
  removeIfEmpty(relative: string): Promise<boolean> {
    const folder = this.#wayTo(relative).at(-1) ?? this.#root;
    if (folder === this.#root || this.#held.has(folder)) return Promise.resolve(false);
    const removing = this.#remove(folder).finally(() => this.#removing.delete(folder));
    removing.catch(() => undefined);
    this.#removing.set(
      folder,
      removing.catch(() => false),
    );
    return removing;
  }

  async #remove(folder: string): Promise<boolean> {
    // Whatever becomes of it, it is made and synced anew by the next who wants it.
    for (const known of this.#durable.keys()) {
      if (known === folder || known.startsWith(`${folder}${sep}`)) this.#durable.delete(known);
    }
    try {
      await this.#files.rmdir(folder);
    } catch (error) {
      if (isCode(error, 'ENOTEMPTY', 'EEXIST', 'EBUSY', 'EPERM', 'EACCES')) return false;
      if (!isCode(error, 'ENOENT')) throw error;
    }
    return true;
  }

  #wayTo(relative: string): string[] {
    const way: string[] = [];
    for (const part of relative.split('/')) way.push(join(way.at(-1) ?? this.#root, part));
    return way;
  }

  /**
   * Makes the entries durable that a folder had when this was called. Uploads that place their files at the same
   * time share a sync.
   */
  sync(folder: string): Promise<void> {
    const known = this.#syncs.get(folder);
    // One that has begun may have passed the new entry already.
    if (known) return (known.next ??= known.running.then(() => this.#sync(folder)));
    return this.#sync(folder);
  }

  #sync(folder: string): Promise<void> {
    const syncing = this.#files.syncFolder(folder);
    const sync = { running: syncing.catch(() => undefined) };
    this.#syncs.set(folder, sync);
    void sync.running.then(() => {
      const isLast = this.#syncs.get(folder) === sync && !('next' in sync);
      if (isLast) this.#syncs.delete(folder);
    });
    return syncing;
  }

  /** For a folder that was made durable before, with all above it: one look instead of one for each of them. */
  async #isStillThere(folder: string): Promise<boolean> {
    const durable = this.#durable.get(folder);
    if (!durable) return false;
    try {
      if (await this.#make(folder)) await this.#syncOnce(dirname(folder), folder, true);
      else await durable;
      return true;
    } catch (error) {
      // Something above it was removed.
      if (isCode(error, 'ENOENT')) return false;
      throw error;
    }
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
