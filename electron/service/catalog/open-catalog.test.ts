import { join } from 'node:path';

import Database from 'better-sqlite3';
import { expect, it } from 'vitest';

import { tempFolder } from '../../../tests/support/temp-folder.ts';

import { MIGRATIONS, NewerCatalogError, openCatalog } from './open-catalog.ts';

const NEXT = {
  version: (MIGRATIONS.at(-1)?.version ?? 0) + 1,
  sql: 'ALTER TABLE meta ADD COLUMN note TEXT',
};

function versionOf(path: string): unknown {
  const database = new Database(path);
  const version = database.pragma('user_version', { simple: true });
  database.close();
  return version;
}

it('has the newest shape when fresh, and keeps its rows when opened again', async () => {
  await using temp = await tempFolder();
  const path = join(temp.path, 'catalog.sqlite');
  const fresh = openCatalog(path);
  fresh.run("INSERT INTO meta (key, value) VALUES ('a', 'b')");
  fresh.close();
  expect(versionOf(path)).toBe(MIGRATIONS.at(-1)?.version);
  const again = openCatalog(path);
  expect(again.get('SELECT value FROM meta')).toEqual({ value: 'b' });
  again.close();
});

it('numbers its migrations upwards', () => {
  const versions = MIGRATIONS.map((each) => each.version);
  expect(versions).toEqual([...new Set(versions)].sort((a, b) => a - b));
});

it('brings rows of an older shape along, and is then as a fresh one', async () => {
  await using temp = await tempFolder();
  const [older, fresh] = [join(temp.path, 'older'), join(temp.path, 'fresh')];
  const first = openCatalog(older, MIGRATIONS);
  first.run("INSERT INTO meta (key, value) VALUES ('a', 'b')");
  first.close();
  const schemas = [older, fresh].map((path) => {
    const catalog = openCatalog(path, [...MIGRATIONS, NEXT]);
    const schema = catalog.all('SELECT type, name, sql FROM sqlite_schema ORDER BY name');
    if (path === older) expect(catalog.get('SELECT * FROM meta')).toMatchObject({ value: 'b' });
    catalog.close();
    return schema;
  });
  expect(schemas[0]).toEqual(schemas[1]);
});

it('counts the days of what lay in the trash before that was noted from its move, else from now', async () => {
  await using temp = await tempFolder();
  const path = join(temp.path, 'catalog.sqlite');
  const before = Date.now();
  const older = openCatalog(
    path,
    MIGRATIONS.filter(({ version }) => version < 10),
  );
  const add = (id: string, at: string): number =>
    older.run(
      `INSERT INTO resources (receipt_id, asset_id, device_id, asset_key, resource_type, path, path_key, byte_count,
         sha256, stored_at, receipt) VALUES (?, '', '', '', '', ?, '', 1, '', 1, '{}')`,
      id,
      at,
    );
  add('kept', 'My iPhone/a.jpg');
  add('moved', '.roost/trash/m/b.jpg');
  add('unknown', '.roost/trash/n/c.jpg');
  older.run(
    `INSERT INTO moves (move_id, receipt_id, cause, from_path, to_path, moved_at)
     VALUES ('m', 'moved', 'trash', 'My iPhone/b.jpg', '.roost/trash/m/b.jpg', 7)`,
  );
  older.close();
  const catalog = openCatalog(path);
  const trashedAt = (id: string): number | null | undefined =>
    catalog.get<{ at: number | null }>(
      'SELECT trashed_at AS at FROM resources WHERE receipt_id = ?',
      id,
    )?.at;
  expect([trashedAt('kept'), trashedAt('moved')]).toEqual([null, 7]);
  expect(trashedAt('unknown')).toBeGreaterThanOrEqual(before);
  catalog.close();
});

it('leaves a catalog as it was when a migration fails', async () => {
  await using temp = await tempFolder();
  const path = join(temp.path, 'catalog.sqlite');
  openCatalog(path).close();
  const broken = { ...NEXT, sql: 'CREATE TABLE half (a); CREATE TABLE meta (b)' };
  expect(() => openCatalog(path, [...MIGRATIONS, broken])).toThrow(/already exists/);
  expect(versionOf(path)).toBe(MIGRATIONS.at(-1)?.version);
  const catalog = openCatalog(path);
  expect(catalog.get("SELECT 1 FROM sqlite_schema WHERE name = 'half'")).toBeUndefined();
  catalog.close();
});

it('refuses what a newer Roost wrote', async () => {
  await using temp = await tempFolder();
  const path = join(temp.path, 'catalog.sqlite');
  openCatalog(path, [...MIGRATIONS, NEXT]).close();
  expect(() => openCatalog(path)).toThrow(NewerCatalogError);
});

it('does all of a transaction or nothing, nested ones with the outer', async () => {
  await using temp = await tempFolder();
  const catalog = openCatalog(join(temp.path, 'catalog.sqlite'));
  const insert = (key: string): number =>
    catalog.run("INSERT INTO meta (key, value) VALUES (?, '')", key);
  expect(() =>
    catalog.transaction(() => {
      insert('a');
      catalog.transaction(() => insert('b'));
      throw new Error('stop');
    }),
  ).toThrow('stop');
  expect(catalog.all('SELECT * FROM meta')).toEqual([]);
  expect(catalog.transaction(() => insert('c'))).toBe(1);
  catalog.close();
});
