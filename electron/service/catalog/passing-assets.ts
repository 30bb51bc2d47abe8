import { setImmediate } from 'node:timers/promises';

import type { AssetFilter } from '../../../shared/asset-filter.ts';

import { filterClause } from './asset-filter.ts';
import type { CatalogReader } from './open-catalog.ts';

/** An asset, and where it stands in the timeline. */
export interface PassingAsset {
  readonly assetId: string;
  readonly capturedLocal: string;
}

export interface PassingFilter extends AssetFilter {
  /** `YYYY-MM` or `YYYY-MM-DD`. */
  readonly within?: string | undefined;
  /** Two assets, in either order: only from the one to the other, both included. */
  readonly oneEnd?: string | undefined;
  readonly otherEnd?: string | undefined;
}

interface LookedAtRow extends PassingAsset {
  readonly passes: number;
}

/** So many are looked at in one turn: some milliseconds of a library of any size. */
const LOOKED_AT_COUNT = 1000;

/**
 * Assets that a filter lets through, newest first, in pages as they are found; others get a turn between. What comes
 * or goes meanwhile may be among them or not. `isOver` is asked between turns, also where nothing passes.
 */
export async function* passingAssets(
  catalog: CatalogReader,
  { within, oneEnd, otherEnd, ...filter }: PassingFilter,
  isOver: () => boolean = () => false,
): AsyncGenerator<PassingAsset[], void, undefined> {
  const span = spanOf(catalog, { within, oneEnd, otherEnd, ...filter });
  if (!span) return;
  const { sql, values } = filterClause(filter);
  for (let { before } = span; ;) {
    const rows = catalog.all<LookedAtRow>(
      `SELECT assets.asset_id AS assetId, assets.captured_local AS capturedLocal, ${sql} AS passes FROM assets
       WHERE (assets.captured_local, assets.asset_id) < (?, ?) AND (assets.captured_local, assets.asset_id) >= (?, ?)
       ORDER BY assets.captured_local DESC, assets.asset_id DESC LIMIT ?`,
      ...values,
      before.capturedLocal,
      before.assetId,
      span.from.capturedLocal,
      span.from.assetId,
      LOOKED_AT_COUNT,
    );
    const passing = rows.filter(({ passes }) => passes === 1);
    if (passing.length > 0) yield passing;
    const last = rows.at(-1);
    if (!last || rows.length < LOOKED_AT_COUNT || isOver()) return;
    before = last;
    await setImmediate();
  }
}

/** The part of the timeline that is looked at: from `from`, which is in it, to `before`, which is not. */
interface Span {
  readonly from: PassingAsset;
  readonly before: PassingAsset;
}

function spanOf(catalog: CatalogReader, filter: PassingFilter): Span | undefined {
  const { within, oneEnd, otherEnd, from = '', to } = filter;
  // 'U' follows the 'T' behind a day, ':' the '-' behind a month and every year.
  const past = within === undefined ? '' : `${within}${within.length === 7 ? ':' : 'U'}`;
  const spans: (Span | undefined)[] = [
    { from: at(from), before: at(to === undefined ? ':' : `${to}U`) },
    ...(within === undefined ? [] : [{ from: at(within), before: at(past) }]),
    ...(oneEnd === undefined || otherEnd === undefined ? [] : [between(catalog, oneEnd, otherEnd)]),
  ];
  return spans.reduce(
    (one, other) =>
      one &&
      other && { from: later(one.from, other.from), before: earlier(one.before, other.before) },
  );
}

function at(capturedLocal: string): PassingAsset {
  return { capturedLocal, assetId: '' };
}

function later(one: PassingAsset, other: PassingAsset): PassingAsset {
  return isEarlier(one, other) ? other : one;
}

function earlier(one: PassingAsset, other: PassingAsset): PassingAsset {
  return isEarlier(one, other) ? one : other;
}

function isEarlier(one: PassingAsset, other: PassingAsset): boolean {
  if (one.capturedLocal !== other.capturedLocal) return one.capturedLocal < other.capturedLocal;
  return one.assetId < other.assetId;
}

function between(catalog: CatalogReader, oneEnd: string, otherEnd: string): Span | undefined {
  const rows = catalog.all<PassingAsset>(
    `SELECT asset_id AS assetId, captured_local AS capturedLocal FROM assets WHERE asset_id IN (?, ?)
     ORDER BY captured_local, asset_id`,
    oneEnd,
    otherEnd,
  );
  const [older, newer = older] = rows;
  if (!older || !newer || (rows.length < 2 && oneEnd !== otherEnd)) return undefined;
  // Behind itself, and before the next id.
  return { from: older, before: { ...newer, assetId: `${newer.assetId}:` } };
}
