import type { AssetFilter } from '../../../shared/asset-filter.ts';
import type { ExportFiles } from '../../../shared/export-view.ts';
import { chosenFiles, countFavourites } from '../catalog/chosen-files.ts';
import type { CatalogReader } from '../catalog/open-catalog.ts';
import { passingAssets } from '../catalog/passing-assets.ts';
import { inSlices } from '../in-slices.ts';
import { foldName } from '../library/folder-names.ts';
import { nameOf } from '../library/library-layout.ts';
import { numberedName, stemOf } from '../library/safe-name.ts';

import { ExportNotes, type ExportGroup } from './export-notes.ts';

/** Which assets are exported. */
export type Exported =
  | { readonly assetIds: readonly string[] }
  | {
      /** Everything that this lets through, however many. */
      readonly filter: AssetFilter;
      /** As `asOfNow` gave it: what came to the library after that is left out. */
      readonly asOf?: number | undefined;
    };

export interface ExportCounts {
  readonly assetCount: number;
  readonly favouriteCount: number;
  readonly fileCount: number;
  readonly byteCount: number;
}

/** So many assets are looked at before others get a turn. */
const AT_ONCE = 100;

/**
 * Which files some assets are, each once, in groups of one stem; found out in turns of a few milliseconds, some ten
 * thousand assets a second, in memory for a few of them. An asset that is gone or in the trash has none. The counts
 * grow until it is whole. Whoever makes one closes it.
 */
export class ExportPlan {
  readonly notes = new ExportNotes();
  /** Resolves when all is counted, also when it was closed before. Rejects with errors of the catalog. */
  readonly whole: Promise<void>;
  readonly #counts = { assetCount: 0, favouriteCount: 0, fileCount: 0, byteCount: 0 };
  #isWhole = false;
  #isClosed = false;
  #grown = Promise.withResolvers<undefined>();
  #closed: Promise<void> | undefined;

  constructor(catalog: CatalogReader, exported: Exported, files: ExportFiles) {
    this.whole = this.#make(catalog, exported, files).finally(() => {
      this.#isWhole = true;
      this.#grown.resolve(undefined);
    });
    this.whole.catch(() => undefined);
  }

  /** So far. */
  get counts(): ExportCounts {
    return this.#counts;
  }

  get isWhole(): boolean {
    return this.#isWhole;
  }

  /** Its groups, as they are found. @throws errors of the catalog. */
  async *groups(): AsyncGenerator<ExportGroup, void, undefined> {
    for (let next = 1; ;) {
      const isLast = this.#isWhole;
      const { promise: grown } = this.#grown;
      for (const group of this.notes.groups(next)) {
        next += 1;
        yield group;
      }
      if (isLast || this.#isClosed) break;
      await grown;
    }
    await this.whole;
  }

  /** Ends the counting, and its groups with it. */
  stop(): void {
    this.#isClosed = true;
    this.#grown.resolve(undefined);
  }

  /** The same, and what was noted goes; nobody asks for it any more. */
  close(): Promise<void> {
    this.stop();
    this.#closed ??= this.whole.catch(() => undefined).then(() => this.notes.close());
    return this.#closed;
  }

  async #make(catalog: CatalogReader, exported: Exported, files: ExportFiles): Promise<void> {
    const counts = this.#counts;
    const asOf = 'filter' in exported ? exported.asOf : undefined;
    const isOver = (): boolean => this.#isClosed;
    for await (const assetIds of pagesOf(catalog, exported, isOver)) {
      if (this.#isClosed) return;
      counts.favouriteCount += countFavourites(catalog, assetIds);
      for (const all of chosenFiles(catalog, assetIds, files, asOf)) {
        const chosen = all.filter(({ path }) => this.notes.see(path));
        if (chosen.length > 0) counts.assetCount += 1;
        counts.fileCount += chosen.length;
        for (const { byteCount } of chosen) counts.byteCount += byteCount;
        const named = chosen.map((file) => ({ ...file, name: nameOf(file.path) }));
        for (const group of Map.groupBy(named, ({ name }) => foldName(stemOf(name))).values()) {
          this.notes.addGroup(group);
        }
      }
      this.#grown.resolve(undefined);
      this.#grown = Promise.withResolvers();
    }
  }
}

async function* pagesOf(
  catalog: CatalogReader,
  exported: Exported,
  isOver: () => boolean,
): AsyncGenerator<readonly string[], void, undefined> {
  if ('assetIds' in exported) {
    yield* inSlices(exported.assetIds, AT_ONCE);
    return;
  }
  for await (const page of passingAssets(catalog, exported.filter, isOver)) {
    const assetIds = page.map(({ assetId }) => assetId);
    yield* inSlices(assetIds, AT_ONCE);
  }
}

/**
 * Hands out names that stand side by side in one folder on every system. Files of a group keep one stem: where one of
 * their names is taken, all get the same number.
 */
export class ExportNames {
  readonly #notes: ExportNotes;

  constructor(notes: ExportNotes) {
    this.#notes = notes;
  }

  /**
   * The number for the names of a group, from `from` on: 1 for the names as they are. They are taken by this. Files of
   * one name within a group, which lie in different folders, get numbers of their own.
   */
  take(names: readonly string[], from = 1): string[] {
    const key = names.map(foldName).sort().join('\0');
    for (let number = Math.max(from, this.#notes.nextNumber(key)); ; number += 1) {
      const numbered = names.map((name) => numberedName(name, number));
      const keys = numbered.map(foldName);
      if (new Set(keys).size < keys.length) return names.flatMap((name) => this.take([name], from));
      if (keys.some((each) => this.#notes.isNameTaken(each))) continue;
      for (const each of keys) this.#notes.takeName(each);
      this.#notes.setNextNumber(key, number + 1);
      return numbered;
    }
  }
}
