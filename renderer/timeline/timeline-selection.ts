import type { KeyboardEvent, MouseEvent } from 'react';

import type { TimelineAsset } from '../../shared/window-views.ts';

/** Days of a month whose assets can be chosen together. */
export interface DayRange {
  /** `YYYY-MM`. */
  readonly month: string;
  readonly firstDay: number;
  readonly lastDay: number;
  /** How many assets stand in them. */
  readonly count: number;
}

/**
 * How photos are chosen in the timeline. Where it is given, tiles and headers carry a mark to press, and a tile that is
 * pressed with Ctrl, ⌘ or Shift, or while anything is chosen, is chosen instead of opened.
 */
export interface TimelineSelection {
  /** Whether anything is chosen. */
  readonly isActive: boolean;
  readonly isSelected: (assetId: string) => boolean;
  /** Must stay the same function, so that tiles need not be drawn again. */
  readonly onToggle: (asset: TimelineAsset, event: MouseEvent | KeyboardEvent) => void;
  /** The focus was moved by Shift and an arrow: what lies between is chosen, from where Shift was first held. */
  readonly onExtend: (fromId: string, toId: string) => void;
  /** What a pointer sweeps over is chosen; `covered` has days `YYYY-MM-DD` by the ids of assets. */
  readonly sweep: {
    readonly begin: (isAdding: boolean) => void;
    readonly cover: (covered: ReadonlyMap<string, string>) => void;
    readonly end: (isTakenBack: boolean) => void;
  };
  readonly stateOf: (range: DayRange) => 'none' | 'some' | 'all';
  readonly onToggleDays: (range: DayRange) => void;
}
