import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

import sharp from 'sharp';
import { describe, expect, it } from 'vitest';

import { isPreviewReason } from '../../shared/preview-reasons.ts';
import type { ResourceView } from '../../shared/window-views.ts';
import { sha256Of } from '../support/fake-phone.ts';
import { RoostProcess, runRoost, runRoostJson } from '../support/roost-process.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { WindowCaller } from '../support/window-caller.ts';

const MEDIA = join(import.meta.dirname, '../../../shared/media');
const hasMedia = existsSync(MEDIA);
if (!hasMedia) {
  process.stdout.write(
    'Real phone media was NOT tested: the folder ../shared/media is not there.\n',
  );
}

describe.runIf(hasMedia)('real files of phones and cameras', () => {
  it(
    'are all stored bit for bit, with a preview or its reason, and never twice',
    { timeout: 300_000 },
    async () => {
      await using temp = await tempFolder();
      const folders = {
        dataFolder: join(temp.path, 'data'),
        libraryFolder: join(temp.path, 'library'),
      };
      await using roost = await RoostProcess.start(folders);
      const { token } = await roost.pair('My iPhone');
      const send = ['send', '--to', roost.lanUrl, '--token', token, MEDIA];

      const files = await filesBelow(MEDIA);
      const first = await runRoostJson(send);
      expect(first.exitCode, first.stderr).toBe(0);
      expect(first.json).toMatchObject({ fileCount: files.length, storedCount: files.length });
      const second = await runRoostJson(send);
      expect(second.json).toMatchObject({ storedCount: 0, hereCount: files.length });

      const window = new WindowCaller(roost.windowUrl);
      await expect
        .poll(async () => (await window.call('overview.get', {})).previews.waitingCount, {
          timeout: 200_000,
          interval: 500,
        })
        .toBe(0);
      const resources = await allResources(window);
      const stored = new Map(resources.map((resource) => [resource.sha256, resource]));
      const picturesByName = new Map<string, string>();
      for (const file of files) {
        const bytes = await readFile(file);
        const resource = stored.get(sha256Of(bytes));
        expect(resource, file).toBeDefined();
        expect(sha256Of(await readFile(resource?.absolutePath ?? ''))).toBe(sha256Of(bytes));
        if (resource?.tile !== 'ready')
          expect(isPreviewReason(resource?.tileReason ?? ''), file).toBe(true);
        picturesByName.set(
          file.slice(MEDIA.length + 1).replaceAll('\\', '/'),
          resource?.tile ?? '',
        );
      }
      expect(Object.fromEntries(picturesByName)).toEqual(EXPECTED_TILES);

      const pathOf = (name: string): string | undefined =>
        resources.find((resource) => resource.told.fileName === name)?.path;
      expect(pathOf('heic-iphone.heic')).toBe('My iPhone/2019/2019-08/heic-iphone.heic');
      expect(pathOf('paired-video.mov')).toBe('My iPhone/2019/2019-12/paired-video.mov');
      // An edit recipe has no day of its own; it lies beside its photo.
      expect(pathOf('IMG_1853.AAE')).toBe(pathOf('IMG_1853.HEIC')?.replace('.HEIC', '.AAE'));

      await expectUpright(window, resources, 'heic-iphone.heic', 'landscape');
      await expectUpright(window, resources, 'IMG_1853.HEIC', 'portrait');
      await expectUpright(window, resources, 'full-size-photo.jpeg', 'portrait');
      await expectUpright(window, resources, 'IMG_0016.MOV', 'landscape');

      const verified = await runRoost(['verify', '--library', folders.libraryFolder]);
      expect(verified.exitCode, verified.stdout).toBe(0);
    },
  );
});

/** What can be shown today. A change here is a change of what people see. */
const EXPECTED_TILES: Record<string, string> = {
  'README.md': 'none',
  'heic-edited/IMG_1853.AAE': 'none',
  'heic-edited/IMG_1853.HEIC': 'ready',
  'heic-edited/IMG_E1853.heic': 'ready',
  'heic/heic-iphone.heic': 'ready',
  'jpeg/IMG_1760.jpg': 'ready',
  'jpeg/IMG_1994.JPG': 'ready',
  'live-photo-edited/adjustment-data.plist': 'none',
  'live-photo-edited/full-size-paired-video.mov': 'ready',
  'live-photo-edited/full-size-photo.jpeg': 'ready',
  'live-photo-edited/paired-video.mov': 'ready',
  'live-photo-edited/photo.jpeg': 'ready',
  'movie/IMG_0016.MOV': 'ready',
  'odd/badimage.jpeg': 'ready',
  'odd/screenshot-really-a-png.jpeg': 'ready',
  'raw/canon-350d-stub.dng': 'none',
  'raw/colorchart-uncompressed.dng': 'ready',
};

async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

async function allResources(window: WindowCaller): Promise<ResourceView[]> {
  const resources: ResourceView[] = [];
  const { months } = await window.call('timeline.months', {});
  for (const { month } of months) {
    const { assets } = await window.call('timeline.month', { month });
    for (const { assetId } of assets) {
      resources.push(...(await window.call('asset.get', { assetId })).resources);
    }
  }
  return resources;
}

async function expectUpright(
  window: WindowCaller,
  resources: readonly ResourceView[],
  fileName: string,
  orientation: 'landscape' | 'portrait',
): Promise<void> {
  const resource = resources.find(({ told }) => told.fileName === fileName);
  const response = await window.get(`/media/assets/${resource?.assetId ?? ''}/tile`);
  expect(response.status, fileName).toBe(200);
  const { width, height } = await sharp(Buffer.from(await response.arrayBuffer())).metadata();
  expect(width > height ? 'landscape' : 'portrait', fileName).toBe(orientation);
}
