import { isCode, type FileSystem } from './file-system.ts';
import { numberedName, stemOf } from './safe-name.ts';

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

export interface ReserveOptions {
  /** The name that the file has in this folder already: given back, unreserved, where it is one of those tried. */
  readonly own?: string;
  /** Whose name it will be. While it is reserved, its stem is nobody else's; see `stemKey`. */
  readonly owner?: string;
  /** It is to have a stem that nobody has: what others' stems refuse once, they refuse for every such name. */
  readonly isNewStem?: boolean;
}

interface Reserved {
  readonly stem: string;
  readonly owner: string | undefined;
}

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
  readonly #reserved = new Map<string, Map<string, Reserved>>();

  constructor(files: FileSystem) {
    this.#files = files;
  }

  /** Reserves `name`, or `name (2)` and so on, in a folder given by its absolute path. */
  async reserve(
    folder: string,
    name: string,
    mayUse: MayUse = () => true,
    { own, owner, isNewStem = false }: ReserveOptions = {},
  ): Promise<string> {
    const { taken, nextNumber } = await this.#listingOf(folder);
    // Only from here on without waiting: between the look and the reservation nobody else may look.
    const reserved = this.#reserved.get(folder) ?? new Map<string, Reserved>();
    const key = foldName(name);
    const stemRun = isNewStem ? `\0${stemKey(name)}` : undefined;
    const firstNumber = Math.max(
      nextNumber.get(key) ?? 1,
      stemRun === undefined ? 1 : (nextNumber.get(stemRun) ?? 1),
    );
    let isRun = true;
    for (let number = own === undefined ? firstNumber : 1; ; number++) {
      const candidate = numberedName(name, number);
      const folded = foldName(candidate);
      if (own !== undefined && folded === foldName(own)) return own;
      const isTaken = taken.has(folded) || reserved.has(folded);
      isRun &&= isTaken;
      // Only past what stands there: what else is in the way may be so for this file alone.
      if (isRun) nextNumber.set(key, number + 1);
      if (stemRun !== undefined && number > 1) nextNumber.set(stemRun, number);
      if (isTaken) continue;
      const stem = stemKey(candidate);
      if (isOthers(reserved, stem, owner) || !mayUse(candidate)) continue;
      reserved.set(folded, { stem, owner });
      this.#reserved.set(folder, reserved);
      return candidate;
    }
  }

  /** Says that a file stands under a reserved name now. */
  placed(folder: string, name: string): void {
    const release = (): void => this.#letGo(folder, name);
    const listing = this.#listings.get(folder);
    if (listing) listing.then(({ taken }) => taken.add(foldName(name))).then(release, release);
    else release();
  }

  /** Gives a reserved name back after its placement failed. */
  release(folder: string, name: string): void {
    this.#letGo(folder, name);
    this.#countAnew(folder);
  }

  /** Says that no file stands under a name any more. */
  removed(folder: string, name: string): void {
    this.#countAnew(folder, (taken) => taken.delete(foldName(name)));
  }

  /** Reads the folder anew at the next call, after something else was seen writing there. */
  forget(folder: string): void {
    this.#listings.delete(folder);
  }

  #letGo(folder: string, name: string): void {
    const reserved = this.#reserved.get(folder);
    reserved?.delete(foldName(name));
    if (reserved?.size === 0) this.#reserved.delete(folder);
  }

  #countAnew(folder: string, change: (taken: Set<string>) => void = () => undefined): void {
    void this.#listings.get(folder)?.then(
      ({ taken, nextNumber }) => {
        change(taken);
        nextNumber.clear();
      },
      () => undefined,
    );
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

function isOthers(
  reserved: ReadonlyMap<string, Reserved>,
  stem: string,
  owner: string | undefined,
): boolean {
  if (owner === undefined) return false;
  for (const each of reserved.values()) {
    if (each.stem === stem && each.owner !== undefined && each.owner !== owner) return true;
  }
  return false;
}

/** What two names have in common that cannot stand side by side on every computer. */
export function foldName(name: string): string {
  return name.normalize('NFC').toLowerCase();
}

/** What the files of one asset have in common in their folder, and share with no other: see `stemOf`. */
export function stemKey(name: string): string {
  return foldName(stemOf(name.slice(name.lastIndexOf('/') + 1)));
}
