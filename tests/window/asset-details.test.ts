import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';

import { fakeId, type NewAsset } from './support/fake-library.ts';
import {
  eventually,
  type OpenWindowOptions,
  overflowOf,
  seriousViolations,
  WINDOW_SIZES,
} from './support/open-window.ts';
import { WindowLab } from './support/window-lab.ts';
import { SAMPLE_CLIP } from './support/sample-clip.ts';

const lab = WindowLab.forThisFile();

function add(change: Partial<NewAsset> = {}): string {
  const capturedLocal = '2019-12-29T19:01:15';
  return lab.service.addAssets({
    capturedLocal,
    fileName: 'IMG_1.HEIC',
    picture: lab.picture,
    ...change,
  })[0]!.assetId;
}

async function open(assetId: string, options: OpenWindowOptions = {}): Promise<Page> {
  const { page } = await lab.open(`/photo/${assetId}`, options);
  await page.getByRole('dialog').waitFor();
  await eventually(() => lab.service.listenerCount).toBeGreaterThan(0);
  return page;
}

async function openDetails(page: Page) {
  await page.locator('.picture__layer--shown').first().waitFor();
  await page.keyboard.press('i');
  return page.getByRole('complementary', { name: 'Details' });
}

const openId = (page: Page) => new URL(page.url()).pathname.split('/').at(-1);

/** A Live Photo that came as one: a still and its movie. */
function addLivePhoto(movie: Buffer, change: Partial<NewAsset> = {}): string {
  const assetId = add({ kinds: ['live-photo'], ...change });
  const found = lab.service.library.get(assetId)!;
  const movieId = add({
    fileName: 'IMG_1.MOV',
    kind: 'video',
    original: movie,
    mediaType: 'video/quicktime',
  });
  const [movieFile] = lab.service.library.remove(movieId).resources;
  found.resources.push({ ...movieFile!, resourceType: 'paired-video' });
  found.asset = { ...found.asset, resourceCount: 2 };
  return assetId;
}

describe('the details', () => {
  it('tell in plain words what, when, where and with what', async () => {
    const assetId = add({
      kinds: ['live-photo', 'edited', 'hdr'],
      details: {
        captureTime: {
          local: '2019-12-29T19:01:15',
          offsetMinutes: 60,
          source: 'exif',
          offsetSource: 'place',
        },
        metadata: {
          camera: 'Apple iPhone 11',
          lensModel: 'iPhone 11 back dual wide camera 4.25mm f/1.8',
          exposureTime: 1 / 60,
          fNumber: 1.8,
          iso: 640,
          focalLength: 4.25,
          focalLengthIn35mmFormat: 26,
          gpsLatitude: 47.3691,
          gpsLongitude: 8.5385,
          gpsAltitude: 408,
          hasGainMap: true,
          hdrHeadroom: 3.2,
          rating: 4,
          software: '13.3',
        },
      },
    });
    const details = await openDetails(await open(assetId));
    const words = (await details.innerText()).replaceAll('\u00a0', ' ');
    for (const part of [
      'Live Photo, edited, HDR',
      '29 December 2019, 19:01:15 (UTC+1)',
      'From the photo itself; time zone of the place where it was taken',
      'Apple iPhone 11',
      'iPhone 11 back dual wide camera 4.25mm f/1.8',
      '1/60 s, f/1.8, ISO 640, 4.25 mm (like 26 mm on full frame)',
      '47.36910° N, 8.53850° E',
      '408 m above the sea',
      'With a gain map, up to 3.2 times as bright',
      '4 of 5 stars',
      '1,600 × 1,200 (1.9 MP)',
    ]) {
      expect(words).toContain(part);
    }
  });

  it('say in what way a photo is less than what the phone had, what is safe, and what to do', async () => {
    const assetId = add({ warnings: ['cut-off', 'of-a-newer-roost'] });
    const details = await openDetails(await open(assetId));
    await details
      .getByText('This file ends in the middle: a part of the picture or movie is missing.')
      .waitFor();
    await details.getByText('What arrived is stored as the device sent it').waitFor();
    await details
      .getByText('This may be less than what the device has (of-a-newer-roost).')
      .waitFor();
  });

  it('say nothing of what was put together where all came as one', async () => {
    const details = await openDetails(await open(add()));
    await details.getByText('SHA-256').first().waitFor();
    expect(await details.getByText('Put together by Roost').count()).toBe(0);
  });
});

describe('what Roost put together', () => {
  function addJoined(): { readonly keptId: string; readonly joinedId: string } {
    const keptId = add({ kinds: ['photo', 'edited'] });
    const joinedId = add({ fileName: 'IMG_E1.HEIC' });
    lab.service.library.join(keptId, joinedId, 'same-name');
    return { keptId, joinedId };
  }

  it('is named with the reason, can be split off with the keyboard, and taken back', async () => {
    const { keptId, joinedId } = addJoined();
    const page = await open(keptId);
    const details = await openDetails(page);
    const parts = details.getByRole('region', { name: 'Put together by Roost' });
    await parts.getByText('IMG_E1.HEIC').waitFor();
    await parts.getByText('Same name and moment.').waitFor();
    await parts.getByRole('button', { name: 'Split off IMG_E1.HEIC' }).press('Enter');
    await page.getByText('IMG_E1.HEIC stands on its own now').waitFor();
    await parts.waitFor({ state: 'detached' });
    expect(lab.service.library.get(joinedId)!.asset.assetId).toBe(joinedId);

    await page.keyboard.press('Control+z');
    await page.getByText('Put together again').waitFor();
    await parts.getByText('IMG_E1.HEIC').waitFor();
    expect(lab.service.library.get(joinedId)!.asset.assetId).toBe(keptId);
  });

  it('can be put together again with the pointer, above the open photo', async () => {
    const { keptId, joinedId } = addJoined();
    const page = await open(keptId);
    await (await openDetails(page)).getByRole('button', { name: 'Split off IMG_E1.HEIC' }).click();
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByText('Put together again').waitFor();
    await eventually(() => lab.service.library.get(joinedId)!.asset.assetId).toBe(keptId);
    await page.getByRole('dialog').waitFor();
  });

  it('says why a part cannot be split off', async () => {
    const { keptId } = addJoined();
    lab.service.fail('asset.split', 'library/missing');
    const details = await openDetails(await open(keptId));
    await details.getByRole('button', { name: 'Split off IMG_E1.HEIC' }).click();
    await details.getByRole('alert').getByText('The library folder cannot be reached.').waitFor();
  });

  it('is found at the address of before, which becomes the new one', async () => {
    const { keptId, joinedId } = addJoined();
    const page = await open(joinedId);
    await page.getByRole('dialog', { name: 'IMG_1.HEIC' }).waitFor();
    await eventually(() => openId(page)).toBe(keptId);
  });

  it('takes the place of an open photo that was joined to it', async () => {
    const keptId = add();
    const joinedId = add({ fileName: 'IMG_E1.HEIC' });
    const page = await open(joinedId);
    await page.getByRole('dialog', { name: 'IMG_E1.HEIC' }).waitFor();
    const kept = lab.service.library.join(keptId, joinedId, 'same-name');
    lab.service.emit({
      type: 'assets',
      assets: [kept.asset],
      months: ['2019-12'],
      removedAssetIds: [joinedId],
    });
    await eventually(() => openId(page)).toBe(keptId);
    await page.getByRole('dialog', { name: 'IMG_1.HEIC' }).waitFor();
  });
});

describe('a burst', () => {
  it('shows its other photos to go to, and back leads to where one came from', async () => {
    const others = [1, 2, 3].map((number) => add({ fileName: `FRAME_${number}.HEIC` }));
    const burst = others.map((id) => lab.service.library.get(id)!.asset);
    const assetId = add({ kinds: ['photo', 'burst'], burstCount: 3, details: { burst } });
    const { page } = await lab.open('');
    await page.getByRole('link', { name: 'burst of 4 photos' }).click();
    const strip = page.getByRole('navigation', { name: '3 more photos of this burst' });
    await eventually(() => strip.getByRole('link').count()).toBe(3);
    await strip.getByRole('link', { name: 'FRAME_2.HEIC' }).press('Enter');
    await page.getByRole('dialog', { name: 'FRAME_2.HEIC' }).waitFor();
    expect(openId(page)).toBe(others[1]);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(new URL(page.url()).pathname).toBe('/');
    expect(assetId).not.toBe(others[1]);
  });
});

describe('a Live Photo', () => {
  it('plays its movie over the still by the space key or the button, and ends by itself', async () => {
    const page = await open(addLivePhoto(SAMPLE_CLIP));
    await page.locator('.picture__layer--shown').first().waitFor();
    const movie = page.locator('.picture__movie');
    await page.getByRole('dialog').press('Space');
    await movie.waitFor();
    const [still, moving] = await Promise.all(
      ['.picture', '.picture__movie'].map((each) => page.locator(each).boundingBox()),
    );
    expect(moving).toEqual(still);
    expect(await movie.getAttribute('src')).toContain('/original');
    await movie.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Play the Live Photo' }).click();
    await page.getByRole('button', { name: 'Stop the Live Photo' }).click();
    await movie.waitFor({ state: 'detached' });
  });

  it('plays a short copy where the browser cannot play the movie, and says so', async () => {
    const page = await open(addLivePhoto(Buffer.from('no movie at all'), { hasClip: true }));
    await page.locator('.picture__layer--shown').first().waitFor();
    await page.getByRole('button', { name: 'Play the Live Photo' }).click();
    await page.locator('.picture__movie[src*="/clip"]').waitFor();
    await page.getByText('this is a short copy without sound').waitFor();
  });

  it('says when neither can be played', async () => {
    const page = await open(addLivePhoto(Buffer.from('no movie at all')));
    await page.locator('.picture__layer--shown').first().waitFor();
    await page.getByRole('button', { name: 'Play the Live Photo' }).click();
    await page.getByText('This browser cannot play the movie of this Live Photo.').waitFor();
    expect(await page.getByRole('button', { name: 'Play the Live Photo' }).count()).toBe(0);
  });
});

it('keeps nobody out with all of it, in a wide and a narrow window', async () => {
  const other = add({ fileName: 'FRAME_1.HEIC' });
  const burst = [lab.service.library.get(other)!.asset];
  const assetId = addLivePhoto(SAMPLE_CLIP, {
    kinds: ['live-photo', 'burst', 'hdr'],
    warnings: ['location-missing'],
    details: {
      burst,
      metadata: { camera: 'Apple iPhone 11', gpsLatitude: 1, gpsLongitude: 2 },
    },
  });
  const joined = lab.service.library.get(assetId)!;
  joined.parts = [
    ...joined.parts,
    { ...joined.parts[0]!, partId: fakeId('part', 1), why: 'content-id' },
  ];
  const page = await open(assetId);
  const details = await openDetails(page);
  await details.getByText('Put together by Roost').waitFor();
  for (const size of WINDOW_SIZES) {
    await page.setViewportSize(size);
    expect(await seriousViolations(page)).toEqual([]);
    expect(await overflowOf(page)).toBe(0);
  }
});
