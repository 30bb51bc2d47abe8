import { createHash } from 'node:crypto';

import type { ResourceType } from '../../../shared/resource-type.ts';
import { kindOf, stemOf, type FileKind } from './file-kinds.ts';

/** What a file of a folder is sent as. */
export interface MappedFile {
  readonly fileName: string;
  /** The file its asset is named after: itself, or the photo or video it belongs to. */
  readonly mainFileName: string;
  readonly resourceType: ResourceType;
}

/** What files with neither a picture nor a place beside one are sent as; Roost stores unknown types as they are. */
const OTHER_TYPE: ResourceType = 'file';

/** Longer keys (the protocol takes 1,024 characters) become the hash of themselves. */
const MAX_KEY_LENGTH = 500;

/** Image Capture's name for the edited version of `IMG_1853` is `IMG_E1853`. */
const EDITED_STEM = /^(IMG_)E(\d{4,})$/;

/**
 * Decides which files of one folder belong together, by their names alone:
 *
 * - stem `IMG_1`: a still is the `photo`; a movie beside it its `paired-video`; a RAW beside it its
 *   `alternate-photo`; an `.AAE` its `adjustment-data`;
 * - stem `IMG_E1` beside `IMG_1`: the edited still (`full-size-photo`), movie (`full-size-paired-video` or,
 *   without a still, `full-size-video`);
 * - everything else is an asset of its own.
 *
 * An asset is named after its main file with extension, so that the key of a photo stays the same when a
 * movie or recipe appears beside it later, and two stills with one stem never become one asset.
 * No two files get the same main file and resource type. Answers stand in the order of the names.
 */
export function mapFolder(fileNames: readonly string[]): MappedFile[] {
  const stems = groupByStem(fileNames);
  return fileNames.map((fileName) => {
    const stem = stemOf(fileName);
    const original = EDITED_STEM.exec(stem);
    const originals =
      original === null ? undefined : stems.get(`${original[1] ?? ''}${original[2] ?? ''}`);
    const siblings = stems.get(stem) ?? [];
    if (originals === undefined) return asOriginal(fileName, siblings);
    const isEdited = (name: string): boolean => asEdited(name, siblings, originals) !== undefined;
    return (
      asEdited(fileName, siblings, originals) ??
      asOriginal(
        fileName,
        siblings.filter((name) => !isEdited(name)),
      )
    );
  });
}

/**
 * The asset key of a main file: its path on this computer, which stays the same however the files to send are
 * named on the command line.
 */
export function assetKeyOf(folder: string, mainFileName: string): string {
  const slashes = folder.replaceAll('\\', '/').replace(/\/$/, '');
  // A name on Windows may hold half a surrogate pair, which cannot stand in a URL.
  const key = `${slashes}/${mainFileName}`.toWellFormed();
  if (key.length <= MAX_KEY_LENGTH) return key;
  return `path-sha256/${createHash('sha256').update(key).digest('hex')}`;
}

function asOriginal(fileName: string, siblings: readonly string[]): MappedFile {
  const photo = firstOf('still', siblings);
  const video = firstOf('movie', siblings);
  const main = photo ?? firstOf('raw', siblings) ?? video;
  const kind = kindOf(fileName);
  if (main !== undefined && main !== fileName && fileName === firstOf(kind, siblings)) {
    if (kind === 'recipe') return mapped(fileName, main, 'adjustment-data');
    if (kind === 'raw') return mapped(fileName, main, 'alternate-photo');
    if (kind === 'movie' && photo !== undefined) return mapped(fileName, photo, 'paired-video');
  }
  return mapped(fileName, fileName, ownType(kind));
}

/** The edited version of an asset whose original files are `originals`; undefined when it is none. */
function asEdited(
  fileName: string,
  siblings: readonly string[],
  originals: readonly string[],
): MappedFile | undefined {
  const kind = kindOf(fileName);
  if (fileName !== firstOf(kind, siblings)) return undefined;
  const photo = firstOf('still', originals);
  const video = firstOf('movie', originals);
  if (kind === 'still') {
    const main = photo ?? firstOf('raw', originals);
    return main === undefined ? undefined : mapped(fileName, main, 'full-size-photo');
  }
  if (kind !== 'movie') return undefined;
  if (photo !== undefined) return mapped(fileName, photo, 'full-size-paired-video');
  return video === undefined ? undefined : mapped(fileName, video, 'full-size-video');
}

function ownType(kind: FileKind): ResourceType {
  switch (kind) {
    case 'still':
    case 'raw':
      return 'photo';
    case 'movie':
      return 'video';
    case 'audio':
      return 'audio';
    case 'recipe':
      return 'adjustment-data';
    case 'other':
      return OTHER_TYPE;
  }
}

/** The first file of a kind by name, so that the choice does not hang on the order of a folder listing. */
function firstOf(kind: FileKind, fileNames: readonly string[]): string | undefined {
  return fileNames.filter((name) => kindOf(name) === kind).sort()[0];
}

function groupByStem(fileNames: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const groups = new Map<string, string[]>();
  for (const fileName of fileNames) {
    const stem = stemOf(fileName);
    const group = groups.get(stem);
    if (group === undefined) groups.set(stem, [fileName]);
    else group.push(fileName);
  }
  return groups;
}

function mapped(fileName: string, mainFileName: string, resourceType: ResourceType): MappedFile {
  return { fileName, mainFileName, resourceType };
}
