import './search.css';

import { SelectionBar } from '../selection/selection-bar.tsx';
import { useSelection } from '../selection/use-selection.ts';
import { TimelinePage } from '../timeline/timeline-page.tsx';
import { useService } from '../app/use-service.ts';
import { isFiltered } from './filter-address.ts';
import { NoResults } from './no-results.tsx';
import { SearchBar } from './search-bar.tsx';
import { useAssetFilter } from './use-asset-filter.ts';

/** The timeline of what the address asks for, with the search bar above it. */
export function SearchedTimeline({ openAssetId }: { readonly openAssetId?: string }) {
  const filter = useAssetFilter();
  const selection = useSelection(filter);
  const isCovered = openAssetId !== undefined;
  // The timeline asks the same: there is one answer for both.
  const { data, isPlaceholderData } = useService('timeline.months', filter, { keepPrevious: true });
  // The answer to the previous filter says nothing of this one.
  const isEmpty = !isPlaceholderData && data?.months.length === 0;
  return (
    <div className="search-frame">
      {(!isEmpty || isFiltered(filter)) && (
        <SearchBar filter={filter} isCovered={isCovered} isTopCovered={selection.isActive} />
      )}
      <div className="search-frame__view">
        {isEmpty && isFiltered(filter) && !isCovered ? (
          <NoResults filter={filter} />
        ) : (
          <TimelinePage filter={filter} selection={selection} {...(isCovered && { openAssetId })} />
        )}
      </div>
      {!isCovered && <SelectionBar selection={selection} />}
    </div>
  );
}
