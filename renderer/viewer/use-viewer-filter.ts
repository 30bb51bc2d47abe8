import { useMemo } from 'react';

import { type AssetFilter, assetFilterSchema } from '../../shared/asset-filter.ts';
import { useSearch } from '../app/navigation.ts';
import { paths } from '../app/routes.ts';

const EVERYTHING: AssetFilter = {};

/** What the view shows that the photo was opened from: it stands in the address. Nonsense there lets all through. */
export function useViewerFilter(): AssetFilter {
  const search = useSearch().toString();
  return useMemo(() => {
    const parsed = assetFilterSchema.safeParse(Object.fromEntries(new URLSearchParams(search)));
    return parsed.success ? parsed.data : EVERYTHING;
  }, [search]);
}

/** Address of a photo in the view that is open now. */
export function photoAddress(assetId: string): string {
  return paths.photo(assetId) + location.search;
}
