import type { GroupingFacts } from '../assets/grouping/grouping-facts.ts';
import { RESOURCE_ROLES } from '../../../shared/resource-role.ts';
import type { Apart, Tie } from '../assets/grouping/group-parts.ts';
import {
  MAX_OFFSET_MS,
  partnersOf,
  RELATIONS,
  relationOf,
  type Relation,
} from '../assets/grouping/relation.ts';
import type { GroupingDecision } from '../../../shared/receipt.ts';

import type { CatalogReader, CatalogWriter } from './open-catalog.ts';

/** A name or an identifier that more files share than this tells nothing, so they are not tied by it. */
const MAX_PARTNERS = 24;

interface FactsRow {
  readonly part_id: string;
  readonly device_id: string;
  readonly role: GroupingFacts['role'];
  readonly group_stem: string | null;
  readonly group_folder: string | null;
  readonly content_id: string | null;
  readonly taken_local: string;
  readonly taken_at: number | null;
  readonly timing: GroupingFacts['timing'];
  readonly sent_at: number | null;
}

const FACTS = `SELECT part_id, device_id, role, group_stem, group_folder, content_id, taken_local, taken_at, timing,
    json_extract(receipt, '$.startedAt') AS sent_at
  FROM resources`;

/** Parts that a resource is tied to, with the surest reason for each. It need not be recorded yet. */
export function relativesOf(
  catalog: CatalogReader,
  facts: GroupingFacts,
): { readonly partId: string; readonly why: Relation }[] {
  const found = new Map<string, Relation>();
  for (const row of candidatesFor(catalog, facts)) {
    const why = relationOf(facts, factsOfRow(row));
    const known = found.get(row.part_id);
    if (why && (!known || RELATIONS.indexOf(why) < RELATIONS.indexOf(known))) {
      found.set(row.part_id, why);
    }
  }
  return [...found].map(([partId, why]) => ({ partId, why }));
}

function candidatesFor(catalog: CatalogReader, facts: GroupingFacts): FactsRow[] {
  const { deviceId, contentId, stem, folder, timing, takenLocal } = facts;
  const isPartner = IS_PARTNER.get(facts.role);
  if (isPartner === undefined) return [];
  const rows: FactsRow[] = [];
  if (contentId !== undefined) {
    rows.push(
      ...telling(
        catalog.all<FactsRow>(
          `${FACTS} WHERE content_id = ? AND device_id = ? AND ${isPartner} LIMIT ${MAX_PARTNERS + 1}`,
          contentId,
          deviceId,
        ),
      ),
    );
  }
  if (stem !== undefined && timing !== 'none') {
    rows.push(
      ...telling(
        catalog.all<FactsRow>(
          `${FACTS} WHERE device_id = ? AND group_stem = ? AND ${isPartner}
           AND taken_local BETWEEN ? AND ? LIMIT ${MAX_PARTNERS + 1}`,
          deviceId,
          stem,
          shifted(takenLocal, -MAX_OFFSET_MS),
          shifted(takenLocal, MAX_OFFSET_MS),
        ),
      ),
    );
  }
  if (stem !== undefined && folder !== undefined) {
    rows.push(
      ...telling(
        catalog.all<FactsRow>(
          `${FACTS} WHERE device_id = ? AND group_folder = ? AND group_stem = ? LIMIT ${MAX_PARTNERS + 1}`,
          deviceId,
          folder,
          stem,
        ),
      ),
    );
  }
  if (stem !== undefined && facts.sentAt !== undefined) {
    rows.push(
      ...telling(
        catalog.all<FactsRow>(
          `${FACTS} WHERE device_id = ? AND group_stem = ?
           AND ${facts.role === 'recipe' ? isPartner : IS_RECIPE} LIMIT ${MAX_PARTNERS + 1}`,
          deviceId,
          stem,
        ),
      ),
    );
  }
  return rows;
}

function telling(rows: readonly FactsRow[]): readonly FactsRow[] {
  return rows.length > MAX_PARTNERS ? [] : rows;
}

const IS_RECIPE = `role = 'recipe'`;

/** By role, in SQL: whether a row has a role that may be joined. */
const IS_PARTNER = new Map(
  RESOURCE_ROLES.filter((role) => partnersOf(role).length > 0).map((role) => [
    role,
    `role IN (${partnersOf(role)
      .map((each) => `'${each}'`)
      .join(', ')})`,
  ]),
);

function shifted(local: string, byMs: number): string {
  return new Date(Date.parse(`${local}Z`) + byMs).toISOString().slice(0, 19);
}

function factsOfRow(row: FactsRow): GroupingFacts {
  return {
    partId: row.part_id,
    deviceId: row.device_id,
    role: row.role,
    stem: row.group_stem ?? undefined,
    folder: row.group_folder ?? undefined,
    contentId: row.content_id ?? undefined,
    takenLocal: row.taken_local,
    takenAt: row.taken_at ?? undefined,
    timing: row.timing,
    sentAt: row.sent_at ?? undefined,
  };
}

/** Keeps what ties a recorded resource to others. Says whether there is anything new. */
export function tieResource(catalog: CatalogWriter, facts: GroupingFacts): boolean {
  let isNew = false;
  for (const { partId, why } of relativesOf(catalog, facts)) {
    for (const [one, other] of [
      [facts.partId, partId],
      [partId, facts.partId],
    ] as const) {
      const before = catalog.get<{ why: Relation }>(
        'SELECT why FROM ties WHERE one = ? AND other = ?',
        one,
        other,
      );
      if (before && RELATIONS.indexOf(before.why) <= RELATIONS.indexOf(why)) continue;
      catalog.run(
        'INSERT OR REPLACE INTO ties (one, other, why) VALUES (?, ?, ?)',
        one,
        other,
        why,
      );
      isNew = true;
    }
  }
  return isNew;
}

/** Whether something is tied to a part only by having been sent with it. */
export function wasSentWithOthers(catalog: CatalogReader, partId: string): boolean {
  return (
    catalog.get(`SELECT 1 FROM ties WHERE one = ? AND why = 'sent-with' LIMIT 1`, partId) !==
    undefined
  );
}

/** What ties some parts to any others. */
export function tiesOf(catalog: CatalogReader, partId: string): Tie[] {
  const guessed = catalog.all<Tie>('SELECT one, other, why FROM ties WHERE one = ?', partId);
  const decided = catalog.all<Tie>(
    `SELECT one, other, 'by-hand' AS why FROM decisions WHERE one = ? AND decision = 'together'`,
    partId,
  );
  return [...guessed, ...decided];
}

export function partedFrom(catalog: CatalogReader, partId: string): Apart[] {
  return catalog.all<Apart>(
    `SELECT one, other FROM decisions WHERE one = ? AND decision = 'apart'`,
    partId,
  );
}

/** Keeps what a person decided. False for a decision that is known already. */
export function saveDecision(catalog: CatalogWriter, made: GroupingDecision): boolean {
  const isNew = catalog.run(
    'INSERT OR IGNORE INTO decisions_made (decision_id) VALUES (?)',
    made.decisionId,
  );
  if (isNew === 0) return false;
  for (const [one, other] of pairsOf(made)) {
    for (const [here, there] of [
      [one, other],
      [other, one],
    ] as const) {
      if (made.decision === 'forget') {
        catalog.run('DELETE FROM decisions WHERE one = ? AND other = ?', here, there);
      } else {
        catalog.run(
          'INSERT OR REPLACE INTO decisions (one, other, decision) VALUES (?, ?, ?)',
          here,
          there,
          made.decision,
        );
      }
    }
  }
  return true;
}

/** `apart` and `forget` speak of the first and each other; `together` ties each to the next. */
function pairsOf({ decision, assetIds }: GroupingDecision): (readonly [string, string])[] {
  const [first = '', ...others] = assetIds;
  if (decision !== 'together') return others.map((other) => [first, other] as const);
  return others.map((other, index) => [assetIds[index] ?? first, other] as const);
}
