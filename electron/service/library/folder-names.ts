import { isCode, type FileSystem } from './file-system.ts';
import { numberedName } from './safe-name.ts';

/** How many folders' names are kept in memory; uploads come in runs of neighbouring months. */
const MAX_FOLDERS = 64;

/**
 * Hands out file names that are free, also where another name differs only in case or Unicode form: such a
 * pair could not live in one folder on Windows and macOS. Names handed out stay taken, so that two uploads at
 * once never get the same.
 */
export class FolderNames {
  readonly #files: FileSystem;
  readonly #taken = new Map<string, Promise<Set<string>>>();

  constructor(files: FileSystem) {
    this.#files = files;
  }

  /** Reserves `name`, or `name (2)` and so on, in a folder given by its absolute path. */
  async reserve(folder: string, name: string): Promise<string> {
    const taken = await this.#namesOf(folder);
    for (let attempt = 1; ; attempt++) {
      const candidate = numberedName(name, attempt);
      const folded = fold(candidate);
      if (!taken.has(folded)) {
        taken.add(folded);
        return candidate;
      }
    }
  }

  /** Gives a reserved name back after its placement failed. */
  async release(folder: string, name: string): Promise<void> {
    (await this.#taken.get(folder))?.delete(fold(name));
  }

  /** Reads the folder anew at the next call, after something else was seen writing there. */
  forget(folder: string): void {
    this.#taken.delete(folder);
  }

  #namesOf(folder: string): Promise<Set<string>> {
    const known = this.#taken.get(folder);
    if (known) {
      this.#taken.delete(folder);
      this.#taken.set(folder, known);
      return known;
    }
    const reading = this.#read(folder);
    this.#taken.set(folder, reading);
    reading.catch(() => this.#taken.delete(folder));
    const oldest = this.#taken.keys().next();
    if (this.#taken.size > MAX_FOLDERS && !oldest.done) this.#taken.delete(oldest.value);
    return reading;
  }

  async #read(folder: string): Promise<Set<string>> {
    try {
      return new Set((await this.#files.readdir(folder)).map(fold));
    } catch (error) {
      if (isCode(error, 'ENOENT')) return new Set();
      throw error;
    }
  }
}

function fold(name: string): string {
  return name.normalize('NFC').toLowerCase();
}
