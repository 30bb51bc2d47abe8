import type { AssetFilter } from '../../../shared/asset-filter.ts';
import type { Facet, Facets } from '../../../shared/window-views.ts';
import type { SearchFacts } from '../assets/search-facts.ts';

import { atOnce } from '../in-slices.ts';

import { filteredGroups } from './filtered-counts.ts';
import type { CatalogReader } from './open-catalog.ts';

/** Of each facet the most frequent values. */
const MAX_VALUES = 100;
/** Groups whose facts are read in one step. */
const GROUPS_AT_ONCE = 500;

/**
 * How many assets pass a filter, and how many of these would be left by adding each value of a facet. Values without
 * any are left out; the most frequent come first, years from the newest on.
 */
export function facetsOf(catalog: CatalogReader, filter: AssetFilter): Facets {
  return atOnce(facetsInSteps(catalog, filter));
}

/** The same in steps of some milliseconds. */
export function* facetsInSteps(
  catalog: CatalogReader,
  filter: AssetFilter,
): Generator<undefined, Facets, undefined> {
  const tallies = {
    kinds: new Tally(),
    deviceIds: new Tally(),
    cameras: new Tally(),
    lenses: new Tally(),
    warnings: new Tally(),
  };
  const years = new Tally();
  const groups = new Map<number, number>();
  for (const rows of filteredGroups(catalog, filter)) {
    for (const { groupId, year, count } of rows) {
      years.add(String(year).padStart(4, '0'), count);
      groups.set(groupId, (groups.get(groupId) ?? 0) + count);
    }
    yield;
  }
  let total = 0;
  let favouriteCount = 0;
  let looked = 0;
  for (const [groupId, count] of groups) {
    looked += 1;
    if (looked % GROUPS_AT_ONCE === 0) yield;
    total += count;
    const facts = factsOf(catalog, groupId);
    if (!facts) continue;
    if (facts.isFavourite === true) favouriteCount += count;
    for (const kind of facts.kinds) tallies.kinds.add(kind, count);
    for (const deviceId of facts.deviceIds) tallies.deviceIds.add(deviceId, count);
    for (const warning of facts.warnings) tallies.warnings.add(warning, count);
    if (facts.camera !== undefined) tallies.cameras.add(facts.camera, count);
    if (facts.lens !== undefined) tallies.lenses.add(facts.lens, count);
  }
  return {
    count: total,
    favouriteCount,
    kinds: tallies.kinds.mostFrequent(),
    deviceIds: tallies.deviceIds.mostFrequent(),
    cameras: tallies.cameras.mostFrequent(),
    lenses: tallies.lenses.mostFrequent(),
    warnings: tallies.warnings.mostFrequent(),
    years: years.all().toSorted((a, b) => (a.value < b.value ? 1 : -1)),
  };
}

function factsOf(catalog: CatalogReader, groupId: number): SearchFacts | undefined {
  const row = catalog.get<{ facts: string }>(
    'SELECT facts FROM search_groups WHERE group_id = ?',
    groupId,
  );
  // The catalog's own text.
  return row && (JSON.parse(row.facts) as SearchFacts);
}

class Tally {
  readonly #counts = new Map<string, number>();

  add(value: string, count: number): void {
    this.#counts.set(value, (this.#counts.get(value) ?? 0) + count);
  }

  all(): Facet[] {
    return [...this.#counts].map(([value, count]) => ({ value, count }));
  }

  mostFrequent(): Facet[] {
    return this.all()
      .toSorted((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1))
      .slice(0, MAX_VALUES);
  }
}
