import { join } from 'node:path';

import { afterEach, beforeEach, expect, it } from 'vitest';

import { receipt, sha256Of } from '../../../tests/support/core-lab.ts';
import { ManualClock } from '../../../tests/support/manual-clock.ts';
import { tempFolder } from '../../../tests/support/temp-folder.ts';
import type { PreviewStore } from '../previews/preview-store.ts';
import { openCatalog, type Catalog } from './open-catalog.ts';
import {
  type FailurePosition,
  previewFailureCounts,
  previewFailures,
  retryFailuresOfOtherDecoders,
} from './preview-failures.ts';
import { previewStore } from './preview-rows.ts';
import { recordEntry } from './record-entry.ts';

let temp: Awaited<ReturnType<typeof tempFolder>>;
let catalog: Catalog;
let store: PreviewStore;
const clock = new ManualClock();

beforeEach(async () => {
  temp = await tempFolder();
  catalog = openCatalog(join(temp.path, 'catalog.sqlite'));
  store = previewStore(catalog, clock, (path) => path);
});
afterEach(async () => {
  catalog.close();
  await temp[Symbol.asyncDispose]();
});

function failed(
  name: string,
  reason: 'damaged' | 'not-an-image',
  kind: 'tile' | 'clip' = 'tile',
): string {
  const sha256 = sha256Of(name);
  recordEntry(catalog, { entry: 'receipt', ...receipt({ sha256, path: `phone/2026/${name}` }) });
  clock.advance(1000);
  store.enqueue(sha256, kind, 0);
  store.markFailed(sha256, kind, { reason, detail: `about ${name}`, attempts: 2 });
  return sha256;
}

const pathsOf = (page: ReturnType<typeof previewFailures>): string[] =>
  page.failures.map(({ path }) => path.replace('phone/2026/', ''));

it('lists failures with reason, count, path and asset, newest first, page by page', () => {
  const names = ['a.jpg', 'b.aae', 'c.jpg', 'd.jpg', 'e.aae'];
  for (const name of names) failed(name, name.endsWith('jpg') ? 'damaged' : 'not-an-image');
  const seen: string[] = [];
  let after: FailurePosition | undefined;
  do {
    const page = previewFailures(catalog, { limit: 2, ...(after && { after }) });
    seen.push(...pathsOf(page));
    after = page.next;
  } while (after);
  expect(seen).toEqual([...names].reverse());
  const [newest] = previewFailures(catalog, { limit: 1, reasons: ['damaged'] }).failures;
  expect(newest).toMatchObject({
    ...{ kind: 'tile', reason: 'damaged', detail: 'about d.jpg', attempts: 2 },
    ...{
      path: 'phone/2026/d.jpg',
      assetId: expect.any(String) as string,
      sha256: sha256Of('d.jpg'),
    },
  });
  expect(previewFailureCounts(catalog)).toEqual([
    { reason: 'damaged', count: 3 },
    { reason: 'not-an-image', count: 2 },
  ]);
});

it('tries again once what failed with another decoder, and only that', () => {
  const old = failed('old.jpg', 'damaged');
  const oldClip = failed('clip.mov', 'damaged', 'clip');
  failed('new.jpg', 'damaged');
  catalog.run(
    `UPDATE previews SET failed_with = '1 sharp@0.1.0' WHERE sha256 IN (?, ?)`,
    old,
    oldClip,
  );
  expect(retryFailuresOfOtherDecoders(catalog)).toBe(2);
  expect(store.nextWaiting()).toMatchObject({ sha256: old, kind: 'tile' });
  // Made when somebody wants it.
  expect(store.find(oldClip, 'clip')).toMatchObject({ state: 'none' });
  store.markFailed(old, 'tile', { reason: 'damaged', detail: 'still', attempts: 1 });
  expect(retryFailuresOfOtherDecoders(catalog)).toBe(0);
  expect(pathsOf(previewFailures(catalog, { limit: 9 }))).toEqual(['new.jpg', 'old.jpg']);
});
