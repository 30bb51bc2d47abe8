import type { Logger } from 'pino';

import type { Clock } from '../../../shared/clock.ts';
import { RoostError } from '../../../shared/error-catalogue.ts';
import type { Receipt } from '../../../shared/receipt.ts';
import type { ScrubActivity, ScrubStatus } from '../../../shared/scrub-view.ts';
import type { CatalogWriter } from '../catalog/open-catalog.ts';
import { movedOn } from '../catalog/receipt-queries.ts';
import {
  forgetReadingsAfter,
  isKnownBad,
  nextToRead,
  oldestReadAt,
  readingTotals,
  recordFinding,
} from '../catalog/reading-rows.ts';
import type { Finding, ReadingPace } from '../library/check-original.ts';
import type { FileSystem } from '../library/file-system.ts';
import type { Timers } from '../timers.ts';

import { askedRunAt, setAskedRun } from './asked-run.ts';
import { ByteBudget } from './byte-budget.ts';
import { confirmedFinding } from './confirmed-finding.ts';
import { Pause } from './pause.ts';
import { SecondLooks } from './second-looks.ts';
import { SCRUB_LIMITS, type ScrubLimits } from './scrub-limits.ts';
import { Turns } from './turns.ts';

const DAY_MS = 24 * 60 * 60_000;

export interface ScrubParts {
  readonly catalog: CatalogWriter;
  readonly files: FileSystem;
  /** The path on this computer of a receipt's `path`. */
  readonly pathOf: (relativePath: string) => string;
  readonly isLibraryPresent: () => Promise<boolean>;
  readonly liveUploadCount: () => number;
  /** Within so many days every original is re-read; 0 is never by itself. */
  readonly everyDays: () => number;
  /** Hears of each change of state, and of progress now and then. */
  readonly onChange: (status: ScrubStatus) => void;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly log: Logger;
  readonly limits?: Partial<ScrubLimits>;
}

/** The scrub at work: re-reads originals against their receipts, those first that were read longest ago. */
export interface Scrub {
  status(): ScrubStatus;
  /** Whether a file is being looked at again because somebody asked. */
  isChecking(receiptId: string): boolean;
  /** Re-reads every original once, whatever the setting says; nothing new while such a run goes on. */
  start(): void;
  /** Ends that run, and the stretch of reading. By itself it goes on as the setting says. */
  stop(): void;
  /**
   * Looks at one file again soon. It is told by `onChange` when that is done.
   * @throws RoostError `request/not-found`, `library/missing`.
   */
  checkAgain(receiptId: string): Promise<void>;
  /** Takes note of what somebody else found by re-reading a file. Never throws. */
  note(receipt: Receipt, finding: Finding): void;
  /** The setting may be another one. */
  settingsChanged(): void;
  /** Stops within one part of a file. What was not read to its end is read again another time. */
  close(): Promise<void>;
}

/** Starts re-reading. All it must remember stands in the catalog's rows, so a restart goes on where this one ends. */
export function startScrub(parts: ScrubParts): Scrub {
  const scrub = new RunningScrub(parts);
  scrub.run();
  return scrub;
}

class RunningScrub implements Scrub {
  readonly #parts: ScrubParts;
  readonly #limits: ScrubLimits;
  readonly #pause: Pause;
  readonly #budget: ByteBudget;
  readonly #turns: Turns;
  readonly #again: SecondLooks;
  #activity: ScrubActivity;
  #askedAt: number | undefined;
  #toldAt = Number.NEGATIVE_INFINITY;
  #findingsRevision = 0;
  #reading: AbortController | undefined;
  #isClosed = false;
  #running: Promise<void> = Promise.resolve();

  constructor(parts: ScrubParts) {
    const { catalog, clock, timers } = parts;
    this.#parts = parts;
    this.#limits = { ...SCRUB_LIMITS, ...parts.limits };
    this.#pause = new Pause(timers);
    this.#budget = new ByteBudget(
      clock,
      this.#pause,
      () =>
        this.#askedAt === undefined
          ? this.#limits.bytesPerSecond
          : this.#limits.askedBytesPerSecond,
      this.#limits.burstMs,
    );
    this.#again = new SecondLooks({
      ...parts,
      maxCount: this.#limits.maxAgainCount,
      onFound: (receipt, finding) => this.#safely(() => this.#record(receipt, finding)),
      onChange: () => this.#safely(() => this.#findingsChanged()),
    });
    this.#askedAt = askedRunAt(catalog);
    // A person waits for a run that was asked for, also over a restart.
    const firstRestMs = this.#askedAt === undefined ? this.#limits.startRestMs : 0;
    const turnsParts = {
      ...parts,
      pause: this.#pause,
      limits: this.#limits,
      restMs: () => (this.#askedAt === undefined ? this.#limits.restMs : this.#limits.askedRestMs),
      onWait: (activity: ScrubActivity) => this.#become(activity),
    };
    this.#turns = new Turns(turnsParts, firstRestMs);
    this.#activity = { kind: 'resting', untilAt: this.#turns.restsUntil };
  }

  run(): void {
    this.#running = this.#work();
  }

  status(): ScrubStatus {
    const { catalog, everyDays } = this.#parts;
    const sinceAt = this.#sinceAt();
    const oldest = oldestReadAt(catalog);
    return {
      activity: this.#activity,
      everyDays: everyDays(),
      ...(this.#askedAt !== undefined && { askedAt: this.#askedAt }),
      sinceAt,
      ...readingTotals(catalog, sinceAt),
      ...(oldest && { oldestReadAt: oldest }),
      findingsRevision: this.#findingsRevision,
    };
  }

  isChecking(receiptId: string): boolean {
    return this.#again.has(receiptId);
  }

  start(): void {
    if (this.#askedAt !== undefined) return;
    this.#askedAt = this.#parts.clock.now();
    setAskedRun(this.#parts.catalog, this.#askedAt);
    this.#turns.hurry();
    this.#changeOfMind();
  }

  stop(): void {
    this.#forgetAskedRun();
    this.#turns.rest();
    this.#reading?.abort();
    this.#changeOfMind();
  }

  async checkAgain(receiptId: string): Promise<void> {
    if (!(await this.#parts.isLibraryPresent())) throw new RoostError('library/missing');
    this.#again.add(receiptId);
  }

  note(receipt: Receipt, finding: Finding): void {
    if (this.#isClosed) return;
    this.#safely(() => {
      if (finding.kind === 'good') this.#record(receipt, finding);
      // Who met it did not make sure that the library was there all the time.
      else this.#again.add(receipt.receiptId);
    });
  }

  settingsChanged(): void {
    if (!this.#isWanted()) this.#reading?.abort();
    this.#changeOfMind();
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#reading?.abort();
    this.#pause.close();
    await Promise.all([this.#running, this.#again.close()]);
  }

  async #work(): Promise<void> {
    while (!this.#isClosed) {
      try {
        await this.#step();
      } catch (error) {
        this.#parts.log.error({ err: error }, 're-reading stopped for a while');
        this.#turns.rest();
        this.#become({ kind: 'resting', untilAt: this.#turns.restsUntil });
        await this.#pause.wait(this.#limits.restMs);
      }
    }
  }

  async #step(): Promise<void> {
    if (!this.#isWanted()) {
      this.#become({ kind: 'off' });
      await this.#pause.wait();
      return;
    }
    const receipt = this.#next();
    if (!receipt) {
      await this.#idle();
      return;
    }
    if (this.#turns.mustWait()) {
      await this.#turns.untilFree();
      return;
    }
    await this.#read(receipt);
  }

  #next(): Receipt | undefined {
    const { catalog, clock, log } = this.#parts;
    const now = clock.now();
    const forgotten = forgetReadingsAfter(catalog, now);
    if (forgotten > 0) log.warn({ forgotten }, 'originals had been re-read in a time to come');
    return nextToRead(catalog, this.#sinceAt(), now - this.#limits.openAgainMs);
  }

  async #idle(): Promise<void> {
    const { catalog, log } = this.#parts;
    if (this.#askedAt !== undefined) {
      log.info({ since: this.#askedAt }, 'every original was re-read');
      this.#forgetAskedRun();
      // The setting may be off, or ask for less than the run did.
      return;
    }
    const oldest = oldestReadAt(catalog);
    const nextAt = oldest === undefined ? undefined : oldest + this.#parts.everyDays() * DAY_MS;
    this.#become({ kind: 'done', ...(nextAt !== undefined && { nextAt }) });
    await this.#pause.wait(this.#limits.idleLookMs);
  }

  async #read(receipt: Receipt): Promise<void> {
    const { catalog, pathOf, files, isLibraryPresent } = this.#parts;
    const pathNow = (): string => pathOf((movedOn(catalog, receipt) ?? receipt).path);
    const { path, byteCount } = receipt;
    const reading = new AbortController();
    this.#reading = reading;
    const show = (readByteCount: number): void =>
      this.#become({ kind: 'reading', path, byteCount, readByteCount });
    try {
      show(0);
      await this.#budget.take(this.#limits.fileCostByteCount);
      const finding = await confirmedFinding(pathNow, receipt, isLibraryPresent, {
        files,
        signal: reading.signal,
        pace: this.#pace(reading.signal, () => show(0)),
        onRead: show,
      });
      if (finding) this.#record(receipt, finding);
      else {
        this.#become({ kind: 'library' });
        await this.#pause.wait(this.#limits.libraryLookMs);
      }
    } catch (error) {
      if (!reading.signal.aborted) throw error;
    } finally {
      this.#reading = undefined;
    }
  }

  #pace(signal: AbortSignal, onGoingOn: () => void): ReadingPace {
    return {
      take: (byteCount) => this.#budget.take(byteCount),
      mustLetGo: () => this.#turns.mustWait(),
      untilFree: async () => {
        while (!signal.aborted && this.#turns.mustWait()) await this.#turns.untilFree();
        if (!signal.aborted) onGoingOn();
      },
    };
  }

  #isWanted(): boolean {
    return this.#askedAt !== undefined || this.#parts.everyDays() > 0;
  }

  #sinceAt(): number {
    if (this.#askedAt !== undefined) return this.#askedAt;
    const everyDays = this.#parts.everyDays();
    return everyDays === 0 ? 0 : this.#parts.clock.now() - everyDays * DAY_MS;
  }

  /** Says at once what a person's wish means, before the next step finds out what to do. */
  #changeOfMind(): void {
    if (!this.#isWanted()) this.#activity = { kind: 'off' };
    else if (this.#activity.kind === 'off' || !this.#turns.isTaken) {
      this.#activity = { kind: 'resting', untilAt: this.#turns.restsUntil };
    }
    this.#pause.end();
    this.#tell();
  }

  #forgetAskedRun(): void {
    if (this.#askedAt === undefined) return;
    this.#askedAt = undefined;
    setAskedRun(this.#parts.catalog, undefined);
  }

  #record(read: Receipt, finding: Finding): void {
    const { catalog, clock, log } = this.#parts;
    const receipt = movedOn(catalog, read) ?? read;
    const wasBad = isKnownBad(catalog, receipt.receiptId);
    recordFinding(catalog, receipt, finding, clock.now());
    const isBad = finding.kind !== 'good';
    if (isBad && !wasBad) log.warn({ path: receipt.path, finding }, 'an original is not whole');
    if (isBad || wasBad) this.#findingsChanged();
  }

  /** For what others do not wait for and could not help: the scrub comes to the file in its order. */
  #safely(work: () => void): void {
    try {
      work();
    } catch (error) {
      this.#parts.log.error({ err: error }, 'what re-reading found could not be noted');
    }
  }

  #findingsChanged(): void {
    this.#findingsRevision += 1;
    this.#tell();
  }

  #become(activity: ScrubActivity): void {
    const isNews = activity.kind !== this.#activity.kind;
    this.#activity = activity;
    const toldMs = this.#parts.clock.now() - this.#toldAt;
    // A clock that was set back must not keep the window waiting.
    if (isNews || toldMs < 0 || toldMs >= this.#limits.tellMs) this.#tell();
  }

  #tell(): void {
    if (this.#isClosed) return;
    this.#toldAt = this.#parts.clock.now();
    this.#parts.onChange(this.status());
  }
}
