import type { ExportView } from '../../../shared/export-view.ts';
import type {
  WindowCall,
  WindowEvent,
  WindowInput,
  WindowOutput,
} from '../../../shared/window-api.ts';
import { fakeId, type FakeAsset, type FakeLibrary } from './fake-library.ts';

type ActionCall =
  | 'assets.ids'
  | 'assets.measure'
  | 'assets.favourite'
  | 'trash.list'
  | 'trash.ids'
  | 'trash.due'
  | 'trash.restore'
  | 'trash.empty'
  | 'exports.list'
  | 'exports.begin'
  | 'export.stop';

export interface FakeActionsParts {
  readonly library: FakeLibrary;
  readonly emit: (event: WindowEvent) => void;
  readonly tellAssets: (assetIds: readonly string[]) => void;
  /** What lies in the trash, by batch. */
  readonly trashed: Map<string, readonly FakeAsset[]>;
  readonly exports: ExportView[];
  readonly emptyAfterDays: () => number;
  /** Since when everything there has been in the trash. */
  readonly trashedAt: () => number;
}

/** What a person does with chosen assets, as the service would do it at once. */
export function fakeActions(parts: FakeActionsParts): {
  [Call in ActionCall & WindowCall]: (input: WindowInput<Call>) => WindowOutput<Call>;
} {
  const { library, trashed, exports, emit } = parts;
  const inTrash = (): FakeAsset[] => [...trashed.values()].flat();
  const take = (assetIds: readonly string[] | undefined): FakeAsset[] => {
    const taken = inTrash().filter(
      ({ asset }) => assetIds === undefined || assetIds.includes(asset.assetId),
    );
    for (const [batchId, assets] of trashed) {
      trashed.set(
        batchId,
        assets.filter((each) => !taken.includes(each)),
      );
    }
    return taken;
  };
  const measure = (assetIds: readonly string[]) => {
    const resources = assetIds.flatMap((assetId) => library.get(assetId)?.resources ?? []);
    const byteCount = resources.reduce((sum, each) => sum + each.byteCount, 0);
    return { assetCount: assetIds.length, fileCount: resources.length, byteCount };
  };
  return {
    'assets.ids': ({ within = '', oneEnd, otherEnd }) => {
      const all = library.sorted().filter((each) => each.capturedLocal.startsWith(within));
      const ends = [oneEnd, otherEnd].map((end) => all.findIndex((each) => each.assetId === end));
      const [first, last] = oneEnd === undefined ? [0, all.length - 1] : ends.sort((a, b) => a - b);
      const chosen = all.slice(first, (last ?? 0) + 1);
      return {
        assetIds: chosen.map(({ assetId }) => assetId),
        days: chosen.map(({ capturedLocal }) => capturedLocal.slice(0, 10)),
        isCut: false,
        asOf: 0,
      };
    },
    'assets.measure': ({ assetIds = [] }) => {
      const assets = assetIds.map((assetId) => library.get(assetId)?.asset);
      const favouriteCount = assets.filter((asset) => asset?.isFavourite === true).length;
      return { ...measure(assetIds), favouriteCount, isAll: true };
    },
    'assets.favourite': ({ assetIds, isFavourite }) => {
      const changed = assetIds
        .map((assetId) => library.get(assetId))
        .filter((each) => each !== undefined)
        .filter(({ asset }) => (asset.isFavourite === true) !== isFavourite);
      for (const each of changed) {
        const { isFavourite: _before, ...asset } = each.asset;
        each.asset = { ...asset, ...(isFavourite && { isFavourite: true as const }) };
      }
      const changedAssetIds = changed.map(({ asset }) => asset.assetId);
      parts.tellAssets(changedAssetIds);
      return { changedAssetIds };
    },
    'trash.list': ({ before = '0', limit }) => {
      const all = inTrash();
      const [from, to] = [Number(before), Number(before) + Number(limit)];
      const assets = all.slice(from, to);
      return {
        assets: assets.map(({ asset, resources }) => ({
          assetId: asset.assetId,
          fileName: asset.fileName,
          capturedLocal: asset.capturedLocal,
          kind: asset.kind,
          version: asset.version,
          hasTile: false,
          fileCount: resources.length,
          byteCount: resources.reduce((sum, each) => sum + each.byteCount, 0),
          trashedAt: parts.trashedAt(),
        })),
        ...(to < all.length && { nextCursor: String(to) }),
        totals: totalsOf(all),
        emptyAfterDays: parts.emptyAfterDays(),
        returned: [],
      };
    },
    'trash.ids': () => ({
      assetIds: inTrash().map(({ asset }) => asset.assetId),
      isCut: false,
    }),
    'trash.due': ({ afterDays }) =>
      totalsOf(parts.trashedAt() <= Date.now() - afterDays * 24 * 3_600_000 ? inTrash() : []),
    'trash.restore': ({ assetIds }) => {
      const assets = take(assetIds);
      for (const asset of assets) library.put(asset);
      parts.tellAssets(assets.map(({ asset }) => asset.assetId));
      return begun(fakeId('back', assets.length), assets);
    },
    'trash.empty': ({ assetIds }) => {
      take(assetIds);
      emit({ type: 'filing' });
      return {};
    },
    'exports.list': () => ({ exports }),
    'exports.begin': ({ assetIds = [], folder }) => {
      const size = measure(assetIds);
      const view: ExportView = {
        exportId: fakeId('export', exports.length),
        kind: folder === undefined ? 'zip' : 'folder',
        ...(folder !== undefined && { folder }),
        state: folder === undefined ? 'waiting' : 'running',
        ...size,
        doneFileCount: 0,
        doneByteCount: 0,
        skippedCount: 0,
        problemCount: 0,
        problems: [],
        startedAt: Date.now(),
      };
      exports.unshift(view);
      emit({ type: 'exports', exports });
      return view;
    },
    'export.stop': ({ exportId }) => {
      const at = exports.findIndex((each) => each.exportId === exportId);
      const found = exports[at];
      if (found?.state === 'running' || found?.state === 'waiting') {
        exports[at] = { ...found, state: 'stopped', finishedAt: Date.now() };
      } else exports.splice(at, 1);
      emit({ type: 'exports', exports });
      return {};
    },
  };
}

function totalsOf(assets: readonly FakeAsset[]): WindowOutput<'trash.due'> {
  const resources = assets.flatMap((each) => each.resources);
  const byteCount = resources.reduce((sum, each) => sum + each.byteCount, 0);
  return { assetCount: assets.length, fileCount: resources.length, byteCount };
}

/** What a batch is answered with that moved everything at once. */
export function begun(batchId: string, assets: readonly FakeAsset[]): WindowOutput<'assets.trash'> {
  const movedCount = assets.flatMap(({ resources }) => resources).length;
  return { batchId, isRunning: false, movedCount, failedCount: 0, skippedCount: 0 };
}
