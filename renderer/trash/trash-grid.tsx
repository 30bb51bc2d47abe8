import { type KeyboardEvent, useRef, useState } from 'react';

import type { TrashedAsset } from '../../shared/trash-view.ts';
import { TrashTile } from './trash-tile.tsx';

/** Tiles of the trash, as one stop in the order of tabs: arrows go from one to the other. */
export function TrashGrid(props: {
  readonly assets: readonly TrashedAsset[];
  readonly emptyAfterDays: number;
  readonly chosen: ReadonlySet<string>;
  readonly onToggle: (assetId: string) => void;
  readonly onOpen: (assetId: string) => void;
}) {
  const { assets, emptyAfterDays, chosen, onToggle, onOpen } = props;
  const grid = useRef<HTMLUListElement>(null);
  const [focusedId, setFocusedId] = useState<string>();
  const found = assets.findIndex(({ assetId }) => assetId === focusedId);
  const stop = Math.max(0, found);

  function onKeyDown(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const next = nextOf(event.key, stop, assets.length, columnsOf(grid.current));
    if (next === undefined) return;
    event.preventDefault();
    grid.current?.querySelectorAll<HTMLElement>('.trash-tile__button')[next]?.focus();
  }

  return (
    <ul className="trash__grid" ref={grid} onKeyDown={onKeyDown}>
      {assets.map((asset, at) => (
        <TrashTile
          key={asset.assetId}
          asset={asset}
          emptyAfterDays={emptyAfterDays}
          isChosen={chosen.has(asset.assetId)}
          isTabStop={at === stop}
          onFocus={() => setFocusedId(asset.assetId)}
          onToggle={() => onToggle(asset.assetId)}
          onOpen={() => onOpen(asset.assetId)}
        />
      ))}
    </ul>
  );
}

function columnsOf(grid: HTMLElement | null): number {
  return grid === null ? 1 : getComputedStyle(grid).gridTemplateColumns.split(' ').length;
}

/** Where a key leads from a place among so many; nothing for other keys, and beyond the ends. */
function nextOf(key: string, at: number, count: number, columns: number): number | undefined {
  const forward = document.documentElement.dir === 'rtl' ? -1 : 1;
  const steps: Readonly<Record<string, number>> = {
    ArrowRight: at + forward,
    ArrowLeft: at - forward,
    ArrowDown: at + columns,
    ArrowUp: at - columns,
    Home: 0,
    End: count - 1,
  };
  const next = Object.hasOwn(steps, key) ? steps[key] : undefined;
  return next === undefined || next < 0 || next >= count ? undefined : next;
}
