import type { Page } from 'playwright-core';
import { beforeEach, describe, expect, it } from 'vitest';

import type { TimelineAsset } from '../../shared/window-views.ts';
import { eventually, seriousViolations } from './support/open-window.ts';
import { WindowLab } from './support/window-lab.ts';

const lab = WindowLab.forThisFile();
let assets: readonly TimelineAsset[];

beforeEach(() => {
  assets = lab.service.addAssets(
    { capturedLocal: '2019-08-15T10:12:41', fileName: 'newest.jpg', picture: lab.picture },
    { capturedLocal: '2019-08-14T10:12:41', fileName: 'middle.jpg', picture: lab.picture },
    { capturedLocal: '2019-08-13T10:12:41', fileName: 'oldest.jpg', picture: lab.picture },
  );
});

async function open(path: string): Promise<Page> {
  const { page } = await lab.open(path);
  await eventually(() => lab.service.listenerCount).toBeGreaterThan(0);
  return page;
}

async function openPhoto(asset: TimelineAsset): Promise<Page> {
  const page = await open(`/photo/${asset.assetId}`);
  await page.getByRole('dialog', { name: asset.fileName }).waitFor();
  return page;
}

describe('throwing away', () => {
  it('takes the open photo by the Delete key, goes on to the older one, and is taken back by Ctrl+Z', async () => {
    const page = await openPhoto(assets[1]!);
    await page.keyboard.press('Delete');
    await page.getByText('middle.jpg is in the trash').waitFor();
    await page.getByRole('dialog', { name: 'oldest.jpg' }).waitFor();
    expect(lab.service.library.size).toBe(2);
    await page.keyboard.press('Control+z');
    await page.getByText('middle.jpg is back where it was').waitFor();
    expect(lab.service.library.size).toBe(3);
    // The neighbours are asked for anew; until then the next one is the newest.
    await eventually(async () => {
      for (const key of ['ArrowRight', 'ArrowRight', 'ArrowLeft']) await page.keyboard.press(key);
      return page.getByRole('dialog', { name: 'middle.jpg' }).count();
    }).toBe(1);
  });

  it('takes it by the button, and the toast brings it back into the timeline', async () => {
    const page = await open('/');
    await page.getByRole('link', { name: 'oldest.jpg' }).click();
    await page.getByRole('dialog', { name: 'oldest.jpg' }).waitFor();
    await page.getByRole('button', { name: 'Move to trash' }).click();
    await page.getByRole('dialog', { name: 'middle.jpg' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await eventually(() => page.locator('.tile').count()).toBe(2);
    await page.getByRole('button', { name: 'Undo' }).click();
    await eventually(() => page.locator('.tile').count()).toBe(3);
  });

  it('closes the viewer after the last photo', async () => {
    for (const asset of assets.slice(1)) lab.service.library.remove(asset.assetId);
    const page = await openPhoto(assets[0]!);
    await page.keyboard.press('Delete');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(new URL(page.url()).pathname).toBe('/');
    await page.getByRole('button', { name: 'Undo' }).waitFor();
  });

  it('says why it was not possible, and leaves the photo', async () => {
    lab.service.fail('assets.trash', 'library/missing');
    const page = await openPhoto(assets[1]!);
    await page.keyboard.press('Delete');
    await page.getByText('middle.jpg could not be moved to the trash. The library').waitFor();
    await page.getByRole('dialog', { name: 'middle.jpg' }).waitFor();
    expect(lab.service.library.size).toBe(3);
  });
});

describe('the trash', () => {
  it('is reached from the settings, and says when nothing is in it', async () => {
    const page = await open('/settings');
    await page.getByRole('link', { name: 'Show what is in the trash' }).click();
    await page.waitForURL('**/trash');
    await page.getByText('Nothing to bring back').waitFor();
  });

  it('lists what was thrown away at once, and brings it back with the keyboard', async () => {
    lab.service.state.answer('assets.trash', {
      assetIds: assets.slice(0, 2).map((each) => each.assetId),
    });
    const page = await open('/trash');
    await page.getByText('2 photos and videos (2 files)').waitFor();
    await page.getByRole('button', { name: 'Bring back 2 photos' }).press('Enter');
    await page.getByText('2 photos and videos (2 files) back where they were').waitFor();
    await page.getByText('Nothing to bring back').waitFor();
    expect(lab.service.library.size).toBe(3);
  });

  it('keeps nobody out', async () => {
    lab.service.state.answer('assets.trash', { assetIds: [assets[0]!.assetId] });
    const page = await open('/trash');
    await page.getByRole('button', { name: 'Bring back 1 photo' }).waitFor();
    expect(await seriousViolations(page)).toEqual([]);
    expect(lab.opened.errors).toEqual([]);
  });
});
