import type { CoveredAsset } from '../../../shared/coverage-view.ts';

/** Excel takes a file for UTF-8 only where it begins with this. */
const BYTE_ORDER_MARK = '\uFEFF';
const COLUMNS = ['Name', 'Kind', 'Taken', 'Files', 'Bytes', 'Verified', 'Key'];

export const SAFE_LIST_HEAD = `${BYTE_ORDER_MARK}${line(COLUMNS)}`;

/** An asset as a line of the list, ready for a spreadsheet. */
export function safeListLine(asset: CoveredAsset): string {
  return line([
    asset.name,
    asset.kind ?? '',
    isoTime(asset.createdAt),
    String(asset.resourceCount),
    String(asset.byteCount),
    isoTime(asset.verifiedAt),
    asset.assetKey,
  ]);
}

function line(cells: readonly string[]): string {
  return `${cells.map(safeCell).join(',')}\r\n`;
}

/** A device chooses names and keys: none may become a formula where the list is opened. */
function safeCell(text: string): string {
  const harmless = /^[\s]*[=+\-@]|^[\t\r\n]/.test(text) ? `'${text}` : text;
  return `"${harmless.replaceAll('"', '""')}"`;
}

function isoTime(at: number | undefined): string {
  const time = new Date(at ?? Number.NaN);
  return Number.isNaN(time.getTime()) ? '' : time.toISOString();
}
