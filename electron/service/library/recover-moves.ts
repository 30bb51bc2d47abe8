import type { Move } from '../../../shared/receipt.ts';

import type { FileSystem } from './file-system.ts';
import { foldName } from './folder-names.ts';
import { isBefore, type JournalPosition } from './journal-position.ts';
import { readJournal, type Journal } from './journal.ts';
import type { LibraryLayout } from './library-layout.ts';
import type { Placements } from './placement-log.ts';
import { settleMoves } from './settle-moves.ts';

/**
 * Settles the moves that a crash left in the middle, from what was announced of them. Runs after the placements
 * are settled, alone on the library. Gives the moves that got their journal line by this.
 */
export async function recoverMoves(
  layout: LibraryLayout,
  files: FileSystem,
  journal: Journal,
  announced: Placements['moves'],
  at: number,
): Promise<Move[]> {
  if (announced.length === 0) return [];
  const said = await readSaid(layout, files, announced);
  return settleMoves({
    layout,
    files,
    moves: announced.map(({ move }) => move),
    isJournaled: (moveId) => said.moveIds.has(moveId),
    isOthers: (path, receiptIds) =>
      [...(said.standing.get(foldName(path)) ?? [])].some((id) => !receiptIds.has(id)),
    record: async (move) => {
      await journal.append({ entry: 'move', ...move }, at);
      said.apply(move.receiptId, move.from, move.to);
    },
  });
}

interface Said {
  readonly moveIds: ReadonlySet<string>;
  /** By folded path: whose files stand there, of what was said since the first announcement. */
  readonly standing: ReadonlyMap<string, ReadonlySet<string>>;
  readonly apply: (receiptId: string, from: string | undefined, to: string) => void;
}

/** What the journal says since the first of the moves was announced. */
async function readSaid(
  layout: LibraryLayout,
  files: FileSystem,
  announced: Placements['moves'],
): Promise<Said> {
  const moveIds = new Set<string>();
  const standing = new Map<string, Set<string>>();
  const apply: Said['apply'] = (receiptId, from, to) => {
    if (from !== undefined) standing.get(foldName(from))?.delete(receiptId);
    const there = standing.get(foldName(to));
    if (there) there.add(receiptId);
    else standing.set(foldName(to), new Set([receiptId]));
  };
  const known = new Set<string>();
  for (const { move } of announced) {
    if (!known.has(move.receiptId)) apply(move.receiptId, undefined, move.from);
    known.add(move.receiptId);
  }
  for await (const line of readJournal(layout.journalFolder, files, earliest(announced))) {
    if (!('entry' in line)) continue;
    const { entry } = line;
    if (entry.entry === 'receipt') apply(entry.receiptId, undefined, entry.path);
    else if (entry.entry === 'move') {
      moveIds.add(entry.moveId);
      apply(entry.receiptId, entry.from, entry.to);
    }
  }
  return { moveIds, standing, apply };
}

function earliest(announced: Placements['moves']): JournalPosition | undefined {
  return announced
    .map(({ journalEnd }) => journalEnd)
    .reduce((one, other) => (isBefore(other, one) ? other : one));
}
