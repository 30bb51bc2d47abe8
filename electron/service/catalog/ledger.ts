import type { Logger } from 'pino';

import type { Clock } from '../../../shared/clock.ts';
import { journalEntrySchema, type JournalEntry } from '../../../shared/receipt.ts';
import type { JournalPosition } from '../library/journal-position.ts';
import type { Journal } from '../library/journal.ts';

import { setJournalPosition } from './follow-journal.ts';
import type { CatalogWriter } from './open-catalog.ts';
import { recordEntry } from './record-entry.ts';

/**
 * Records what happened: first in the journal, durably, then in the catalog.
 *
 * The catalog's place in the journal only moves over entries that are in it, in journal order. When the catalog
 * cannot be written the entry still counts, since the journal has it: the next start brings it in.
 */
export class Ledger {
  readonly #journal: Journal;
  readonly #catalog: CatalogWriter;
  readonly #clock: Clock;
  readonly #log: Logger;
  /** Appends in the order they were asked for; a position once the catalog has the entry. */
  readonly #order: { position?: JournalPosition }[] = [];
  #behind = false;

  constructor(journal: Journal, catalog: CatalogWriter, clock: Clock, log: Logger) {
    this.#journal = journal;
    this.#catalog = catalog;
    this.#clock = clock;
    this.#log = log;
  }

  /**
   * @throws RoostError of the library; then the entry was not recorded, unless `mayStandInJournal` says so.
   * ZodError for an entry that its reader would take for damage: such a line would be no record.
   */
  async record(entry: JournalEntry): Promise<void> {
    // What is read back later is what goes into the catalog now.
    const readable = journalEntrySchema.parse(entry);
    const place: { position?: JournalPosition } = {};
    this.#order.push(place);
    let position: JournalPosition;
    try {
      position = await this.#journal.append(readable, this.#clock.now());
    } catch (error) {
      this.#order.splice(this.#order.indexOf(place), 1);
      throw error;
    }
    // From here on the entry is recorded: nothing that goes wrong may look as if it were not.
    this.#bringIn(readable, place, position);
  }

  #bringIn(
    entry: JournalEntry,
    place: { position?: JournalPosition },
    position: JournalPosition,
  ): void {
    place.position = position;
    const reached = this.#reached();
    try {
      this.#catalog.transaction(() => {
        recordEntry(this.#catalog, entry);
        if (reached && !this.#behind) setJournalPosition(this.#catalog, reached);
      });
    } catch (error) {
      this.#behind = true;
      this.#log.error({ err: error }, 'catalog is behind the journal until the next start');
    }
  }

  #reached(): JournalPosition | undefined {
    let reached: JournalPosition | undefined;
    while (this.#order[0]?.position) reached = this.#order.shift()?.position;
    return reached;
  }
}
