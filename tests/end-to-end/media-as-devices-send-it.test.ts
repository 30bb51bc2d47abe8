import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { readMediaHeader } from '../../electron/service/decoder/header/read-media-header.ts';
import { assetById } from '../../electron/service/catalog/timeline-queries.ts';
import type { TimelineAsset } from '../../shared/window-views.ts';
import { openCore, upload, visibleFiles } from '../support/core-lab.ts';
import { ordersOf } from '../support/orders-of.ts';
import { ServiceInTest } from '../support/service-in-test.ts';
import { tempFolder } from '../support/temp-folder.ts';

const MEDIA = join(import.meta.dirname, '../../../shared/media');
const hasMedia = existsSync(MEDIA);
if (!hasMedia) {
  process.stdout.write(
    'Real phone media was NOT tested as devices send it: the folder ../shared/media is not there.\n',
  );
}

interface SentFile {
  readonly file: string;
  readonly assetKey: string;
  readonly resourceType: string;
  readonly fileName: string;
}

/** PhotoKit gives all five resources under the key of their asset, with names that only two of them own. */
const LIVE_PHOTO: readonly SentFile[] = [
  ['photo.jpeg', 'photo', 'IMG_1234.JPG'],
  ['paired-video.mov', 'paired-video', 'IMG_1234.MOV'],
  ['full-size-photo.jpeg', 'full-size-photo', 'FullSizeRender.jpeg'],
  ['full-size-paired-video.mov', 'full-size-paired-video', 'FullSizeRender.mov'],
  ['adjustment-data.plist', 'adjustment-data', 'Adjustments.plist'],
].map(([file = '', resourceType = '', fileName = '']) => ({
  file: `live-photo-edited/${file}`,
  assetKey: 'C3754624/L0/001',
  resourceType,
  fileName,
}));

const FOLDER = 'My iPhone/2019/2019-12';
const LIVE_PHOTO_PATHS = [
  `${FOLDER}/IMG_1234 (edited).jpeg`,
  `${FOLDER}/IMG_1234 (edited).mov`,
  `${FOLDER}/IMG_1234.JPG`,
  `${FOLDER}/IMG_1234.MOV`,
  `${FOLDER}/IMG_1234.plist`,
];

/** A client that knows no assets sends every file under a key of its own. */
function alone(file: string): SentFile {
  const fileName = file.slice(file.lastIndexOf('/') + 1);
  const resourceType = /\.(mov|mp4)$/i.test(file) ? 'video' : 'photo';
  return { file, assetKey: `DCIM/100APPLE/${fileName}`, resourceType, fileName };
}

describe.runIf(hasMedia)('an edited Live Photo of an iPhone', () => {
  it('is one photo of 2019-12-29 19:01:15 with one stem in one folder, in all 120 orders', async () => {
    const bytes = new Map<string, Buffer>();
    for (const { file } of LIVE_PHOTO) bytes.set(file, await readFile(join(MEDIA, file)));
    for (const order of ordersOf(LIVE_PHOTO)) {
      await using temp = await tempFolder();
      await using core = await openCore({
        folder: temp.path,
        readHeader: (path) => Promise.resolve(readMediaHeader(path)),
      });
      let assetId = '';
      for (const { file, assetKey, resourceType, fileName } of order) {
        ({ assetId } = await core.ingest.receive(
          upload(bytes.get(file) ?? '', { assetKey, resourceType, told: { fileName } }),
        ));
      }
      const named = order.map(({ resourceType }) => resourceType).join(', ');
      expect(await visibleFiles(core.libraryFolder), named).toEqual(LIVE_PHOTO_PATHS);
      expect(assetById(core.catalog, assetId), named).toMatchObject({
        capturedLocal: '2019-12-29T19:01:15',
        fileName: 'IMG_1234 (edited).jpeg',
        resourceCount: 5,
      });
    }
  }, 600_000);
});

describe.runIf(hasMedia)('everything in the media folder, sent as devices would', () => {
  it('stands in the timeline as photos, each with its files, its kinds, and a picture or a reason', async () => {
    await using service = await ServiceInTest.start();
    const phone = await service.phone('My iPhone');
    const others = [
      'heic-edited/IMG_1853.AAE',
      'heic-edited/IMG_E1853.heic',
      'heic-edited/IMG_1853.HEIC',
      'heic/heic-iphone.heic',
      'jpeg/IMG_1760.jpg',
      'jpeg/IMG_1994.JPG',
      'movie/IMG_0016.MOV',
      'odd/badimage.jpeg',
      'odd/screenshot-really-a-png.jpeg',
      'raw/canon-350d-stub.dng',
      'raw/colorchart-uncompressed.dng',
    ].map(alone);
    for (const sent of [...LIVE_PHOTO.toReversed(), ...others]) {
      const answer = await phone.upload({ ...sent, bytes: await readFile(join(MEDIA, sent.file)) });
      expect(answer.status, sent.file).toBe(201);
    }
    await settled(service);

    const assets = await allAssets(service);
    expect(assets).toHaveLength(10);
    const named = (name: string): TimelineAsset | undefined =>
      assets.find(({ fileName }) => fileName === name);
    expect(named('IMG_1234 (edited).jpeg')).toMatchObject({
      capturedLocal: '2019-12-29T19:01:15',
      kind: 'photo',
      resourceCount: 5,
      hasClip: true,
      tile: 'ready',
      warnings: [],
    });
    expect(named('IMG_1234 (edited).jpeg')?.kinds).toEqual(
      expect.arrayContaining(['live-photo', 'edited']),
    );
    const pair = named('IMG_1853 (edited).heic');
    expect(pair).toMatchObject({ resourceCount: 3, tile: 'ready' });
    expect(pair?.kinds).toContain('edited');
    for (const asset of assets) {
      if (asset.tile === 'ready') continue;
      expect(asset.tile, asset.fileName).toBe('none');
      expect(asset.tileReason, asset.fileName).toBeDefined();
    }
    expect(assets.filter(({ tile }) => tile !== 'ready').map(({ fileName }) => fileName)).toEqual([
      'canon-350d-stub.dng',
    ]);
    await expect.poll(() => brokenSums(service.libraryFolder), { timeout: 30_000 }).toEqual([]);
  }, 300_000);
});

async function settled(service: ServiceInTest): Promise<void> {
  await expect
    .poll(async () => (await service.window.call('overview.get', {})).previews.waitingCount, {
      timeout: 120_000,
      interval: 250,
    })
    .toBe(0);
}

async function allAssets({ window }: ServiceInTest): Promise<TimelineAsset[]> {
  const { months } = await window.call('timeline.months', {});
  const found: TimelineAsset[] = [];
  for (const { month } of months) {
    found.push(...(await window.call('timeline.month', { month })).assets);
  }
  return found;
}

/** Folders whose SHA256SUMS do not hold or leave a file out, as a person could check with no Roost at all. */
async function brokenSums(libraryFolder: string): Promise<string[]> {
  const folders = Map.groupBy(await visibleFiles(libraryFolder), (path) =>
    path.slice(0, path.lastIndexOf('/')),
  );
  const broken: string[] = [];
  for (const [folder, paths] of folders) {
    const cwd = join(libraryFolder, folder);
    try {
      const lines = (await readFile(join(cwd, 'SHA256SUMS'), 'utf8')).trimEnd().split('\n');
      const listed = lines.map((line) => `${folder}/${line.slice(66)}`);
      if (listed.toSorted().join('|') !== paths.toSorted().join('|')) broken.push(folder);
      const check = ['--check', '--strict', '--quiet', 'SHA256SUMS'];
      execFileSync('sha256sum', check, { cwd, stdio: 'ignore' });
    } catch {
      broken.push(folder);
    }
  }
  return broken;
}
