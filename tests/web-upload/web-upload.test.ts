import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { callWindow } from '../../electron/cli/window-client.ts';
import { findRunningService } from '../../electron/cli/running-service.ts';
import { isHashList } from '../../electron/service/library/hash-list.ts';
import { isWebPage } from '../../shared/web-page-device.ts';
import { launchBrowser } from '../support/browser.ts';
import { sha256Of } from '../support/fake-phone.ts';
import { RoostProcess } from '../support/roost-process.ts';
import { tempFolder } from '../support/temp-folder.ts';

import {
  FILM_HEAD_BYTE_COUNT,
  writeAlikeFilms,
  writeFilm,
  writeMixedFiles,
  writePhotos,
} from './generated-photos.ts';
import { expectNoBarrier, expectUnbrokenName } from './no-barrier.ts';
import {
  choose,
  openPhone,
  pairingAddress,
  pairPhone,
  plainAddress,
  unfinishedUpload,
  type Scheme,
} from './phone-browser.ts';
import { WeakNetwork } from './weak-network.ts';

const stack = new AsyncDisposableStack();
let browser: Browser;
let roost: RoostProcess;
let network: WeakNetwork;
let folder: string;
let runNumber = 0;

beforeAll(async () => {
  const temp = stack.use(await tempFolder());
  folder = temp.path;
  roost = stack.use(
    await RoostProcess.start({
      dataFolder: join(folder, 'data'),
      libraryFolder: join(folder, 'library'),
    }),
  );
  const address = await findRunningService(roost.folders.dataFolder);
  await callWindow(address, 'settings.change', { name: 'Studio Mac' });
  browser = await launchBrowser();
  stack.defer(() => browser.close());
});

afterAll(() => stack.disposeAsync());

beforeEach(async () => {
  runNumber += 1;
  network = stack.use(await WeakNetwork.before(roost.lanUrl));
});

function photos(count: number): Promise<string[]> {
  return writePhotos(join(folder, `phone-${runNumber}`), count);
}

async function hashesOf(paths: readonly string[]): Promise<string[]> {
  const hashes = await Promise.all(paths.map(async (path) => sha256Of(await readFile(path))));
  return hashes.toSorted();
}

async function libraryHashes(): Promise<string[]> {
  const entries = await readdir(roost.folders.libraryFolder, {
    recursive: true,
    withFileTypes: true,
  });
  const files = entries.filter(
    (each) => each.isFile() && !each.parentPath.includes('.roost') && !isHashList(each.name),
  );
  return hashesOf(files.map((each) => join(each.parentPath, each.name)));
}

async function expectEnd(page: Page, title: string): Promise<void> {
  await page.locator('#done').waitFor({ timeout: 45_000 });
  const told = (await page.locator('#done-title').textContent()) ?? '';
  expect(told.replaceAll('\u00a0', ' ')).toBe(title);
}

describe('the page a phone gets', () => {
  it('pairs by the QR address and stores what is chosen bit for bit', async () => {
    await using phone = await openPhone(browser, network);
    const { page } = phone;
    await page.goto(await pairingAddress(roost));
    await page.getByRole('heading', { name: 'Connect to Studio Mac' }).waitFor();
    expect(await page.getByLabel('Name of this device').inputValue()).toBe('iPhone');
    expect(await page.getByLabel('Pairing code').isVisible()).toBe(false);
    await page.reload();
    await page.getByRole('heading', { name: 'Connect to Studio Mac' }).waitFor();
    expect(await page.getByLabel('Pairing code').isVisible()).toBe(false);
    await page.getByLabel('Name of this device').fill('Ada’s iPhone 📷');
    await page.getByRole('button', { name: 'Connect' }).click();

    const paths = [...(await photos(5)), await writeFilm(folder, 'Été 2026 ☀.mov')];
    await page.getByRole('heading', { name: 'Send photos to Studio Mac' }).waitFor();
    expect(page.url()).toBe(plainAddress());
    await choose(page, paths);
    await expectEnd(page, '5 photos and 1 video are safe on Studio Mac');

    expect(await libraryHashes()).toEqual(await hashesOf(paths));
    expect(phone.complaints).toEqual([]);
    const cookies = await page.context().cookies();
    expect(cookies).toEqual([]);
  });

  it('speaks German to a browser that asks for it', async () => {
    await using phone = await openPhone(browser, network, 'light', 'de-CH');
    const { page } = phone;
    await page.goto(plainAddress());
    await expectUnbrokenName(page.getByRole('heading', { name: 'Mit Studio Mac verbinden' }));
    expect([await page.getAttribute('html', 'lang'), await page.title()]).toEqual([
      'de',
      'Fotos senden · Roost',
    ]);
    await page.getByLabel('Kopplungscode').fill('00000000');
    await page.getByRole('button', { name: 'Verbinden' }).click();
    await page.getByText('Der Kopplungscode ist falsch, verbraucht oder abgelaufen.').waitFor();
    await page.goto(await pairingAddress(roost));
    await page.reload();
    await page.getByRole('button', { name: 'Verbinden' }).click();
    await expectUnbrokenName(page.getByRole('heading', { name: 'Fotos an Studio Mac senden' }));
    await page.getByText('Was dieser Browser behält').click();
    await page.getByText('Einen Schlüssel für Studio Mac, als Gerät „iPhone“').waitFor();
    await choose(page, await photos(1));
    await expectEnd(page, '1 Foto ist sicher auf Studio Mac');
    expect(phone.complaints).toEqual([]);
  });

  it('sends nothing again, also after the page was closed and opened anew', async () => {
    await using phone = await openPhone(browser, network);
    const { page } = phone;
    await pairPhone(page, roost);
    const paths = await photos(3);
    await choose(page, paths);
    await expectEnd(page, '3 photos are safe on Studio Mac');
    expect(network.uploads).toHaveLength(3);

    await page.goto(plainAddress());
    await page.getByRole('heading', { name: 'Send photos to Studio Mac' }).waitFor();
    await choose(page, paths);
    await expectEnd(page, '3 photos are safe on Studio Mac');
    expect(await page.locator('#done-detail').textContent()).toContain('Already safe');
    expect(network.uploads).toHaveLength(3);
  });

  it('sends again what was cut off, until everything is safe', async () => {
    await using phone = await openPhone(browser, network);
    const { page } = phone;
    await pairPhone(page, roost);
    const paths = await photos(4);
    network.cuts = { count: 3, afterByteCount: 40_000 };
    await choose(page, paths);
    await expectEnd(page, '4 photos are safe on Studio Mac');
    expect(network.uploads).toHaveLength(7);
    expect(await libraryHashes()).toEqual(expect.arrayContaining(await hashesOf(paths)));
  });

  it('goes on where it stopped, with thirty files, after lost Wi-Fi and after a reload', async () => {
    await using phone = await openPhone(browser, network);
    const { page } = phone;
    const asked: string[] = [];
    page.on('dialog', (dialog) => {
      asked.push(dialog.type());
      void dialog.accept();
    });
    await pairPhone(page, roost);
    const filmByteCount = 24_000_000;
    const mixed = await writeMixedFiles(join(folder, 'mixed'), filmByteCount);
    await choose(page, mixed.photos.slice(0, 3));
    await expectEnd(page, '3 photos are safe on Studio Mac');

    network.downAfterByteCount = 9_000_000;
    await choose(page, mixed.paths);
    await page.getByRole('heading', { name: 'Waiting for Studio Mac' }).waitFor();
    await page.context().setOffline(true);
    await page.getByText('This device has no network at the moment.').waitFor();
    await expectNoBarrier(page, 'paused-light');
    network.isDown = false;
    network.stallAfterByteCount = 7_000_000;
    // Nobody touches the phone: it goes on by itself.
    await page.context().setOffline(false);
    await page.getByText('29 of 30').waitFor();
    await expect.poll(() => network.parts[1]?.byteCount).toBe(7_000_000);
    await page.reload();
    expect(asked).toEqual(['beforeunload']);

    await page.getByText('Long film.mov was not finished.').waitFor();
    await choose(page, mixed.paths);
    await expectEnd(page, '24 photos and 5 videos are safe on Studio Mac');
    expect(await page.locator('#counts li:visible').allTextContents()).toEqual([
      '1 sent',
      '28 already there',
      '1 not sent',
    ]);
    expect(await page.locator('#failed li').allTextContents()).toEqual([
      expect.stringMatching(/^empty\.jpg.*no bytes/),
    ]);
    await expectNoBarrier(page, 'failed-light');

    // One upload in three parts, each where the one before stopped but for what was on its way; then its proof.
    const [first, second, third, proof, ...more] = network.parts;
    expect(more).toEqual([]);
    expect(new Set(network.parts.map(({ path }) => path)).size).toBe(1);
    expect(proof).toMatchObject({ offset: filmByteCount + FILM_HEAD_BYTE_COUNT, byteCount: 0 });
    expect([first?.offset, first?.byteCount]).toEqual([0, 9_000_000]);
    expect(second?.offset).toBeGreaterThan(6_000_000);
    expect(third?.offset).toBeGreaterThan((second?.offset ?? 0) + 4_000_000);
    const all = network.parts.reduce((sum, { byteCount }) => sum + byteCount, 0);
    expect(all).toBeLessThan(filmByteCount * 1.25);

    // Both of those that look alike are among them, and one of those that are the same.
    const ours = new Set(await hashesOf(mixed.paths.filter((path) => path !== mixed.empty)));
    const kept = (await libraryHashes()).filter((hash) => ours.has(hash));
    expect([kept.length, kept]).toEqual([28, [...ours].toSorted()]);
    expect(phone.complaints).toEqual([]);
  }, 120_000);

  it('stores the file that was chosen, also where another like it was begun', async () => {
    await using phone = await openPhone(browser, network);
    const { page } = phone;
    page.on('dialog', (dialog) => void dialog.accept());
    await pairPhone(page, roost);
    const { begun, chosen } = await writeAlikeFilms(folder, 3_000_000);
    network.downAfterByteCount = 1_000_000;
    await choose(page, [begun]);
    await page.getByRole('heading', { name: 'Waiting for Studio Mac' }).waitFor();
    network.isDown = false;
    await page.reload();
    await page.getByText('Alike.mov was not finished.').waitFor();
    const before = await libraryHashes();
    await choose(page, [chosen]);
    await expectEnd(page, '1 video is safe on Studio Mac');
    const [hash = ''] = await hashesOf([chosen]);
    expect(await libraryHashes()).toEqual([...before, hash].toSorted());
    // Nothing tells them apart before the whole of it was read.
    const offsets = network.parts.map(({ offset }) => offset);
    expect(offsets).toEqual([0, expect.any(Number), 3_000_000 + FILM_HEAD_BYTE_COUNT, 0]);
    expect(offsets[1]).toBeGreaterThan(0);
    expect(phone.complaints).toEqual([]);
  });

  it('begins a file anew where the computer has nothing of it any more', async () => {
    await using phone = await openPhone(browser, network);
    const { page } = phone;
    await pairPhone(page, roost);
    network.downAfterByteCount = 1_000_000;
    const film = await writeFilm(folder, 'Gone film.mov', 3_000_000);
    await choose(page, [film]);
    await page.getByRole('heading', { name: 'Waiting for Studio Mac' }).waitFor();
    const { token, uploadId } = await unfinishedUpload(page);
    const cancelled = await fetch(`${roost.lanUrl}/v1/uploads/${uploadId}`, {
      method: 'DELETE',
      headers: { authorization: `Bearer ${token}` },
    });
    expect(cancelled.status).toBe(204);
    network.isDown = false;
    await page.getByRole('button', { name: 'Try now' }).click();
    await expectEnd(page, '1 video is safe on Studio Mac');
    expect(network.parts.map(({ offset }) => offset)).toEqual([0, 0]);
    expect(await libraryHashes()).toEqual(expect.arrayContaining(await hashesOf([film])));
    expect(await page.evaluate('localStorage.getItem("roost.uploads")')).toBeNull();
  });

  it('keeps one copy of what arrived while its answer was lost', async () => {
    await using phone = await openPhone(browser, network);
    const { page } = phone;
    await pairPhone(page, roost);
    network.lostAnswers = 1;
    const paths = await photos(1);
    await choose(page, paths);
    await expectEnd(page, '1 photo is safe on Studio Mac');
    const [hash] = await hashesOf(paths);
    expect((await libraryHashes()).filter((each) => each === hash)).toHaveLength(1);
  });

  it('says that the computer is away and goes on once it is back', async () => {
    await using phone = await openPhone(browser, network);
    const { page } = phone;
    await pairPhone(page, roost);
    network.isDown = true;
    await choose(page, await photos(2));
    await page.getByText('The computer does not answer at the moment.').waitFor();
    network.isDown = false;
    await page.getByRole('button', { name: 'Try now' }).click();
    await expectEnd(page, '2 photos are safe on Studio Mac');
  });

  it('asks to keep the screen on where the browser cannot do that by itself', async () => {
    await using phone = await openPhone(browser, network);
    const { page } = phone;
    await pairPhone(page, roost);
    const release = network.holdUploads();
    await choose(page, await photos(1));
    await page.getByText('Keep this page open and the screen on').waitFor();
    release();
    await expectEnd(page, '1 photo is safe on Studio Mac');
  });

  it('stops when asked, tells what is safe, and sends the rest later', async () => {
    await using phone = await openPhone(browser, network);
    const { page } = phone;
    await pairPhone(page, roost);
    const release = network.holdUploads();
    await choose(page, await photos(3));
    await page.locator('#active li').nth(1).waitFor();
    await page.getByRole('button', { name: 'Stop' }).click();
    await expectEnd(page, 'Nothing was sent');
    release();
    await page.getByRole('button', { name: 'Try the rest again' }).click();
    await expectEnd(page, '3 photos are safe on Studio Mac');
  });

  it('says in words that a code is wrong and lets another be typed', async () => {
    await using phone = await openPhone(browser, network);
    const { page } = phone;
    await page.goto(`${plainAddress()}pair#00000000`);
    await page.getByRole('button', { name: 'Connect' }).click();
    const problem = page.getByRole('alert');
    await problem.waitFor();
    expect(await problem.textContent()).toContain('The pairing code is wrong, used or expired.');
    await page.getByLabel('Pairing code').fill('1234');
    await page.getByRole('button', { name: 'Connect' }).click();
    await page.getByText('The code has 8 digits.').waitFor();
    const code = new URL(await pairingAddress(roost)).hash.slice(1);
    await page.getByLabel('Pairing code').fill(`${code.slice(0, 4)} ${code.slice(4)}`);
    await page.getByRole('button', { name: 'Connect' }).click();
    await page.getByRole('heading', { name: 'Send photos to Studio Mac' }).waitFor();
  });

  it('asks for a new code when trust was taken away, and then sends what was chosen', async () => {
    await using phone = await openPhone(browser, network);
    const { page } = phone;
    await page.goto(await pairingAddress(roost));
    await page.getByLabel('Name of this device').fill('Lost phone');
    await page.getByRole('button', { name: 'Connect' }).click();
    await page.getByRole('heading', { name: 'Send photos to Studio Mac' }).waitFor();
    const address = await findRunningService(roost.folders.dataFolder);
    const { devices } = await callWindow(address, 'devices.list', {});
    const { deviceId, platform } = devices.find(({ name }) => name === 'Lost phone')!;
    expect(isWebPage({ platform })).toBe(true);
    await callWindow(address, 'device.revoke', { deviceId });

    await choose(page, await photos(2));
    await page.getByText('This phone is not paired any more. Type a new code below.').waitFor();
    const code = new URL(await pairingAddress(roost)).hash.slice(1);
    await page.getByLabel('Pairing code').fill(code);
    await page.getByRole('button', { name: 'Connect' }).click();
    await expectEnd(page, '2 photos are safe on Studio Mac');
  });

  it('forgets the computer when asked', async () => {
    await using phone = await openPhone(browser, network);
    const { page } = phone;
    await pairPhone(page, roost);
    await page.getByText('What this browser keeps').click();
    await page.getByRole('button', { name: 'Forget this computer' }).click();
    await page.getByText('Forgotten.').waitFor();
    await page.goto(plainAddress());
    await page.getByRole('heading', { name: 'Connect to Studio Mac' }).waitFor();
    expect(await page.getByLabel('Pairing code').isVisible()).toBe(true);
  });

  it.each<Scheme>(['light', 'dark'])(
    'has no serious barrier in %s colours',
    async (scheme) => {
      await using phone = await openPhone(browser, network, scheme);
      const { page } = phone;
      await page.goto(`${plainAddress()}pair`);
      await page.getByRole('heading', { name: 'Connect to Studio Mac' }).waitFor();
      await page.getByRole('button', { name: 'Connect' }).click();
      await expectNoBarrier(page, `pair-${scheme}`);
      await pairPhone(page, roost);
      for (const fold of await page.locator('summary').all()) await fold.click();
      await expectNoBarrier(page, `choose-${scheme}`);

      const release = network.holdUploads();
      await choose(page, [...(await photos(6)), await writeFilm(folder, `film-${scheme}.mov`)]);
      await page.locator('#active li').nth(1).waitFor();
      await expectNoBarrier(page, `sending-${scheme}`);
      await page.getByRole('button', { name: 'Stop' }).click();
      await page.locator('#done').waitFor();
      await expectNoBarrier(page, `stopped-${scheme}`);
      release();
      await page.getByRole('button', { name: 'Try the rest again' }).click();
      await page.getByRole('heading', { name: /are safe on/ }).waitFor();
      await expectNoBarrier(page, `done-${scheme}`);
    },
    120_000,
  );
});
