import { facetsOf } from '../catalog/facet-queries.ts';
import type { CatalogReader } from '../catalog/open-catalog.ts';

import type { WindowHandlers } from './contract-routes.ts';

/** What the search bar asks for. */
export function searchHandlers(parts: {
  readonly catalog: CatalogReader;
}): Pick<WindowHandlers, 'timeline.facets'> {
  return { 'timeline.facets': (filter) => facetsOf(parts.catalog, filter) };
}
