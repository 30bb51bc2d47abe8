import type { FidelityWarning } from '../../../shared/fidelity-warnings.ts';

import {
  contentIdOf,
  isMovie,
  isNamedRaw,
  isOfEdit,
  isPairedMovie,
  isRecipe,
  isStill,
  type SeenResource,
  toldExtension,
  typeOf,
} from './seen-resource.ts';
import { isKnownPlace } from './time-zone.ts';

const HEIC_EXTENSIONS = ['heic', 'heif', 'hif'];
const HEIC_TYPE = /^image\/hei[cf](?:-sequence)?$/;
/** Types that hold the untouched picture or movie. */
const ORIGINALS = ['photo', 'video', 'alternate-photo'];

type Check = (resources: readonly SeenResource[]) => boolean;

/** In the order in which they are told. */
const CHECKS: readonly (readonly [FidelityWarning, Check])[] = [
  ['cut-off', (all) => all.some(isCutOff)],
  ['original-missing', isOriginalMissing],
  ['edit-alone', isRecipeAlone],
  ['live-photo-without-movie', isMovieMissing],
  ['live-photo-without-still', isStillMissing],
  ['converted-to-jpeg', (all) => all.some(isConvertedToJpeg)],
  ['raw-is-jpeg', (all) => all.some((one) => typeOf(one) === 'image/jpeg' && isNamedRaw(one))],
  ['location-missing', isLocationMissing],
  ['location-emptied', (all) => all.some((one) => one.metadata?.isGpsEmptied === true)],
];

/**
 * In which ways the files of an asset may be less than what was taken, from what is known of all of them. Only what
 * the files or the device say counts, so that a warning is never a guess.
 */
export function fidelityWarnings(resources: readonly SeenResource[]): FidelityWarning[] {
  return CHECKS.filter(([, check]) => check(resources)).map(([warning]) => warning);
}

function isCutOff({ isCutOff: cutOff, metadata }: SeenResource): boolean {
  return cutOff === true || metadata?.isCutOff === true;
}

/** An edit's own JPEG of a HEIC photo is what Photos makes of it, and no loss. */
function isConvertedToJpeg(resource: SeenResource): boolean {
  if (typeOf(resource) !== 'image/jpeg' || isOfEdit(resource)) return false;
  const toldType = resource.contentType?.split(';')[0]?.trim().toLowerCase() ?? '';
  return HEIC_EXTENSIONS.includes(toldExtension(resource)) || HEIC_TYPE.test(toldType);
}

function isOriginalMissing(all: readonly SeenResource[]): boolean {
  return (
    !isRecipeAlone(all) &&
    all.some(isOfEdit) &&
    !all.some(({ resourceType }) => ORIGINALS.includes(resourceType))
  );
}

function isRecipeAlone(all: readonly SeenResource[]): boolean {
  return all.length > 0 && all.every(isRecipe);
}

/** A still with a content identifier is half of a Live Photo; one with its movie inside is whole. */
function isMovieMissing(all: readonly SeenResource[]): boolean {
  const hasMovie = all.some((one) => isPairedMovie(one) || (isMovie(one) && isHalf(one)));
  return (
    !hasMovie &&
    all.some((one) => isStill(one) && isHalf(one) && one.metadata?.isMotionPhoto !== true)
  );
}

function isStillMissing(all: readonly SeenResource[]): boolean {
  const hasHalf = all.some((one) => isPairedMovie(one) || (isMovie(one) && isHalf(one)));
  return hasHalf && !all.some((one) => isStill(one));
}

function isHalf(resource: SeenResource): boolean {
  return contentIdOf(resource) !== undefined;
}

/** Only once a file's metadata was read it is known that no place stands in it. */
function isLocationMissing(all: readonly SeenResource[]): boolean {
  const told = all.filter(({ location }) => location !== undefined && isKnownPlace(location));
  const read = told.filter((one) => one.metadata !== undefined && (isStill(one) || isMovie(one)));
  return (
    read.some(({ metadata }) => metadata?.gpsLatitude === undefined) &&
    !read.some(({ metadata }) => metadata?.gpsLatitude !== undefined)
  );
}
