import { ASSET_KIND_ORDER, type AssetKind } from '../../../shared/asset-kinds.ts';

import {
  contentIdOf,
  isMovie,
  isNamedRaw,
  isOfEdit,
  isPairedMovie,
  isRaw,
  isRecipe,
  isStill,
  type SeenResource,
} from './seen-resource.ts';

/** How phones name what they took of their own screen. */
const SCREENSHOT_NAME = /^screen[ _-]?shot[ _-]/i;

/**
 * What an asset is, from what is known of all its files: `photo` or `video` first, then all that makes it special.
 * An asset without a picture or movie, such as an edit recipe alone, has no kind.
 */
export function assetKinds(resources: readonly SeenResource[]): AssetKind[] {
  const kinds = new Set<AssetKind>();
  const stills = resources.filter(isStill);
  const movies = resources.filter(isMovie);
  if (stills.length > 0) kinds.add('photo');
  else if (movies.length > 0) kinds.add('video');
  if (isLivePhoto(stills, movies)) kinds.add('live-photo');
  for (const kind of rawKinds(stills)) kinds.add(kind);
  if (resources.some(isOfEdit) && !resources.every(isRecipe)) kinds.add('edited');
  if (resources.some(({ burstId, metadata }) => (burstId ?? metadata?.burstId) !== undefined)) {
    kinds.add('burst');
  }
  if (stills.some(({ metadata }) => metadata?.isPanorama === true)) kinds.add('panorama');
  if (stills.some(isScreenshot)) kinds.add('screenshot');
  // The movie of a Live Photo is short and plays with the rest.
  if (stills.length === 0 && movies.some(({ metadata }) => metadata?.isSlowMotion === true)) {
    kinds.add('slow-motion');
  }
  if (isHdr(stills, movies)) kinds.add('hdr');
  return ASSET_KIND_ORDER.filter((kind) => kinds.has(kind));
}

function isLivePhoto(stills: readonly SeenResource[], movies: readonly SeenResource[]): boolean {
  if (stills.some(({ metadata }) => metadata?.isMotionPhoto === true)) return true;
  const half = movies.some((movie) => isPairedMovie(movie) || contentIdOf(movie) !== undefined);
  return stills.length > 0 && half;
}

function rawKinds(stills: readonly SeenResource[]): AssetKind[] {
  const raws = stills.filter(
    (still) => isRaw(still) || (isNamedRaw(still) && !isJpegOrHeic(still)),
  );
  if (raws.length === 0) return [];
  const kinds: AssetKind[] = raws.some(({ metadata }) => metadata?.isProRaw === true)
    ? ['raw', 'proraw']
    : ['raw'];
  // A picture that an edit made of the RAW is not the camera's own.
  const isPair = stills.some((still) => isJpegOrHeic(still) && !isOfEdit(still));
  return isPair ? [...kinds, 'raw-jpeg'] : kinds;
}

function isJpegOrHeic({ mediaType, metadata }: SeenResource): boolean {
  return /^image\/(?:jpeg|heic|heif)$/.test(mediaType ?? metadata?.mediaType ?? '');
}

function isScreenshot({ fileName, metadata }: SeenResource): boolean {
  return metadata?.isScreenshot === true || SCREENSHOT_NAME.test(fileName ?? '');
}

function isHdr(stills: readonly SeenResource[], movies: readonly SeenResource[]): boolean {
  if (stills.some(({ metadata }) => metadata?.hasGainMap === true)) return true;
  return stills.length === 0 && movies.some(({ metadata }) => metadata?.hdrTransfer !== undefined);
}
