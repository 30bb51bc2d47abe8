import type { Logger } from 'pino';

import type { Clock } from '../../../shared/clock.ts';
import { markListed, nextUnlisted } from '../catalog/hash-list-rows.ts';
import type { CatalogWriter } from '../catalog/open-catalog.ts';
import type { Library } from '../library/open-library.ts';
import { storageError } from '../library/storage-error.ts';
import type { CancelTimer, Timers } from '../timers.ts';

import { writeHashList } from './write-hash-list.ts';

/** How long changes are gathered, so that a run of uploads costs its folder few lists. */
const GATHER_MS = 3_000;
/** A folder of many thousands takes its time: writing never takes more than a tenth of it. */
const REST_FACTOR = 9;

export interface HashListParts {
  readonly library: Library;
  readonly catalog: CatalogWriter;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly log: Logger;
}

/**
 * Keeps the file `SHA256SUMS` of every folder with originals current, in the background. Which folders are not is
 * remembered in the catalog by what changes them, so a crash or a restart only makes it later. Folders that a move
 * left empty go with their lists.
 */
export class HashLists {
  readonly #parts: HashListParts;
  #cancel: CancelTimer | undefined;
  #gatherMs = GATHER_MS;
  #pass: Promise<void> = Promise.resolve();
  #isClosed = false;

  constructor(parts: HashListParts) {
    this.#parts = parts;
  }

  /** Says that a folder may have changed. Costs nothing. */
  wake(): void {
    if (this.#isClosed || this.#cancel) return;
    this.#cancel = this.#parts.timers.after(this.#gatherMs, () => {
      this.#cancel = undefined;
      void this.write();
    });
  }

  /** Writes the lists of all folders that changed until now. Never rejects: what fails waits for the next time. */
  write(): Promise<void> {
    this.#pass = this.#pass.then(() => this.#writeAll());
    return this.#pass;
  }

  /** Ends after the folder it is at. */
  async close(): Promise<void> {
    this.#isClosed = true;
    this.#cancel?.();
    await this.#pass;
  }

  async #writeAll(): Promise<void> {
    const { library, catalog, clock, log } = this.#parts;
    const startedAt = clock.now();
    let behind: string | undefined;
    try {
      for (;;) {
        const next = this.#isClosed ? undefined : nextUnlisted(catalog, behind);
        if (!next) break;
        behind = next.folder;
        if (!(await library.isPresent())) break;
        try {
          await writeHashList(library, catalog, next.folder);
          markListed(catalog, next);
        } catch (error) {
          const { code } = storageError(error);
          log.warn({ err: error, folder: next.folder }, 'a list of hashes could not be written');
          if (code !== 'library/write-failed') break;
        }
        // Uploads first.
        await new Promise((resolve) => setImmediate(resolve));
      }
    } catch (error) {
      log.error({ err: error }, 'writing lists of hashes stopped');
    }
    this.#gatherMs = Math.max(GATHER_MS, (clock.now() - startedAt) * REST_FACTOR);
  }
}
