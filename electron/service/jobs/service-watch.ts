import type { Clock } from '../../../shared/clock.ts';
import type { RoostError } from '../../../shared/error-catalogue.ts';
import type { PauseCause } from '../../../shared/job-causes.ts';
import type { PauseView } from '../../../shared/window-views.ts';
import type { CatalogReader, CatalogWriter } from '../catalog/open-catalog.ts';
import { systemUptime, type CancelTimer, type Timers, type Uptime } from '../timers.ts';

/** How often the clock is looked at, and the run noted as alive. */
export const LOOK_EVERY_MS = 20_000;
/** A look that comes so much too late: the computer slept, or stood still altogether. */
const LATE_MS = 30_000;
/** An upload that broke off so long after a sleep broke off for another reason. */
const SLEEP_COUNTS_FOR_MS = 5 * 60_000;
/** What is kept of pauses and runs. */
const KEPT_MS = 400 * 86_400_000;

/** Endings that may well be only what a sleep of this computer looks like from inside. */
const MAY_BE_SLEEP = new Set<RoostError['code']>([
  'upload/interrupted',
  'upload/paused',
  'upload/idle',
  'upload/superseded',
]);

/**
 * Knows when this computer could take nothing: it notes the runs of the service, the sleeps of the computer, and when the
 * library was away. What it tells explains uploads; nothing depends on it, so it never fails.
 */
export class ServiceWatch {
  readonly #catalog: CatalogWriter;
  readonly #clock: Clock;
  readonly #timers: Timers;
  #startedAt = 0;
  readonly #uptime: Uptime;
  #lookedUptime = 0;
  #lastSleep: { readonly fromAt: number; readonly toAt: number } | undefined;
  #library: { readonly cause: PauseCause; readonly pauseId: number } | undefined;
  #cancel: CancelTimer = () => undefined;

  constructor(catalog: CatalogWriter, clock: Clock, timers: Timers, uptime = systemUptime) {
    this.#uptime = uptime;
    this.#catalog = catalog;
    this.#clock = clock;
    this.#timers = timers;
  }

  /** Notes what the run before left: once, at the start of the service. */
  start(): void {
    const now = this.#clock.now();
    this.#startedAt = now;
    this.#lookedUptime = this.#uptime();
    this.#write(() => {
      const before = this.#catalog.get<{ alive_at: number; ended_at: number | null }>(
        'SELECT alive_at, ended_at FROM service_runs ORDER BY started_at DESC LIMIT 1',
      );
      this.#catalog.run(
        'UPDATE service_pauses SET to_at = max(from_at, ?) WHERE to_at IS NULL',
        before?.ended_at ?? before?.alive_at ?? now,
      );
      if (before) {
        const wasOrderly = before.ended_at !== null;
        this.#note(
          wasOrderly ? 'roost-stopped' : 'roost-ended-abruptly',
          before.ended_at ?? before.alive_at,
          now,
        );
      }
      this.#catalog.run('INSERT OR REPLACE INTO service_runs VALUES (?, ?, NULL)', now, now);
      this.#catalog.run('DELETE FROM service_pauses WHERE from_at < ?', now - KEPT_MS);
      this.#catalog.run('DELETE FROM service_runs WHERE started_at < ?', now - KEPT_MS);
    });
    this.#wait();
  }

  /** The library is as `problem` says, or well without one. */
  libraryIs(problem: RoostError | undefined): void {
    const cause = problem && libraryCause(problem);
    if (cause === this.#library?.cause) return;
    const now = this.#clock.now();
    const open = this.#library;
    this.#library = undefined;
    this.#write(() => {
      if (open) {
        this.#catalog.run(
          'UPDATE service_pauses SET to_at = ? WHERE pause_id = ?',
          now,
          open.pauseId,
        );
      }
      if (cause) this.#library = { cause, pauseId: this.#note(cause, now, null) };
    });
  }

  /** Whether the computer slept in the middle of what began at `startedAt` and ended with `error` now. */
  causeOf(error: RoostError, startedAt: number): PauseCause | undefined {
    this.#look();
    const sleep = this.#lastSleep;
    if (!sleep || !MAY_BE_SLEEP.has(error.code) || sleep.toAt < startedAt) return undefined;
    return this.#clock.now() - sleep.toAt <= SLEEP_COUNTS_FOR_MS ? 'computer-asleep' : undefined;
  }

  /** Notes that the service ends in order. */
  close(): void {
    this.#cancel();
    const now = this.#clock.now();
    this.#write(() => {
      this.#catalog.run('UPDATE service_pauses SET to_at = ? WHERE to_at IS NULL', now);
      this.#catalog.run(
        'UPDATE service_runs SET alive_at = ?, ended_at = ? WHERE started_at = ?',
        now,
        now,
        this.#startedAt,
      );
    });
  }

  #wait(): void {
    this.#cancel = this.#timers.after(LOOK_EVERY_MS, () => {
      this.#look();
      this.#wait();
    });
  }

  /** A socket may wake before the timer does: whoever asks looks first. */
  #look(): void {
    const now = this.#clock.now();
    const uptime = this.#uptime();
    // Not by the clock: one that is set forward is no sleep.
    const passedMs = uptime - this.#lookedUptime;
    this.#lookedUptime = uptime;
    if (passedMs > LOOK_EVERY_MS + LATE_MS) {
      const fromAt = now - passedMs;
      this.#lastSleep = { fromAt, toAt: now };
      this.#write(() => this.#note('computer-asleep', fromAt, now));
    }
    if (passedMs < LOOK_EVERY_MS) return;
    this.#write(() =>
      this.#catalog.run(
        'UPDATE service_runs SET alive_at = ? WHERE started_at = ?',
        now,
        this.#startedAt,
      ),
    );
  }

  #note(cause: PauseCause, fromAt: number, toAt: number | null): number {
    this.#catalog.run(
      'INSERT INTO service_pauses (cause, from_at, to_at) VALUES (?, ?, ?)',
      cause,
      fromAt,
      toAt,
    );
    return this.#catalog.get<{ id: number }>('SELECT last_insert_rowid() AS id')?.id ?? 0;
  }

  #write(work: () => unknown): void {
    try {
      this.#catalog.transaction(work);
    } catch {
      // A disk that takes nothing makes the service fail where it matters, with its reason.
    }
  }
}

function libraryCause({ code }: RoostError): PauseCause {
  if (code === 'library/missing') return 'library-away';
  return code === 'library/disk-full' ? 'disk-full' : 'library-unusable';
}

/** Pauses that touch a span of time, oldest first. */
export function pausesBetween(
  catalog: CatalogReader,
  fromAt: number,
  toAt: number,
  limit = 50,
): PauseView[] {
  return catalog
    .all<{ cause: PauseCause; from_at: number; to_at: number | null }>(
      `SELECT cause, from_at, to_at FROM service_pauses
       WHERE from_at <= ? AND (to_at IS NULL OR to_at >= ?) ORDER BY from_at DESC LIMIT ?`,
      toAt,
      fromAt,
      limit,
    )
    .reverse()
    .map(({ cause, from_at, to_at }) => ({
      cause,
      fromAt: from_at,
      ...(to_at !== null && { toAt: to_at }),
    }));
}
