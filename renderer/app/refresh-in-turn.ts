import type { QueryClient } from '@tanstack/react-query';

/**
 * Makes answers old, so that they are asked for again; not while one is on its way, which would never come where that
 * takes longer than news does: then `again`.
 */
export function refreshInTurn(
  client: QueryClient,
  queryKey: readonly unknown[],
): 'again' | undefined {
  if (client.isFetching({ queryKey }) > 0) return 'again';
  void client.invalidateQueries({ queryKey });
  return undefined;
}
