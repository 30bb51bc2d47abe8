import { readdir, rm, stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';

export interface CacheLimitOptions {
  /** The cache never holds more for long. 20 GiB by default. */
  readonly maxByteCount?: number;
  /** Room that must stay free on the disk; the cache shrinks for it. */
  readonly reservedFreeByteCount?: () => number;
  /** Free bytes on the disk of a folder. For tests; by default asked of the system. */
  readonly freeByteCount?: (folder: string) => Promise<number>;
  readonly log?: { info(facts: object, message: string): void };
}

const DEFAULT_MAX_BYTE_COUNT = 20 * 1024 ** 3;
/** As much is let go at once as is added again only after a while. */
const KEPT_SHARE = 0.9;
const LOOK_AT_DISK_EVERY_BYTE_COUNT = 32 * 1024 * 1024;
/** What was just made is being looked at. */
const SPARED_MS = 10_000;

/** What is let go first: these are made in a moment when somebody looks. Tiles fill the grid, so they go last. */
const LET_GO = [/-(screen|clip)\.\w+$/, /-tile\.\w+$/];

interface CachedFile {
  readonly path: string;
  readonly byteCount: number;
  readonly lookedAtMs: number;
}

/** Keeps a folder of previews below its limit by letting those go that were not looked at for the longest time. */
export class CacheLimit {
  readonly #folder: string;
  readonly #options: CacheLimitOptions;
  /** As far as known: counted once, then added up. */
  #heldByteCount: number | undefined;
  #addedSinceLook = Infinity;
  #working: Promise<void> | undefined;

  constructor(folder: string, options: CacheLimitOptions = {}) {
    this.#folder = folder;
    this.#options = options;
  }

  /** Notes that a file was added. What is over the limit then is let go in the background. */
  added(byteCount: number): void {
    if (this.#heldByteCount !== undefined) this.#heldByteCount += byteCount;
    this.#addedSinceLook += byteCount;
    const { maxByteCount = DEFAULT_MAX_BYTE_COUNT } = this.#options;
    const isOver = (this.#heldByteCount ?? 0) > maxByteCount;
    if (!isOver && this.#addedSinceLook < LOOK_AT_DISK_EVERY_BYTE_COUNT) return;
    this.#addedSinceLook = 0;
    this.#working ??= this.#shrink()
      // Tried again with the next files.
      .catch(() => undefined)
      .finally(() => {
        this.#working = undefined;
      });
  }

  /**
   * Refuses a file for which the disk has no room beyond the reserve, even with everything let go.
   * @throws Error
   */
  async makeRoom(byteCount: number): Promise<void> {
    const reserve = this.#options.reservedFreeByteCount?.() ?? 0;
    if (reserve === 0 || (await this.#free()) - byteCount >= reserve) return;
    this.#addedSinceLook = 0;
    this.#working ??= this.#shrink().finally(() => {
      this.#working = undefined;
    });
    await this.#working;
    if ((await this.#free()) - byteCount < reserve) {
      throw new Error('the disk has no room for previews beside its reserve');
    }
  }

  async settled(): Promise<void> {
    await this.#working;
  }

  async measure(): Promise<{ fileCount: number; byteCount: number }> {
    let [fileCount, byteCount] = [0, 0];
    for await (const file of this.#files(/./)) {
      fileCount += 1;
      byteCount += file.byteCount;
    }
    return { fileCount, byteCount };
  }

  async #shrink(): Promise<void> {
    this.#heldByteCount ??= (await this.measure()).byteCount;
    if (this.#heldByteCount <= (await this.#allowedByteCount(this.#heldByteCount))) return;
    // Others may have deleted files, even all of them; and some were counted twice.
    this.#heldByteCount = (await this.measure()).byteCount;
    const allowed = await this.#allowedByteCount(this.#heldByteCount);
    if (this.#heldByteCount <= allowed) return;
    const wanted = allowed * KEPT_SHARE;
    let fileCount = 0;
    for (const names of LET_GO) {
      const files: CachedFile[] = [];
      for await (const file of this.#files(names)) files.push(file);
      const sparedSince = Date.now() - SPARED_MS;
      const old = files.filter(({ lookedAtMs }) => lookedAtMs < sparedSince);
      for (const file of old.sort((a, b) => a.lookedAtMs - b.lookedAtMs)) {
        if (this.#heldByteCount <= wanted) break;
        await rm(file.path, { force: true });
        this.#heldByteCount -= file.byteCount;
        fileCount += 1;
      }
    }
    this.#options.log?.info({ fileCount, heldByteCount: this.#heldByteCount }, 'previews let go');
  }

  async #allowedByteCount(heldByteCount: number): Promise<number> {
    const { maxByteCount = DEFAULT_MAX_BYTE_COUNT, reservedFreeByteCount } = this.#options;
    const spare = (await this.#free()) - (reservedFreeByteCount?.() ?? 0);
    return Math.max(Math.min(maxByteCount, heldByteCount + spare), 0);
  }

  async *#files(names: RegExp): AsyncGenerator<CachedFile> {
    for (const folder of await readdir(this.#folder)) {
      if (!/^[0-9a-f]{2}$/.test(folder)) continue;
      for (const name of await readdir(join(this.#folder, folder)).catch(() => [])) {
        if (!names.test(name)) continue;
        const path = join(this.#folder, folder, name);
        const found = await stat(path).catch(() => undefined);
        if (found?.isFile() !== true) continue;
        yield { path, byteCount: found.size, lookedAtMs: found.mtimeMs };
      }
    }
  }

  async #free(): Promise<number> {
    if (this.#options.freeByteCount) return this.#options.freeByteCount(this.#folder);
    const { bavail, bsize } = await statfs(this.#folder);
    return bavail * bsize;
  }
}
