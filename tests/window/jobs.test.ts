import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';

import type { JobView } from '../../shared/window-views.ts';
import { launchBrowser } from '../support/browser.ts';
import { fakeId } from './support/fake-library.ts';
import { FakeService } from './support/fake-service.ts';
import {
  eventually,
  openWindow,
  type OpenWindow,
  type OpenWindowOptions,
  seriousViolations,
} from './support/open-window.ts';
import { sampleJob } from './support/sample-jobs.ts';

/** Most rows that may be in the page at once, however long the history is. */
const MOST_ROWS = 60;

let browser: Browser;
let service: FakeService;
let opened: OpenWindow | undefined;

beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser.close();
});
beforeEach(async () => {
  service = await FakeService.start(inject('rendererFolder'));
  service.state.addDevice();
});
afterEach(async () => {
  await opened?.close();
  opened = undefined;
  await service.close();
});

async function open(path = '/jobs', options: OpenWindowOptions = {}): Promise<Page> {
  opened = await openWindow(browser, `${service.url}${path}`, options);
  await opened.page.getByRole('heading', { level: 1 }).waitFor();
  await eventually(() => service.listenerCount).toBeGreaterThan(0);
  return opened.page;
}

/** Changes a job in the service and tells open windows, as ingest does. */
function change(number: number, changes: Partial<JobView>): void {
  const jobId = fakeId('job', number);
  const known = service.state.jobs.find(({ job }) => job.jobId === jobId);
  const { job } = known ?? sampleJob(number);
  const next = { ...job, ...changes };
  if (known === undefined) service.state.jobs.push({ ...sampleJob(number), job: next });
  else known.job = next;
  service.emit({ type: 'jobs', jobs: [next] });
}

/** Opens the group of a day, which has too many jobs to list them all at once. */
async function openDay(page: Page): Promise<void> {
  await page.getByRole('button', { name: /My iPhone/, expanded: false }).click();
  await page.locator('.job-row').first().waitFor();
}

const rowNames = (page: Page) => page.locator('.job-list .job-row__name').allTextContents();
const chip = (page: Page, name: RegExp) =>
  page.getByRole('navigation', { name: 'Show by state' }).getByRole('link', { name });

describe('the job history', () => {
  it('shows why a job failed and what to do, right in the list', async () => {
    service.state.jobs = [
      sampleJob(0, { state: 'failed', errorCode: 'library/disk-full' }),
      sampleJob(1, {
        state: 'interrupted',
        errorCode: 'upload/interrupted',
        errorDetail: 'The phone left the network.',
      }),
      sampleJob(2),
    ];
    const page = await open();
    const row = (name: string) => page.locator('.job-row', { hasText: name });
    await row('IMG_4711').getByText('Failed').waitFor();
    expect(await row('IMG_4711').textContent()).toContain(
      "There is not enough room on the library's disk. Make room on the disk",
    );
    expect(await row('IMG_4712').textContent()).toContain(
      'The phone left the network. Nothing was kept of it. Phones send it again by themselves;',
    );
    expect(await row('IMG_4713').locator('.job-row__reason').count()).toBe(0);
  });

  it('calls a job without a file name by its asset key, so that it can be opened', async () => {
    service.state.jobs = [sampleJob(0, { fileName: '', assetKey: 'from-a-script' })];
    const page = await open();
    await page.getByRole('link', { name: 'from-a-script', exact: true }).click();
    await page.getByRole('heading', { name: 'from-a-script', exact: true }).waitFor();
  });

  it('keeps its filters in the address', async () => {
    const other = service.state.addDevice({ name: 'Old Pixel' });
    service.state.jobs = [
      sampleJob(0),
      sampleJob(1, { state: 'failed', errorCode: 'upload/digest-mismatch' }),
      sampleJob(2, {
        state: 'failed',
        errorCode: 'upload/empty-body',
        deviceId: other.deviceId,
        deviceName: other.name,
      }),
    ];
    const page = await open();
    await chip(page, /^All 3/).waitFor();
    await chip(page, /^Failed 2/).click();
    await eventually(() => rowNames(page)).toEqual(['IMG_4712.HEIC', 'IMG_4713.HEIC']);
    expect(new URL(page.url()).search).toBe('?state=failed');

    await page.getByRole('button', { name: /Device/ }).click();
    await page.getByRole('option', { name: 'Old Pixel' }).click();
    await eventually(() => rowNames(page)).toEqual(['IMG_4713.HEIC']);
    expect(new URL(page.url()).search).toBe(`?state=failed&device=${other.deviceId}`);

    await page.reload();
    await eventually(() => rowNames(page)).toEqual(['IMG_4713.HEIC']);
    await page.goBack();
    await eventually(() => rowNames(page)).toEqual(['IMG_4712.HEIC', 'IMG_4713.HEIC']);
  });

  it('leads out of a filter nothing fits', async () => {
    service.state.jobs = [sampleJob(0)];
    const page = await open('/jobs?state=failed');
    await page.getByText('No job fits this filter').waitFor();
    await page.getByRole('link', { name: 'Show all jobs' }).click();
    await eventually(() => rowNames(page)).toEqual(['IMG_4711.HEIC']);
  });

  it('leads to the first photo while there is no job at all', async () => {
    const page = await open();
    await page.getByText('No jobs yet').waitFor();
    await page.getByRole('link', { name: 'Get the first photo here' }).click();
    expect(new URL(page.url()).pathname).toBe('/welcome');
  });

  it.each([
    [1280, 800],
    [390, 844],
  ])(
    'keeps its heading at %d by %d when the first answer says there is no job',
    async (width, height) => {
      opened = await openWindow(browser, `${service.url}/devices`, { width, height });
      const { page } = opened;
      const answered = Promise.withResolvers<undefined>();
      await page.route(/\/api\/jobs/, async (route) => {
        await answered.promise;
        await route.continue();
      });
      await page
        .getByRole('navigation', { name: 'Main' })
        .getByRole('link', { name: 'Jobs' })
        .click();
      const heading = page.getByRole('heading', { level: 1, name: 'Jobs' });
      const whileAsking = await heading.boundingBox();
      answered.resolve(undefined);
      await page.getByText('No jobs yet').waitFor();
      expect(await heading.boundingBox()).toEqual(whileAsking);
    },
  );

  it('goes on for as long as there are jobs with few rows in the page at a time', async () => {
    service.state.jobs = Array.from({ length: 230 }, (_, number) => sampleJob(number));
    const page = await open();
    await openDay(page);
    const last = page.getByRole('link', { name: 'IMG_4940.HEIC' });
    await eventually(async () => {
      await page.locator('.page').evaluate((element) => element.scrollTo(0, element.scrollHeight));
      return last.count();
    }).toBe(1);
    await page.getByText('No older jobs').waitFor();
    expect(await page.locator('.job-list .job-row').count()).toBeLessThan(MOST_ROWS);
  });

  it('does not move under the eyes of who reads further down', async () => {
    service.state.jobs = Array.from({ length: 100 }, (_, number) => sampleJob(number + 1));
    const page = await open();
    await openDay(page);
    await page.locator('.page').evaluate((element) => element.scrollTo(0, 1500));
    const row = page.locator('.job-row', { hasText: 'IMG_4735.HEIC' });
    await row.waitFor();
    const before = (await row.boundingBox())!.y;

    change(0, { state: 'receiving', receivedByteCount: 9, changedAt: Date.now() });
    await page.getByText('Arriving now').waitFor({ state: 'attached' });
    await eventually(async () => (await row.boundingBox())?.y).toBeCloseTo(before, -1);
    change(0, { state: 'stored', changedAt: Date.now() });
    const newer = page.getByRole('button', { name: '1 newer job' });
    await newer.waitFor();
    expect((await row.boundingBox())!.y).toBeCloseTo(before, -1);

    await newer.click();
    await eventually(async () => (await rowNames(page))[0]).toBe('IMG_4711.HEIC');
  });

  it('comes back to the same job from its details', async () => {
    service.state.jobs = Array.from({ length: 100 }, (_, number) => sampleJob(number));
    const page = await open('/jobs?state=stored');
    await openDay(page);
    await page.locator('.page').evaluate((element) => element.scrollTo(0, 1500));
    const link = page.getByRole('link', { name: 'IMG_4735.HEIC' });
    await link.click();
    await page.getByRole('heading', { level: 1, name: 'IMG_4735.HEIC' }).waitFor();
    await page.getByRole('button', { name: 'All jobs' }).click();
    await link.waitFor();
    expect(new URL(page.url()).search).toBe('?state=stored');
    await eventually(() => page.evaluate(() => document.activeElement?.textContent)).toBe(
      'IMG_4735.HEIC',
    );
  });
});

describe('what arrives now', () => {
  it('shows progress, speed and the time left, then moves to the history by itself', async () => {
    service.state.jobs = [sampleJob(5)];
    const page = await open();
    await chip(page, /^All 1/).waitFor();

    const expectedByteCount = 200_000_000;
    change(0, {
      state: 'receiving',
      receivedByteCount: 1_000_000,
      expectedByteCount,
      changedAt: Date.now(),
    });
    const panel = page.getByRole('region', { name: 'Arriving now' });
    await panel.getByText('IMG_4711.HEIC').waitFor();
    await chip(page, /^Receiving 1/).waitFor();

    let receivedByteCount = 1_000_000;
    await eventually(async () => {
      receivedByteCount = Math.min(receivedByteCount + 1_000_000, 150_000_000);
      change(0, { receivedByteCount });
      return panel.textContent();
    }).toMatch(/MB of 200 MB.*[kM]B\/s, .*left/);
    const bar = panel.getByRole('progressbar', { name: 'Receiving IMG_4711.HEIC' });
    expect(Number(await bar.getAttribute('aria-valuenow'))).toBeGreaterThan(0);

    change(0, { state: 'stored', receivedByteCount: expectedByteCount, changedAt: Date.now() });
    await panel.waitFor({ state: 'detached' });
    await eventually(() => rowNames(page)).toEqual(['IMG_4711.HEIC', 'IMG_4716.HEIC']);
    await chip(page, /^Safe 2/).waitFor();
  });

  it('forgets what ended while the connection was lost', async () => {
    service.state.jobs = [sampleJob(0, { state: 'receiving', receivedByteCount: 5 })];
    const page = await open();
    await page.getByText('Arriving now').waitFor();
    await service.goOffline();
    service.state.jobs = [sampleJob(0, { state: 'interrupted', errorCode: 'service/stopping' })];
    await service.goOnline();
    await page.getByText('Arriving now').waitFor({ state: 'detached' });
    await page.locator('.job-row', { hasText: 'Waiting for the device' }).waitFor();
  });
});

describe('the details of a job', () => {
  it('show every upload, the receipt, and lead to the photo', async () => {
    const details = sampleJob(0, { uploadCount: 2 });
    const { startedAt } = details.job;
    details.uploads = [
      {
        startedAt: startedAt - 60_000,
        finishedAt: startedAt - 58_000,
        receivedByteCount: 1_000_000,
        result: 'interrupted',
        errorCode: 'upload/paused',
        requestCount: 3,
        stretches: [],
      },
      ...details.uploads,
    ];
    service.state.jobs = [details];
    const page = await open(`/jobs/${details.job.jobId}`);
    await page.getByText('Try 2').waitFor();
    const uploads = await page.locator('.upload-entry').allTextContents();
    expect(uploads[0]).toContain('Stored');
    expect(uploads[1]).toMatch(
      /Paused by the device.*took 2.0 s1 MB keptin 3 requestsThe connection/,
    );
    await page.getByText(details.job.receiptId!).waitFor();
    await page.getByRole('button', { name: 'Copy receipt' }).waitFor();
    expect(
      await page.getByRole('link', { name: 'Show in the timeline' }).getAttribute('href'),
    ).toBe(`/photo/${details.job.assetId!}`);
  });

  it('follow the job live, and say the reason when it fails', async () => {
    service.state.jobs = [sampleJob(0, { state: 'receiving', receivedByteCount: 260_022 })];
    const page = await open(`/jobs/${fakeId('job', 0)}`);
    await page.getByRole('progressbar').waitFor();
    change(0, { state: 'failed', errorCode: 'upload/digest-mismatch', finishedAt: Date.now() });
    const alert = page.getByRole('alert');
    await alert.getByText('The bytes that arrived do not match').waitFor();
    await alert.getByText('Nothing was kept. Send the file again.').waitFor();
  });

  it('say so when there is no such job', async () => {
    const page = await open(`/jobs/${fakeId('job', 99)}`);
    await page.getByText('This job is not in the history').waitFor();
  });
});

it('keeps nobody out, on the page of one job neither', async () => {
  service.state.jobs = [
    sampleJob(0, { state: 'receiving', receivedByteCount: 1_000_000 }),
    sampleJob(1, { state: 'failed', errorCode: 'library/disk-full' }),
    sampleJob(2, { state: 'interrupted', errorCode: 'upload/idle' }),
    sampleJob(3, { state: 'duplicate' }),
    sampleJob(4),
  ];
  const page = await open();
  await page.locator('.job-row').first().waitFor();
  expect(await seriousViolations(page)).toEqual([]);
  await page.goto(`${service.url}/jobs/${fakeId('job', 1)}`);
  await page.getByText('About this job').waitFor();
  expect(await seriousViolations(page)).toEqual([]);
  expect(opened!.errors).toEqual([]);
});
