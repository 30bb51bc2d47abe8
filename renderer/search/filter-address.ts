import { type AssetFilter, assetFilterFields } from '../../shared/asset-filter.ts';

type Field = keyof typeof assetFilterFields;

/** In the order in which they stand in addresses, so that the same filter has one address. */
const FIELDS = Object.keys(assetFilterFields) as readonly Field[];

/** The filter that an address has in its query. A part that makes no sense is left out by itself. */
export function filterOf(search: URLSearchParams): AssetFilter {
  const read = FIELDS.flatMap((field): [Field, unknown][] => {
    const text = search.get(field);
    const parsed = text === null ? undefined : assetFilterFields[field].safeParse(text);
    return parsed?.success === true && parsed.data !== undefined ? [[field, parsed.data]] : [];
  });
  // Each value went through the schema of its own field.
  return Object.fromEntries(read);
}

/** The query of an address with a filter: empty, or with its `?`. */
export function searchOf(filter: AssetFilter): string {
  const set = FIELDS.filter((field) => filter[field] !== undefined);
  const query = new URLSearchParams(set.map((field) => [field, String(filter[field])]));
  return query.size === 0 ? '' : `?${query.toString()}`;
}

export function isFiltered(filter: AssetFilter): boolean {
  return searchOf(filter) !== '';
}
