import { facetsInSteps } from '../catalog/facet-queries.ts';
import type { CatalogReader } from '../catalog/open-catalog.ts';
import { inTurns } from '../in-slices.ts';

import type { WindowHandlers } from './contract-routes.ts';

/** What the search bar asks for. */
export function searchHandlers(parts: {
  readonly catalog: CatalogReader;
}): Pick<WindowHandlers, 'timeline.facets'> {
  return {
    'timeline.facets': (filter, signal) => inTurns(facetsInSteps(parts.catalog, filter), signal),
  };
}
