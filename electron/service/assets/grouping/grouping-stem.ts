import { safeFileName, splitExtension } from '../../library/safe-name.ts';

/** `IMG_E1853` is what iOS calls the edited `IMG_1853` on its file system. */
const IOS_EDITED = /^(img_)e(\d{4,})$/i;
/** What programs put behind a name to say that it was edited; `~2` is Google's. */
const EDITED_ENDING = /(?:[ _-]?\(edited\)|[ _-]edited|~\d{1,2})$/i;
/**
 * What Google's camera puts between name and extension: which of the files of one shot it is.
 * `PXL_1.RAW-01.COVER.jpg` and `PXL_1.RAW-02.ORIGINAL.dng` are one, as are `PXL_1.MP.jpg` and `PXL_1.MP`.
 */
const SHOT_PART = /\.(?:raw-\d{2}|mp|ts|mv|night|portrait(?:-\d{2})?|cover|original)$/i;

/** What iOS calls the edited picture or movie, and the recipe, of every asset: no name to tell assets apart by. */
const NAME_OF_ALL = /^(?:full[-_ ]?size[-_ ]?render|adjustments?(?:[-_ ]?data)?)$/i;

/** Whether a name without its extension says that the file is an edited version of another. */
export function isEditedName(stem: string): boolean {
  return IOS_EDITED.test(stem) || EDITED_ENDING.test(stem);
}

/** Whether a file name is the asset's own, other than `FullSizeRender.jpg` or `Adjustments.plist`. */
export function isOwnName(fileName: string | undefined): boolean {
  return fileName !== undefined && !NAME_OF_ALL.test(splitExtension(safeFileName(fileName)).stem);
}

/**
 * What the names of all files of one shot have in common, for comparing alone: `img_1853` for `IMG_1853.HEIC`,
 * `IMG_E1853.heic` and `IMG_1853.AAE`. Absent for a name that every asset's file may have.
 */
export function groupingStem(fileName: string | undefined): string | undefined {
  if (fileName === undefined || !isOwnName(fileName)) return undefined;
  let stem = splitExtension(safeFileName(fileName)).stem.toLowerCase();
  for (let before = ''; before !== stem;) {
    before = stem;
    stem = stem.replace(SHOT_PART, '').replace(EDITED_ENDING, '').replace(IOS_EDITED, '$1$2');
  }
  stem = stem.replace(/^mvimg_/, 'img_');
  return stem === '' ? undefined : stem;
}
