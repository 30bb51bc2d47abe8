import { randomUUID } from 'node:crypto';
import { basename, dirname, join } from 'node:path';

import type { Clock } from '../../../shared/clock.ts';
import { RoostError } from '../../../shared/error-catalogue.ts';
import { isInTrash, type Move, type MoveCause, type Receipt } from '../../../shared/receipt.ts';
import type { OriginalPlace } from '../assets/original-place.ts';
import type { Ledger } from '../catalog/ledger.ts';
import { receiptsAt, receiptsOfFile } from '../catalog/move-rows.ts';
import type { CatalogReader } from '../catalog/open-catalog.ts';
import { isKnownBad } from '../catalog/reading-rows.ts';
import { isPathFree, receiptById } from '../catalog/receipt-queries.ts';
import { assetOfReceipt, isStemFree } from '../catalog/stem-queries.ts';
import { foldName } from '../library/folder-names.ts';
import { KeyedLock } from '../library/keyed-lock.ts';
import {
  absolutePath,
  folderOf,
  nameOf,
  relativePath,
  TRASH_FOLDER,
} from '../library/library-layout.ts';
import type { Library } from '../library/open-library.ts';
import type { AnnouncedMove } from '../library/placement-log.ts';
import { factsOf, settleMoves } from '../library/settle-moves.ts';
import { storageError } from '../library/storage-error.ts';

import { carryMove, type MoveEnd } from './carry-move.ts';

export interface MoverParts {
  readonly library: Library;
  readonly catalog: CatalogReader;
  readonly ledger: Ledger;
  readonly clock: Clock;
  /** Hears of each receipt whose file stands elsewhere now, after that is durable. */
  readonly onMoved?: ((receipt: Receipt, move: Move) => void) | undefined;
}

export interface MoveOptions {
  /** Moves that a person can take back together. */
  readonly batchId?: string;
  /** Assets, by their ids in the catalog, whose files may share a stem with this one; its own alone unless told. */
  readonly assetIds?: readonly string[];
}

/** A name that is refused this often is no accident any more. */
const MAX_ATTEMPTS = 100;

/**
 * Moves originals within the library, bit for bit and without ever overwriting.
 *
 * [Note: How an original moves]
 * The move is announced durably, with what its file must be (placement-log.ts). The file gets its new name beside
 * the old one, and the new folder is synced. Then the move goes into the journal: from here on the receipt's file
 * is the one at the new place. Then the old name is taken away. A crash leaves the file under the old name, under
 * both, or under the new one; the next start settles the middle by finishing the move. A hard link makes the
 * second name. Where there are none, a copy does, proven by its hash while it is made: a rename between two
 * folders may be on the disk in one of them alone when the power goes, and then the file is nowhere.
 *
 * The old path stays its bytes' own (`isPathFree`): else an old line of the journal would speak of other bytes,
 * and taking a move back would find its place taken.
 */
export class OriginalMover {
  readonly #parts: MoverParts;
  readonly #locks = new KeyedLock();
  /** Receipts whose last move a failing disk left open. */
  readonly #unsettled = new Set<string>();
  readonly #running = new Set<Promise<unknown>>();
  #isClosed = false;

  constructor(parts: MoverParts) {
    this.#parts = parts;
  }

  /**
   * Moves the file of a receipt to a place, or to `name (2)` and so on where that is taken, or to the trash. Gives
   * the receipt with its path of now; where it stands there already nothing happens. Receipts that name the same
   * file move along.
   * @throws RoostError `request/not-found` where no whole file stands to be moved, `service/stopping`, or of the
   * library; then it stands where it stood, or, when the disk refused to undo it, is settled by the next start.
   */
  move(
    receiptId: string,
    to: OriginalPlace | 'trash',
    cause: MoveCause,
    options: MoveOptions = {},
  ): Promise<Receipt> {
    if (this.#isClosed) return Promise.reject(new RoostError('service/stopping'));
    const running = this.#move(receiptId, to, cause, options).catch((error: unknown) => {
      throw storageError(error);
    });
    this.#running.add(running);
    const end = (): void => void this.#running.delete(running);
    running.then(end, end);
    return running;
  }

  /** Takes no more moves and waits for those under way. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await Promise.allSettled(this.#running);
  }

  async #move(
    receiptId: string,
    to: OriginalPlace | 'trash',
    cause: MoveCause,
    { batchId, assetIds }: MoveOptions,
  ): Promise<Receipt> {
    const { library, catalog, clock } = this.#parts;
    // By its bytes, of which no two moves at once can want one path.
    using _lock = await this.#locks.acquire(receiptById(catalog, receiptId)?.sha256 ?? '');
    await library.placements.settleLeft();
    const receipt = await this.#standing(receiptId);
    const own = assetOfReceipt(catalog, receiptId) ?? receipt.assetId;
    const moveId = randomUUID();
    const place = to === 'trash' ? trashPlace(moveId, receipt) : to;
    const here = nameIn(place.folder, receipt.path);
    const announced = (path: string): AnnouncedMove[] =>
      receiptsOfFile(catalog, receipt).map((id) => ({
        moveId: id === receiptId ? moveId : randomUUID(),
        receiptId: id,
        from: receipt.path,
        to: path,
        cause,
        movedAt: clock.now(),
        byteCount: receipt.byteCount,
        sha256: receipt.sha256,
        ...(batchId !== undefined && { batchId }),
      }));
    const refused = new Set<string>();
    using _held = library.folders.hold(place.folder);
    const folder = await library.folders.ensure(place.folder);
    while (refused.size < MAX_ATTEMPTS) {
      const name = await library.names.reserve(
        folder,
        place.name,
        (name) =>
          !refused.has(name) &&
          isPathFree(catalog, relativePath(place.folder, name), receipt.sha256) &&
          isStemFree(catalog, place.folder, name, assetIds ?? [own]),
        { ...(here !== undefined && { own: here }), owner: assetIds?.[0] ?? own },
      );
      if (name === here) return receipt;
      const path = relativePath(place.folder, name);
      if (await this.#moveAs(announced(path), receipt, folder, name)) {
        return receiptById(catalog, receiptId) ?? { ...receipt, path };
      }
      refused.add(name);
      library.names.forget(folder);
    }
    throw new RoostError('library/write-failed', 'The folder refuses every name for the file.');
  }

  /** @throws RoostError `request/not-found` unless a file stands there that nothing bad is known of. */
  async #standing(receiptId: string): Promise<Receipt> {
    const { library, catalog } = this.#parts;
    const receipt = receiptById(catalog, receiptId);
    if (!receipt) throw new RoostError('request/not-found', 'There is no such original.');
    if (this.#unsettled.has(receiptId)) throw new RoostError('library/write-failed');
    const facts = await factsOf(library.files, absolutePath(library.layout, receipt.path));
    if (facts?.isFile() === true && facts.size === receipt.byteCount) {
      if (!isKnownBad(catalog, receiptId)) return receipt;
    } else if (!(await library.isPresent())) throw new RoostError('library/missing');
    throw new RoostError('request/not-found', 'The original does not stand there as received.');
  }

  /** Gives false where the reserved name is taken by something else. */
  async #moveAs(
    moves: readonly AnnouncedMove[],
    receipt: Receipt,
    folder: string,
    name: string,
  ): Promise<boolean> {
    const { library, ledger } = this.#parts;
    const { files, names, placements, layout } = library;
    const from = absolutePath(layout, receipt.path);
    const journaled = new Set<string>();
    const record = async (move: Move): Promise<void> => {
      await ledger.record({ entry: 'move', ...move });
      journaled.add(move.moveId);
      this.#tell(move);
    };
    let isAnnounced = false;
    let end: MoveEnd = 'undone';
    try {
      // Some file systems take two names for one that we tell apart: a link there would be the file itself.
      if (await factsOf(files, join(folder, name))) return false;
      isAnnounced = true;
      await placements.announceMoves(moves);
      end = 'open';
      end = await carryMove(library, receipt, join(folder, name), moves, record, () => {
        end = 'undone';
      });
      return end !== 'undone';
    } finally {
      if (end === 'undone') names.release(folder, name);
      if (end === 'moved') {
        names.placed(folder, name);
        names.removed(dirname(from), basename(from));
      }
      if (isAnnounced && end !== 'open') placements.settle();
      // Each file in the trash has a folder of its own. One that stays takes no room and goes at another start.
      if (end === 'moved' && isInTrash(receipt.path)) {
        await library.folders.removeIfEmpty(folderOf(receipt.path)).catch(() => false);
      }
      if (end === 'open') {
        for (const move of moves) this.#unsettled.add(move.receiptId);
        placements.keep(async () => {
          await this.#settleLate(moves, journaled, record);
          for (const move of moves) this.#unsettled.delete(move.receiptId);
          for (const each of [folder, dirname(from)]) names.forget(each);
          names.release(folder, name);
        });
      }
    }
  }

  /** As the next start would do it. */
  async #settleLate(
    moves: readonly AnnouncedMove[],
    journaled: ReadonlySet<string>,
    record: (move: Move) => Promise<void>,
  ): Promise<void> {
    const { library, catalog } = this.#parts;
    await settleMoves({
      layout: library.layout,
      files: library.files,
      moves,
      isJournaled: (moveId) => journaled.has(moveId),
      isOthers: (path, receiptIds) => receiptsAt(catalog, path).some((id) => !receiptIds.has(id)),
      record,
    });
  }

  /** Lets others know of what is durable already: whatever they make of it, the file was moved. */
  #tell(move: Move): void {
    try {
      const receipt = receiptById(this.#parts.catalog, move.receiptId);
      if (receipt) this.#parts.onMoved?.(receipt, move);
    } catch {
      // They see it the next time they ask.
    }
  }
}

function trashPlace(moveId: string, receipt: Receipt): OriginalPlace {
  return { folder: `${TRASH_FOLDER}/${moveId}`, name: nameOf(receipt.path) };
}

/** The name of a path's file when it stands in a folder. */
function nameIn(folder: string, path: string): string | undefined {
  return foldName(folderOf(path)) === foldName(folder) ? nameOf(path) : undefined;
}
