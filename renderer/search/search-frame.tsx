import type { ReactNode } from 'react';

import type { AssetFilter } from '../../shared/asset-filter.ts';
import { SearchBar } from './search-bar.tsx';

/** A view with the search bar above it. */
export function SearchFrame(props: {
  readonly filter: AssetFilter;
  /** There is nothing yet that could be looked for. */
  readonly isEmpty: boolean;
  /** Something lies above the view. */
  readonly isCovered: boolean;
  readonly children: ReactNode;
}) {
  const { filter, isEmpty, isCovered, children } = props;
  return (
    <div className="search-frame">
      {!isEmpty && <SearchBar filter={filter} isCovered={isCovered} />}
      <div className="search-frame__view">{children}</div>
    </div>
  );
}
