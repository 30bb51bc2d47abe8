import { setImmediate } from 'node:timers/promises';

import type { ExportFiles } from '../../../shared/export-view.ts';
import { chosenFiles, type ChosenFile } from '../catalog/chosen-files.ts';
import type { CatalogReader } from '../catalog/open-catalog.ts';
import { foldName } from '../library/folder-names.ts';
import { nameOf } from '../library/library-layout.ts';
import { numberedName, stemOf } from '../library/safe-name.ts';

/** Files that get one stem: those of an asset that have one in the library. */
export interface ExportGroup {
  readonly files: readonly (ChosenFile & { readonly name: string })[];
}

export interface ExportPlan {
  readonly groups: readonly ExportGroup[];
  readonly assetCount: number;
  readonly fileCount: number;
  readonly byteCount: number;
}

/** So many assets are looked at before others get a turn. */
const AT_ONCE = 100;

/**
 * Which files some assets are, each once, in groups of one stem. An asset that is gone or in the trash has none.
 */
export async function planExport(
  catalog: CatalogReader,
  assetIds: readonly string[],
  files: ExportFiles,
): Promise<ExportPlan> {
  const groups: ExportGroup[] = [];
  const seen = new Set<string>();
  let assetCount = 0;
  let fileCount = 0;
  let byteCount = 0;
  for (const [index, assetId] of assetIds.entries()) {
    const chosen = chosenFiles(catalog, assetId, files).filter(({ path }) => !seen.has(path));
    for (const { path, byteCount: bytes } of chosen) {
      seen.add(path);
      fileCount += 1;
      byteCount += bytes;
    }
    if (chosen.length > 0) assetCount += 1;
    const named = chosen.map((file) => ({ ...file, name: nameOf(file.path) }));
    for (const group of Map.groupBy(named, ({ name }) => foldName(stemOf(name))).values()) {
      groups.push({ files: group });
    }
    if (index % AT_ONCE === AT_ONCE - 1) await setImmediate();
  }
  return { groups, assetCount, fileCount, byteCount };
}

/**
 * Hands out names that stand side by side in one folder on every system. Files of a group keep one stem: where one of
 * their names is taken, all get the same number.
 */
export class ExportNames {
  readonly #taken = new Set<string>();
  /** By folded names of a group: the first number worth trying, so that thousands of `IMG_0001` stay cheap. */
  readonly #next = new Map<string, number>();

  /**
   * The number for the names of a group, from `from` on: 1 for the names as they are. They are taken by this. Files of
   * one name within a group, which lie in different folders, get numbers of their own.
   */
  take(names: readonly string[], from = 1): string[] {
    const key = names.map(foldName).sort().join('\0');
    for (let number = Math.max(from, this.#next.get(key) ?? 1); ; number += 1) {
      const numbered = names.map((name) => numberedName(name, number));
      const keys = numbered.map(foldName);
      if (new Set(keys).size < keys.length) return names.flatMap((name) => this.take([name], from));
      if (keys.some((each) => this.#taken.has(each))) continue;
      for (const each of keys) this.#taken.add(each);
      this.#next.set(key, number + 1);
      return numbered;
    }
  }
}
