import { randomUUID } from 'node:crypto';

import type { Clock } from '../../../shared/clock.ts';
import { RoostError } from '../../../shared/error-catalogue.ts';
import { MAX_CHOSEN_ASSETS } from '../../../shared/action-calls.ts';
import { assetIdsOf, countFavourites } from '../catalog/chosen-files.ts';
import type { Ledger } from '../catalog/ledger.ts';
import type { CatalogReader } from '../catalog/open-catalog.ts';
import { assetOfPart } from '../catalog/regroup.ts';
import { lastReturned, listTrash, trashedAssetIds, trashTotals } from '../catalog/trash-rows.ts';
import type { Exports } from '../export/exports.ts';
import { planExport } from '../export/plan-export.ts';
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

/** What a person does with chosen assets: favourites, the trash, exports. */
export function actionHandlers(parts: ActionHandlerParts): Pick<WindowHandlers, ActionCalls> {
  const { catalog, filing, emptier, exports } = parts;
  return {
    'assets.ids': (filter) => {
      const all = assetIdsOf(catalog, filter, MAX_CHOSEN_ASSETS + 1);
      const chosen = all.slice(0, MAX_CHOSEN_ASSETS);
      return {
        assetIds: chosen.map(({ assetId }) => assetId),
        days: chosen.map(({ day }) => day),
        isCut: all.length > MAX_CHOSEN_ASSETS,
      };
    },
    'assets.measure': async ({ assetIds, files }) => {
      const { groups: _groups, ...size } = await planExport(catalog, assetIds, files);
      return { ...size, favouriteCount: countFavourites(catalog, assetIds) };
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
    'exports.begin': ({ assetIds, filter, files, folder }) => {
      const limit = MAX_CHOSEN_ASSETS + 1;
      const chosen =
        assetIds ?? assetIdsOf(catalog, filter ?? {}, limit).map(({ assetId }) => assetId);
      if (chosen.length > MAX_CHOSEN_ASSETS) {
        throw new RoostError(
          'request/too-large',
          'Not more than 100,000 photos can be exported at once.',
        );
      }
      return exports.begin({ assetIds: chosen, files, folder });
    },
    'export.stop': ({ exportId }) => {
      exports.stop(exportId);
      return {};
    },
  };
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
