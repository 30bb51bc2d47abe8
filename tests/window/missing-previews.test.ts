import type { Page } from 'playwright-core';
import { beforeEach, describe, expect, it } from 'vitest';

import type { PreviewFailure } from '../../shared/window-views.ts';
import { fakeId } from './support/fake-library.ts';
import {
  eventually,
  type OpenWindowOptions,
  seriousViolations,
  WINDOW_SIZES,
} from './support/open-window.ts';
import { WindowLab } from './support/window-lab.ts';

const lab = WindowLab.forThisFile();

beforeEach(() => {
  lab.service.addAssets({ capturedLocal: '2019-08-15T10:12:41' });
});

function failure(number: number, change: Partial<PreviewFailure> = {}): PreviewFailure {
  return {
    assetId: fakeId('asset', number),
    receiptId: fakeId('receipt', number),
    fileName: `IMG_${String(4000 + number)}.HEIC`,
    reason: 'decoder-timeout',
    attempts: 2,
    ...change,
  };
}

async function open(path: string, options: OpenWindowOptions = {}): Promise<Page> {
  const { page } = await lab.open(path, options);
  await eventually(() => lab.service.listenerCount).toBeGreaterThan(0);
  return page;
}

const list = (page: Page) => page.getByRole('region', { name: 'Files without a preview' });

describe('previews that could not be made', () => {
  beforeEach(() => {
    lab.service.state.previewFailures = [
      failure(0),
      failure(1, { fileName: 'badimage.jpeg', reason: 'damaged', attempts: 1 }),
      failure(2),
    ];
  });

  it.each([
    ['the sidebar', '/'],
    ['the settings', '/settings'],
  ])('are told of in %s, with the way to them', async (_, path) => {
    const page = await open(path);
    const link = { name: '3 previews could not be made' };
    const inSidebar = page.locator('.shell__side').getByRole('link', link);
    const inPage = page.getByRole('main').getByRole('link', link);
    await (path === '/' ? inSidebar : inPage).click();
    await page.waitForURL('**/previews');
    await page.getByRole('heading', { name: 'Missing previews' }).waitFor();
  });

  it('are counted by reason and listed with it, and say that the originals are safe', async () => {
    const page = await open('/previews');
    await page.getByText('The originals are safe, bit for bit').waitFor();
    await eventually(() =>
      page.getByRole('region', { name: 'Why' }).getByRole('listitem').allInnerTexts(),
    ).toEqual([
      'Making the preview took too long and was stopped.\n2',
      'The picture in this file is damaged or incomplete.\n1',
    ]);
    const items = list(page).getByRole('listitem');
    await items.nth(1).getByText('damaged or incomplete. Tried once.').waitFor();
    // The same bytes would end the same.
    expect(await items.nth(1).getByRole('button').count()).toBe(0);
    await items.first().getByRole('link', { name: 'IMG_4000.HEIC' }).click();
    await page.waitForURL(`**/photo/${fakeId('asset', 0)}`);
  });

  it('are tried again one by one with the keyboard, and leave the list', async () => {
    const page = await open('/previews');
    await list(page).getByRole('button', { name: 'Try again: IMG_4000.HEIC' }).press('Enter');
    await eventually(() => lab.service.requests).toContain(
      `POST /api/assets/${fakeId('asset', 0)}/retry-previews`,
    );
    await eventually(() => list(page).getByRole('listitem').count()).toBe(2);
  });

  it('are tried again all at once', async () => {
    const page = await open('/previews');
    await page.getByRole('button', { name: 'Try all again' }).click();
    await page.getByText('Trying all again. What works out leaves this list').waitFor();
    await page.getByText('No preview is missing').waitFor();
    expect(lab.service.requests).toContain('POST /api/previews/retry-failed');
  });

  it('leave the list by themselves when a picture was made', async () => {
    const page = await open('/previews');
    await eventually(() => list(page).getByRole('listitem').count()).toBe(3);
    lab.service.state.previewFailures = lab.service.state.previewFailures.slice(1);
    lab.service.tell(...lab.service.library.sorted());
    await eventually(() => list(page).getByRole('listitem').count()).toBe(2);
  });

  it('come page by page', async () => {
    lab.service.state.previewFailures = Array.from({ length: 70 }, (_, at) => failure(at));
    const page = await open('/previews');
    await eventually(() => list(page).getByRole('listitem').count()).toBe(50);
    await page.getByRole('button', { name: 'Show more' }).click();
    await eventually(() => list(page).getByRole('listitem').count()).toBe(70);
    expect(await page.getByRole('button', { name: 'Show more' }).count()).toBe(0);
  });

  it('that cannot be tried again say why', async () => {
    lab.service.fail('previews.retryAll', 'library/missing');
    const page = await open('/previews');
    await page.getByRole('button', { name: 'Try all again' }).click();
    await page.getByRole('alert').getByText('The library folder cannot be reached.').waitFor();
  });
});

it('says so where none is missing, and leads nobody there', async () => {
  const page = await open('/previews');
  await page.getByText('No preview is missing').waitFor();
  expect(await page.getByRole('link', { name: /could not be made/ }).count()).toBe(0);
});

it('keeps nobody out, in a wide and a narrow window', async () => {
  lab.service.state.previewFailures = [failure(0), failure(1, { reason: 'damaged' })];
  const page = await open('/previews');
  await list(page).waitFor();
  for (const size of WINDOW_SIZES) {
    await page.setViewportSize(size);
    expect(await seriousViolations(page)).toEqual([]);
  }
  expect(lab.opened.errors).toEqual([]);
});
