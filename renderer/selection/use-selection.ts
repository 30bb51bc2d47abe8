import { useCallback, useLayoutEffect, useMemo, useRef, useState } from 'react';

import { MAX_CHOSEN_ASSETS } from '../../shared/action-calls.ts';
import type { AssetFilter } from '../../shared/asset-filter.ts';
import { RoostError } from '../../shared/error-catalogue.ts';
import type { WindowInput } from '../../shared/window-api.ts';
import type { TimelineAsset } from '../../shared/window-views.ts';
import { callService } from '../app/call-service.ts';
import { useRecovery, useWindowEvent } from '../app/service-context.tsx';
import { problemWords } from '../text/problem-text.ts';
import { selectionText } from '../text/selection-text.ts';
import { showToast } from '../ui/toast.tsx';
import {
  answered,
  type ChosenAssets,
  cleared,
  countsByDay,
  NOTHING_SELECTED,
  type Selection,
  sweepBegun,
  sweepEnded,
  swept,
  toggled,
  toggledAll,
  withAll,
  withEverything,
  within,
  without,
} from './selection.ts';

/** Days of a month (`YYYY-MM`), as the timeline's headers name them. */
export interface Days {
  readonly month: string;
  readonly firstDay: number;
  readonly lastDay: number;
}

/** Everything that a filter lets through of what the library held at a time, however much. */
export interface Everything {
  readonly filter: AssetFilter;
  readonly asOf: number;
}

/** What is chosen in the timeline under a filter, and how that changes. */
export interface PhotoSelection {
  /** The same array as long as the same are chosen. */
  readonly assetIds: readonly string[];
  readonly isActive: boolean;
  /** Where all was asked for, and there is more than can be chosen: all of it. */
  readonly everything: Everything | undefined;
  readonly isSelected: (assetId: string) => boolean;
  /** With Shift a range from the last one that was pressed, over the order of the timeline. */
  readonly onToggle: (asset: TimelineAsset, event: { readonly shiftKey: boolean }) => void;
  /** Chooses from where Shift was first held to where the focus came now, beside what was chosen before. */
  readonly onExtend: (fromId: string, toId: string) => void;
  /** A pointer sweeps over tiles; `begin` with whether that adds to what is chosen. */
  readonly sweep: {
    readonly begin: (isAdding: boolean) => void;
    readonly cover: (covered: ChosenAssets) => void;
    readonly end: (isTakenBack: boolean) => void;
  };
  readonly stateOf: (days: Days & { readonly count: number }) => 'none' | 'some' | 'all';
  readonly onToggleDays: (days: Days) => void;
  /** Everything that passes the filter. */
  readonly selectAll: () => void;
  readonly clear: () => void;
  readonly remove: (assetIds: readonly string[]) => void;
}

export function useSelection(filter: AssetFilter): PhotoSelection {
  const [selection, setSelection] = useState<Selection>(NOTHING_SELECTED);
  const [shownFilter, setShownFilter] = useState(filter);
  if (filter !== shownFilter) {
    // What cannot be seen any more must not be thrown away by a key.
    setShownFilter(filter);
    setSelection(cleared);
  }
  const { assets } = selection;
  const counts = useMemo(() => countsByDay(selection), [selection]);
  const assetIds = useMemo(() => [...assets.keys()], [assets]);
  const { asOf } = selection;
  const everything = useMemo(
    () => (asOf === undefined ? undefined : { filter, asOf }),
    [filter, asOf],
  );
  /** As it was drawn last, for what happens between. */
  const drawn = useRef(selection);
  useLayoutEffect(() => {
    drawn.current = selection;
  }, [selection]);

  /** Asks for ids and does something with them, unless the selection was cleared meanwhile. */
  const ask = useCallback(
    async (
      asked: WindowInput<'assets.ids'>,
      change: (selection: Selection, some: ChosenAssets, asOf: number | undefined) => Selection,
      isStillAsked: () => boolean = () => true,
    ): Promise<void> => {
      const { epoch } = drawn.current;
      const found = await chosenBy(asked, () => drawn.current.epoch === epoch && isStillAsked());
      if (found === undefined || !isStillAsked()) return;
      setSelection((before) =>
        answered(before, epoch, (now) => change(now, found.assets, found.asOf)),
      );
    },
    [],
  );

  useWindowEvent((event) => {
    if (event.type === 'assets' && event.removedAssetIds.length > 0) {
      setSelection((before) => without(before, event.removedAssetIds));
    }
  });
  // Who threw something away meanwhile could not be heard.
  useRecovery(() => {
    if (drawn.current.assets.size === 0) return;
    void ask(filter, (before, there) =>
      there.size < MAX_CHOSEN_ASSETS ? within(before, new Set(there.keys())) : before,
    );
  });

  const onToggle = useCallback(
    (asset: TimelineAsset, { shiftKey }: { readonly shiftKey: boolean }): void => {
      const { assetId } = asset;
      const oneEnd = drawn.current.anchor;
      if (shiftKey && oneEnd !== undefined && oneEnd !== assetId) {
        void ask({ ...filter, oneEnd, otherEnd: assetId }, withAll);
        return;
      }
      setSelection((before) => toggled(before, assetId, asset.capturedLocal.slice(0, 10)));
    },
    [ask, filter],
  );

  /** Where Shift was first held, where the focus came since, and the last question about what lies between. */
  const extension = useRef({ fromId: '', toId: '', number: 0 });
  const onExtend = useCallback(
    (fromId: string, toId: string): void => {
      const isGoingOn = extension.current.toId === fromId && drawn.current.sweep !== undefined;
      const number = extension.current.number + 1;
      const oneEnd = isGoingOn ? extension.current.fromId : fromId;
      extension.current = { fromId: oneEnd, toId, number };
      if (!isGoingOn) setSelection((before) => sweepBegun(before, true));
      const isLast = (): boolean => extension.current.number === number;
      void ask({ ...filter, oneEnd, otherEnd: toId }, swept, isLast);
    },
    [ask, filter],
  );
  const sweep = useMemo<PhotoSelection['sweep']>(
    () => ({
      begin: (isAdding) => setSelection((before) => sweepBegun(before, isAdding)),
      cover: (covered) => setSelection((before) => swept(before, covered)),
      end: (isTakenBack) => setSelection((before) => sweepEnded(before, isTakenBack)),
    }),
    [],
  );

  return {
    assetIds,
    isActive: assets.size > 0,
    everything,
    isSelected: (assetId) => assets.has(assetId),
    onToggle,
    onExtend,
    sweep,
    stateOf: (days) => {
      const chosen = daysOf(days).reduce((sum, day) => sum + (counts.get(day) ?? 0), 0);
      return chosen === 0 ? 'none' : chosen >= days.count ? 'all' : 'some';
    },
    onToggleDays: ({ month, firstDay, lastDay }) => {
      const [from, to] = [dayOf(month, firstDay), dayOf(month, lastDay)];
      void ask({ ...filter, within: firstDay === lastDay ? from : month }, (before, some) => {
        const inDays = [...some].filter(([, day]) => day >= from && day <= to);
        return toggledAll(before, new Map(inDays));
      });
    },
    selectAll: () => void ask(filter, withEverything),
    clear: () => setSelection(cleared),
    remove: (ids) => setSelection((before) => without(before, ids)),
  };
}

function dayOf(month: string, day: number): string {
  return `${month}-${String(day).padStart(2, '0')}`;
}

function daysOf({ month, firstDay, lastDay }: Days): string[] {
  return Array.from({ length: lastDay - firstDay + 1 }, (_, at) => dayOf(month, firstDay + at));
}

/** Asks for ids, and says why where that fails and is still of interest; `asOf` where there are more than are given. */
async function chosenBy(
  asked: WindowInput<'assets.ids'>,
  isOfInterest: () => boolean,
): Promise<{ readonly assets: ChosenAssets; readonly asOf: number | undefined } | undefined> {
  try {
    const { assetIds, days, isCut, asOf } = await callService('assets.ids', asked);
    if (isCut && isOfInterest()) showToast(selectionText.cut(MAX_CHOSEN_ASSETS));
    const assets = new Map(assetIds.map((id, at) => [id, days[at] ?? ''] as const));
    return { assets, asOf: isCut ? asOf : undefined };
  } catch (error) {
    if (!(error instanceof RoostError)) throw error;
    if (isOfInterest()) showToast(selectionText.failed(problemWords(error)));
    return undefined;
  }
}
