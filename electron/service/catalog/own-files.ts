import { randomUUID } from 'node:crypto';

import { linkSchema, receiptSchema } from '../../../shared/receipt.ts';
import type { FileChange, OwnFile, OwnFiles } from '../lan/own-files.ts';

import { appMetadataOf } from './app-metadata-rows.ts';
import type { CatalogReader, CatalogWriter, SqlValue } from './open-catalog.ts';
import { IS_OWN } from './sha1-rows.ts';

interface OwnFileRow {
  readonly own_link: string | null;
  readonly receipt_id: string;
  readonly receipt: string;
  readonly sha1: string;
  readonly favourite: number | null;
  readonly trashed_at: number | null;
  readonly kind: string | null;
  readonly role: string;
  readonly width: number | null;
  readonly height: number | null;
  readonly duration_ms: number | null;
  readonly thumbhash: string | null;
  readonly movie_id: string | null;
  readonly has_still: number;
}

/** What was found damaged or missing is not here for an app: it sends its own copy then. */
const IS_BAD =
  'EXISTS (SELECT 1 FROM readings WHERE readings.receipt_id = resources.receipt_id AND found_at IS NOT NULL)';

/** The same for a table of another name. */
const isOwn = (table: string): string => IS_OWN.replaceAll('resources', table);

/** How often {@link SELECT_OWN} takes the device. */
const DEVICE_COUNT = 7;

/** Recipes of edits and sidecars are no files of their own for such a client. */
const IS_SHOWN = "resources.role NOT IN ('recipe', 'base')";

/** Takes numbers as JSON: a text of its own for each list would be kept prepared. */
const AMONG_NUMBERS = 'resources.rowid IN (SELECT value FROM json_each(?))';

/** Receipts that are counted in one turn of the service. */
const COUNTED_AT_ONCE = 5_000;

/** Takes the device as often as {@link DEVICE_COUNT} says; a condition and an order are put behind it. */
const SELECT_OWN = `
SELECT (SELECT link FROM links
    WHERE links.receipt_id = resources.receipt_id AND links.device_id = ? AND resources.device_id <> links.device_id
    ORDER BY linked_at DESC LIMIT 1) AS own_link, resources.receipt_id, resources.receipt, sha1s.sha1, assets.favourite, resources.trashed_at, media.kind, resources.role, media.width,
  media.height, media.duration_ms, media.thumbhash,
  CASE WHEN resources.role = 'still' THEN (
    SELECT movie.receipt_id FROM resources AS movie JOIN sha1s AS known ON known.receipt_id = movie.receipt_id
    WHERE movie.asset_id = resources.asset_id AND movie.role = 'movie' AND ${isOwn('movie')}
    ORDER BY movie.rowid LIMIT 1) END AS movie_id,
  resources.role = 'movie' AND EXISTS (
    SELECT 1 FROM resources AS still
    WHERE still.asset_id = resources.asset_id AND still.role = 'still' AND ${isOwn('still')}) AS has_still
FROM sha1s JOIN resources USING (receipt_id)
  LEFT JOIN assets ON assets.asset_id = resources.asset_id
  LEFT JOIN media ON media.sha256 = resources.sha256
WHERE ${IS_OWN} AND ${IS_SHOWN} AND NOT ${IS_BAD}`;

function fileOf(row: OwnFileRow): OwnFile {
  const receipt = receiptSchema.parse(JSON.parse(row.receipt));
  // What another device told of the same bytes is that device's.
  const own = row.own_link === null ? undefined : linkSchema.parse(JSON.parse(row.own_link));
  return {
    receipt: own ? { ...receipt, told: own.told } : receipt,
    assetKey: (own ?? receipt).assetKey,
    sha1: row.sha1,
    isFavourite: row.favourite === 1,
    trashedAt: row.trashed_at ?? undefined,
    // Of bytes that nobody can read the device's word stands.
    isVideo: row.kind === 'video' || (row.kind !== 'photo' && row.role.endsWith('movie')),
    width: row.width ?? undefined,
    height: row.height ?? undefined,
    durationMs: row.duration_ms ?? undefined,
    thumbhash: row.thumbhash ?? undefined,
    movieId: row.movie_id ?? undefined,
    isMovieOfStill: row.has_still === 1,
  };
}

/** What devices may ask of the catalog about what they sent. */
export function ownFilesIn(
  catalog: CatalogReader,
): Omit<OwnFiles, 'standingBySha1' | 'holdKey' | 'changesId' | 'wantSha1s'> {
  const rows = (deviceId: string, sql: string, ...values: readonly SqlValue[]): OwnFileRow[] =>
    catalog.all(
      `${SELECT_OWN} ${sql}`,
      ...new Array<string>(DEVICE_COUNT).fill(deviceId),
      ...values,
    );
  /** The numbers in the journal of what a device sent itself, whoever was first: the last of them before one. */
  const ownNumbers = (deviceId: string, before: number, limit: number): number[] => {
    const end = Math.min(before, Number.MAX_SAFE_INTEGER);
    const first = catalog.all<{ number: number }>(
      `SELECT rowid AS number FROM resources WHERE device_id = ? AND rowid < ?
       ORDER BY rowid DESC LIMIT ?`,
      deviceId,
      end,
      limit,
    );
    const linked = catalog.all<{ number: number }>(
      'SELECT number FROM linked_numbers WHERE device_id = ? AND number < ? ORDER BY number DESC LIMIT ?',
      deviceId,
      end,
      limit,
    );
    const numbers = new Set([...first, ...linked].map(({ number }) => number));
    return [...numbers].toSorted((a, b) => b - a).slice(0, limit);
  };
  return {
    appMetadata: (deviceId, receiptId) => appMetadataOf(catalog, deviceId, receiptId),
    byId: (deviceId, receiptId) =>
      rows(deviceId, 'AND resources.receipt_id = ?', receiptId).map(fileOf)[0],
    isSentOtherwise: (deviceId, { assetKey, resourceType }, sha256) => {
      const sent = catalog.get<{ others: number | null; same: number | null }>(
        `SELECT sum(sha256 <> ?) AS others, sum(sha256 = ?) AS same
         FROM sent JOIN resources USING (receipt_id)
         WHERE sent.device_id = ? AND sent.asset_key = ? AND sent.resource_type = ?`,
        sha256,
        sha256,
        deviceId,
        assetKey,
        resourceType,
      );
      return (sent?.others ?? 0) > 0 && (sent?.same ?? 0) === 0;
    },
    page: (deviceId, before, limit) => {
      const numbers = ownNumbers(deviceId, before, limit);
      const files = rows(
        deviceId,
        `AND resources.trashed_at IS NULL AND ${AMONG_NUMBERS} ORDER BY resources.rowid DESC`,
        JSON.stringify(numbers),
      ).map(fileOf);
      return { files, before: numbers.length < limit ? undefined : numbers.at(-1) };
    },
    counts: async (deviceId) => {
      let [images, videos] = [0, 0];
      for (let before: number | undefined = Infinity; before !== undefined;) {
        const numbers = ownNumbers(deviceId, before, COUNTED_AT_ONCE);
        const counted = catalog.get<{ images: number | null; videos: number | null }>(
          `SELECT sum(role NOT LIKE '%movie') AS images, sum(role LIKE '%movie') AS videos
           FROM resources JOIN sha1s USING (receipt_id)
           WHERE ${AMONG_NUMBERS} AND resources.trashed_at IS NULL AND ${IS_SHOWN} AND NOT ${IS_BAD}`,
          JSON.stringify(numbers),
        );
        images += counted?.images ?? 0;
        videos += counted?.videos ?? 0;
        before = numbers.length < COUNTED_AT_ONCE ? undefined : numbers.at(-1);
        await new Promise(setImmediate);
      }
      return { images, videos };
    },
    lastChange: () =>
      catalog.get<{ number: number | null }>(
        'SELECT max(change_number) AS number FROM file_changes',
      )?.number ?? 0,
    changesAfter: (deviceId, changeNumber, end, limit) => {
      const last = catalog.get<{ number: number | null }>(
        `SELECT max(change_number) AS number FROM (
           SELECT change_number FROM file_changes WHERE change_number > ? AND change_number <= ?
           ORDER BY change_number LIMIT ?)`,
        changeNumber,
        end,
        limit,
      );
      const upTo = last?.number ?? changeNumber;
      const numbers = catalog.all<{ receipt_id: string; change_number: number; is_gone: number }>(
        `SELECT receipt_id, change_number, is_gone AND EXISTS (
           SELECT 1 FROM gone_owners WHERE gone_owners.receipt_id = file_changes.receipt_id AND device_id = ?) AS is_gone
         FROM file_changes WHERE change_number > ? AND change_number <= ?`,
        deviceId,
        changeNumber,
        upTo,
      );
      const numberOf = new Map(numbers.map((each) => [each.receipt_id, each.change_number]));
      const files = rows(
        deviceId,
        `AND resources.receipt_id IN (
           SELECT receipt_id FROM file_changes WHERE change_number > ? AND change_number <= ?)`,
        changeNumber,
        upTo,
      ).map((row) => ({ changeNumber: numberOf.get(row.receipt_id) ?? upTo, file: fileOf(row) }));
      const bad = catalog.all<{ receipt_id: string }>(
        `SELECT resources.receipt_id FROM file_changes JOIN resources USING (receipt_id)
         WHERE change_number > ? AND change_number <= ? AND ${IS_OWN} AND ${IS_BAD}`,
        changeNumber,
        upTo,
        deviceId,
        deviceId,
      );
      const goneIds = [...numbers.filter((each) => each.is_gone === 1), ...bad].map(
        (each) => each.receipt_id,
      );
      const gone = goneIds.map((goneId) => ({
        changeNumber: numberOf.get(goneId) ?? upTo,
        goneId,
      }));
      const changes: FileChange[] = [...files, ...gone].toSorted(
        (a, b) => a.changeNumber - b.changeNumber,
      );
      return { changes, upTo };
    },
  };
}

/** Made once for each catalog: the numbers of changes of another one mean nothing in it. */
export function changesId(catalog: CatalogWriter): string {
  const key = 'file-changes-id';
  const known = catalog.get<{ value: string }>('SELECT value FROM meta WHERE key = ?', key);
  if (known) return known.value;
  const made = randomUUID();
  catalog.run('INSERT INTO meta (key, value) VALUES (?, ?)', key, made);
  return made;
}
