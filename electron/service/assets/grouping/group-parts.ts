import { RELATIONS, type Relation } from './relation.ts';

/** Something that says that two parts are one asset. */
export interface Tie {
  readonly one: string;
  readonly other: string;
  readonly why: Relation | 'by-hand';
}

export interface Apart {
  readonly one: string;
  readonly other: string;
}

export interface PartsToGroup {
  /** Every part, in any order. */
  readonly parts: readonly string[];
  readonly ties: readonly Tie[];
  /** Pairs that a person parted: never in one group, whatever ties either to a third. */
  readonly apart: readonly Apart[];
  /** Parts that hold nothing but the recipe of an edit: what was only sent with one is its photo where it is the only one. */
  readonly recipes?: ReadonlySet<string>;
  /** What orders parts alike wherever and whenever they are grouped, such as their device's key. */
  readonly keyOf: (part: string) => string;
}

const STRENGTH: readonly Tie['why'][] = ['by-hand', ...RELATIONS];

/**
 * The groups that ties make of parts: parts that hang together are one, unless that would bring a pair together
 * that a person parted; then the surest ties are followed first. Depends on neither the order of the parts nor
 * that of the ties.
 */
export function groupParts({
  parts,
  ties,
  apart,
  keyOf,
  recipes = new Set(),
}: PartsToGroup): string[][] {
  const groups = new Map<string, string[]>(parts.map((part) => [part, [part]]));
  const parted = new Map<string, Set<string>>();
  for (const { one, other } of apart) {
    partedFrom(parted, one).add(other);
    partedFrom(parted, other).add(one);
  }
  const join = (one: string, other: string): void => {
    const [here, there] = [groups.get(one), groups.get(other)];
    if (!here || !there || here === there) return;
    if (here.some((part) => there.some((each) => parted.get(part)?.has(each)))) return;
    const [larger, smaller] = here.length < there.length ? [there, here] : [here, there];
    larger.push(...smaller);
    for (const part of smaller) groups.set(part, larger);
  };
  const sure = ties.filter(({ why }) => why !== 'sent-with');
  for (const { one, other } of parted.size > 0 ? inOrder(sure, keyOf) : sure) join(one, other);
  const guessed = ties.filter(({ why }) => why === 'sent-with');
  if (guessed.length > 0) {
    for (const [recipe, photo] of onlyPhotos(guessed, groups, recipes, keyOf)) join(recipe, photo);
  }
  return [...new Set(groups.values())];
}

/** Of each recipe that stands alone the one photo it was sent with; nothing where there are several. */
function onlyPhotos(
  ties: readonly Tie[],
  groups: ReadonlyMap<string, readonly string[]>,
  recipes: ReadonlySet<string>,
  keyOf: (part: string) => string,
): (readonly [recipe: string, photo: string])[] {
  return [...recipes]
    .filter((recipe) => groups.get(recipe)?.length === 1)
    .toSorted((a, b) => compare(keyOf(a), keyOf(b)))
    .flatMap((recipe) => {
      const others = ties.flatMap(({ one, other }) => {
        if (one === recipe) return [other];
        return other === recipe ? [one] : [];
      });
      const found = new Set(others.flatMap((part) => [groups.get(part) ?? []]));
      const [photo] = others;
      return found.size === 1 && photo !== undefined ? [[recipe, photo] as const] : [];
    });
}

function partedFrom(parted: Map<string, Set<string>>, part: string): Set<string> {
  const known = parted.get(part) ?? new Set();
  parted.set(part, known);
  return known;
}

/** The surest first; of ties alike, in an order that is the same everywhere. */
function inOrder(ties: readonly Tie[], keyOf: (part: string) => string): Tie[] {
  const named = ties.map((tie) => {
    const ends = [keyOf(tie.one), keyOf(tie.other)].toSorted();
    return { tie, rank: STRENGTH.indexOf(tie.why), name: ends.join(' ') };
  });
  return named.toSorted((a, b) => a.rank - b.rank || compare(a.name, b.name)).map(({ tie }) => tie);
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
