import { useRef, useState } from 'react';

import type { AssetFilter } from '../../shared/asset-filter.ts';
import { navigate } from '../app/navigation.ts';
import { paths } from '../app/routes.ts';
import { useService } from '../app/use-service.ts';
import { searchText } from '../text/search-text.ts';
import { IconButton } from '../ui/button.tsx';
import { FilterIcon } from '../ui/icons.tsx';
import { isFiltered, searchOf } from './filter-address.ts';
import { chipParts } from './filter-parts.ts';
import { FilterRow } from './filter-row.tsx';
import { SearchField } from './search-field.tsx';
import { useChipFocus } from './use-chip-focus.ts';
import { useFacets } from './use-facets.ts';

/** Looking for photos, above the timeline: what is looked for stands in the address. */
export function SearchBar(props: {
  readonly filter: AssetFilter;
  /** Something lies above the page: the bar can be neither pressed nor focused. */
  readonly isCovered: boolean;
  /** The bar of chosen photos lies above the search field. */
  readonly isTopCovered: boolean;
}) {
  const { filter, isCovered, isTopCovered } = props;
  const [isOpen, setIsOpen] = useState(false);
  const [isUsed, setIsUsed] = useState(false);
  const showsFilters = isOpen || isFiltered(filter);
  const facets = useFacets(filter, (isUsed || showsFilters) && !isCovered);
  const devices = useService('devices.list', {}).data?.devices ?? [];
  const bar = useRef<HTMLElement>(null);
  const keepFocus = useChipFocus(
    bar,
    chipParts(filter, devices).map(({ key }) => key),
  );

  return (
    <search ref={bar} className="search" inert={isCovered} aria-label={searchText.label}>
      <div className="search__top" inert={isTopCovered}>
        <SearchField
          filter={filter}
          facets={facets}
          devices={devices}
          isCovered={isCovered || isTopCovered}
          onUse={() => setIsUsed(true)}
          onSearch={show}
        />
        {!isFiltered(filter) && (
          <IconButton
            label={isOpen ? searchText.hideFilters : searchText.showFilters}
            icon={FilterIcon}
            aria-expanded={isOpen}
            onPress={() => setIsOpen((before) => !before)}
          />
        )}
      </div>
      {showsFilters && (
        <FilterRow
          filter={filter}
          facets={facets}
          devices={devices}
          onChange={(next) => {
            keepFocus();
            show(next);
          }}
        />
      )}
    </search>
  );
}

/** Each filter is a view of its own: the way back leads to the one before. */
function show(filter: AssetFilter): void {
  const search = searchOf(filter);
  if (search !== location.search) navigate(`${paths.timeline}${search}`);
}
