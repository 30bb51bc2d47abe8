import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { RESOURCE_TYPES } from '../../../shared/resource-type.ts';
import {
  openCore,
  PHONE,
  silentLog,
  TABLET,
  upload,
  type Core,
} from '../../../tests/support/core-lab.ts';
import { openFiling } from '../../../tests/support/filing-lab.ts';
import { ManualClock } from '../../../tests/support/manual-clock.ts';
import { tempFolder } from '../../../tests/support/temp-folder.ts';

import type { Filing } from '../filing/filing.ts';
import { TrashEmptier } from '../filing/trash-emptier.ts';

import { followJournal } from './follow-journal.ts';
import { openCatalog, type CatalogReader } from './open-catalog.ts';
import { catalogPath } from './catalog-files.ts';
import { rebuildCatalog } from './rebuild-catalog.ts';
import { trashedAssetIds } from './trash-rows.ts';

/** Everything in a catalog that the journal knows. */
function derivedRows(catalog: CatalogReader): Record<string, unknown> {
  return {
    devices: catalog.all(
      'SELECT device_id, name, folder, model, platform, app, paired_at, revoked_at FROM devices ORDER BY 1',
    ),
    // Groups are numbered as they come; what they say is the same.
    assets: catalog.all(
      `SELECT assets.*, facts, 0 AS search_group FROM assets
       JOIN search_groups ON group_id = assets.search_group ORDER BY 1`,
    ),
    searchCounts: catalog.all(
      'SELECT facts, day, count FROM search_counts JOIN search_groups USING (group_id) ORDER BY 1, 2',
    ),
    assetKeys: catalog.all('SELECT * FROM asset_keys ORDER BY 1, 2'),
    resources: catalog.all('SELECT rowid, * FROM resources ORDER BY rowid'),
    sent: catalog.all('SELECT * FROM sent ORDER BY 1, 2, 3, 4'),
    links: catalog.all('SELECT * FROM links ORDER BY link_id'),
    sha1s: catalog.all('SELECT * FROM sha1s ORDER BY 1'),
    appMetadata: catalog.all('SELECT * FROM app_metadata ORDER BY 1, 2, 3'),
    moves: catalog.all('SELECT rowid, * FROM moves ORDER BY rowid'),
    favourites: catalog.all('SELECT * FROM favourites ORDER BY part_id'),
    jobs: catalog.all(
      `SELECT job_id, device_id, asset_key, resource_type, file_name, receipt_id, asset_id FROM jobs
       WHERE receipt_id IS NOT NULL ORDER BY 1`,
    ),
    place: catalog.all("SELECT * FROM meta WHERE key = 'journal-position'"),
  };
}

/** Some small operations that collide often. */
const operation = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('send' as const),
      deviceId: fc.constantFrom(PHONE, TABLET),
      assetKey: fc.constantFrom('a', 'b', 'c'),
      resourceType: fc.constantFrom(...Object.keys(RESOURCE_TYPES).slice(0, 8), 'unheard-of'),
      bytes: fc.constantFrom('1', '2', '3', '4', '5'),
      day: fc.integer({ min: 0, max: 60 }),
      wantsSha1: fc.boolean(),
      favorite: fc.constantFrom(undefined, true, false),
      // A form may tell at its end alone which asset its file is of; tries of one file begin alike.
      begunAs: fc.option(fc.constantFrom('form:1', 'form:2', 'a'), { nil: undefined }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('break' as const),
      begunAs: fc.constantFrom('form:1', 'a'),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('delete' as const) }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('device' as const), name: fc.string() }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('wait' as const),
      byMs: fc.integer({ min: 1, max: 40 * 24 * 60 * 60 * 1000 }),
    }),
  },
);

/** What a person does, some of it with the asset of a number, of those there are. */
type Choice =
  | { readonly kind: 'trash'; readonly number: number }
  | { readonly kind: 'restore' }
  | { readonly kind: 'empty' }
  | { readonly kind: 'favourite'; readonly number: number; readonly isFavourite: boolean }
  | { readonly kind: 'note'; readonly value: string };

const choice: fc.Arbitrary<Choice> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('trash'), number: fc.nat(5) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('restore') }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('empty') }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('favourite'),
      number: fc.nat(5),
      isFavourite: fc.boolean(),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('note'), value: fc.constantFrom('1', '2') }),
  },
);

type Operation = typeof operation extends fc.Arbitrary<infer Each> ? Each : never;

const NOTE: Choice = { kind: 'note', value: '1' };
const PHOTO_ALONE: Operation = {
  kind: 'send',
  deviceId: PHONE,
  assetKey: 'a',
  resourceType: 'photo',
  bytes: '1',
  day: 0,
  wantsSha1: true,
  favorite: undefined,
  begunAs: undefined,
};

async function run(core: Core, each: Operation): Promise<void> {
  const { ingest, ledger, clock, catalog } = core;
  if (each.kind === 'wait') clock.advance(each.byMs);
  else if (each.kind === 'send') {
    const { kind: _, bytes, day, favorite, begunAs, ...named } = each;
    const told = {
      fileName: `IMG_${each.assetKey}.X`,
      createdAt: Date.UTC(2020, 0, 1 + day),
      ...(favorite !== undefined && { favorite }),
    };
    const late = { assetKey: each.assetKey, resourceType: each.resourceType, told };
    await ingest.receive(
      begunAs === undefined
        ? upload(bytes, { ...named, told })
        : upload(bytes, {
            ...named,
            assetKey: begunAs,
            resourceType: 'photo',
            told: { fileName: `IMG_${begunAs}.X` },
            finish: () => Promise.resolve(late),
          }),
    );
  } else if (each.kind === 'break') {
    const body = new Readable({ read: () => undefined });
    body.destroy(new Error('gone'));
    // The name is the one that is sent too: of a broken upload only the history here knows the name.
    const assetKey = each.begunAs;
    const told = { fileName: `IMG_${assetKey}.X` };
    await ingest.receive(upload('', { body, assetKey, told })).catch(() => undefined);
  } else if (each.kind === 'delete') {
    const row = catalog.get<{ path: string }>(
      'SELECT path FROM resources ORDER BY random() LIMIT 1',
    );
    if (row) await rm(join(core.libraryFolder, ...row.path.split('/')), { force: true });
  } else {
    await ledger.record({
      entry: 'device',
      deviceId: PHONE,
      name: each.name,
      folder: 'My iPhone',
      model: '',
      platform: 'iOS',
      app: '',
      pairedAt: 1,
      recordedAt: clock.now(),
    });
  }
}

interface Chooser {
  readonly core: Core;
  readonly filing: Filing;
  readonly emptier: TrashEmptier;
}

async function choose({ core, filing, emptier }: Chooser, each: Choice): Promise<void> {
  const { catalog, ledger, clock } = core;
  if (each.kind === 'restore') await filing.bringBack(trashedAssetIds(catalog));
  else if (each.kind === 'empty') {
    emptier.empty();
    await emptier.settled();
  } else if (each.kind === 'note') {
    const row = catalog.get<{ receipt_id: string }>('SELECT receipt_id FROM resources LIMIT 1');
    if (!row) return;
    await ledger.record({
      ...{ entry: 'app-metadata', deviceId: PHONE, receiptId: row.receipt_id, key: 'mobile-app' },
      value: each.value,
      notedAt: clock.now(),
    });
  } else {
    const { asset_id: assetId } =
      catalog.get<{ asset_id: string }>(
        'SELECT asset_id FROM assets ORDER BY rowid LIMIT 1 OFFSET ?',
        each.number,
      ) ?? {};
    if (assetId === undefined) return;
    if (each.kind === 'trash') await filing.trash([assetId]);
    else {
      await ledger.record({
        entry: 'favourite',
        decisionId: randomUUID(),
        assetIds: [assetId],
        isFavourite: each.isFavourite,
        decidedAt: clock.now(),
      });
    }
  }
  await filing.settled();
}

function isChoice(each: Operation | Choice): each is Choice {
  return ['trash', 'restore', 'empty', 'favourite', 'note'].includes(each.kind);
}

describe('a catalog made anew', () => {
  it('is as the one that grew, whatever was sent, broken off, deleted, thrown away and given up', async () => {
    const steps = fc.array(
      fc.oneof({ weight: 1, arbitrary: operation }, { weight: 1, arbitrary: choice }),
      { maxLength: 25 },
    );
    await fc.assert(
      fc.asyncProperty(steps, async (operations) => {
        await using temp = await tempFolder();
        await using lab = await openFiling({ folder: temp.path, clock: new ManualClock() });
        const { core, filing } = lab;
        const emptier = new TrashEmptier({
          catalog: core.catalog,
          clock: core.clock,
          log: silentLog,
          session: () => core,
          emptyAfterDays: () => 0,
          onChange: () => undefined,
        });
        for (const each of operations) {
          if (isChoice(each)) await choose({ core, filing, emptier }, each);
          else await run(core, each);
        }
        const grown = derivedRows(core.catalog);
        const leftBehind = `SELECT * FROM app_metadata WHERE receipt_id NOT IN (SELECT receipt_id FROM resources)`;
        expect(core.catalog.all(leftBehind)).toEqual([]);

        const anew = openCatalog(join(temp.path, 'anew.sqlite'));
        const { layout, files } = core.library;
        await followJournal(anew, layout.journalFolder, files);
        expect(derivedRows(anew)).toEqual(grown);

        // The same journal once more, as after a crash that lost the catalog's place: nothing changes.
        const all = (): unknown =>
          [
            ...['jobs', 'uploads', 'resources', 'assets', 'sent', 'links', 'asset_keys'],
            ...['asset_parts', 'ties', 'moves', 'favourites', 'readings', 'arrivals'],
            ...['sha1s', 'app_metadata', 'gone_owners'],
          ].map((table) => anew.all(`SELECT * FROM ${table}`));
        const before = all();
        anew.run("DELETE FROM meta WHERE key = 'journal-position'");
        await followJournal(anew, layout.journalFolder, files);
        expect(all()).toEqual(before);
        anew.close();
      }),
      {
        numRuns: 25,
        examples: [
          [[PHOTO_ALONE, { kind: 'trash', number: 0 }, { kind: 'empty' }]],
          [[PHOTO_ALONE, NOTE, { kind: 'trash', number: 0 }, { kind: 'empty' }]],
          // One job has two receipts of one moment, the later of which is given up.
          [
            [
              PHOTO_ALONE,
              { kind: 'delete' },
              PHOTO_ALONE,
              { kind: 'trash', number: 0 },
              { kind: 'empty' },
            ],
          ],
        ],
      },
    );
  }, 600_000);

  it('has the assets, devices and receipts of jobs that there were, and counts them', async () => {
    await using temp = await tempFolder();
    const core = await openCore({ folder: temp.path });
    await run(core, { kind: 'device', name: 'Anna' });
    await core.ingest.receive(upload('photo'));
    await core.ingest.receive(upload('photo', { deviceId: TABLET }));
    await core.ingest.receive(upload('', { assetKey: 'b' })).catch(() => undefined);
    const grown = derivedRows(core.catalog);
    await core[Symbol.asyncDispose]();
    const folders = { libraryFolder: core.libraryFolder, dataFolder: temp.path };
    expect(await rebuildCatalog(folders)).toEqual({
      assetCount: 1,
      resourceCount: 1,
      deviceCount: 1,
      jobCount: 2,
      damagedLineCount: 0,
    });
    const anew = openCatalog(catalogPath(temp.path));
    expect(derivedRows(anew)).toEqual(grown);
    anew.close();
  });

  it('is not made while Roost runs, or where there is no library', async () => {
    await using temp = await tempFolder();
    await using core = await openCore({ folder: temp.path });
    const { libraryFolder } = core;
    await expect(rebuildCatalog({ libraryFolder, dataFolder: temp.path })).rejects.toMatchObject({
      code: 'library/in-use',
    });
    await expect(
      rebuildCatalog({ libraryFolder: join(temp.path, randomUUID()), dataFolder: temp.path }),
    ).rejects.toMatchObject({ code: 'library/missing' });
  });

  it('leaves the old one alone when the library cannot be opened', async () => {
    await using temp = await tempFolder();
    const core = await openCore({ folder: temp.path });
    await core.ingest.receive(upload('photo'));
    await core[Symbol.asyncDispose]();
    await writeFile(core.library.layout.identityFile, 'rot');
    const { libraryFolder } = core;
    await expect(rebuildCatalog({ libraryFolder, dataFolder: temp.path })).rejects.toMatchObject({
      code: 'library/identity-damaged',
    });
    const kept = openCatalog(catalogPath(temp.path));
    expect(kept.all('SELECT * FROM resources')).toHaveLength(1);
    kept.close();
  });

  it('leaves the old one alone when the journal cannot be read, and nothing beside it', async () => {
    await using temp = await tempFolder();
    const core = await openCore({ folder: temp.path });
    await core.ingest.receive(upload('photo'));
    await core[Symbol.asyncDispose]();
    // No newest file, which opening the library would stumble over.
    await mkdir(join(core.library.layout.journalFolder, '2020-01.jsonl'));
    const { libraryFolder } = core;
    await expect(rebuildCatalog({ libraryFolder, dataFolder: temp.path })).rejects.toMatchObject({
      code: 'library/write-failed',
    });
    const kept = openCatalog(catalogPath(temp.path));
    expect(kept.all('SELECT * FROM resources')).toHaveLength(1);
    kept.close();
    expect(await readdir(temp.path)).not.toContain('catalog-rebuild');
  });
});
