import type { CaptureTime } from '../../../shared/capture-time.ts';
import { renderTemplate, type FolderTemplate } from '../../../shared/folder-template.ts';
import { isInTrash, type Receipt } from '../../../shared/receipt.ts';
import { folderOf, nameOf, relativePath } from '../library/library-layout.ts';
import {
  EDITED_SUFFIX,
  safeFileName,
  safeFolderName,
  shortStem,
  splitName,
  suffixedName,
} from '../library/safe-name.ts';

import { isEditedName } from './grouping/grouping-stem.ts';

/** Where an original goes: a folder below the library and the name it would like to have there. */
export interface OriginalPlace {
  readonly folder: string;
  readonly name: string;
}

/** What iOS calls the edited picture or movie of every asset. */
const RENDERED_STEM = /^full[-_ ]?size[-_ ]?render$/i;

const UNKNOWN_CAMERA = 'Unknown camera';
const UNKNOWN_EXTENSION = '.bin';

export interface PlaceRequest {
  readonly template: FolderTemplate;
  readonly deviceFolder: string;
  readonly resourceType: string;
  /** What the device calls the file, if it said. */
  readonly fileName: string | undefined;
  readonly captureTime: CaptureTime;
  /** Maker and model, if the file said. */
  readonly camera?: string | undefined;
  /** File extension with its dot that the bytes ask for, for a file without a name. */
  readonly extension: string;
  /** Receipts of the same asset, oldest first: files of one asset stay together. */
  readonly siblings: readonly Pick<Receipt, 'path' | 'resourceType' | 'told'>[];
}

/**
 * The first file of an asset goes where the template says, under its own name. Every further one goes into the same
 * folder and takes the same stem, behind which an edited file has ` (edited)`: so all files of an asset are
 * `IMG_1.HEIC`, `IMG_1.MOV`, `IMG_1 (edited).HEIC`, `IMG_1.AAE`, whatever their device calls them.
 */
export function originalPlace(request: PlaceRequest): OriginalPlace {
  const { captureTime, resourceType } = request;
  const siblings = request.siblings.filter(({ path }) => !isInTrash(path));
  const told = splitName(safeFileName(request.fileName ?? `${resourceType}${request.extension}`));
  // A recipe that came first has no time of its own and must not draw the photo to the day it arrived.
  const isDated = captureTime.source === 'exif' || captureTime.source === 'quicktime';
  const sibling =
    siblings.find(({ resourceType: type }) => !isEdit(type)) ?? (isDated ? undefined : siblings[0]);
  if (!sibling) {
    const folders = templateParts(request, told.stem);
    const stem = shortStem(folders.pop() ?? told.stem);
    const name = safeFileName(suffixedName(stem, told.suffix, told.extension));
    return { folder: relativePath(...folders), name };
  }
  const folder = folderOf(sibling.path);
  // Before its photo came an edit could not have a stem of its own, and must not give it to the photo.
  const isLed = isEdit(sibling.resourceType) && !isEdit(resourceType);
  const stem = isLed ? shortStem(told.stem) : splitName(nameOf(sibling.path)).stem;
  const isEdited =
    resourceType.startsWith('full-size-') ||
    RENDERED_STEM.test(told.stem) ||
    (isEditedName(told.stem) && !isEditedName(stem));
  const suffix = isEdited ? EDITED_SUFFIX : told.suffix;
  // Without an extension of its own, the end of a stem with a dot in it would be taken for one.
  const mustEnd = told.extension === '' && splitName(`${stem}${suffix}`).extension !== '';
  const extension = mustEnd ? request.extension || UNKNOWN_EXTENSION : told.extension;
  return { folder, name: safeFileName(suffixedName(stem, suffix, extension)) };
}

/** The parts of the template for a file, each a safe name; the last is its stem. */
function templateParts(request: PlaceRequest, name: string): string[] {
  const { template, deviceFolder: device, captureTime, camera } = request;
  const [date = '', time = ''] = captureTime.local.split('T');
  const [year = '0000', month = '00', day = '00'] = date.split('-');
  const parts = renderTemplate(template, {
    device,
    year,
    month,
    day,
    hour: time.slice(0, 2) || '00',
    // A value is one part or less of one, whatever is in it.
    camera: safeFolderName(camera ?? UNKNOWN_CAMERA),
    name,
  });
  const stem = parts.pop() ?? name;
  return [...parts.map(safeFolderName), stem];
}

function isEdit(type: string): boolean {
  return type.startsWith('full-size-') || type.startsWith('adjustment-');
}
