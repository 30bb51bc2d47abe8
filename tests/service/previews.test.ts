import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { plain, writeMovie } from '../../electron/service/decoder/picture/sample-movies.ts';
import {
  codedPicture,
  pictureItem,
  sampleHeif,
} from '../../electron/service/decoder/picture/sample-heif.ts';
import { ServiceInTest } from '../support/service-in-test.ts';
import { tempFolder } from '../support/temp-folder.ts';

let temp: Awaited<ReturnType<typeof tempFolder>>;
beforeEach(async () => {
  temp = await tempFolder();
});
afterEach(async () => {
  await temp[Symbol.asyncDispose]();
});

async function movie(width: number, height: number): Promise<Buffer> {
  const frame = plain(width, height, [40, 90, 160]);
  return writeMovie(join(temp.path, 'movie.mov'), {
    width,
    height,
    frameCount: 12,
    paint: () => frame,
  });
}

async function jpeg(width: number, height: number): Promise<Buffer> {
  return sharp({ create: { width, height, channels: 3, background: 'olive' } })
    .jpeg()
    .toBuffer();
}

/** Waits until nothing waits to be made any more. */
async function settled(roost: ServiceInTest): Promise<void> {
  await expect
    .poll(async () => (await roost.window.call('overview.get', {})).previews.waitingCount, {
      timeout: 60_000,
    })
    .toBe(0);
}

async function assetsOf(roost: ServiceInTest) {
  const { months } = await roost.window.call('timeline.months', {});
  const pages = months.map(({ month }) => roost.window.call('timeline.month', { month }));
  return (await Promise.all(pages)).flatMap(({ assets }) => assets);
}

describe('the clip of an asset', { timeout: 120_000 }, () => {
  it('is that of its edited movie, else of its movie, else there is none and a reason', async () => {
    await using roost = await ServiceInTest.start({ folder: temp.path });
    const phone = await roost.phone();
    await phone.upload({ assetKey: 'live', bytes: await jpeg(400, 300), fileName: 'IMG_1.JPG' });
    const [asset] = await assetsOf(roost);
    const { assetId } = asset!;
    const clip = () => roost.window.get(`/media/assets/${assetId}/clip?v=1`);
    const none = await clip();
    expect(none.status).toBe(404);
    expect(await none.text()).toContain('no-movie');

    const paired = await movie(320, 240);
    await phone.upload({
      assetKey: 'live',
      resourceType: 'paired-video',
      bytes: paired,
      fileName: 'IMG_1.MOV',
    });
    const first = await clip();
    expect([first.status, first.headers.get('content-type')]).toEqual([200, 'video/webm']);
    expect(first.headers.get('cache-control')).toContain('immutable');
    const original = Buffer.from(await first.arrayBuffer());
    expect(original.readUInt32BE(0)).toBe(0x1a45dfa3);

    const part = await roost.window.get(`/media/assets/${assetId}/clip?v=1`, {
      range: 'bytes=4-9',
    });
    expect([part.status, part.headers.get('content-range')]).toEqual([
      206,
      `bytes 4-9/${original.byteLength}`,
    ]);
    expect(Buffer.from(await part.arrayBuffer()).equals(original.subarray(4, 10))).toBe(true);
    const beyond = await roost.window.get(`/media/assets/${assetId}/clip`, {
      range: 'bytes=9999999-',
    });
    expect(beyond.status).toBe(416);

    const edited = await movie(240, 320);
    await phone.upload({
      ...{ assetKey: 'live', resourceType: 'full-size-paired-video' },
      ...{ bytes: edited, fileName: 'IMG_E1.MOV' },
    });
    const second = Buffer.from(await (await clip()).arrayBuffer());
    expect(second.equals(original)).toBe(false);
    expect((await roost.window.get('/media/assets/nobody/clip')).status).toBe(404);
  });
});

describe('the cache of previews', { timeout: 120_000 }, () => {
  it('is made again when its folder was deleted, and taken over when the catalog was', async () => {
    const previews = join(temp.path, 'data', 'previews');
    {
      await using roost = await ServiceInTest.start({ folder: temp.path });
      const phone = await roost.phone();
      for (const side of [300, 310, 320]) {
        await phone.upload({
          assetKey: `photo ${side}`,
          bytes: await jpeg(side, 200),
          fileName: `${side}.jpg`,
        });
      }
      await settled(roost);
    }
    await rm(previews, { recursive: true });
    {
      await using roost = await ServiceInTest.start({ folder: temp.path });
      await expect.poll(() => filesIn(roost), { timeout: 30_000 }).toBe(3);
      await settled(roost);
    }
    for (const name of ['catalog.sqlite', 'catalog.sqlite-wal', 'catalog.sqlite-shm']) {
      await rm(join(temp.path, 'data', name), { force: true });
    }
    // With a decoder that makes none, what there is can only have been taken over.
    const decoderEntry = join(
      import.meta.dirname,
      '../../electron/service/decoder/hostile-decoder.ts',
    );
    await using roost = await ServiceInTest.start({ folder: temp.path, decoderEntry });
    await settled(roost);
    const assets = await assetsOf(roost);
    expect(assets.map(({ tile, thumbhash, height }) => [tile, typeof thumbhash, height])).toEqual(
      Array(3).fill(['ready', 'string', 200]),
    );
  });

  /** Tiles that the window is given without asking for them to be made. */
  async function filesIn(roost: ServiceInTest): Promise<number> {
    const names = await readdir(join(roost.dataFolder, 'previews'), { recursive: true });
    return names.filter((name) => name.endsWith('-tile.webp')).length;
  }
});

describe('a quick tile', { timeout: 120_000 }, () => {
  it('is kept by no browser, and followed by the full one', async () => {
    const red = await codedPicture({
      width: 1280,
      height: 960,
      pixels: plain(1280, 960, [200, 30, 30]),
    });
    const small = await codedPicture({
      width: 320,
      height: 240,
      pixels: plain(320, 240, [200, 30, 30]),
    });
    const heic = sampleHeif({
      items: [pictureItem(red), { ...pictureItem(small), references: [{ type: 'thmb', to: [1] }] }],
    });
    await using roost = await ServiceInTest.start({ folder: temp.path });
    const phone = await roost.phone();
    await phone.upload({ assetKey: 'heic', bytes: heic, fileName: 'IMG_2.HEIC' });
    const widthOfTile = async (): Promise<number> => {
      const [asset] = await assetsOf(roost);
      const tile = await roost.window.get(`/media/assets/${asset!.assetId}/tile`);
      const { width } = await sharp(Buffer.from(await tile.arrayBuffer())).metadata();
      const isKept = tile.headers.get('cache-control')!.includes('immutable');
      if (isKept) expect(width).toBe(640);
      return width;
    };
    await expect.poll(widthOfTile, { timeout: 30_000, interval: 20 }).toBe(640);
    const [asset] = await assetsOf(roost);
    expect(asset).toMatchObject({ tile: 'ready', width: 1280, height: 960 });
    expect(asset!.version).not.toContain('quick');
  });
});
