import type { Receipt } from '../../../shared/receipt.ts';
import { groupingFacts } from '../assets/grouping/grouping-facts.ts';

import { refreshAsset } from './asset-rows.ts';
import type { CatalogReader, CatalogWriter } from './open-catalog.ts';
import { regroup } from './regroup.ts';
import { tieResource } from './tie-rows.ts';
import { assetIdsOfBytes } from './timeline-queries.ts';

/**
 * Brings assets up to date with what was found out about some bytes after they came: what kind of photo it is, when it
 * was taken, what it lacks; and, where the header had not told it, which other file it belongs to.
 */
export function noteDetails(catalog: CatalogWriter, sha256: string): void {
  catalog.transaction(() => {
    const found = identifiersOf(catalog, sha256);
    if (found) tieLate(catalog, sha256, found);
    for (const assetId of assetIdsOfBytes(catalog, sha256)) refreshAsset(catalog, assetId);
  });
}

interface Identifiers {
  readonly content_id: string | null;
  readonly burst_id: string | null;
}

function identifiersOf(catalog: CatalogReader, sha256: string): Identifiers | undefined {
  return catalog.get<Identifiers>(
    `SELECT content_id, burst_id FROM metadata
     WHERE sha256 = ? AND (content_id IS NOT NULL OR burst_id IS NOT NULL)`,
    sha256,
  );
}

function tieLate(catalog: CatalogWriter, sha256: string, found: Identifiers): void {
  const untied = catalog.all<{ receipt_id: string; receipt: string }>(
    `SELECT receipt_id, receipt FROM resources
     WHERE sha256 = ? AND ((content_id IS NULL AND ? IS NOT NULL) OR (burst_id IS NULL AND ? IS NOT NULL))`,
    sha256,
    found.content_id,
    found.burst_id,
  );
  for (const row of untied) {
    catalog.run(
      `UPDATE resources SET content_id = coalesce(content_id, ?), burst_id = coalesce(burst_id, ?)
       WHERE receipt_id = ?`,
      found.content_id,
      found.burst_id,
      row.receipt_id,
    );
    const facts = groupingFacts(JSON.parse(row.receipt) as Receipt);
    const contentId = facts.contentId ?? found.content_id ?? undefined;
    if (tieResource(catalog, { ...facts, contentId })) regroup(catalog, [facts.partId]);
  }
}
