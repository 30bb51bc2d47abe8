import { type AssetKind } from '../../../shared/asset-kinds.ts';
import type { FidelityWarning } from '../../../shared/fidelity-warnings.ts';
import { foldText } from '../../../shared/search-text.ts';

import { isEdit } from './grouping/resource-role.ts';
import { placeWords } from './place-words.ts';
import type { KnownFile } from './summarise-asset.ts';
import { zoneAt } from './time-zone.ts';

/**
 * What assets are searched and filtered by, without their names and times. Many assets have the same, so these are kept
 * once each, and counted by day.
 */
export interface SearchFacts {
  readonly kinds: readonly AssetKind[];
  readonly warnings: readonly FidelityWarning[];
  readonly deviceIds: readonly string[];
  readonly camera?: string | undefined;
  readonly lens?: string | undefined;
  /** Left out for no. */
  readonly isFavourite?: true | undefined;
  /** Time zone of where it was taken: a coarse place. */
  readonly zone?: string | undefined;
  /** Those of {@link NAME_WORDS} that stand in its file names. */
  readonly nameWords: readonly string[];
}

/** What is known by which an asset may be found. */
export interface Searchable {
  readonly facts: SearchFacts;
  /** Folded, one a line: as the phone called the files, and as they are called on disk. */
  readonly names: string;
}

const MAX_NAMES_LENGTH = 2000;

/** @param deviceIds of all its files, which may be more than are looked at. */
export function searchableOf(
  files: readonly KnownFile[],
  summary: Pick<SearchFacts, 'kinds' | 'warnings'>,
  deviceIds: readonly string[],
  isFavourite: boolean,
): Searchable {
  const names = namesOf(files);
  const originalsFirst = files.toSorted((a, b) => Number(isEdit(a.role)) - Number(isEdit(b.role)));
  const first = <Value>(take: (file: KnownFile) => Value | undefined): Value | undefined =>
    originalsFirst.map(take).find((value) => value !== undefined);
  return {
    names,
    facts: {
      kinds: summary.kinds,
      warnings: summary.warnings,
      deviceIds: deviceIds.toSorted(),
      camera: first(({ metadata, receipt }) => metadata?.camera ?? receipt.seen?.camera),
      lens: first(({ metadata }) => metadata?.lensModel),
      zone: first(zoneOf),
      isFavourite: isFavourite ? true : undefined,
      nameWords: NAME_WORDS.filter((word) => names.includes(word)),
    },
  };
}

function namesOf(files: readonly KnownFile[]): string {
  const names = new Set<string>();
  for (const { receipt } of files) {
    const { path, told } = receipt;
    if (told.fileName !== undefined) names.add(foldText(told.fileName));
    names.add(foldText(path.slice(path.lastIndexOf('/') + 1)));
  }
  return [...names].join('\n').slice(0, MAX_NAMES_LENGTH);
}

function zoneOf({ metadata, receipt }: KnownFile): string | undefined {
  const { gpsLatitude: latitude, gpsLongitude: longitude } = metadata ?? {};
  if (latitude !== undefined && longitude !== undefined) return zoneAt({ latitude, longitude });
  return receipt.told.location && zoneAt(receipt.told.location);
}

/**
 * What programs and cameras put into nearly every name. Kept with the facts, since an index of names would answer "all
 * of them" letter by letter.
 */
export const NAME_WORDS: readonly string[] = [
  'img', 'dsc', 'pxl', 'mvi', 'vid', 'dji', 'gopr', 'pano', 'burst', 'image', 'photo', 'video', 'screenshot',
  'bildschirmfoto', 'whatsapp', 'signal', 'heic', 'heif', 'jpg', 'jpeg', 'png', 'webp', 'avif', 'gif', 'dng', 'arw',
  'cr2', 'cr3', 'nef', 'orf', 'raf', 'rw2', 'mov', 'mp4', 'm4v', 'avi', 'aae', 'edited',
]; // prettier-ignore

/** How people call what they look for, in the languages of the window. */
const KIND_WORDS: Readonly<Record<AssetKind, string>> = {
  photo: 'photo picture foto bild',
  'live-photo': 'live photo live-foto',
  video: 'video movie film clip',
  raw: 'raw rohdaten',
  'raw-jpeg': 'raw jpeg',
  proraw: 'proraw',
  edited: 'edited bearbeitet',
  burst: 'burst serie serienbild',
  panorama: 'panorama',
  screenshot: 'screenshot bildschirmfoto',
  'slow-motion': 'slow motion slow-motion zeitlupe',
  hdr: 'hdr',
};

/** Everything folded that free text finds in facts, one subject a line so that a phrase does not reach into another. */
export function wordsOf(facts: SearchFacts): string {
  const { camera = '', lens = '', zone } = facts;
  const kinds =
    facts.kinds.length === 0 ? ['file datei'] : facts.kinds.map((kind) => KIND_WORDS[kind]);
  const place = zone === undefined ? '' : placeWords(zone);
  const favourite = facts.isFavourite === true ? 'favourite favorite favorit' : '';
  return [...facts.nameWords, ...kinds, favourite, camera, lens, place]
    .filter(Boolean)
    .map(foldText)
    .join('\n');
}
