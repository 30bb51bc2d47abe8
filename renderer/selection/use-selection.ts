import { useCallback, useMemo, useRef, useState } from 'react';

import { MAX_CHOSEN_ASSETS } from '../../shared/action-calls.ts';
import type { AssetFilter } from '../../shared/asset-filter.ts';
import { RoostError } from '../../shared/error-catalogue.ts';
import type { WindowInput } from '../../shared/window-api.ts';
import type { TimelineAsset } from '../../shared/window-views.ts';
import { callService } from '../app/call-service.ts';
import { useWindowEvent } from '../app/service-context.tsx';
import { problemWords } from '../text/problem-text.ts';
import { selectionText } from '../text/selection-text.ts';
import { showToast } from '../ui/toast.tsx';
import {
  type ChosenAssets,
  countsByDay,
  NOTHING_SELECTED,
  type Selection,
  toggled,
  toggledAll,
  withAll,
  without,
} from './selection.ts';

/** Days of a month, as the timeline's headers name them. */
interface Days {
  readonly month: string;
  readonly firstDay: number;
  readonly lastDay: number;
  readonly count: number;
}

/** What is chosen in the timeline under a filter, and how that changes. */
export interface PhotoSelection {
  readonly assetIds: readonly string[];
  readonly isActive: boolean;
  readonly isSelected: (assetId: string) => boolean;
  /** With Shift a range from the last one that was pressed, over the order of the timeline. */
  readonly onToggle: (asset: TimelineAsset, event: { readonly shiftKey: boolean }) => void;
  readonly stateOf: (days: Days) => 'none' | 'some' | 'all';
  readonly onToggleDays: (days: Days) => void;
  /** Everything that passes the filter. */
  readonly selectAll: () => void;
  readonly clear: () => void;
}

export function useSelection(filter: AssetFilter): PhotoSelection {
  const [selection, setSelection] = useState<Selection>(NOTHING_SELECTED);
  const [shownFilter, setShownFilter] = useState(filter);
  if (filter !== shownFilter) {
    // What cannot be seen any more must not be thrown away by a key.
    setShownFilter(filter);
    setSelection(NOTHING_SELECTED);
  }
  const counts = useMemo(() => countsByDay(selection), [selection]);

  useWindowEvent((event) => {
    if (event.type === 'assets' && event.removedAssetIds.length > 0) {
      setSelection((before) => without(before, event.removedAssetIds));
    }
  });

  const anchor = useRef<string>(undefined);
  const onToggle = useCallback(
    (asset: TimelineAsset, { shiftKey }: { readonly shiftKey: boolean }): void => {
      const { assetId } = asset;
      const oneEnd = anchor.current;
      if (shiftKey && oneEnd !== undefined && oneEnd !== assetId) {
        void chosenBy({ ...filter, oneEnd, otherEnd: assetId }).then((some) =>
          setSelection((before) => withAll(before, some)),
        );
        return;
      }
      anchor.current = assetId;
      setSelection((before) => toggled(before, assetId, asset.capturedLocal.slice(0, 10)));
    },
    [filter],
  );

  return {
    assetIds: [...selection.assets.keys()],
    isActive: selection.assets.size > 0,
    isSelected: (assetId) => selection.assets.has(assetId),
    onToggle,
    stateOf: (days) => {
      const chosen = daysOf(days).reduce((sum, day) => sum + (counts.get(day) ?? 0), 0);
      return chosen === 0 ? 'none' : chosen >= days.count ? 'all' : 'some';
    },
    onToggleDays: ({ month, firstDay, lastDay }) => {
      const within = firstDay === lastDay ? dayOf(month, firstDay) : month;
      void chosenBy({ ...filter, within }).then((some) => {
        const [from, to] = [dayOf(month, firstDay), dayOf(month, lastDay)];
        const inDays = [...some].filter(([, day]) => day >= from && day <= to);
        setSelection((before) => toggledAll(before, new Map(inDays)));
      });
    },
    selectAll: () =>
      void chosenBy(filter).then((some) => setSelection((before) => withAll(before, some))),
    clear: () => {
      anchor.current = undefined;
      setSelection(NOTHING_SELECTED);
    },
  };
}

function dayOf(month: string, day: number): string {
  return `${month}-${String(day).padStart(2, '0')}`;
}

function daysOf({ month, firstDay, lastDay }: Days): string[] {
  return Array.from({ length: lastDay - firstDay + 1 }, (_, at) => dayOf(month, firstDay + at));
}

/** Asks for ids, and says why where that fails; then there are none. */
async function chosenBy(asked: WindowInput<'assets.ids'>): Promise<ChosenAssets> {
  try {
    const { assetIds, days, isCut } = await callService('assets.ids', asked);
    if (isCut) showToast(selectionText.cut(MAX_CHOSEN_ASSETS));
    return new Map(assetIds.map((id, at) => [id, days[at] ?? '']));
  } catch (error) {
    if (!(error instanceof RoostError)) throw error;
    showToast(selectionText.failed(problemWords(error)));
    return new Map();
  }
}
