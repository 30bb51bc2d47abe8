import type { CatalogReader, CatalogWriter } from '../catalog/open-catalog.ts';

const KEY = 'scrub-asked-at';

/** Since when a run goes on that a person asked for; it outlives a restart. */
export function askedRunAt(catalog: CatalogReader): number | undefined {
  const row = catalog.get<{ value: string }>('SELECT value FROM meta WHERE key = ?', KEY);
  return row && Number(row.value);
}

export function setAskedRun(catalog: CatalogWriter, at: number | undefined): void {
  if (at === undefined) catalog.run('DELETE FROM meta WHERE key = ?', KEY);
  else {
    catalog.run(
      'INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value',
      KEY,
      String(at),
    );
  }
}
