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
  /** What orders parts alike wherever and whenever they are grouped, such as their device's key. */
  readonly keyOf: (part: string) => string;
}

const STRENGTH: readonly Tie['why'][] = ['by-hand', ...RELATIONS];

/**
 * The groups that ties make of parts: parts that hang together are one, unless that would bring a pair together
 * that a person parted; then the surest ties are followed first. Depends on neither the order of the parts nor
 * that of the ties.
 */
export function groupParts({ parts, ties, apart, keyOf }: PartsToGroup): string[][] {
  const groups = new Map<string, string[]>(parts.map((part) => [part, [part]]));
  const parted = new Map<string, Set<string>>();
  for (const { one, other } of apart) {
    partedFrom(parted, one).add(other);
    partedFrom(parted, other).add(one);
  }
  for (const { one, other } of parted.size > 0 ? inOrder(ties, keyOf) : ties) {
    const [here, there] = [groups.get(one), groups.get(other)];
    if (!here || !there || here === there) continue;
    if (here.some((part) => there.some((each) => parted.get(part)?.has(each)))) continue;
    const [larger, smaller] = here.length < there.length ? [there, here] : [here, there];
    larger.push(...smaller);
    for (const part of smaller) groups.set(part, larger);
  }
  return [...new Set(groups.values())];
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
