import type { CaptureTime } from '../../../shared/capture-time.ts';
import type { RefileReason } from '../../../shared/filing-view.ts';
import type { FolderTemplate } from '../../../shared/folder-template.ts';
import type { Receipt } from '../../../shared/receipt.ts';
import { anchorOf } from '../assets/anchor.ts';
import { extensionOf } from '../assets/media-extension.ts';
import { originalPlace, type OriginalPlace } from '../assets/original-place.ts';
import { foldName } from '../library/folder-names.ts';
import { folderOf, nameOf, relativePath } from '../library/library-layout.ts';
import { splitName } from '../library/safe-name.ts';

/** The file of an asset after whose place and name the others go, of receipts oldest first. */
export type ChooseAnchor = (receipts: readonly Receipt[]) => Receipt | undefined;

export interface WantedPlaceParts {
  readonly template: FolderTemplate;
  /** The folder of a device, as long as it is known. */
  readonly deviceFolder: (deviceId: string) => string | undefined;
  readonly chooseAnchor: ChooseAnchor;
}

/** All files of an asset that stand in the library, oldest first, and when it was taken as far as is known now. */
export interface AssetFiles {
  readonly receipts: readonly Receipt[];
  readonly captureTime: CaptureTime;
}

/** A file that would be placed elsewhere today. */
export interface WantedMove {
  readonly receipt: Receipt;
  readonly place: OriginalPlace;
}

/** The asset's anchor; where there is none yet, the first file that is no edit: what an edit is called says nothing. */
export const firstOriginal: ChooseAnchor = (receipts) =>
  anchorOf(receipts) ??
  receipts.find(({ resourceType: type }) => !/^(full-size|adjustment)-/.test(type)) ??
  receipts[0];

/** Where the anchor of an asset should be; nothing where it is there, also under a number of its name. */
export function anchorMove(
  parts: WantedPlaceParts,
  { receipts, captureTime }: AssetFiles,
): { readonly anchor: Receipt; readonly place?: OriginalPlace } | undefined {
  const anchor = parts.chooseAnchor(receipts);
  if (!anchor) return undefined;
  const place = originalPlace(requestOf(parts, anchor, captureTime, []));
  return isAt(anchor.path, place) ? { anchor } : { anchor, place };
}

/** Where the other files of an asset should be, beside its anchor at the given path. */
export function movesBeside(
  parts: WantedPlaceParts,
  { receipts, captureTime }: AssetFiles,
  anchor: Receipt,
): WantedMove[] {
  return receipts.flatMap((receipt) => {
    if (receipt.receiptId === anchor.receiptId) return [];
    const sibling = { ...anchor, resourceType: 'photo' };
    const place = originalPlace(requestOf(parts, receipt, captureTime, [sibling]));
    return isAt(receipt.path, place) ? [] : [{ receipt, place }];
  });
}

/** All moves that would bring an asset where it would be placed today, as far as names are free, and why. */
export function wantedMoves(
  parts: WantedPlaceParts,
  files: AssetFiles,
): { readonly moves: readonly WantedMove[]; readonly reason: RefileReason } {
  const wanted = anchorMove(parts, files);
  if (!wanted) return { moves: [], reason: 'scattered' };
  const { anchor, place } = wanted;
  const path = place ? relativePath(place.folder, place.name) : anchor.path;
  const moves = [
    ...(place ? [{ receipt: anchor, place }] : []),
    ...movesBeside(parts, files, { ...anchor, path }),
  ];
  return { moves, reason: reasonOf(parts, files, anchor) };
}

function reasonOf(parts: WantedPlaceParts, files: AssetFiles, anchor: Receipt): RefileReason {
  if (movesBeside(parts, files, anchor).length > 0) return 'scattered';
  // What was known of the time when it came gives the folder it is in: then it is the time that changed.
  const before = originalPlace(requestOf(parts, anchor, anchor.captureTime, []));
  return isAt(anchor.path, before) ? 'time' : 'template';
}

function requestOf(
  { template, deviceFolder }: WantedPlaceParts,
  receipt: Receipt,
  captureTime: CaptureTime,
  siblings: readonly Receipt[],
): Parameters<typeof originalPlace>[0] {
  const { deviceId, resourceType, told, seen, path } = receipt;
  return {
    template,
    deviceFolder: deviceFolder(deviceId) ?? path.split('/')[0] ?? '',
    resourceType,
    fileName: told.fileName,
    captureTime,
    camera: seen?.camera,
    extension: extensionOf(seen?.mediaType ?? told.contentType),
    siblings,
  };
}

/** Whether a path is what a place asks for, or a number of it, as where the name was taken. */
function isAt(path: string, { folder, name }: OriginalPlace): boolean {
  if (foldName(folderOf(path)) !== foldName(folder)) return false;
  const [here, wanted] = [splitName(nameOf(path)), splitName(name)];
  if (
    foldName(`${here.suffix}${here.extension}`) !== foldName(`${wanted.suffix}${wanted.extension}`)
  )
    return false;
  const [stem, wantedStem] = [foldName(here.stem), foldName(wanted.stem)];
  return (
    stem === wantedStem ||
    (stem.startsWith(wantedStem) && /^ \(\d+\)$/.test(stem.slice(wantedStem.length)))
  );
}
