import { isCode, type FileSystem } from './file-system.ts';
import { numberedName } from './safe-name.ts';

/** How many folders' names are kept in memory; uploads come in runs of neighbouring months. */
const MAX_FOLDERS = 16;

interface Listing {
  /** Folded names of what stands in the folder. */
  readonly taken: Set<string>;
  /** By folded name: the first number worth trying, so that thousands of `image.jpg` stay cheap. */
  readonly nextNumber: Map<string, number>;
}

/** Says whether a name may be used, for reasons beyond what stands in the folder. */
export type MayUse = (name: string) => boolean;

/**
 * Hands out file names that are free, also where another name differs only in case or Unicode form: such a
 * pair could not live in one folder on Windows and macOS. A name handed out is nobody else's until it is
 * placed or released.
 */
export class FolderNames {
  readonly #files: FileSystem;
  /** What was read of folders; may be dropped at any time. */
  readonly #listings = new Map<string, Promise<Listing>>();
  /** Names handed out and not yet placed, by folder. Kept apart from the listings: nothing may drop these. */
  readonly #reserved = new Map<string, Set<string>>();

  constructor(files: FileSystem) {
    this.#files = files;
  }

  /** Reserves `name`, or `name (2)` and so on, in a folder given by its absolute path. */
  async reserve(folder: string, name: string, mayUse: MayUse = () => true): Promise<string> {
    const { taken, nextNumber } = await this.#listingOf(folder);
    // Only from here on without waiting: between the look and the reservation nobody else may look.
    const reserved = this.#reserved.get(folder) ?? new Set();
    const key = foldName(name);
    for (let number = nextNumber.get(key) ?? 1; ; number++) {
      const candidate = numberedName(name, number);
      const folded = foldName(candidate);
      if (taken.has(folded) || reserved.has(folded) || !mayUse(candidate)) continue;
      if (number > 1) nextNumber.set(key, number);
      reserved.add(folded);
      this.#reserved.set(folder, reserved);
      return candidate;
    }
  }

  /** Says that a file stands under a reserved name now. */
  placed(folder: string, name: string): void {
    const release = (): void => this.release(folder, name);
    const listing = this.#listings.get(folder);
    if (listing) listing.then(({ taken }) => taken.add(foldName(name))).then(release, release);
    else release();
  }

  /** Gives a reserved name back after its placement failed. */
  release(folder: string, name: string): void {
    const reserved = this.#reserved.get(folder);
    reserved?.delete(foldName(name));
    if (reserved?.size === 0) this.#reserved.delete(folder);
  }

  /** Reads the folder anew at the next call, after something else was seen writing there. */
  forget(folder: string): void {
    this.#listings.delete(folder);
  }

  #listingOf(folder: string): Promise<Listing> {
    const known = this.#listings.get(folder);
    if (known) {
      this.#listings.delete(folder);
      this.#listings.set(folder, known);
      return known;
    }
    const reading = this.#read(folder);
    this.#listings.set(folder, reading);
    reading.catch(() => {
      if (this.#listings.get(folder) === reading) this.#listings.delete(folder);
    });
    const oldest = this.#listings.keys().next();
    if (this.#listings.size > MAX_FOLDERS && !oldest.done) this.#listings.delete(oldest.value);
    return reading;
  }

  async #read(folder: string): Promise<Listing> {
    const nextNumber = new Map<string, number>();
    try {
      return { taken: new Set((await this.#files.readdir(folder)).map(foldName)), nextNumber };
    } catch (error) {
      if (isCode(error, 'ENOENT')) return { taken: new Set(), nextNumber };
      throw error;
    }
  }
}

/** What two names have in common that cannot stand side by side on every computer. */
export function foldName(name: string): string {
  return name.normalize('NFC').toLowerCase();
}
