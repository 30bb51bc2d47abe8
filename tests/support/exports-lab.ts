import { join } from 'node:path';

import { expect } from 'vitest';

import { Exports } from '../../electron/service/export/exports.ts';
import type { Finding } from '../../electron/service/library/check-original.ts';
import { nodeFileSystem, type FileSystem } from '../../electron/service/library/file-system.ts';
import type { ExportView } from '../../shared/export-view.ts';
import type { Receipt } from '../../shared/receipt.ts';

import { silentLog } from './core-lab.ts';
import { fill, openFiling, type FilingLab } from './filing-lab.ts';
import { tempFolder } from './temp-folder.ts';

/** Exports of a library that `fill` filled. */
export interface ExportsLab extends AsyncDisposable {
  readonly folder: string;
  readonly filing: FilingLab;
  readonly exports: Exports;
  readonly receipts: readonly Receipt[];
  readonly assetIds: string[];
  readonly reread: { readonly path: string; readonly kind: Finding['kind'] }[];
  readonly pathOf: (path: string) => string;
  isPresent: boolean;
  /** How an export ended, once it did. */
  readonly ended: (exportId: string) => Promise<ExportView>;
}

export async function openExports(files: FileSystem = nodeFileSystem): Promise<ExportsLab> {
  const stack = new AsyncDisposableStack();
  const temp = stack.use(await tempFolder());
  const filing = stack.use(await openFiling({ folder: temp.path }));
  const receipts = await fill(filing);
  const { core } = filing;
  const reread: { path: string; kind: Finding['kind'] }[] = [];
  const pathOf = (path: string): string => join(core.libraryFolder, path);
  const exports = new Exports({
    catalog: core.catalog,
    pathOf,
    clock: core.clock,
    log: silentLog,
    requireLibrary: () => undefined,
    ownFolders: [core.libraryFolder],
    onReread: ({ path }, { kind }) => reread.push({ path, kind }),
    isLibraryPresent: () => Promise.resolve(lab.isPresent),
    onChange: () => undefined,
    files,
  });
  stack.defer(() => exports.close());
  const assetIds = [...new Set(receipts.map(({ assetId }) => assetId))];
  const lab: ExportsLab = {
    isPresent: true,
    folder: temp.path,
    filing,
    exports,
    receipts,
    assetIds,
    reread,
    pathOf,
    ended: async (exportId) => {
      const find = (): ExportView | undefined =>
        exports.list().find((each) => each.exportId === exportId);
      await expect.poll(() => find()?.state, { timeout: 30_000 }).not.toMatch(/waiting|running/);
      const view = find();
      if (!view) throw new Error('the export is not known any more');
      return view;
    },
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
  return lab;
}
