import type { FavouriteDecision } from '../../../shared/receipt.ts';

import type { CatalogReader, CatalogWriter } from './open-catalog.ts';

/**
 * Keeps a person's decision for every asset, as it is made of parts now, that it speaks of. Gives the assets; none for
 * a decision that is known, which would speak of other parts a second time.
 */
export function saveFavourite(catalog: CatalogWriter, decision: FavouriteDecision): string[] {
  const isNew = catalog.run(
    'INSERT OR IGNORE INTO decisions_made (decision_id) VALUES (?)',
    decision.decisionId,
  );
  if (isNew === 0) return [];
  const assetIds = new Set<string>();
  for (const named of decision.assetIds) {
    const assetId =
      catalog.get<{ asset_id: string }>('SELECT asset_id FROM asset_parts WHERE part_id = ?', named)
        ?.asset_id ?? named;
    assetIds.add(assetId);
    catalog.run(
      `INSERT INTO favourites (part_id, favourite, decided_at)
       SELECT part_id, ?, ? FROM asset_parts WHERE asset_id = ?
       UNION SELECT ?, ?, ? WHERE TRUE
       ON CONFLICT DO UPDATE SET favourite = excluded.favourite, decided_at = excluded.decided_at`,
      decision.isFavourite ? 1 : 0,
      decision.decidedAt,
      assetId,
      named,
      decision.isFavourite ? 1 : 0,
      decision.decidedAt,
    );
  }
  return [...assetIds];
}

/**
 * Whether an asset is a favourite: by the last decision about any of its parts, else where one of its devices told so
 * when it told of it last.
 */
export function isFavourite(catalog: CatalogReader, assetId: string): boolean {
  const decided = catalog.get<{ favourite: number }>(
    `SELECT favourite FROM asset_parts JOIN favourites USING (part_id) WHERE asset_id = ?
     ORDER BY decided_at DESC, favourite DESC LIMIT 1`,
    assetId,
  );
  if (decided) return decided.favourite === 1;
  const told = catalog.get<{ favourite: number | null }>(
    `SELECT max(favourite) AS favourite FROM (
       SELECT favourite, row_number() OVER (PARTITION BY device_id ORDER BY at DESC, is_link DESC, number DESC) AS place
       FROM (
         SELECT device_id, json_extract(receipt, '$.told.favorite') AS favourite, stored_at AS at, 0 AS is_link,
           rowid AS number FROM resources WHERE asset_id = ?
         UNION ALL
         SELECT links.device_id, json_extract(link, '$.told.favorite'), linked_at, 1, links.rowid
         FROM links JOIN resources USING (receipt_id) WHERE asset_id = ?)
       WHERE favourite IS NOT NULL)
     WHERE place = 1`,
    assetId,
    assetId,
  );
  return told?.favourite === 1;
}
