import type { CaptureTime } from '../../../shared/capture-time.ts';
import type { Receipt } from '../../../shared/receipt.ts';
import { relativePath } from '../library/library-layout.ts';
import { safeFileName, splitExtension, suffixedName } from '../library/safe-name.ts';

/** Where an original goes: a folder below the library and the name it would like to have there. */
export interface OriginalPlace {
  readonly folder: string;
  readonly name: string;
}

/** What iOS calls the edited picture or movie of every asset. */
const RENDERED_STEM = /^full[-_ ]?size[-_ ]?render$/i;

export interface PlaceRequest {
  readonly deviceFolder: string;
  readonly resourceType: string;
  /** What the device calls the file, if it said. */
  readonly fileName: string | undefined;
  readonly captureTime: CaptureTime;
  /** File extension with its dot that the bytes ask for, for a file without a name. */
  readonly extension: string;
  /** Receipts of the same asset, oldest first: files of one asset stay together. */
  readonly siblings: readonly Pick<Receipt, 'path' | 'resourceType' | 'told'>[];
}

/**
 * The folder is `<device>/<year>/<year>-<month>` of the capture time, or where the asset's other files lie.
 * The name is the device's own; edited files and recipes, which iOS names alike for every asset, take the stem
 * of the asset's other files.
 */
export function originalPlace(request: PlaceRequest): OriginalPlace {
  const { deviceFolder, captureTime, siblings, resourceType } = request;
  const [year, month] = captureTime.local.split('-');
  const told = safeFileName(request.fileName ?? `${resourceType}${request.extension}`);
  // A recipe that came first has no time of its own and must not draw the photo to the day it arrived.
  const isDated = captureTime.source === 'exif' || captureTime.source === 'quicktime';
  const sibling =
    siblings.find(({ resourceType: type }) => !isEdit(type)) ?? (isDated ? undefined : siblings[0]);
  if (!sibling) {
    return {
      folder: relativePath(deviceFolder, year ?? '0000', `${year ?? '0000'}-${month ?? '00'}`),
      name: told,
    };
  }
  const parts = sibling.path.split('/');
  const placed = splitExtension(parts.pop() ?? '');
  const { stem, extension } = splitExtension(told);
  const folder = parts.join('/');
  const named = (suffix: string): OriginalPlace => ({
    folder,
    name: suffixedName(placed.stem, suffix, extension),
  });
  if (RENDERED_STEM.test(stem)) return named(' (edited)');
  if (resourceType === 'adjustment-data') return named('');
  // Told alike, they stay alike: a movie goes with its own `IMG_1 (2).HEIC`, not with another's `IMG_1.HEIC`.
  const toldAlike = splitExtension(safeFileName(sibling.told.fileName ?? '')).stem === stem;
  return toldAlike && placed.extension !== extension ? named('') : { folder, name: told };
}

function isEdit(type: string): boolean {
  return type.startsWith('full-size-') || type.startsWith('adjustment-');
}
