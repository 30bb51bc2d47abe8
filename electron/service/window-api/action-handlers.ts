import { setTimeout } from 'node:timers/promises';

import { MAX_CHOSEN_ASSETS } from '../../../shared/action-calls.ts';
import type { WindowParsedInput } from '../../../shared/window-api.ts';
import { asOfNow } from '../catalog/chosen-files.ts';
import { passingAssets, type PassingAsset } from '../catalog/passing-assets.ts';
import { lastReturned, listTrash, trashedAssetIds, trashTotals } from '../catalog/trash-rows.ts';
import type { Exports } from '../export/exports.ts';
import { ExportPlan, type Exported } from '../export/plan-export.ts';
import type { Filing } from '../filing/filing.ts';
import type { TrashEmptier } from '../filing/trash-emptier.ts';

import type { WindowHandlers } from './contract-routes.ts';
import { markFavourites, type MarkFavouritesParts } from './mark-favourites.ts';

export interface ActionHandlerParts extends MarkFavouritesParts {
  readonly filing: Pick<Filing, 'trash' | 'restore' | 'bringBack'>;
  readonly emptier: Pick<TrashEmptier, 'empty' | 'due' | 'progress' | 'emptyAfterDays'>;
  readonly exports: Pick<Exports, 'list' | 'begin' | 'stop'>;
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

const RETURNED_COUNT = 10;
/** Whoever asks for the size of a million photos hears by then how much it is at least. */
const MEASURED_WITHIN_MS = 10_000;

/** What a person does with chosen assets: favourites, the trash, exports. */
export function actionHandlers(parts: ActionHandlerParts): Pick<WindowHandlers, ActionCalls> {
  const { catalog, filing, emptier, exports } = parts;
  return {
    'assets.ids': async (filter, gone) => {
      const asOf = asOfNow(catalog);
      const all: PassingAsset[] = [];
      for await (const page of passingAssets(catalog, filter)) {
        gone.throwIfAborted();
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
    'assets.measure': async ({ files, ...chosen }, gone) => {
      const plan = new ExportPlan(catalog, exported(chosen), files);
      const stop = (): void => plan.stop();
      gone.addEventListener('abort', stop);
      try {
        await Promise.race([plan.whole, setTimeout(MEASURED_WITHIN_MS, undefined, { ref: false })]);
        return { ...plan.counts, isAll: plan.isWhole };
      } finally {
        gone.removeEventListener('abort', stop);
        await plan.close();
      }
    },
    'assets.favourite': async ({ assetIds, isFavourite }) => ({
      changedAssetIds: await markFavourites(parts, assetIds, isFavourite),
    }),

    'assets.trash': ({ assetIds }) => filing.trash(assetIds),
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
