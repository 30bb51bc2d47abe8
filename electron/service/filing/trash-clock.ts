import type { CatalogWriter } from '../catalog/open-catalog.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** A clock may be behind by so much: one that is set by the network now and then. */
const SLACK_MS = HOUR_MS;
/** The longest time without a look that is believed to be one, and no clock that was set wrong. */
const MAX_GAP_MS = 14 * DAY_MS;

interface Known {
  readonly lookedAt: number;
  /** After a jump the clock is trusted a day later, in which it may be set right. */
  readonly trustedFrom: number;
  /** The first look of this catalog at a clock that was trusted; age counts from there on. */
  readonly countsFrom?: number | undefined;
}

/**
 * The moment at or before which something must have been thrown away to be due after some days; absent while nothing
 * is. Age counts from when this catalog began to look after the trash: what an older Roost kept there, which never
 * emptied it, is not due at once.
 */
export function dueUntil(catalog: CatalogWriter, now: number, days: number): number | undefined {
  const countsFrom = read(catalog)?.countsFrom;
  const until = now - days * DAY_MS;
  return days === 0 || countsFrom === undefined || countsFrom > until ? undefined : until;
}

/**
 * Notes that the clock was looked at, and says whether it may say that days are over. One that was set forward would
 * give up everything early; so after a jump, or a long time without a look, nothing is given up for a day, and age
 * counts from there on.
 * @param passedMs what really passed since the last look; unknown at the first one of a run. Within that gap alone a
 * clock may be wrong by some days without anybody knowing.
 */
export function lookAtClock(catalog: CatalogWriter, now: number, passedMs?: number): boolean {
  const before = read(catalog);
  const longest =
    before && before.lookedAt + Math.min(MAX_GAP_MS, (passedMs ?? Infinity) + SLACK_MS);
  const hasJumped = longest !== undefined && now > longest;
  const isSteady = before !== undefined && now >= before.lookedAt - SLACK_MS && !hasJumped;
  const trustedFrom = isSteady ? before.trustedFrom : now + DAY_MS;
  const isTrusted = now >= trustedFrom;
  // One from a time to come was told by a clock that was wrong.
  const known = before?.countsFrom !== undefined && before.countsFrom <= now && !hasJumped;
  const countsFrom = known ? before.countsFrom : isTrusted ? now : undefined;
  catalog.run(
    `INSERT INTO meta (key, value) VALUES ('trash-clock', ?)
     ON CONFLICT DO UPDATE SET value = excluded.value`,
    JSON.stringify({ lookedAt: now, trustedFrom, countsFrom } satisfies Known),
  );
  return isTrusted;
}

function read(catalog: CatalogWriter): Known | undefined {
  const row = catalog.get<{ value: string }>("SELECT value FROM meta WHERE key = 'trash-clock'");
  return row && (JSON.parse(row.value) as Known);
}
