import { useMemo } from 'react';

import type { AssetFilter } from '../../shared/asset-filter.ts';
import { useSearch } from '../app/navigation.ts';
import { paths } from '../app/routes.ts';
import { filterOf, searchOf } from './filter-address.ts';

/** The filter in the address of the view; the same object as long as the address has the same query. */
export function useAssetFilter(): AssetFilter {
  const search = useSearch().toString();
  return useMemo(() => filterOf(new URLSearchParams(search)), [search]);
}

/** The address of a photo within the view that it is opened from: what is shown around it stays. */
export function usePhotoPath(assetId: string): string {
  return paths.photo(assetId) + searchOf(useAssetFilter());
}
