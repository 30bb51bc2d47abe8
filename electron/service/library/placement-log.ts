import { z } from 'zod';

import { moveSchema, receiptSchema, type Receipt } from '../../../shared/receipt.ts';

import { checkedLine } from './checked-line.ts';
import type { FileSystem } from './file-system.ts';
import { isBefore, type JournalPosition } from './journal-position.ts';
import { LineLog } from './line-log.ts';
import { readLines } from './read-lines.ts';
import { storageError } from './storage-error.ts';

/** Past this the log is emptied as soon as nothing is being placed. */
const EMPTY_ABOVE_BYTES = 1024 * 1024;

/** Past this new placements wait for that moment, which under steady load would never come by itself. */
const WAIT_ABOVE_BYTES = 4 * EMPTY_ABOVE_BYTES;

/**
 * [Note: Why placements are announced]
 * Between the rename into the library and the journal's line there is a moment in which a file stands in the
 * library that nothing vouches for. A crash there must end as "stored" or "not stored", so the whole receipt is
 * written here, durably, before the rename. At the next start a file that stands at its announced path with its
 * announced hash gets its journal line (the device, which got no answer, sends again and is told "repeated");
 * anything else was not stored. Writing it costs no time of its own: it happens while the file itself is synced.
 *
 * Each announcement also says up to where the journal was durable. A power cut can have damaged only what lies
 * behind the last place told, and all receipts there are announced here: see `mendJournal`.
 */
export class PlacementLog {
  readonly #log: LineLog;
  readonly #journalEnd: () => JournalPosition;
  #openCount = 0;
  #byteCount = 0;
  /** How to settle the placements that were neither recorded nor undone. Until then nothing is forgotten. */
  readonly #left = new Set<() => Promise<void>>();
  #settlingLeft: Promise<void> | undefined;
  #emptying: Promise<void> | undefined;
  readonly #waiting: (() => void)[] = [];

  /** `journalEnd` says up to where the journal is durable now. */
  constructor(path: string, files: FileSystem, journalEnd: () => JournalPosition) {
    this.#log = new LineLog(path, files);
    this.#journalEnd = journalEnd;
  }

  /**
   * Announces a placement, durably. Call `settle` or `keep` once for it, whatever became of it.
   * @throws RoostError of the library.
   */
  announce(receipt: Receipt): Promise<void> {
    return this.#announce([receipt]);
  }

  /**
   * Announces that the original of some receipts gets another place, durably; like one placement, to be settled or
   * kept once. The old place is left only after the new one is in the journal, so a crash leaves it in one of the two or, for the next start
   * to settle, in both.
   * @throws RoostError of the library.
   */
  announceMoves(moves: readonly AnnouncedMove[]): Promise<void> {
    return this.#announce(moves.map((move) => ({ move })));
  }

  async #announce(what: readonly object[]): Promise<void> {
    while (this.#byteCount > WAIT_ABOVE_BYTES && this.#openCount > 0 && this.#left.size === 0) {
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
    this.#openCount += 1;
    await this.#emptying;
    try {
      const journalEnd = this.#journalEnd();
      const lines = what.map((each) => checkedLine({ ...each, journalEnd }));
      this.#byteCount = await this.#log.append(lines.join(''));
    } catch (error) {
      throw storageError(error);
    }
  }

  /** Says that an announced placement is in the journal, or was undone. */
  settle(): void {
    this.#openCount -= 1;
    if (this.#openCount > 0) return;
    if (this.#byteCount > EMPTY_ABOVE_BYTES && this.#left.size === 0) void this.empty();
    for (const resume of this.#waiting.splice(0)) resume();
  }

  /**
   * Says that an announced placement could neither be recorded nor undone. Its announcement stays until
   * `settleLeft` has settled it in the given way, or until the next start.
   */
  keep(settle: () => Promise<void>): void {
    this.#left.add(settle);
    this.settle();
  }

  /** Tries again to settle what was kept: the disk may work again. Never throws. */
  settleLeft(): Promise<void> {
    if (this.#left.size === 0) return Promise.resolve();
    this.#settlingLeft ??= this.#settleEachLeft().finally(() => (this.#settlingLeft = undefined));
    return this.#settlingLeft;
  }

  async #settleEachLeft(): Promise<void> {
    for (const settle of [...this.#left]) {
      try {
        await settle();
        this.#left.delete(settle);
      } catch {
        // The disk still refuses; the next upload, or the next start, tries again.
        return;
      }
    }
  }

  /** Forgets all placements. A failure is harmless: settled placements are in the journal. */
  async empty(): Promise<void> {
    this.#byteCount = 0;
    this.#emptying ??= this.#log
      .clear()
      .then(() => this.#log.append(checkedLine({ journalEnd: this.#journalEnd() })))
      .then(
        () => undefined,
        () => undefined,
      )
      .finally(() => (this.#emptying = undefined));
    await this.#emptying;
  }

  /** Whether nobody else announced or forgot placements here. Errors are the platform's. */
  isAsLeft(): Promise<boolean> {
    return this.#log.isAsLeft();
  }

  async close(): Promise<void> {
    await this.#emptying;
    await this.#log.close();
  }
}

/** A move with what its file must be: everything that a start needs to settle it. */
const announcedMoveSchema = moveSchema.extend({
  byteCount: receiptSchema.shape.byteCount,
  sha256: receiptSchema.shape.sha256,
});

export type AnnouncedMove = z.infer<typeof announcedMoveSchema>;

export interface Placements {
  /** The receipts announced since the log was last emptied. */
  readonly announced: readonly Receipt[];
  /** The moves announced since then, in their order, each with the end of the journal at that time. */
  readonly moves: readonly { readonly move: AnnouncedMove; readonly journalEnd: JournalPosition }[];
  /** The last place up to which the journal is known to have been durable. */
  readonly journalEnd?: JournalPosition;
}

const lineSchema = z.object({
  journalEnd: z.object({ file: z.string(), byteOffset: z.number().int().nonnegative() }),
});

const moveLineSchema = lineSchema.extend({ move: announcedMoveSchema });

/** Damaged lines announced nothing. */
export async function readPlacements(path: string): Promise<Placements> {
  const announced: Receipt[] = [];
  const moves: Placements['moves'][number][] = [];
  let journalEnd: JournalPosition | undefined;
  for await (const line of readLines(path)) {
    const receipt = receiptSchema.safeParse(line.value);
    if (receipt.success) announced.push(receipt.data);
    const move = moveLineSchema.safeParse(line.value);
    if (move.success) moves.push(move.data);
    const told = lineSchema.safeParse(line.value).data?.journalEnd;
    if (told && !(journalEnd && isBefore(told, journalEnd))) journalEnd = told;
  }
  return { announced, moves, ...(journalEnd && { journalEnd }) };
}
