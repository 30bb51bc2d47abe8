import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';

import type { RefilePlan } from '../../shared/filing-view.ts';
import {
  eventually,
  type OpenWindowOptions,
  overflowOf,
  seriousViolations,
  WINDOW_SIZES,
} from './support/open-window.ts';
import { WindowLab } from './support/window-lab.ts';

const PLAN: RefilePlan = {
  assetCount: 600,
  fileCount: 1_234,
  reasons: { template: 590, time: 10, scattered: 0 },
  examples: [
    {
      from: 'My iPhone/2019/2019-08/IMG_1.HEIC',
      to: 'My iPhone/2019/08/IMG_1.HEIC',
      reason: 'template',
    },
  ],
};

const lab = WindowLab.forThisFile();

async function open(options: OpenWindowOptions = {}): Promise<Page> {
  const { page } = await lab.open(`/settings#folders`, options);
  await page.getByRole('region', { name: 'Files that lie elsewhere' }).waitFor();
  await eventually(() => lab.service.listenerCount).toBeGreaterThan(0);
  return page;
}

const template = (page: Page) => page.getByLabel('Folders and file name');
const example = (page: Page) => page.locator('.template-example .mono');
const refiling = (page: Page) => page.getByRole('region', { name: 'Files that lie elsewhere' });

describe('the folders of originals', () => {
  it('are shown with what comes of them, also while they are typed', async () => {
    const page = await open();
    expect(await template(page).inputValue()).toBe('{device}/{year}/{year}-{month}/{name}');
    await eventually(() => example(page).innerText()).toBe('My iPhone/2026/2026-11/IMG_4711.HEIC');
    await template(page).fill('{camera}/{year}-{month}-{day}/{name}');
    await eventually(() => example(page).innerText()).toBe(
      'Apple iPhone 17 Pro/2026-11-03/IMG_4711.HEIC',
    );
    await page.keyboard.press('Enter');
    await eventually(() => lab.service.state.settings.folderTemplate).toBe(
      '{camera}/{year}-{month}-{day}/{name}',
    );
    await page.locator('.saved-mark').waitFor();
  });

  it('say at the field what is wrong with them, and are not saved', async () => {
    const page = await open();
    await template(page).fill('{device}/{yaer}/{name}');
    await page.getByText('There is no {yaer}.').waitFor();
    expect(await template(page).getAttribute('aria-invalid')).toBe('true');
    expect(await example(page).count()).toBe(0);
    expect(await page.getByRole('button', { name: 'Save' }).isDisabled()).toBe(true);
    await template(page).press('Enter');
    await template(page).press('Escape');
    expect(await template(page).inputValue()).toBe('{device}/{year}/{year}-{month}/{name}');
    expect(lab.service.requests).not.toContain('PATCH /api/settings');
  });

  it('take a token where the cursor is, by pointer and by keyboard', async () => {
    const page = await open();
    await template(page).fill('{device}//{name}');
    await template(page).evaluate((field: HTMLInputElement) => field.setSelectionRange(9, 9));
    await page.getByRole('button', { name: 'Put in year, {year}' }).click();
    expect(await template(page).inputValue()).toBe('{device}/{year}/{name}');
    await page.keyboard.type('-');
    await page.getByRole('button', { name: 'Put in month, {month}' }).press('Enter');
    await eventually(() => template(page).inputValue()).toBe('{device}/{year}-{month}/{name}');
    expect(await template(page).evaluate((field) => field === document.activeElement)).toBe(true);
  });
});

describe('files that lie elsewhere', () => {
  it('need nothing where all lie as the folders say', async () => {
    const page = await open();
    await refiling(page).getByText('Every file lies where the folders above say.').waitFor();
    expect(await refiling(page).getByRole('button').count()).toBe(0);
  });

  it('are counted anew when the folders change, and nothing moves by that', async () => {
    const page = await open();
    lab.service.state.refilePlan = PLAN;
    await template(page).fill('{device}/{year}/{month}/{name}');
    await page.keyboard.press('Enter');
    await refiling(page).getByText('600 photos and videos (1,234 files) lie elsewhere').waitFor();
    await refiling(page).getByText('590 because the folders were set otherwise').waitFor();
    await refiling(page).getByText('My iPhone/2019/08/IMG_1.HEIC').waitFor();
    await refiling(page).getByText('and 1,233 more').waitFor();
    expect(lab.service.requests).not.toContain('POST /api/filing/refile');
  });

  it('move after a clear question, show how far they are, and can be stopped and moved back', async () => {
    lab.service.state.refilePlan = PLAN;
    const page = await open();
    await refiling(page).getByRole('button', { name: 'Move files now' }).press('Enter');
    const question = page.getByRole('alertdialog', { name: 'Move 1,234 files?' });
    await question.getByRole('button', { name: 'Cancel' }).click();
    await question.waitFor({ state: 'detached' });
    expect(lab.service.requests).not.toContain('POST /api/filing/refile');

    await refiling(page).getByRole('button', { name: 'Move files now' }).click();
    await question.getByRole('button', { name: 'Move files' }).press('Enter');
    await question.waitFor({ state: 'detached' });
    await refiling(page).getByText('looked at 0 of 600 photos and videos').waitFor();

    const [batch] = lab.service.state.filingBatches;
    lab.service.state.filingBatches = [{ ...batch!, doneCount: 150, fileCount: 312 }];
    lab.service.emit({ type: 'filing' });
    await refiling(page).getByText('looked at 150 of 600 photos and videos, moved 312').waitFor();
    expect(await refiling(page).getByRole('progressbar').getAttribute('aria-valuenow')).toBe('25');

    await refiling(page).getByRole('button', { name: 'Stop' }).click();
    await refiling(page).getByText('312 files moved, then stopped').waitFor();
    await refiling(page).getByRole('button', { name: 'Move 312 files back' }).press('Enter');
    await refiling(page).getByText('Moving back: 0 of 312 files').waitFor();
    expect(lab.service.requests).toContain(`POST /api/filing/batches/${batch!.batchId}/undo`);
  });

  it('that moved already when the page opens show how far they are', async () => {
    lab.service.state.refilePlan = PLAN;
    lab.service.state.answer('filing.refile', {});
    const page = await open();
    await refiling(page).getByRole('button', { name: 'Stop' }).waitFor();
    expect(await refiling(page).getByRole('button', { name: 'Move files now' }).count()).toBe(0);
  });

  it('say why they cannot be moved', async () => {
    lab.service.state.refilePlan = PLAN;
    lab.service.fail('filing.refile', 'library/missing');
    const page = await open();
    await refiling(page).getByRole('button', { name: 'Move files now' }).click();
    await page.getByRole('button', { name: 'Move files', exact: true }).click();
    await page
      .getByRole('alertdialog')
      .getByText('The library folder cannot be reached.')
      .waitFor();
  });
});

it('keeps nobody out, in a wide and a narrow window', async () => {
  lab.service.state.refilePlan = PLAN;
  const page = await open();
  await refiling(page).getByRole('button', { name: 'Move files now' }).waitFor();
  for (const size of WINDOW_SIZES) {
    await page.setViewportSize(size);
    expect(await seriousViolations(page)).toEqual([]);
    expect(await overflowOf(page)).toBe(0);
  }
  expect(lab.opened.errors).toEqual([]);
});
