import { rm } from 'node:fs/promises';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { receipt, sha256Of } from '../../../tests/support/core-lab.ts';
import { ManualClock } from '../../../tests/support/manual-clock.ts';
import { tempFolder } from '../../../tests/support/temp-folder.ts';
import { openCatalog, type Catalog } from '../catalog/open-catalog.ts';
import { enqueueMissingTiles, previewStore, tilesOf } from '../catalog/preview-rows.ts';
import { recordEntry } from '../catalog/record-entry.ts';
import { adoptPreviews, type AdoptingStore, previewAdoption } from './adopt-previews.ts';
import { openPreviewCache, type PreviewCache } from './preview-cache.ts';
import { fakeWebp } from './preview-fakes.ts';
import type { PreviewFacts } from './preview-store.ts';

const FACTS: PreviewFacts = {
  ...{ width: 640, height: 480, sourceWidth: 4032, sourceHeight: 3024 },
  thumbhash: 'abcd',
  quality: 'full',
};
const NOT_STOPPED = new AbortController().signal;

let temp: Awaited<ReturnType<typeof tempFolder>>;
let cache: PreviewCache;
let catalog: Catalog;
const clock = new ManualClock();

beforeEach(async () => {
  temp = await tempFolder();
  cache = await openPreviewCache({ folder: join(temp.path, 'previews') });
  catalog = rebuilt('first');
});
afterEach(async () => {
  catalog.close();
  await temp[Symbol.asyncDispose]();
});

/** A catalog that was just made anew and knows ten originals and no preview. */
function rebuilt(name: string): Catalog {
  const made = openCatalog(join(temp.path, `${name}.sqlite`));
  for (let index = 0; index < 10; index += 1) {
    const sha256 = sha256Of(`original ${index}`);
    recordEntry(made, { entry: 'receipt', ...receipt({ sha256, path: `${index}.jpg` }) });
  }
  enqueueMissingTiles(made, clock);
  return made;
}

function storeOf(of: Catalog): AdoptingStore {
  return { ...previewStore(of, clock, (path) => path), tilesOf: (prefix) => tilesOf(of, prefix) };
}

const states = (): Record<string, number> =>
  Object.fromEntries(
    catalog
      .all<{ state: string; count: number }>(
        'SELECT state, count(*) AS count FROM previews GROUP BY state',
      )
      .map(({ state, count }) => [state, count]),
  );

describe('adoptPreviews', () => {
  it('takes over what is in the cache, with its facts, instead of making it again', async () => {
    for (const index of [1, 4, 7]) {
      await cache.put(sha256Of(`original ${index}`), 'tile', fakeWebp(100), FACTS);
    }
    // Without facts it would be a tile without size and thumbhash.
    await cache.put(sha256Of('original 8'), 'tile', fakeWebp(100));
    const adopted = await adoptPreviews(cache, storeOf(catalog), NOT_STOPPED);
    expect(adopted).toEqual({ adoptedCount: 3, missingCount: 0 });
    expect(states()).toEqual({ ready: 3, waiting: 7 });
    const media = catalog.get(
      'SELECT width, height, thumbhash FROM media WHERE sha256 = ?',
      sha256Of('original 4'),
    );
    expect(media).toEqual({ width: 4032, height: 3024, thumbhash: 'abcd' });
  });

  it('queues what is gone when the folder was deleted', async () => {
    const store = storeOf(catalog);
    for (const index of [2, 3]) {
      await cache.put(sha256Of(`original ${index}`), 'tile', fakeWebp(100), FACTS);
    }
    await adoptPreviews(cache, store, NOT_STOPPED);
    await rm(join(temp.path, 'previews'), { recursive: true });
    expect(await adoptPreviews(cache, store, NOT_STOPPED)).toEqual({
      adoptedCount: 0,
      missingCount: 2,
    });
    expect(states()).toEqual({ waiting: 10 });
  });

  it('keeps a quick tile a quick one', async () => {
    await cache.put(sha256Of('original 5'), 'tile', fakeWebp(100), { ...FACTS, quality: 'quick' });
    await adoptPreviews(cache, storeOf(catalog), NOT_STOPPED);
    const row = catalog.get(`SELECT quality FROM previews WHERE state = 'ready'`);
    expect(row).toEqual({ quality: 'quick' });
  });
});

describe('previewAdoption', () => {
  /** Starts and waits until the queue may go on; gives what the queue and the log were told. */
  async function adopted(store: AdoptingStore): Promise<string[]> {
    const told: string[] = [];
    const log = { info: () => told.push('info'), warn: () => told.push('warn') };
    let resume = (): void => undefined;
    const resumed = new Promise<void>((resolve) => {
      resume = resolve;
    });
    const previews = {
      pause: () => told.push('pause'),
      resume: () => {
        told.push('resume');
        resume();
      },
    };
    const adoption = previewAdoption({ cache, store, previews, log });
    adoption.start();
    await resumed;
    await adoption.close();
    return told;
  }

  it('has the queue wait until it is done, also when it fails', async () => {
    await cache.put(sha256Of('original 5'), 'tile', fakeWebp(100), FACTS);
    expect(await adopted(storeOf(catalog))).toEqual(['pause', 'info', 'resume']);
    const tilesOfNothing = (): never => {
      throw new Error('no catalog');
    };
    const broken = { ...storeOf(catalog), tilesOf: tilesOfNothing };
    expect(await adopted(broken)).toEqual(['pause', 'warn', 'resume']);
  });
});
