/** Every time zone's days have begun at a full quarter of an hour for longer than there are jobs. */
export const QUARTER_MS = 900_000;

const DAY_MS = 86_400_000;
/** No place is further from UTC than this. */
const MOST_OFFSET_MS = 26 * 3_600_000;

export interface DayBounds {
  /** `YYYY-MM-DD`. */
  readonly day: string;
  readonly fromAt: number;
  /** Exclusive. */
  readonly toAt: number;
}

/** Days as a time zone has them. `timeZone` is an IANA name that Intl knows. */
export class DayCalendar {
  readonly #format: Intl.DateTimeFormat;
  #last: DayBounds | undefined;

  constructor(timeZone: string) {
    this.#format = new Intl.DateTimeFormat('en-CA', {
      timeZone,
      calendar: 'gregory',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
    });
  }

  /** The day in which an instant lies. */
  dayAt(at: number): DayBounds {
    const last = this.#last;
    if (last && at >= last.fromAt && at < last.toAt) return last;
    return this.bounds(this.#dayOf(at));
  }

  /** When a day begins and ends; it is empty where the zone has no such day. */
  bounds(day: string): DayBounds {
    const fromAt = this.#startOf(day);
    const next = new Date(Date.parse(`${day}T00:00:00Z`) + DAY_MS).toISOString().slice(0, 10);
    this.#last = { day, fromAt, toAt: this.#startOf(next) };
    return this.#last;
  }

  /** The first quarter of an hour that lies in this day or a later one. */
  #startOf(day: string): number {
    const middle = Date.parse(`${day}T00:00:00Z`);
    let before = (middle - MOST_OFFSET_MS) / QUARTER_MS;
    let from = (middle + MOST_OFFSET_MS) / QUARTER_MS;
    while (from - before > 1) {
      const between = Math.floor((before + from) / 2);
      if (this.#dayOf(between * QUARTER_MS) >= day) from = between;
      else before = between;
    }
    return from * QUARTER_MS;
  }

  #dayOf(at: number): string {
    return this.#format.format(at);
  }
}
