import { groupParts, type Apart, type Tie } from '../assets/grouping/group-parts.ts';

import { refreshAsset } from './asset-rows.ts';
import type { CatalogReader, CatalogWriter } from './open-catalog.ts';
import { partedFrom, tiesOf } from './tie-rows.ts';

/** More parts than any asset has: what a device makes up beyond that stays as its keys say. */
const MAX_PARTS = 200;

/** The asset that a part, or an asset of before, belongs to now. */
export function assetOfPart(catalog: CatalogReader, partId: string): string {
  const row = catalog.get<{ asset_id: string }>(
    'SELECT asset_id FROM asset_parts WHERE part_id = ?',
    partId,
  );
  return row?.asset_id ?? partId;
}

/** The parts an asset is made of, oldest first. */
export function partsOfAsset(catalog: CatalogReader, assetId: string): string[] {
  return catalog
    .all<{ part_id: string }>(
      `SELECT part_id, (SELECT min(rowid) FROM resources WHERE resources.part_id = asset_parts.part_id) AS first
       FROM asset_parts WHERE asset_id = ? ORDER BY first`,
      assetId,
    )
    .map((row) => row.part_id);
}

/**
 * Groups anew everything that hangs together with some parts, and brings their assets up to date. A group is
 * called by its oldest part.
 */
export function regroup(catalog: CatalogWriter, partIds: readonly string[]): void {
  const { parts, ties, apart } = hangingTogether(catalog, partIds);
  const before = new Map(parts.map((part) => [part, assetOfPart(catalog, part)]));
  const first = new Map(parts.map((part) => [part, firstOf(catalog, part)]));
  const groups = groupParts({
    parts,
    ties,
    apart,
    keyOf: (part) => first.get(part)?.name ?? part,
    recipes: new Set(
      ties.some(({ why }) => why === 'sent-with')
        ? parts.filter((part) => isRecipe(catalog, part))
        : [],
    ),
  });
  const after = new Set<string>();
  for (const group of groups) {
    const [oldest] = group.toSorted(
      (a, b) => (first.get(a)?.place ?? Infinity) - (first.get(b)?.place ?? Infinity),
    );
    if (oldest === undefined) continue;
    after.add(oldest);
    for (const part of group) {
      if (before.get(part) !== oldest) assign(catalog, part, oldest);
    }
  }
  for (const assetId of new Set(before.values())) {
    // One that has files left, which hang together with more than is looked at here, is still shown.
    if (!after.has(assetId)) refreshAsset(catalog, assetId);
  }
  for (const assetId of after) refreshAsset(catalog, assetId);
}

function isRecipe(catalog: CatalogReader, partId: string): boolean {
  const row = catalog.get<{ isRecipe: number | null }>(
    `SELECT min(role = 'recipe') AS isRecipe FROM resources WHERE part_id = ?`,
    partId,
  );
  return row?.isRecipe === 1;
}

function assign(catalog: CatalogWriter, partId: string, assetId: string): void {
  catalog.run(
    'INSERT OR REPLACE INTO asset_parts (part_id, asset_id) VALUES (?, ?)',
    partId,
    assetId,
  );
  catalog.run('UPDATE resources SET asset_id = ? WHERE part_id = ?', assetId, partId);
}

/** Where a part begins in the journal, and what it is called whatever came first. */
function firstOf(
  catalog: CatalogReader,
  partId: string,
): { readonly place: number; readonly name: string } | undefined {
  const row = catalog.get<{ place: number | null; name: string | null }>(
    `SELECT min(rowid) AS place, min(device_id || ' ' || asset_key) AS name FROM resources WHERE part_id = ?`,
    partId,
  );
  const { place = null, name = null } = row ?? {};
  return place === null || name === null ? undefined : { place, name };
}

/** Everything that ties lead to, over any number of steps, and also what was one asset with it until now. */
function hangingTogether(
  catalog: CatalogReader,
  partIds: readonly string[],
): { parts: string[]; ties: Tie[]; apart: Apart[] } {
  const parts = new Set<string>(partIds);
  const ties: Tie[] = [];
  const apart: Apart[] = [];
  // A set that grows while it is gone through is gone through to its end.
  for (const part of parts) {
    for (const tie of tiesOf(catalog, part)) {
      if (parts.size >= MAX_PARTS && !parts.has(tie.other)) continue;
      parts.add(tie.other);
      ties.push(tie);
    }
    apart.push(...partedFrom(catalog, part));
    for (const sibling of partsOfAsset(catalog, assetOfPart(catalog, part))) {
      if (parts.size < MAX_PARTS) parts.add(sibling);
    }
  }
  return { parts: [...parts], ties, apart };
}
