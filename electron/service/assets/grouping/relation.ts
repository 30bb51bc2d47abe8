import type { GroupingFacts } from './grouping-facts.ts';
import { RESOURCE_ROLES, type ResourceRole } from '../../../../shared/resource-role.ts';

/**
 * Why two resources are taken for files of one asset, the surest first. `sent-with` makes a recipe part of a photo only
 * where no other one could be meant, see `groupParts`.
 */
export const RELATIONS = ['content-id', 'same-folder', 'same-name', 'sent-with'] as const;
export type Relation = (typeof RELATIONS)[number];

/** A Live Photo's movie begins up to one and a half seconds before its still, and clocks count in whole seconds. */
export const MAX_APART_MS = 3_000;
/** All offsets of the world from UTC, and then some. */
export const MAX_OFFSET_MS = 16 * 60 * 60 * 1000;
/** What was picked together begins to be sent within such a time. */
const SENT_WITH_MS = 60 * 60 * 1000;
const QUARTER_MS = 15 * 60 * 1000;

/** Which two roles make two files of one asset; two of one role are two photos, or two versions. */
const PAIRS: readonly (readonly [ResourceRole, ResourceRole])[] = [
  ['still', 'raw'],
  ['still', 'movie'],
  ['raw', 'movie'],
  ['still', 'edited-still'],
  ['raw', 'edited-still'],
  ['movie', 'edited-still'],
  ['movie', 'edited-movie'],
  ['still', 'edited-movie'],
  ['raw', 'edited-movie'],
  ['edited-still', 'edited-movie'],
  ['recipe', 'still'],
  ['recipe', 'raw'],
  ['recipe', 'movie'],
  ['recipe', 'edited-still'],
  ['recipe', 'edited-movie'],
];

const PARTNERS = new Map<ResourceRole, readonly ResourceRole[]>(
  RESOURCE_ROLES.map((role) => [
    role,
    PAIRS.flatMap(([one, other]) => {
      if (one === role) return [other];
      return other === role ? [one] : [];
    }),
  ]),
);

/** The roles a file may join that has this one. */
export function partnersOf(role: ResourceRole): readonly ResourceRole[] {
  return PARTNERS.get(role) ?? [];
}

const STILLS: readonly ResourceRole[] = ['still', 'edited-still', 'raw'];
const MOVIES: readonly ResourceRole[] = ['movie', 'edited-movie'];

/**
 * Why two resources of different keys belong to one asset, or `undefined` when nothing says so. Symmetric, and
 * of the two alone: so what is grouped does not depend on what came first.
 */
export function relationOf(a: GroupingFacts, b: GroupingFacts): Relation | undefined {
  if (a.deviceId !== b.deviceId || a.partId === b.partId) return undefined;
  if (!partnersOf(a.role).includes(b.role)) return undefined;
  const isLivePair =
    (STILLS.includes(a.role) && MOVIES.includes(b.role)) ||
    (MOVIES.includes(a.role) && STILLS.includes(b.role));
  if (a.contentId !== undefined && a.contentId === b.contentId && isLivePair) return 'content-id';
  if (isHalfOfOther(a, b) || isHalfOfOther(b, a)) return undefined;
  if (a.stem === undefined || a.stem !== b.stem) return undefined;
  const isTimed = timesAgree(a, b);
  const inSameFolder = a.folder !== undefined && a.folder === b.folder;
  // A recipe has no time of its own, and a time that was only told may be that of a copy.
  const timeSays = isTimed !== undefined && a.role !== 'recipe' && b.role !== 'recipe';
  if (inSameFolder && (!timeSays || isTimed)) return 'same-folder';
  if (timeSays) return isTimed ? 'same-name' : undefined;
  return isTimed !== false && areSentTogether(a, b) ? 'sent-with' : undefined;
}

/**
 * A page in a browser tells neither folders nor what belongs together: there a recipe is known by its name, and by what
 * was sent beside it.
 */
function areSentTogether(a: GroupingFacts, b: GroupingFacts): boolean {
  if (a.role !== 'recipe' && b.role !== 'recipe') return false;
  if (a.folder !== undefined && b.folder !== undefined) return false;
  if (a.sentAt === undefined || b.sentAt === undefined) return false;
  return Math.abs(a.sentAt - b.sentAt) <= SENT_WITH_MS;
}

/** Two halves that say they belong to others do. The halves of an edit say so of each other, not of their originals. */
function isHalfOfOther(still: GroupingFacts, movie: GroupingFacts): boolean {
  if (still.contentId === undefined || movie.contentId === undefined) return false;
  const areHalves =
    movie.role === 'movie'
      ? still.role === 'still' || still.role === 'raw'
      : movie.role === 'edited-movie' && still.role === 'edited-still';
  return areHalves && still.contentId !== movie.contentId;
}

/** Whether two files were taken in the same moment; `undefined` where the times do not tell. */
function timesAgree(a: GroupingFacts, b: GroupingFacts): boolean | undefined {
  if (a.timing === 'none' || b.timing === 'none') return undefined;
  const localApart = Math.abs(Date.parse(`${a.takenLocal}Z`) - Date.parse(`${b.takenLocal}Z`));
  if (localApart <= MAX_APART_MS) return true;
  if (a.takenAt !== undefined && b.takenAt !== undefined) {
    if (Math.abs(a.takenAt - b.takenAt) <= MAX_APART_MS) return true;
  }
  const onlyOneIsPlaced = a.timing === 'own' ? b.timing !== 'own' : a.timing !== b.timing;
  if (!onlyOneIsPlaced || localApart > MAX_OFFSET_MS) return false;
  // One clock is UTC in whatever zone this computer is, the other a wall clock: they differ by whole quarter hours.
  const rest = localApart % QUARTER_MS;
  return Math.min(rest, QUARTER_MS - rest) <= MAX_APART_MS;
}
