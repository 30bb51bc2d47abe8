import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';

import type { Clock } from '../../../shared/clock.ts';
import { MAX_CHOSEN_ASSETS } from '../../../shared/action-calls.ts';
import type { WindowParsedInput } from '../../../shared/window-api.ts';
import { asOfNow } from '../catalog/chosen-files.ts';
import type { Ledger } from '../catalog/ledger.ts';
import type { CatalogReader } from '../catalog/open-catalog.ts';
import { passingAssets, type PassingAsset } from '../catalog/passing-assets.ts';
import { assetOfPart } from '../catalog/regroup.ts';
import { lastReturned, listTrash, trashedAssetIds, trashTotals } from '../catalog/trash-rows.ts';
import type { Exports } from '../export/exports.ts';
import { ExportPlan, type Exported } from '../export/plan-export.ts';
import type { Filing } from '../filing/filing.ts';
import type { TrashEmptier } from '../filing/trash-emptier.ts';

import type { WindowHandlers } from './contract-routes.ts';

export interface ActionHandlerParts {
  readonly catalog: CatalogReader;
  /** @throws RoostError of the library while nothing can be recorded. */
  readonly ledger: () => Ledger;
  readonly clock: Clock;
  readonly filing: Pick<Filing, 'trash' | 'restore' | 'bringBack'>;
  readonly emptier: Pick<TrashEmptier, 'empty' | 'due' | 'progress' | 'emptyAfterDays'>;
  readonly exports: Pick<Exports, 'list' | 'begin' | 'stop'>;
  readonly assetChanged: (assetId: string) => void;
}

type ChosenInput = Omit<WindowParsedInput<'assets.measure'>, 'files'>;

type ActionCalls =
  | 'assets.ids'
  | 'assets.measure'
  | 'assets.favourite'
  | 'assets.trash'
  | 'assets.restore'
  | 'trash.list'
  | 'trash.ids'
  | 'trash.due'
  | 'trash.restore'
  | 'trash.empty'
  | 'exports.list'
  | 'exports.begin'
  | 'export.stop';

/** As many assets as one entry of the journal names. */
const AT_ONCE = 200;
const RETURNED_COUNT = 10;
/** Whoever asks for the size of a million photos hears by then how much it is at least. */
const MEASURED_WITHIN_MS = 10_000;

/** What a person does with chosen assets: favourites, the trash, exports. */
export function actionHandlers(parts: ActionHandlerParts): Pick<WindowHandlers, ActionCalls> {
  const { catalog, filing, emptier, exports } = parts;
  return {
    'assets.ids': async (filter) => {
      const asOf = asOfNow(catalog);
      const all: PassingAsset[] = [];
      for await (const page of passingAssets(catalog, filter)) {
        for (const asset of page) all.push(asset);
        if (all.length > MAX_CHOSEN_ASSETS) break;
      }
      const chosen = all.slice(0, MAX_CHOSEN_ASSETS);
      return {
        assetIds: chosen.map(({ assetId }) => assetId),
        days: chosen.map(({ capturedLocal }) => capturedLocal.slice(0, 10)),
        isCut: all.length > MAX_CHOSEN_ASSETS,
        asOf,
      };
    },
    'assets.measure': async ({ files, ...chosen }) => {
      const plan = new ExportPlan(catalog, exported(chosen), files);
      await Promise.race([plan.whole, setTimeout(MEASURED_WITHIN_MS, undefined, { ref: false })]);
      const { isWhole, counts } = plan;
      const size = { ...counts, isAll: isWhole };
      await plan.close();
      return size;
    },
    'assets.favourite': async ({ assetIds, isFavourite }) => ({
      changedAssetIds: await markFavourites(parts, assetIds, isFavourite),
    }),

    'assets.trash': ({ assetIds }) =>
      filing.trash([...new Set(assetIds.map((id) => assetOfPart(catalog, id)))]),
    'assets.restore': ({ batchId }) => filing.restore(batchId),
    'trash.list': (page) => ({
      ...listTrash(catalog, page),
      totals: trashTotals(catalog),
      emptyAfterDays: emptier.emptyAfterDays,
      returned: lastReturned(catalog, RETURNED_COUNT),
      ...(emptier.progress && { emptying: emptier.progress }),
    }),
    'trash.ids': () => {
      const all = trashedAssetIds(catalog);
      return {
        assetIds: all.slice(0, MAX_CHOSEN_ASSETS),
        isCut: all.length > MAX_CHOSEN_ASSETS,
      };
    },
    'trash.due': ({ afterDays }) => emptier.due(afterDays),
    'trash.restore': ({ assetIds }) => filing.bringBack(assetIds ?? trashedAssetIds(catalog)),
    'trash.empty': ({ assetIds }) => {
      emptier.empty(assetIds);
      return {};
    },

    'exports.list': () => ({ exports: exports.list() }),
    'exports.begin': ({ files, folder, ...chosen }) =>
      exports.begin({ ...exported(chosen), files, folder }),
    'export.stop': ({ exportId }) => {
      exports.stop(exportId);
      return {};
    },
  };
}

/** Some assets, or else everything that a filter lets through. */
function exported({ assetIds, filter = {}, asOf }: ChosenInput): Exported {
  return assetIds === undefined ? { filter, asOf } : { assetIds };
}

/** Gives those that were not so before. @throws RoostError of the library; then those of before it are marked. */
async function markFavourites(
  { catalog, ledger, clock, assetChanged }: ActionHandlerParts,
  askedIds: readonly string[],
  isFavourite: boolean,
): Promise<string[]> {
  const wanted = isFavourite ? 1 : 0;
  const changed = [...new Set(askedIds.map((id) => assetOfPart(catalog, id)))].filter((assetId) => {
    const row = catalog.get<{ favourite: number }>(
      'SELECT favourite FROM assets WHERE asset_id = ?',
      assetId,
    );
    return row !== undefined && row.favourite !== wanted;
  });
  for (let at = 0; at < changed.length; at += AT_ONCE) {
    const assetIds = changed.slice(at, at + AT_ONCE);
    await ledger().record({
      entry: 'favourite',
      decisionId: randomUUID(),
      assetIds,
      isFavourite,
      decidedAt: clock.now(),
    });
    for (const assetId of assetIds) assetChanged(assetId);
  }
  return changed;
}
