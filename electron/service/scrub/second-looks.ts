import { RoostError } from '../../../shared/error-catalogue.ts';
import type { Receipt } from '../../../shared/receipt.ts';
import type { CatalogReader } from '../catalog/open-catalog.ts';
import { movedOn, receiptById } from '../catalog/receipt-queries.ts';
import type { Finding } from '../library/check-original.ts';
import type { FileSystem } from '../library/file-system.ts';

import { confirmedFinding } from './confirmed-finding.ts';

export interface SecondLookParts {
  readonly catalog: CatalogReader;
  readonly files: FileSystem;
  readonly pathOf: (relativePath: string) => string;
  readonly isLibraryPresent: () => Promise<boolean>;
  readonly maxCount: number;
  readonly onFound: (receipt: Receipt, finding: Finding) => void;
  /** Hears when a file begins or ceases to be looked at. */
  readonly onChange: () => void;
}

/** Files that somebody wants looked at now: one after the other, without waiting for the scrub's turn. */
export class SecondLooks {
  readonly #parts: SecondLookParts;
  readonly #wanted = new Map<string, Receipt>();
  readonly #stop = new AbortController();
  #looking: Promise<void> | undefined;

  constructor(parts: SecondLookParts) {
    this.#parts = parts;
  }

  has(receiptId: string): boolean {
    return this.#wanted.has(receiptId);
  }

  /** @throws RoostError `request/not-found`. */
  add(receiptId: string): void {
    const receipt = receiptById(this.#parts.catalog, receiptId);
    if (!receipt) throw new RoostError('request/not-found', 'There is no such original.');
    if (this.#stop.signal.aborted || this.#wanted.size >= this.#parts.maxCount) return;
    this.#wanted.set(receiptId, receipt);
    this.#parts.onChange();
    this.#looking ??= this.#lookAtAll();
  }

  async close(): Promise<void> {
    this.#stop.abort();
    await this.#looking;
  }

  async #lookAtAll(): Promise<void> {
    for (const [receiptId, receipt] of this.#wanted) {
      const finding = await this.#lookAt(receipt);
      this.#wanted.delete(receiptId);
      if (this.#stop.signal.aborted) return;
      if (finding) this.#parts.onFound(receipt, finding);
      this.#parts.onChange();
    }
    // At once with the end of the loop: what is added later starts anew.
    this.#looking = undefined;
  }

  async #lookAt(receipt: Receipt): Promise<Finding | undefined> {
    const { catalog, pathOf, files, isLibraryPresent } = this.#parts;
    const pathNow = (): string => pathOf((movedOn(catalog, receipt) ?? receipt).path);
    try {
      return await confirmedFinding(pathNow, receipt, isLibraryPresent, {
        files,
        signal: this.#stop.signal,
      });
    } catch {
      // Only when it was told to stop.
      return undefined;
    }
  }
}
