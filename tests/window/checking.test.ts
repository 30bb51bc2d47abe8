import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';

import type { ScrubStatus } from '../../shared/scrub-view.ts';
import { launchBrowser } from '../support/browser.ts';
import { FakeService } from './support/fake-service.ts';
import {
  eventually,
  openWindow,
  type OpenWindow,
  type OpenWindowOptions,
  overflowOf,
  seriousViolations,
  WINDOW_SIZES,
} from './support/open-window.ts';
import { sampleFinding } from './support/sample-findings.ts';

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
  setStatus({
    originalCount: 300,
    originalByteCount: 780_066_000,
    readCount: 298,
    readByteCount: 774_865_000,
    oldestReadAt: Date.now() - 29 * 86_400_000,
    activity: { kind: 'done', nextAt: Date.now() + 86_400_000 * 1.5 },
  });
});
afterEach(async () => {
  await opened?.close();
  opened = undefined;
  await service.close();
});

function setStatus(change: Partial<ScrubStatus>): void {
  service.state.scrub = { ...service.state.scrub, ...change };
}

/** Changes the status and tells open windows, as the service does. */
function tell(change: Partial<ScrubStatus>): void {
  setStatus(change);
  service.emit({ type: 'scrub', status: service.state.scrub });
}

async function open(path = '/settings', options: OpenWindowOptions = {}): Promise<Page> {
  opened = await openWindow(browser, `${service.url}${path}`, options);
  await eventually(() => service.listenerCount).toBeGreaterThan(0);
  return opened.page;
}

function panel(page: Page) {
  return page.getByRole('region', { name: 'Checking originals' });
}

function withDamage(): void {
  service.state.findings = [
    sampleFinding(0),
    sampleFinding(1, { kind: 'missing', fileName: 'IMG_0815.MOV', resourceType: 'video' }),
    sampleFinding(2, { kind: 'wrong-length', foundByteCount: 1_048_576 }),
    sampleFinding(3, { kind: 'unreadable', readError: 'EIO', deviceName: 'Tablet' }),
    sampleFinding(4, { replacedByPath: '/home/anna/Pictures/Roost/My iPhone/good (2).HEIC' }),
  ];
  setStatus({ damagedCount: 3, missingCount: 1, replacedCount: 1, findingsRevision: 5 });
}

describe('the state of checking', () => {
  it('is told in plain words, and follows what the service tells', async () => {
    const page = await open();
    const words = panel(page);
    await words.getByText('298 of 300 originals within the last 30 days').waitFor();
    await words.getByText('All as received').waitFor();
    await words.getByText('Nothing is due. The next original is due tomorrow.').waitFor();
    tell({ activity: { kind: 'reading', path: 'a/IMG_1.HEIC', byteCount: 5, readByteCount: 1 } });
    await words.getByText('Reading 299 of 300: IMG_1.HEIC').waitFor();
    tell({
      activity: { kind: 'reading', path: 'a/big.MOV', byteCount: 4e9, readByteCount: 1e9 },
    });
    await words.getByText('big.MOV (1 GB of 4 GB)').waitFor();
    expect(await words.getByRole('progressbar').getAttribute('aria-valuetext')).toContain('298');
    tell({ activity: { kind: 'uploads' } });
    await words.getByText('Paused because photos are arriving.').waitFor();
    tell({ activity: { kind: 'library' } });
    await words.getByText('Waiting for the library, which cannot be reached.').waitFor();
    tell({ activity: { kind: 'resting', untilAt: Date.now() + 40 * 60_000 } });
    await words.getByText(/Resting, goes on in \d+ minutes/).waitFor();
    tell({ activity: { kind: 'off' }, everyDays: 0 });
    await words.getByText('Off. Nothing is checked unless you ask for it.').waitFor();
    expect(opened!.errors).toEqual([]);
  });

  it('asks for nothing again while events tell of progress', async () => {
    const page = await open();
    await panel(page).getByText('298 of 300').waitFor();
    const asked = (): number => service.requests.filter((each) => each.includes('overview')).length;
    const before = asked();
    tell({ readCount: 299 });
    await panel(page).getByText('299 of 300').waitFor();
    expect(asked()).toBe(before);
  });

  it('is started and stopped with the keyboard', async () => {
    const page = await open();
    const start = page.getByRole('button', { name: 'Check everything now' });
    await start.focus();
    await page.keyboard.press('Enter');
    await eventually(() => service.state.scrub.askedAt).toBeDefined();
    tell({});
    await panel(page).getByText('0 of 300 originals since you asked').waitFor();
    await page.getByRole('button', { name: 'Stop' }).press('Enter');
    await eventually(() => service.state.scrub.askedAt).toBeUndefined();
  });

  it('says how often, and keeps another choice', async () => {
    const page = await open();
    await page.getByRole('button', { name: /Check every original/ }).click();
    await page.getByRole('option', { name: 'Every 90 days' }).click();
    await eventually(() => service.state.settings.scrubEveryDays).toBe(90);
    await panel(page).locator('.saved-mark').waitFor();
  });

  it('says what will happen where there is no original yet', async () => {
    setStatus({ originalCount: 0, originalByteCount: 0, readCount: 0, activity: { kind: 'done' } });
    const page = await open();
    await panel(page).getByText('Nothing to check yet').waitFor();
    expect(await page.getByRole('button', { name: 'Check everything now' }).count()).toBe(0);
  });
});

describe('originals that are damaged or missing', () => {
  it('are listed by name, with what is the matter, their place and what can be done', async () => {
    withDamage();
    const page = await open();
    for (const words of ['3 damaged', '1 missing']) {
      await panel(page).getByText(words, { exact: true }).waitFor();
    }
    const list = page.getByRole('region', { name: 'Damaged or missing' });
    const items = list.getByRole('listitem');
    await eventually(() => items.count()).toBe(4);
    const first = items.first();
    await first.getByRole('link', { name: 'IMG_4711.HEIC' }).waitFor();
    await first.getByText('The file has other bytes than were received.').waitFor();
    await first.getByText('If My iPhone still has it, send it again from there').waitFor();
    await first
      .getByText('/home/anna/Pictures/Roost/My iPhone/2019/2019-08/IMG_4711.HEIC')
      .waitFor();
    await items.nth(1).getByText('The file is not at its place.').waitFor();
    await items.nth(2).getByText('The file has 1,048,576 bytes instead of 2,600,220.').waitFor();
    await items.nth(3).getByText('The file cannot be read (EIO).').waitFor();
    await items.nth(3).getByText('If Tablet still has it').waitFor();
    expect(opened!.errors).toEqual([]);
  });

  it('are looked at again on demand, and leave the list once they are good', async () => {
    withDamage();
    const page = await open();
    const list = page.getByRole('region', { name: 'Damaged or missing' });
    await list.getByRole('button', { name: 'Check IMG_4711.HEIC again' }).press('Enter');
    await eventually(() => service.state.findings[0]?.isChecking).toBe(true);
    tell({ findingsRevision: 6 });
    await list.locator('[data-pending]').waitFor();
    const told = (words: string) =>
      page.getByRole('status').getByText(words).waitFor({ state: 'attached' });
    const [first, ...others] = service.state.findings;
    service.state.findings = [{ ...first!, isChecking: false, readAt: Date.now() }, ...others];
    tell({ findingsRevision: 7 });
    await told('IMG_4711.HEIC is still damaged or missing');

    await list.getByRole('button', { name: 'Check IMG_4711.HEIC again' }).press('Enter');
    await eventually(() => service.state.findings[0]?.isChecking).toBe(true);
    service.state.findings = others;
    tell({ damagedCount: 2, findingsRevision: 8 });
    await eventually(() => list.getByRole('listitem').count()).toBe(3);
    await told('IMG_4711.HEIC is as received again');
  });

  it('that cannot be looked at say why', async () => {
    withDamage();
    service.fail('scrub.checkAgain', 'library/missing');
    const page = await open();
    await page.getByRole('button', { name: 'Check IMG_4711.HEIC again' }).click();
    await page.getByRole('alert').getByText('The library folder cannot be reached.').waitFor();
  });

  it('come page by page', async () => {
    service.state.findings = Array.from({ length: 45 }, (_, at) => sampleFinding(at));
    setStatus({ damagedCount: 45, findingsRevision: 1 });
    const page = await open();
    const items = page.getByRole('region', { name: 'Damaged or missing' }).getByRole('listitem');
    await eventually(() => items.count()).toBe(20);
    for (const count of [40, 45]) {
      await page.getByRole('button', { name: 'Show more' }).click();
      await eventually(() => items.count()).toBe(count);
    }
    expect(await page.getByRole('button', { name: 'Show more' }).count()).toBe(0);
  });

  it('that were replaced by a good copy are named apart', async () => {
    withDamage();
    const page = await open();
    await page.getByRole('button', { name: 'Show 1 original replaced by a good copy' }).click();
    const list = page.getByRole('region', { name: 'Replaced by a good copy' });
    await list.getByText('/home/anna/Pictures/Roost/My iPhone/good (2).HEIC').waitFor();
    expect(await list.getByRole('button', { name: /again/ }).count()).toBe(0);
  });

  it.each([
    ['the sidebar', 1280],
    ['every page of a narrow window', 390],
  ])('are told of by %s, with the way to them', async (_, width) => {
    withDamage();
    const page = await open('/devices', { width });
    const link = page.getByRole('link', { name: '3 damaged and 1 missing originals' });
    await link.and(page.locator(':visible')).click();
    await page.waitForURL('**/settings#checking');
    await eventually(() => page.evaluate(() => document.activeElement?.id)).toBe('checking');
    await page.getByRole('region', { name: 'Damaged or missing' }).waitFor();
  });
});

it('keeps nobody out, in a wide and a narrow window', async () => {
  withDamage();
  setStatus({ activity: { kind: 'uploads' } });
  const page = await open('/settings#checking');
  await page.getByRole('button', { name: /replaced by a good copy/ }).click();
  await page
    .getByRole('region', { name: 'Replaced by a good copy' })
    .getByRole('listitem')
    .waitFor();
  for (const size of WINDOW_SIZES) {
    await page.setViewportSize(size);
    expect(await seriousViolations(page)).toEqual([]);
    expect(await overflowOf(page)).toBe(0);
  }
  expect(opened!.errors).toEqual([]);
});
