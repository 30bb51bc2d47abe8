import { join } from 'node:path';

import { expect, it } from 'vitest';

import { receipt, sha256Of } from '../../../tests/support/core-lab.ts';
import { tempFolder } from '../../../tests/support/temp-folder.ts';
import { assetCaptureTime } from '../assets/asset-capture-time.ts';
import { assetKinds } from '../assets/asset-kinds.ts';
import { fidelityWarnings } from '../assets/fidelity-warnings.ts';

import { recordHeader } from './media-rows.ts';
import { metadataStore } from './metadata-rows.ts';
import { openCatalog } from './open-catalog.ts';
import { recordEntry } from './record-entry.ts';
import { seenResourcesOf } from './seen-resources.ts';

it('brings together what was told, seen and read of the files of an asset', async () => {
  await using temp = await tempFolder();
  const catalog = openCatalog(join(temp.path, 'catalog.sqlite'));
  const [still, movie] = ['still', 'movie'].map(sha256Of) as [string, string];
  const photo = receipt({
    sha256: still,
    path: 'a/IMG_1.heic',
    captureTime: { local: '2019-12-29T19:01:15', source: 'exif' },
    told: { fileName: 'IMG_1.HEIC', location: { latitude: 34, longitude: -118.5 } },
  });
  recordEntry(catalog, { entry: 'receipt', ...photo });
  const { assetId } = photo;
  const half = { assetId, sha256: movie, path: 'a/IMG_1.mov', resourceType: 'paired-video' };
  recordEntry(catalog, { entry: 'receipt', ...receipt(half) });
  recordEntry(catalog, { entry: 'receipt', ...receipt({ path: 'b.jpg', assetKey: 'other' }) });
  recordHeader(catalog, still, { mediaType: 'image/jpeg', kind: 'photo' });
  recordHeader(catalog, movie, { mediaType: 'video/quicktime', kind: 'video' });
  const store = metadataStore(catalog, (path) => path);
  store.enqueue(still);
  store.save(still, {
    state: 'ready',
    metadata: { hasGainMap: true },
    captureTime: photo.captureTime,
  });

  const seen = seenResourcesOf(catalog, assetId);
  expect(seen.map(({ resourceType }) => resourceType)).toEqual(['photo', 'paired-video']);
  expect(assetKinds(seen)).toEqual(['photo', 'live-photo', 'hdr']);
  expect(fidelityWarnings(seen)).toEqual(['converted-to-jpeg', 'location-missing']);
  expect(assetCaptureTime(seen)).toEqual({
    local: '2019-12-29T19:01:15',
    offsetMinutes: -480,
    source: 'exif',
    offsetSource: 'place',
  });
  expect(seenResourcesOf(catalog, 'no such asset')).toEqual([]);
  catalog.close();
});
