import type { QueryClient } from '@tanstack/react-query';
import type { z } from 'zod';

import { WINDOW_API, type WindowEvent, type WindowOutput } from '../../shared/window-api.ts';
import type { TimelineAsset } from '../../shared/window-views.ts';
import { queryKey } from '../app/use-service.ts';
import { mergeAssets } from './merge-assets.ts';

type MonthAnswer = WindowOutput<'timeline.month'>;
type AssetsEvent = Extract<WindowEvent, { type: 'assets' }>;

/** What stands in the key of a loaded part of a month. */
const inputSchema = WINDOW_API['timeline.month'].input;
type MonthInput = z.output<typeof inputSchema>;

/** A part of a month that was asked for, with what was answered so far. */
interface LoadedPiece {
  readonly key: readonly unknown[];
  readonly input: MonthInput;
  readonly answer: MonthAnswer | undefined;
  readonly isFetching: boolean;
}

function loadedPieces(client: QueryClient): readonly LoadedPiece[] {
  return client
    .getQueryCache()
    .findAll({ queryKey: queryKey('timeline.month') })
    .flatMap(({ queryKey: key, state }) => {
      const input = inputSchema.safeParse(key[1]);
      if (!input.success) return [];
      const answer = state.data as MonthAnswer | undefined;
      return { key, input: input.data, answer, isFetching: state.fetchStatus === 'fetching' };
    });
}

function isInDays({ month, firstDay, lastDay }: MonthInput, { capturedLocal }: TimelineAsset) {
  const day = Number(capturedLocal.slice(8, 10));
  return capturedLocal.startsWith(month) && day >= firstDay && day <= lastDay;
}

function isFiltered(input: MonthInput): boolean {
  const {
    month: _month,
    firstDay: _first,
    lastDay: _last,
    offset: _offset,
    limit: _limit,
    ...filter
  } = input;
  return Object.values(filter).some((value) => value !== undefined);
}

/** Whether an event alone tells what comes in: not for a page of many, and not where a filter must be asked. */
function isWhole({ input, answer }: LoadedPiece): boolean {
  const { offset, limit } = input;
  return offset === 0 && (answer?.assets.length ?? limit) < limit && !isFiltered(input);
}

/** What a filter may look at: all but the picture, which comes later and changes often. */
function toldFacts(asset: TimelineAsset): string {
  return JSON.stringify({
    ...asset,
    width: undefined,
    height: undefined,
    thumbhash: undefined,
    tile: undefined,
    tileReason: undefined,
    version: undefined,
    hasClip: undefined,
  });
}

/** Brings what is loaded up to date with an event; asks again where the event does not tell enough. */
export function mergeEvent(client: QueryClient, event: AssetsEvent): void {
  const changed = new Map(event.assets.map((asset) => [asset.assetId, asset]));
  for (const piece of loadedPieces(client)) {
    const { key, input, answer, isFetching } = piece;
    const concerned = event.assets.filter((asset) => isInDays(input, asset));
    // An answer under way may be older than this event.
    if (isFetching && (concerned.length > 0 || event.removedAssetIds.length > 0)) {
      void client.invalidateQueries({ queryKey: key });
    }
    if (answer === undefined) continue;
    const isMergeable = isWhole(piece);
    const belongs = (asset: TimelineAsset) => isMergeable && isInDays(input, asset);
    const { assets } = answer;
    // Also pieces the event does not name: an asset may have left one for another.
    const isTouched =
      concerned.length > 0 ||
      assets.some(({ assetId }) => changed.has(assetId)) ||
      event.removedAssetIds.length > 0;
    if (!isTouched) continue;
    const merged = mergeAssets(belongs, assets, event.assets, event.removedAssetIds);
    if (merged !== assets) client.setQueryData<MonthAnswer>(key, { assets: [...merged] });
    const known = new Set(assets.map(({ assetId }) => assetId));
    const isShifted =
      merged.length !== assets.length || concerned.some(({ assetId }) => !known.has(assetId));
    // The filter may not let it through any more, which only the service knows.
    const mayLeave =
      isFiltered(input) &&
      assets.some((before) => {
        const after = changed.get(before.assetId);
        return after !== undefined && toldFacts(after) !== toldFacts(before);
      });
    if (!isMergeable && (isShifted || mayLeave) && !isFetching) {
      void client.invalidateQueries({ queryKey: key });
    }
  }
}

/** Tells of assets, by what is loaded now: shown there, missing where they should stand, or nothing known. */
export function lookUp(
  client: QueryClient,
): (asset: TimelineAsset) => 'shown' | 'missing' | 'unknown' {
  const pieces = loadedPieces(client).filter(({ answer }) => answer !== undefined);
  const whole = pieces.filter(isWhole);
  const shownIds = new Set(
    pieces.flatMap(({ answer }) => answer?.assets.map(({ assetId }) => assetId) ?? []),
  );
  return (asset) => {
    if (shownIds.has(asset.assetId)) return 'shown';
    return whole.some(({ input }) => isInDays(input, asset)) ? 'missing' : 'unknown';
  };
}
