import { paths } from '../app/routes.ts';

/** Address of a photo in the view that is open now. */
export function photoAddress(assetId: string): string {
  return paths.photo(assetId) + location.search;
}
