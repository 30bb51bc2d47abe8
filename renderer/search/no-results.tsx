import { useQueries } from '@tanstack/react-query';

import type { AssetFilter } from '../../shared/asset-filter.ts';
import { callService } from '../app/call-service.ts';
import { Link } from '../app/link.tsx';
import { usePageTitle } from '../app/page.tsx';
import { paths } from '../app/routes.ts';
import { queryKey, useService } from '../app/use-service.ts';
import { searchText } from '../text/search-text.ts';
import { buttonClass } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { SearchIcon } from '../ui/icons.tsx';
import { searchOf } from './filter-address.ts';
import { filterParts } from './filter-parts.ts';

/** Why a search finds nothing: which part of it finds nothing at all, and what leaving one out would show. */
export function NoResults({ filter }: { readonly filter: AssetFilter }) {
  const devices = useService('devices.list', {}).data?.devices ?? [];
  const parts = filterParts(filter, devices);
  const alone = useCounts(parts.map((part) => part.alone));
  const without = useCounts(parts.map((part) => part.without));
  const text = searchText.nothing;
  const heading = usePageTitle(text.title);
  const ways = parts.flatMap((part, at) => {
    const count = without[at] ?? 0;
    return parts.length > 1 && count > 0 ? [{ ...part, count }] : [];
  });
  return (
    <div className="search__nothing">
      <EmptyState
        icon={SearchIcon}
        title={text.title}
        pageHeading={heading}
        actions={
          <Link href={paths.timeline} className={buttonClass('secondary')}>
            {text.all}
          </Link>
        }
      >
        {parts.map(({ key, label }, at) => alone[at] === 0 && <p key={key}>{text.alone(label)}</p>)}
        {ways.length > 0 && (
          <>
            <p>{text.hint}</p>
            <ul className="search__ways">
              {ways.map(({ key, label, without: wider, count }) => (
                <li key={key}>
                  <Link href={`${paths.timeline}${searchOf(wider)}`}>
                    {text.without(label, count)}
                  </Link>
                </li>
              ))}
            </ul>
          </>
        )}
      </EmptyState>
    </div>
  );
}

/** How many photos pass each filter; absent until it is known. */
function useCounts(filters: readonly AssetFilter[]): readonly (number | undefined)[] {
  return useQueries({
    queries: filters.map((filter) => ({
      queryKey: queryKey('timeline.facets', filter),
      queryFn: ({ signal }: { readonly signal: AbortSignal }) =>
        callService('timeline.facets', filter, signal),
    })),
  }).map(({ data }) => data?.count);
}
