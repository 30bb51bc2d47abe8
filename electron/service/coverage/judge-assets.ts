import type { CoverageGroup } from '../../../shared/coverage-view.ts';
import { ERRORS, type ErrorCode } from '../../../shared/error-catalogue.ts';
import { isInTrash } from '../../../shared/receipt.ts';
import { isKeptByEdits } from '../../../shared/resource-type.ts';
import type { CatalogReader } from '../catalog/open-catalog.ts';

/** What can be said of an asset without knowing what time it is. */
export type AssetState = Exclude<CoverageGroup, 'verified' | 'counting'>;

/** A file of the library that is what the device named. */
export interface CoveringFile {
  readonly path: string;
  readonly byteCount: number;
}

/** How an asset of an inventory stands, by what the catalog has now. */
export interface AssetVerdict {
  readonly assetNo: number;
  readonly state: AssetState;
  /** When the file re-read longest ago was re-read; 0 where one never was, or may be another. */
  readonly verifiedAt: number;
  readonly reason: ErrorCode | undefined;
  readonly byteCount: number;
  readonly unsizedCount: number;
  /** One for each file of the asset; empty unless all are here. */
  readonly files: readonly CoveringFile[];
  /** Types of the files that are not here, or that nothing was told of to compare them by. */
  readonly openTypes: readonly string[];
  readonly isUntold: boolean;
}

interface ToldRow {
  readonly asset_no: number;
  readonly resource_no: number | null;
  readonly asset_key: string;
  readonly resource_type: string;
  readonly byte_count: number | null;
  readonly sha256: string | null;
  readonly modified_at: number | null;
  readonly sent_modified_at: number | null;
  readonly receipt_id: string | null;
  readonly here_byte_count: number | null;
  readonly here_sha256: string | null;
  readonly path: string | null;
  readonly read_at: number | null;
  readonly found_at: number | null;
}

/**
 * Judges assets of one device's inventory. Only what this device sent under this very key and type counts, and only
 * where nothing that was told of it says that it is another file.
 */
export function judgeAssets(
  catalog: CatalogReader,
  deviceId: string,
  assetNos: readonly number[],
): AssetVerdict[] {
  const rows = catalog.all<ToldRow>(
    `SELECT told.asset_no, file.resource_no, told.asset_key, file.resource_type, file.byte_count, file.sha256,
       file.modified_at, sent.modified_at AS sent_modified_at, here.receipt_id, here.byte_count AS here_byte_count,
       here.sha256 AS here_sha256, here.path, readings.read_at, readings.found_at
     FROM json_each(?) AS asked
     CROSS JOIN inventory_assets AS told ON told.asset_no = asked.value
     LEFT JOIN inventory_resources AS file ON file.asset_no = told.asset_no
     LEFT JOIN sent ON sent.device_id = ? AND sent.asset_key = told.asset_key AND sent.resource_type = file.resource_type
     LEFT JOIN resources AS here ON here.receipt_id = sent.receipt_id
     LEFT JOIN readings ON readings.receipt_id = sent.receipt_id
     ORDER BY asked.key, file.resource_no`,
    JSON.stringify(assetNos),
    deviceId,
  );
  return [...grouped(rows, (row) => row.asset_no)].map((ofAsset) =>
    judgeAsset(catalog, deviceId, ofAsset),
  );
}

function judgeAsset(
  catalog: CatalogReader,
  deviceId: string,
  rows: readonly ToldRow[],
): AssetVerdict {
  const files = [...grouped(rows, (row) => row.resource_no)]
    .filter(([first]) => first.resource_no !== null)
    .map((ofFile) => judgeFile(ofFile));
  const first = rows[0];
  const gone = files.filter(({ here }) => here === undefined);
  const reasons = gone.map(
    ({ type }) => first && givenUpFor(catalog, deviceId, first.asset_key, type),
  );
  const reason = reasons.find((each) => each !== undefined);
  const isUntold = files.some((file) => !file.isTold);
  const verifiedAt = isUntold ? 0 : Math.min(...files.map(({ here }) => here?.readAt ?? 0));
  const isHere = gone.length === 0 && files.length > 0;
  return {
    assetNo: first?.asset_no ?? 0,
    state: isHere ? 'here' : stateOf(gone, reason),
    verifiedAt: isHere ? verifiedAt : 0,
    reason,
    byteCount: files.reduce((sum, { byteCount }) => sum + (byteCount ?? 0), 0),
    unsizedCount: files.filter(({ byteCount }) => byteCount === undefined).length,
    files: isHere ? files.flatMap(({ here }) => here ?? []) : [],
    openTypes: files.filter(({ here, isTold }) => !here || !isTold).map(({ type }) => type),
    isUntold,
  };
}

function stateOf(gone: readonly FileVerdict[], reason: ErrorCode | undefined): AssetState {
  if (reason !== undefined) return 'given-up';
  if (gone.some(({ isDamaged }) => isDamaged)) return 'damaged';
  return gone.some(({ isTrashed }) => isTrashed) ? 'trashed' : 'owed';
}

interface FileVerdict {
  readonly type: string;
  readonly here: (CoveringFile & { readonly readAt: number }) | undefined;
  readonly isDamaged: boolean;
  readonly isTrashed: boolean;
  /** The device told enough of the file to know that what is here is no other. */
  readonly isTold: boolean;
  readonly byteCount: number | undefined;
}

/** Rows of one file: one for each version of it that the device sent, or one without any. */
function judgeFile(rows: readonly [ToldRow, ...ToldRow[]]): FileVerdict {
  const [told] = rows;
  const same = rows.filter((row) => row.receipt_id !== null && isSame(row));
  const standing = same
    .filter((row) => row.found_at === null && row.path !== null && !isInTrash(row.path))
    .toSorted(
      (a, b) =>
        Number(isEnoughTold(b)) - Number(isEnoughTold(a)) || (b.read_at ?? 0) - (a.read_at ?? 0),
    )[0];
  return {
    type: told.resource_type,
    here: standing && {
      path: standing.path ?? '',
      byteCount: standing.here_byte_count ?? 0,
      readAt: standing.read_at ?? 0,
    },
    isDamaged: same.some((row) => row.found_at !== null),
    isTrashed: same.some((row) => row.path !== null && isInTrash(row.path)),
    isTold: isEnoughTold(standing ?? told),
    byteCount: told.byte_count ?? standing?.here_byte_count ?? undefined,
  };
}

/** A hash decides alone; else whatever both sides know must agree. */
function isSame(row: ToldRow): boolean {
  if (row.sha256 !== null) return row.sha256 === row.here_sha256;
  if (row.byte_count !== null && row.byte_count !== row.here_byte_count) return false;
  if (row.modified_at === null || row.modified_at === row.sent_modified_at) return true;
  // Without a size the time is all there is.
  return row.byte_count !== null && row.sent_modified_at === null;
}

/** An edit replaces files of its own under the same key, often by others just as long: there a size alone says little. */
function isEnoughTold(row: ToldRow): boolean {
  if (row.sha256 !== null) return true;
  if (isKeptByEdits(row.resource_type)) return row.byte_count !== null || row.modified_at !== null;
  return row.modified_at !== null && row.modified_at === row.sent_modified_at;
}

function givenUpFor(
  catalog: CatalogReader,
  deviceId: string,
  assetKey: string,
  resourceType: string,
): ErrorCode | undefined {
  const job = catalog.get<{ state: string; error_code: ErrorCode | null }>(
    `SELECT state, error_code FROM jobs WHERE device_id = ? AND asset_key = ? AND resource_type = ?
     ORDER BY started_at DESC LIMIT 1`,
    deviceId,
    assetKey,
    resourceType,
  );
  if (job?.state !== 'failed') return undefined;
  const code = job.error_code ?? 'service/failed';
  // What the device sends again by itself is owed, not given up.
  return ERRORS[code].retry === 'later' ? undefined : code;
}

/** Neighbouring rows with the same key. */
function* grouped<Row>(
  rows: readonly Row[],
  keyOf: (row: Row) => unknown,
): Generator<[Row, ...Row[]]> {
  let group: [Row, ...Row[]] | undefined;
  for (const row of rows) {
    if (group && keyOf(group[0]) === keyOf(row)) group.push(row);
    else {
      if (group) yield group;
      group = [row];
    }
  }
  if (group) yield group;
}
