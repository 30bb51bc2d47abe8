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
    await page.getByRole('dialog', { name: 'middle.jpg' }).waitFor();
  });

  it('takes it by the button, and the toast brings it back, into the timeline too', async () => {
    const page = await open('/');
    await page.getByRole('link', { name: 'oldest.jpg' }).click();
    await page.getByRole('dialog', { name: 'oldest.jpg' }).waitFor();
    await page.getByRole('button', { name: 'Move to trash' }).click();
    await page.getByRole('dialog', { name: 'middle.jpg' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await eventually(() => page.locator('.tile').count()).toBe(2);
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByRole('dialog', { name: 'oldest.jpg' }).waitFor();
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

  it('says one thing at a time, which goes by itself, and nothing of it comes back', async () => {
    const { page } = await lab.open(`/photo/${assets[0]!.assetId}`);
    await page.clock.install();
    await page.reload();
    const toast = page.locator('.toast');
    await page.getByRole('dialog', { name: 'newest.jpg' }).waitFor();
    await page.keyboard.press('Delete');
    await toast.getByText('newest.jpg is in the trash').waitFor();
    // It hides no photo of the strip below.
    await eventually(async () => {
      const strip = await page.locator('.filmstrip').boundingBox();
      const box = await toast.boundingBox();
      return strip !== null && box !== null && box.y + box.height <= strip.y;
    }).toBe(true);
    await page.keyboard.press('g');
    await page.keyboard.press('x');
    await page.getByRole('button', { name: 'Bring all back' }).press('Enter');
    await toast.getByText('back where it was').waitFor();
    expect(await toast.count()).toBe(1);
    await page.clock.runFor(7_000);
    await eventually(() => toast.count()).toBe(0);
    await page.clock.runFor(7_000);
    await page.keyboard.press('g');
    await page.keyboard.press('t');
    await page.getByRole('link', { name: 'newest.jpg' }).click();
    await page.getByRole('dialog', { name: 'newest.jpg' }).waitFor();
    expect(await toast.count()).toBe(0);
    // An offer to undo ends, too, but not under the pointer.
    await page.keyboard.press('Delete');
    await toast.hover();
    await page.clock.runFor(60_000);
    expect(await toast.count()).toBe(1);
    await page.mouse.move(10, 300);
    await page.clock.runFor(16_000);
    await eventually(() => toast.count()).toBe(0);
  });

  it('offers to take back what moved where some files stayed, and keeps showing the photo', async () => {
    lab.service.state.begunChange = { movedCount: 1, failedCount: 1 };
    const page = await openPhoto(assets[1]!);
    await page.keyboard.press('Delete');
    await page.getByText('1 file moved to the trash; 1 file is damaged or missing').waitFor();
    expect(new URL(page.url()).pathname).toBe(`/photo/${assets[1]!.assetId}`);
    lab.service.state.begunChange = { isRunning: true, movedCount: 0 };
    await page.keyboard.press('Control+z');
    await page.getByText('Bringing middle.jpg back').waitFor();
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
  const throwAway = (count: number): unknown =>
    lab.service.state.answer('assets.trash', {
      assetIds: assets.slice(0, count).map((each) => each.assetId),
    });

  it('says when nothing is in it', async () => {
    const page = await open('/trash');
    await page.getByText('The trash is empty').waitFor();
  });

  it('shows what was thrown away, and brings one and then the rest back with the keyboard', async () => {
    throwAway(2);
    const page = await open('/trash');
    await page.getByText('2 photos and videos (2 files').waitFor();
    await page.getByRole('checkbox', { name: /^newest\.jpg/ }).press('Space');
    await page.getByText('1 selected').waitFor();
    await page.getByRole('button', { name: 'Bring back', exact: true }).press('Enter');
    await page.getByText('newest.jpg is back where it was').waitFor();
    expect(lab.service.library.size).toBe(2);
    await page.getByRole('button', { name: 'Bring all back' }).press('Enter');
    await page.getByText('The trash is empty').waitFor();
    expect(lab.service.library.size).toBe(3);
  });

  it('is emptied only after a clear question', async () => {
    throwAway(2);
    const page = await open('/trash');
    await page.getByRole('button', { name: 'Empty trash' }).click();
    const question = page.getByRole('alertdialog', {
      name: 'Delete 2 photos and videos for good?',
    });
    await question.getByText('This cannot be undone').waitFor();
    await question.getByRole('button', { name: 'Cancel' }).click();
    await question.waitFor({ state: 'detached' });
    expect(await page.getByRole('checkbox').count()).toBe(2);
    await page.getByRole('button', { name: 'Empty trash' }).click();
    await question.getByRole('button', { name: 'Delete for good' }).click();
    await page.getByText('The trash is empty').waitFor();
    expect(lab.service.library.size).toBe(1);
  });

  it('is one stop of Tab, chosen along with arrows, and chosen whole beyond what is shown', async () => {
    const many = lab.service.addAssets(
      ...Array.from({ length: 202 }, (_, at) => ({
        capturedLocal: '2019-07-01T10:00:00',
        fileName: `many-${at}.jpg`,
      })),
    );
    lab.service.state.answer('assets.trash', { assetIds: many.map((each) => each.assetId) });
    const page = await open('/trash');
    await eventually(() => page.getByRole('checkbox').count()).toBe(200);
    expect(await page.locator('[role="checkbox"][tabindex="0"]').count()).toBe(1);
    await page.getByRole('button', { name: 'Empty trash' }).focus();
    await page.keyboard.press('Tab');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Space');
    const second = page.getByRole('checkbox').nth(1);
    expect(await second.getAttribute('aria-checked')).toBe('true');
    await page.keyboard.press('Space');
    await page.getByRole('button', { name: 'Select all' }).click();
    await page.getByText('202 selected').waitFor();
    await second.click();
    await page.getByText('201 selected').waitFor();
    await page.getByRole('button', { name: 'Delete for good', exact: true }).click();
    const question = page.getByRole('alertdialog');
    await question.getByText(/^201 files, /).waitFor();
    await question.getByRole('button', { name: 'Delete for good' }).click();
    await eventually(() => page.getByRole('checkbox').count()).toBe(1);
  });

  it('shows a photo large before it is decided about: by two clicks or Enter, and goes on to the next', async () => {
    throwAway(3);
    const page = await open('/trash');
    const [first, second] = [assets[0]!, assets[1]!];
    const emptyAll = (await page.getByRole('button', { name: 'Empty trash' }).boundingBox())!;
    const tile = (name: string) => page.getByRole('checkbox', { name: new RegExp(`^${name}`) });
    await tile(first.fileName).click();
    await page.getByText('1 selected').waitFor();
    // What deletes some does not come into the place of what deletes all.
    expect(await page.getByRole('button', { name: 'Empty trash' }).boundingBox()).toEqual(emptyAll);
    await tile(first.fileName).click();
    await tile(first.fileName).dblclick();
    const viewer = page.getByRole('dialog', { name: /thrown away/ });
    await viewer.getByText(first.fileName).waitFor();
    expect(await seriousViolations(page)).toEqual([]);
    await page.keyboard.press('ArrowRight');
    await viewer.getByText(second.fileName).waitFor();
    await page.keyboard.press('ArrowLeft');
    await viewer.getByRole('button', { name: 'Bring back' }).click();
    await page.getByText(`${first.fileName} is back where it was`).waitFor();
    await viewer.getByText(second.fileName).waitFor();
    await viewer.getByRole('button', { name: 'Delete for good' }).click();
    const question = page.getByRole('alertdialog');
    await question.getByRole('button', { name: 'Delete for good' }).click();
    await viewer.getByText(assets[2]!.fileName).waitFor();
    await page.keyboard.press('Escape');
    await viewer.waitFor({ state: 'detached' });
    await eventually(() => page.getByRole('checkbox').count()).toBe(1);
    expect(await tile(assets[2]!.fileName).getAttribute('aria-checked')).toBe('false');
    await tile(assets[2]!.fileName).press('Enter');
    await viewer.getByText(assets[2]!.fileName).waitFor();
    await page.keyboard.press('Escape');
    await eventually(() =>
      tile(assets[2]!.fileName).evaluate((each) => each === document.activeElement),
    ).toBe(true);
    expect(lab.service.library.size).toBe(1);
  });

  it('lets the person say how long things stay', async () => {
    const page = await open('/trash');
    await page.getByRole('button', { name: /Delete for good after/ }).click();
    await page.getByRole('option', { name: 'Never by itself' }).click();
    await page.getByText('It stays until you empty the trash.').waitFor();
    expect(lab.service.state.settings.emptyTrashAfterDays).toBe(0);
  });

  it('asks before a shorter time deletes what is in it, also when a key chose that', async () => {
    throwAway(2);
    lab.service.state.trashedAt = Date.now() - 20 * 24 * 3_600_000;
    const page = await open('/trash');
    const days = page.getByRole('button', { name: /Delete for good after/ });
    await days.press('ArrowLeft');
    const question = page.getByRole('alertdialog', {
      name: 'Delete 2 photos and videos for good?',
    });
    await question.getByText('in the trash for 7 days or longer').waitFor();
    await question.getByText(/^2 files, /).waitFor();
    await question.getByRole('button', { name: 'Cancel' }).click();
    await question.waitFor({ state: 'detached' });
    await days.getByText('30 days').waitFor();
    expect(lab.service.state.settings.emptyTrashAfterDays).toBe(30);
    await days.press('ArrowRight');
    await page.getByText('After 90 days in the trash').waitFor();
    await days.click();
    await page.getByRole('option', { name: '7 days' }).click();
    await question.getByRole('button', { name: 'Delete for good' }).click();
    await page.getByText('After 7 days in the trash').waitFor();
    expect(lab.service.state.settings.emptyTrashAfterDays).toBe(7);
  });

  it('keeps nobody out', async () => {
    throwAway(1);
    const page = await open('/trash');
    await page.getByRole('checkbox').waitFor();
    expect(await seriousViolations(page)).toEqual([]);
    expect(lab.opened.errors).toEqual([]);
  });
});
