import './search.css';

import { SelectionBar } from '../selection/selection-bar.tsx';
import { useSelection } from '../selection/use-selection.ts';
import { TimelinePage } from '../timeline/timeline-page.tsx';
import { useNewAssets } from '../timeline/use-new-assets.ts';
import { useTimelineMonths } from '../timeline/use-timeline-months.ts';
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
  // Also while nothing passes: what arrives may. In this order, as the first says.
  const arrivals = useNewAssets();
  const months = useTimelineMonths(filter);
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
          <TimelinePage
            filter={filter}
            months={months}
            arrivals={arrivals}
            selection={selection}
            {...(isCovered && { openAssetId })}
          />
        )}
      </div>
      {!isCovered && <SelectionBar selection={selection} />}
    </div>
  );
}
