import { stat } from 'node:fs/promises';
import { join } from 'node:path';

import sharp from 'sharp';
import { expect, it, vi } from 'vitest';

import { catalogPath } from '../../electron/service/catalog/catalog-files.ts';
import { metadataOf } from '../../electron/service/catalog/metadata-rows.ts';
import { openCatalog } from '../../electron/service/catalog/open-catalog.ts';
import { findExiftool } from '../../electron/service/decoder/metadata/find-exiftool.ts';
import { sha256Of } from '../support/core-lab.ts';
import { ServiceInTest } from '../support/service-in-test.ts';
import { tempFolder } from '../support/temp-folder.ts';

const HAS_EXIFTOOL = (await findExiftool()).ok;

/** A photo taken at Santa Monica by a camera that tells no offset. */
function photoWithPlace(): Promise<Buffer> {
  return sharp({ create: { width: 64, height: 48, channels: 3, background: 'gold' } })
    .withExif({
      IFD0: { Make: 'Apple', Model: 'iPhone 6s' },
      IFD2: { DateTimeOriginal: '2019:12:29 19:01:15', FNumber: '22/10' },
      IFD3: {
        GPSLatitudeRef: 'N',
        GPSLatitude: '34/1 0/1 30/1',
        GPSLongitudeRef: 'W',
        GPSLongitude: '118/1 29/1 52/1',
      },
    })
    .jpeg()
    .toBuffer();
}

async function readMetadata(roost: ServiceInTest, sha256: string) {
  const catalog = openCatalog(catalogPath(roost.dataFolder));
  try {
    await vi.waitUntil(() => metadataOf(catalog, sha256)?.state === 'ready', { timeout: 60_000 });
    return {
      ...metadataOf(catalog, sha256),
      captured: catalog.get(
        'SELECT captured_local AS local, captured_offset AS offsetMinutes, capture_source AS source FROM metadata WHERE sha256 = ?',
        sha256,
      ),
    };
  } finally {
    catalog.close();
  }
}

it('files a photo by the zone of its place at once, and knows its details a little later', async () => {
  await using roost = await ServiceInTest.start();
  const phone = await roost.phone('Ada');
  const bytes = await photoWithPlace();
  const answer = await phone.upload({ assetKey: 'a', bytes, fileName: 'IMG_1.JPG' });
  expect(answer.status).toBe(201);

  const assetId = String(answer.headers['roost-asset']);
  const { resources } = await roost.window.call('asset.get', { assetId });
  const path = resources[0]!.path;
  expect(path).toMatch(/2019-12\/IMG_1\.JPG$/);
  const { mtimeMs } = await stat(join(roost.libraryFolder, path));
  expect(mtimeMs).toBe(Date.UTC(2019, 11, 30, 3, 1, 15));

  const known = await readMetadata(roost, sha256Of(bytes));
  expect(known.captured).toEqual({
    local: '2019-12-29T19:01:15',
    offsetMinutes: -480,
    source: 'exif',
  });
  expect(known.metadata).toMatchObject({ camera: 'Apple iPhone 6s', imageWidth: 64 });
  // Without Perl the header alone tells, and the reason stands beside it.
  if (HAS_EXIFTOOL) expect(known.metadata).toMatchObject({ fNumber: 2.2 });
  else expect(known.reason).toBe('no-perl');
  expect(await roost.read(path)).toEqual(bytes);
  expect((await stat(join(roost.libraryFolder, path))).mtimeMs).toBe(mtimeMs);
});

it('goes on after a stop with what it had not read', async () => {
  await using temp = await tempFolder();
  const folder = temp.path;
  const bytes = await photoWithPlace();
  const sha256 = sha256Of(bytes);
  {
    await using first = await ServiceInTest.start({ folder });
    const phone = await first.phone('Ada');
    expect((await phone.upload({ assetKey: 'a', bytes })).status).toBe(201);
  }
  const catalog = openCatalog(catalogPath(join(folder, 'data')));
  catalog.run(`UPDATE metadata SET state = 'waiting', metadata = NULL`);
  catalog.close();
  await using next = await ServiceInTest.start({ folder });
  expect(await readMetadata(next, sha256)).toMatchObject({
    metadata: { camera: 'Apple iPhone 6s' },
  });
});
