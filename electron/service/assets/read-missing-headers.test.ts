import { join } from 'node:path';

import { expect, it } from 'vitest';

import { receipt, sha256Of } from '../../../tests/support/core-lab.ts';
import { tempFolder } from '../../../tests/support/temp-folder.ts';
import { missingHeaders, mediaTypeOf } from '../catalog/media-rows.ts';
import { openCatalog, type Catalog } from '../catalog/open-catalog.ts';
import { recordEntry } from '../catalog/record-entry.ts';
import { failure, type HeaderResult } from '../decoder/decoder-protocol.ts';

import { readMissingHeaders } from './read-missing-headers.ts';

function withPhotos(path: string, count: number): Catalog {
  const catalog = openCatalog(path);
  for (let at = 0; at < count; at++) {
    const photo = receipt({ sha256: sha256Of(String(at)), path: `${at}.HEIC` });
    recordEntry(catalog, { entry: 'receipt', ...photo });
  }
  return catalog;
}

const HEADER: HeaderResult = {
  ok: true,
  header: { mediaType: 'image/heic', kind: 'photo', width: 4, height: 3 },
};

it('reads each unknown header once, and does not ask again for files that have none', async () => {
  await using temp = await tempFolder();
  const catalog = withPhotos(join(temp.path, 'catalog'), 120);
  const asked: string[] = [];
  const told: string[] = [];
  const read = (path: string): Promise<HeaderResult> => {
    asked.push(path);
    return Promise.resolve(path.endsWith('7.HEIC') ? failure('damaged', 'half') : HEADER);
  };
  const { signal } = new AbortController();
  const run = (): Promise<void> =>
    readMissingHeaders(
      catalog,
      (path) => `/library/${path}`,
      read,
      (sha) => told.push(sha),
      signal,
    );
  await run();
  await run();
  expect(new Set(asked).size).toBe(120);
  expect(asked).toHaveLength(120);
  expect(told).toHaveLength(120);
  expect(mediaTypeOf(catalog, sha256Of('7'))).toBe('application/octet-stream');
  expect(mediaTypeOf(catalog, sha256Of('8'))).toBe('image/heic');
  catalog.close();
});

it.each(['file-unreadable', 'decoder-timeout', 'decoder-crashed'] as const)(
  'calls nothing a mere file for %s, goes on with the others and asks again at the next start',
  async (reason) => {
    await using temp = await tempFolder();
    const catalog = withPhotos(join(temp.path, 'catalog'), 120);
    const asked: string[] = [];
    let answer: HeaderResult = failure(reason, 'not now');
    const run = (): Promise<void> =>
      readMissingHeaders(
        catalog,
        (path) => path,
        (path) => {
          asked.push(path);
          return Promise.resolve(path.endsWith('7.HEIC') ? answer : HEADER);
        },
        () => undefined,
        new AbortController().signal,
      );
    await run();
    expect(asked).toHaveLength(120);
    expect(mediaTypeOf(catalog, sha256Of('7'))).toBeUndefined();
    expect(missingHeaders(catalog, 200).missing).toHaveLength(12);
    answer = HEADER;
    await run();
    expect(asked).toHaveLength(132);
    expect(missingHeaders(catalog, 200).missing).toEqual([]);
    catalog.close();
  },
);

it('asks no more when there is no decoder', async () => {
  await using temp = await tempFolder();
  const catalog = withPhotos(join(temp.path, 'catalog'), 5);
  let askedCount = 0;
  await readMissingHeaders(
    catalog,
    (path) => path,
    () => {
      askedCount += 1;
      return Promise.resolve(failure('decoder-unavailable', 'cannot start'));
    },
    () => undefined,
    new AbortController().signal,
  );
  expect(askedCount).toBe(1);
  expect(missingHeaders(catalog, 10).missing).toHaveLength(5);
  catalog.close();
});

it('stops at once when told, and writes nothing after that', async () => {
  await using temp = await tempFolder();
  const catalog = withPhotos(join(temp.path, 'catalog'), 5);
  const stop = new AbortController();
  const read = (): Promise<HeaderResult> => {
    stop.abort();
    return Promise.resolve(HEADER);
  };
  await readMissingHeaders(
    catalog,
    (path) => path,
    read,
    () => undefined,
    stop.signal,
  );
  expect(missingHeaders(catalog, 10).missing).toHaveLength(5);
  catalog.close();
});
