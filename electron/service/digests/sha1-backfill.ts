import { createHash, type Hash } from 'node:crypto';

import type { Logger } from 'pino';

import type { Clock } from '../../../shared/clock.ts';
import type { Receipt } from '../../../shared/receipt.ts';
import type { CatalogWriter } from '../catalog/open-catalog.ts';
import { movedOn, receiptById } from '../catalog/receipt-queries.ts';
import { ownReceiptsWithoutSha1, saveSha1, type SentPlace } from '../catalog/sha1-rows.ts';
import { checkOriginal, type Finding, type ReadingPace } from '../library/check-original.ts';
import type { FileSystem } from '../library/file-system.ts';
import { ByteBudget } from '../scrub/byte-budget.ts';
import { Pause } from '../scrub/pause.ts';
import type { Timers } from '../timers.ts';

const MIB = 1024 * 1024;

/** Quicker than the scrub, since an app waits for it, and still slow enough that a hard disk has time for others. */
const BYTES_PER_SECOND = 60 * MIB;
const BURST_MS = 250;
/** How often it looks whether uploads have ended, or the library is back. */
const LOOK_MS = 2_000;

export interface Sha1BackfillParts {
  readonly catalog: CatalogWriter;
  readonly files: FileSystem;
  /** The path on this computer of a receipt's `path`. */
  readonly pathOf: (relativePath: string) => string;
  readonly isLibraryPresent: () => Promise<boolean>;
  readonly liveUploadCount: () => number;
  /** Hears what reading a file found; it is the same news as the scrub's. */
  readonly onReread: (receipt: Receipt, finding: Finding) => void;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly log: Logger;
}

/**
 * Gives originals a SHA-1 that came by another protocol: apps which know bytes by nothing else would send them again.
 * Only those of devices whose app asked, one file at a time, and not while uploads are received.
 */
export class Sha1Backfill {
  readonly #parts: Sha1BackfillParts;
  readonly #pause: Pause;
  readonly #budget: ByteBudget;
  readonly #stop = new AbortController();
  readonly #wanted = new Set<string>();
  /** What cannot be read, or is not what it was, is the scrub's to tell; it is not tried again until a restart. */
  readonly #given = new Set<string>();
  /** Up to where what each device sent was gone through. */
  readonly #reached = new Map<string, SentPlace>();
  #working: Promise<void> | undefined;

  constructor(parts: Sha1BackfillParts) {
    this.#parts = parts;
    this.#pause = new Pause(parts.timers);
    this.#budget = new ByteBudget(parts.clock, this.#pause, () => BYTES_PER_SECOND, BURST_MS);
  }

  /** Says that a device's app knows its files by SHA-1. Cheap to say again. */
  want(deviceId: string): void {
    if (this.#stop.signal.aborted) return;
    this.#wanted.add(deviceId);
    this.#working ??= this.#work().finally(() => {
      this.#working = undefined;
    });
  }

  async close(): Promise<void> {
    this.#stop.abort();
    this.#pause.close();
    await this.#working;
  }

  async #work(): Promise<void> {
    for (const deviceId of this.#wanted) {
      this.#wanted.delete(deviceId);
      try {
        await this.#fill(deviceId);
      } catch (error) {
        if (this.#stop.signal.aborted) return;
        this.#parts.log.error({ err: error }, 'SHA-1 digests could not be made');
      }
    }
  }

  async #fill(deviceId: string): Promise<void> {
    while (!this.#stop.signal.aborted) {
      const after = this.#reached.get(deviceId) ?? { receipts: 0, links: 0 };
      const { receipts, upTo } = ownReceiptsWithoutSha1(this.#parts.catalog, deviceId, after);
      for (const receipt of receipts) {
        if (this.#given.has(receipt.receiptId)) continue;
        // Where its library went nothing is settled; the app asks again.
        if (!(await this.#read(receipt.receiptId))) return;
      }
      if (upTo.receipts === after.receipts && upTo.links === after.links) return;
      this.#reached.set(deviceId, upTo);
      await new Promise(setImmediate);
    }
  }

  /** Whether that is settled. */
  async #read(receiptId: string): Promise<boolean> {
    const { catalog, onReread } = this.#parts;
    await this.#untilFree();
    // It may have been moved, or given up, since it was listed; and be moved while it is read.
    for (let receipt = receiptById(catalog, receiptId); receipt;) {
      const { finding, sha1 } = await this.#sha1Of(receipt);
      const moved = finding.kind === 'good' ? undefined : movedOn(catalog, receipt);
      if (moved) {
        receipt = moved;
        continue;
      }
      if (finding.kind === 'good') saveSha1(catalog, receipt.receiptId, sha1);
      else if (await this.#parts.isLibraryPresent()) this.#given.add(receipt.receiptId);
      else return false;
      onReread(receipt, finding);
      return true;
    }
    return true;
  }

  async #sha1Of(receipt: Receipt): Promise<{ readonly finding: Finding; readonly sha1: string }> {
    const { files, pathOf } = this.#parts;
    let hash: Hash = createHash('sha1');
    const finding = await checkOriginal(pathOf(receipt.path), receipt, {
      files,
      signal: this.#stop.signal,
      pace: this.#pace(),
      onPart: (bytes, position) => {
        if (position === 0) hash = createHash('sha1');
        hash.update(bytes);
      },
    });
    return { finding, sha1: hash.digest('hex') };
  }

  #pace(): ReadingPace {
    return {
      take: (byteCount) => this.#budget.take(byteCount),
      mustLetGo: () => this.#parts.liveUploadCount() > 0,
      untilFree: () => this.#untilFree(),
    };
  }

  async #untilFree(): Promise<void> {
    const { signal } = this.#stop;
    const mustWait = async (): Promise<boolean> =>
      this.#parts.liveUploadCount() > 0 || !(await this.#parts.isLibraryPresent());
    while (!signal.aborted && (await mustWait())) await this.#pause.wait(LOOK_MS);
    signal.throwIfAborted();
  }
}
