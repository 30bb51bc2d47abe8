import { randomBytes } from 'node:crypto';
import {
  appendFile,
  mkdir,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises';
import { join } from 'node:path';

import { beforeEach, describe, expect, it, vi } from 'vitest';

import type { ServiceStatus } from '../../electron/service/config/service-config.ts';
import { checkedLine } from '../../electron/service/library/checked-line.ts';
import { uploadPath } from '../../shared/native-protocol.ts';
import { journaledReceipts, openCore, receipt, sha256Of, upload } from '../support/core-lab.ts';
import { expectWhole } from '../support/expect-whole.ts';
import { LookTimers } from '../support/look-after.ts';
import { RawConnection } from '../support/raw-connection.ts';
import { sampleJpeg } from '../support/sample-photos.ts';
import { ServiceInTest } from '../support/service-in-test.ts';
import { tempFolder } from '../support/temp-folder.ts';

beforeEach((context) => {
  // There a drive that is pulled takes its open files along; nobody can do that to a folder.
  if (process.platform === 'win32') context.skip('Windows renames no folder with open files');
});

const CLOSED = /socket hang up|ECONNRESET/;

async function ping(roost: ServiceInTest): Promise<unknown> {
  const answer = await roost.stranger().send('GET', '/v1/ping', {});
  expect(answer.status).toBe(200);
  return (JSON.parse(answer.body) as { library: unknown }).library;
}

async function lastJob(roost: ServiceInTest) {
  const { jobs } = await roost.window.call('jobs.list', {});
  return jobs[0];
}

/** A service that ran once, with a photo of a paired phone, and whose drive was then pulled. */
async function withLibraryAway(folder: string, withTile = false) {
  const first = await ServiceInTest.start({ folder });
  const phone = await first.phone('Anna');
  const bytes = await sampleJpeg();
  expect((await phone.upload({ assetKey: 'a', bytes })).status).toBe(201);
  const hasTile = async (): Promise<boolean> =>
    (await first.window.call('overview.get', {})).previews.waitingCount === 0;
  if (withTile) await vi.waitUntil(hasTile, { timeout: 30_000 });
  await first[Symbol.asyncDispose]();
  const { libraryFolder } = first;
  await rename(libraryFolder, `${libraryFolder}-away`);
  return {
    token: phone.token,
    deviceId: phone.deviceId,
    bytes,
    libraryFolder,
    bringBack: () => rename(`${libraryFolder}-away`, libraryFolder),
  };
}

describe('a start without the library', () => {
  it('waits for it, says so everywhere, and goes on by itself when it is there', async () => {
    await using temp = await tempFolder();
    const away = await withLibraryAway(temp.path);
    const timers = new LookTimers();
    const told: ServiceStatus[] = [];
    await using roost = await ServiceInTest.start({
      folder: temp.path,
      timers,
      onStatus: (status) => told.push(status),
    });
    expect(await ping(roost)).toBe('missing');
    expect((await roost.window.call('overview.get', {})).library).toMatchObject({
      folder: away.libraryFolder,
      state: 'missing',
      problemCode: 'library/missing',
      assetCount: 1,
    });
    expect(told).toEqual([
      { liveUploadCount: 0, libraryState: 'missing', libraryProblem: 'library/missing' },
    ]);

    const phone = roost.stranger(away.token);
    const photo = { assetKey: 'b', bytes: randomBytes(500) };
    await expect(phone.upload(photo)).rejects.toThrow(CLOSED);
    expect(await lastJob(roost)).toMatchObject({
      assetKey: 'b',
      state: 'interrupted',
      errorCode: 'library/missing',
    });
    expect(await readdir(temp.path)).not.toContain('library');

    await away.bringBack();
    await timers.until(roost, 'ready');
    expect(await ping(roost)).toBe('ready');
    expect((await phone.upload(photo)).status).toBe(201);
    expect(told.at(-1)).toEqual({ liveUploadCount: 0, libraryState: 'ready' });
    await expectWhole(roost.libraryFolder);
  });

  it('shows what is known and the pictures that are made, and says why there is no more', async () => {
    await using temp = await tempFolder();
    const away = await withLibraryAway(temp.path, true);
    await using roost = await ServiceInTest.start({ folder: temp.path, timers: new LookTimers() });
    const { months } = await roost.window.call('timeline.months', {});
    const { assets } = await roost.window.call('timeline.month', { month: months[0]!.month });
    const { assetId } = assets[0]!;
    const tile = await roost.window.get(`/media/assets/${assetId}/tile`);
    expect(tile.headers.get('content-type')).toBe('image/webp');
    const screen = await roost.window.get(`/media/assets/${assetId}/screen`);
    expect(screen.status).toBe(404);
    expect(await screen.text()).toContain('file-unreadable');
    const { resources } = await roost.window.call('asset.get', { assetId });
    const path = `/media/resources/${resources[0]!.receiptId}/original`;
    const original = await roost.window.get(path);
    expect(original.status).toBe(503);
    expect(await original.json()).toMatchObject({
      code: 'library/missing',
      detail: 'Connect the drive again. Receiving goes on by itself.',
    });
    const { devices } = await roost.window.call('devices.list', {});
    expect(devices).toMatchObject([{ name: 'Anna', trusted: true, resourceCount: 1 }]);
    expect(devices[0]!.deviceId).toBe(away.deviceId);
  });

  it('keeps trust as it is: no pairing, renaming or revoking, and no code is used up', async () => {
    await using temp = await tempFolder();
    const { deviceId, token, bringBack } = await withLibraryAway(temp.path);
    const timers = new LookTimers();
    await using roost = await ServiceInTest.start({ folder: temp.path, timers });
    const { window } = roost;
    await expect(window.call('pairing.begin', {})).rejects.toThrow('503');
    await expect(window.call('device.create', { name: 'B' })).rejects.toThrow('library/missing');
    await expect(window.call('device.rename', { deviceId, name: 'B' })).rejects.toThrow(
      'library/missing',
    );
    await expect(window.call('device.revoke', { deviceId })).rejects.toThrow('library/missing');
    const known = roost.stranger(token);
    const check = { resources: [{ assetKey: 'a', resourceType: 'photo' }] };
    const checked = await known.json('POST', '/v1/check', check);
    expect([checked.status, checked.headers['roost-error']]).toEqual([503, 'library/missing']);
    const unknown = await roost.stranger('roost_0_1').json('POST', '/v1/check', check);
    expect(unknown.status).toBe(401);

    await bringBack();
    await timers.until(roost, 'ready');
    const { code } = await window.call('pairing.begin', {});
    const device = { name: 'Ben' };
    await rename(roost.libraryFolder, `${roost.libraryFolder}-away`);
    await timers.until(roost, 'missing');
    const refused = await roost.stranger().json('POST', '/v1/pair', { code, device });
    expect([refused.status, refused.headers['roost-error']]).toEqual([503, 'library/missing']);
    await bringBack();
    await timers.until(roost, 'ready');
    const paired = await roost.stranger().json('POST', '/v1/pair', { code, device });
    expect(paired.status).toBe(201);
    expect((await known.json('POST', '/v1/check', check)).status).toBe(200);
  });

  it('never tells a phone that its token is wrong when only the library could say who it is', async () => {
    await using temp = await tempFolder();
    const { token, bytes, bringBack } = await withLibraryAway(temp.path);
    await writeFile(
      join(temp.path, 'data', 'catalog.sqlite'),
      'no catalog any more, so no devices',
    );
    const timers = new LookTimers();
    await using roost = await ServiceInTest.start({ folder: temp.path, timers });
    const phone = roost.stranger(token);
    await expect(phone.upload({ assetKey: 'a', bytes })).rejects.toThrow(CLOSED);
    await bringBack();
    await timers.until(roost, 'ready');
    const answer = await phone.upload({ assetKey: 'a', bytes });
    expect([answer.status, answer.headers['roost-result']]).toEqual([200, 'repeated']);
  });

  it('can be given another library in the settings', async () => {
    await using temp = await tempFolder();
    await withLibraryAway(temp.path);
    const folder = join(temp.path, 'other', 'library');
    const asSet = { folder: temp.path, overrides: { libraryFolder: join(temp.path, 'library') } };
    await using roost = await ServiceInTest.start({ ...asSet, timers: new LookTimers() });
    const changed = await roost.window.call('settings.change', { libraryFolder: folder });
    expect(changed).toMatchObject({ settings: { libraryFolder: folder }, restartNeeded: true });
    await roost.running.close();
    await using again = await ServiceInTest.start({
      folder: temp.path,
      overrides: { libraryFolder: folder },
    });
    const { library } = await again.window.call('overview.get', {});
    expect(library).toMatchObject({ folder, state: 'ready', assetCount: 0 });
  });

  it('does not show the photos of the library before in the place of one that is away', async () => {
    await using temp = await tempFolder();
    const away = await withLibraryAway(temp.path);
    const elsewhere = join(temp.path, 'elsewhere');
    const other = { folder: temp.path, overrides: { libraryFolder: elsewhere } };
    await (await ServiceInTest.start(other))[Symbol.asyncDispose]();
    await away.bringBack();
    await (await ServiceInTest.start({ folder: temp.path }))[Symbol.asyncDispose]();
    await rename(elsewhere, `${elsewhere}-away`);
    await using roost = await ServiceInTest.start({ ...other, timers: new LookTimers() });
    const { library } = await roost.window.call('overview.get', {});
    expect(library).toMatchObject({ folder: elsewhere, state: 'missing', assetCount: 0 });
  });
});

describe('a library that goes while Roost runs', () => {
  it('breaks off the upload on its way, and takes it whole when it is back', async () => {
    const timers = new LookTimers();
    await using roost = await ServiceInTest.start({ timers });
    const phone = await roost.phone();
    const bytes = randomBytes(300_000);
    using raw = await RawConnection.to(roost.lanUrl);
    raw.send(
      `PUT ${uploadPath('slow', 'photo')} HTTP/1.1\r\nHost: roost\r\nExpect: 100-continue\r\n` +
        `Authorization: Bearer ${phone.token}\r\nContent-Length: ${bytes.byteLength}\r\n\r\n`,
    );
    await raw.hears('100 Continue');
    raw.send(bytes.subarray(0, 200_000));
    await rename(roost.libraryFolder, `${roost.libraryFolder}-away`);
    await timers.until(roost, 'missing');
    // Nobody sends the rest: Roost itself breaks it off.
    expect((await raw.ends()).replace(/^HTTP\/1\.1 100 Continue\r\n\r\n/, '')).toBe('');
    // What had come is still being written while the connection ends.
    await expect
      .poll(() => lastJob(roost))
      .toMatchObject({ state: 'interrupted', errorCode: 'library/missing' });
    await expect(phone.upload({ assetKey: 'slow', bytes })).rejects.toThrow(CLOSED);

    await rename(`${roost.libraryFolder}-away`, roost.libraryFolder);
    await timers.until(roost, 'ready');
    expect(await roost.stagedNames()).toEqual([]);
    expect((await phone.upload({ assetKey: 'slow', bytes })).status).toBe(201);
    await expectWhole(roost.libraryFolder);
  });

  it('comes back with what another computer put into it, and shows that too', async () => {
    await using temp = await tempFolder();
    const timers = new LookTimers();
    await using roost = await ServiceInTest.start({ folder: join(temp.path, 'here'), timers });
    const phone = await roost.phone();
    const mine = { assetKey: 'mine', bytes: randomBytes(700) };
    expect((await phone.upload(mine)).status).toBe(201);

    const there = join(temp.path, 'there');
    await mkdir(there);
    await rename(roost.libraryFolder, join(there, 'library'));
    await timers.until(roost, 'missing');
    const core = await openCore({ folder: there });
    await core.ingest.receive(upload('theirs'));
    await core[Symbol.asyncDispose]();
    await writeFile(join(core.library.layout.stagingFolder, 'left-over'), 'half');
    await rename(join(there, 'library'), roost.libraryFolder);

    const library = await timers.until(roost, 'ready');
    expect(library).toMatchObject({ assetCount: 2, resourceCount: 2 });
    expect(await roost.stagedNames()).toEqual([]);
    const same = await phone.upload({ assetKey: 'same', bytes: Buffer.from('theirs') });
    expect(same.headers['roost-result']).toBe('duplicate');
    const repeated = await phone.upload(mine);
    expect(repeated.headers['roost-result']).toBe('repeated');
    expect((await phone.upload({ assetKey: 'new', bytes: randomBytes(9) })).status).toBe(201);
    expect(await journaledReceipts(roost.libraryFolder)).toHaveLength(3);
    await expectWhole(roost.libraryFolder);
  });

  it('loses no line of another computer when nobody saw it go, as while the computer slept', async () => {
    const timers = new LookTimers();
    await using roost = await ServiceInTest.start({ timers });
    const phone = await roost.phone();
    expect((await phone.upload({ assetKey: 'a', bytes: randomBytes(50) })).status).toBe(201);
    const theirs = receipt({ path: 'Theirs/2026/IMG_1.HEIC' });
    await mkdir(join(roost.libraryFolder, 'Theirs', '2026'), { recursive: true });
    await writeFile(join(roost.libraryFolder, theirs.path), 'bytes');
    const journal = join(roost.libraryFolder, '.roost', 'journal');
    const file = (await readdir(journal)).at(-1)!;
    await appendFile(join(journal, file), checkedLine({ entry: 'receipt', ...theirs }));

    const photo = { assetKey: 'b', bytes: randomBytes(60) };
    await expect(phone.upload(photo)).rejects.toThrow(CLOSED);
    await timers.until(roost, ({ assetCount }) => assetCount === 2);
    await timers.until(roost, 'ready');
    expect((await phone.upload(photo)).status).toBe(201);
    expect(await journaledReceipts(roost.libraryFolder)).toHaveLength(3);
    await expectWhole(roost.libraryFolder);
  });

  it('is not taken for another one in its place, which stays untouched', async () => {
    await using temp = await tempFolder();
    const timers = new LookTimers();
    await using roost = await ServiceInTest.start({ folder: temp.path, timers });
    const phone = await roost.phone();
    const photo = { assetKey: 'a', bytes: randomBytes(50) };
    expect((await phone.upload(photo)).status).toBe(201);
    const { libraryFolder } = roost;
    await rename(libraryFolder, `${libraryFolder}-away`);
    const other = await openCore({ folder: temp.path });
    await other.ingest.receive(upload('not ours'));
    await other[Symbol.asyncDispose]();
    const before = await journalText(libraryFolder);

    const library = await timers.until(roost, 'unusable');
    expect(library.problemCode).toBe('library/other-library');
    expect(library.assetCount).toBe(1);
    expect(await ping(roost)).toBe('missing');
    await expect(phone.upload({ assetKey: 'b', bytes: randomBytes(5) })).rejects.toThrow(CLOSED);
    expect(await journalText(libraryFolder)).toBe(before);
    await expectWhole(libraryFolder);

    await rm(libraryFolder, { recursive: true });
    await rename(`${libraryFolder}-away`, libraryFolder);
    await timers.until(roost, 'ready');
    expect((await phone.upload(photo)).headers['roost-result']).toBe('repeated');
    expect(await journaledReceipts(libraryFolder)).toHaveLength(1);
  });

  it.each([
    ['{"roostLibrary":2}', 'library/not-a-library'],
    ['{"roostLibrary":', 'library/identity-damaged'],
  ])('is let go with the identity %s, and taken again when that is mended', async (text, code) => {
    const timers = new LookTimers();
    await using roost = await ServiceInTest.start({ timers });
    const phone = await roost.phone();
    const identity = join(roost.libraryFolder, '.roost', 'library.json');
    const good = await readFile(identity, 'utf8');
    await writeFile(identity, text);
    expect((await timers.until(roost, 'unusable')).problemCode).toBe(code);
    await expect(phone.upload({ assetKey: 'a', bytes: randomBytes(5) })).rejects.toThrow(CLOSED);
    expect(await readFile(identity, 'utf8')).toBe(text);
    await writeFile(identity, good);
    await timers.until(roost, 'ready');
    expect((await phone.upload({ assetKey: 'a', bytes: randomBytes(5) })).status).toBe(201);
  });
});

describe('a library that another Roost uses', () => {
  it('is waited for, and taken over when that one ends', async () => {
    await using temp = await tempFolder();
    await using first = await ServiceInTest.start();
    const { libraryFolder } = first;
    const timers = new LookTimers();
    await using second = await ServiceInTest.start({
      folder: temp.path,
      timers,
      overrides: { libraryFolder },
    });
    expect((await second.window.call('overview.get', {})).library).toMatchObject({
      state: 'in-use',
      problemCode: 'library/in-use',
    });
    expect(await ping(second)).toBe('missing');
    const phone = await first.phone();
    expect((await phone.upload({ assetKey: 'a', bytes: randomBytes(5) })).status).toBe(201);
    await first.running.close();
    expect((await timers.until(second, 'ready')).assetCount).toBe(1);
    const own = await second.phone();
    expect((await own.upload({ assetKey: 'b', bytes: randomBytes(6) })).status).toBe(201);
    await expectWhole(libraryFolder);
  });
});

it('makes a new library where none was known, also in folders that are not there', async () => {
  await using temp = await tempFolder();
  const libraryFolder = join(temp.path, 'some', 'where', 'library');
  await using roost = await ServiceInTest.start({ overrides: { libraryFolder } });
  expect(await ping(roost)).toBe('ready');
  expect((await stat(join(libraryFolder, '.roost', 'library.json'))).isFile()).toBe(true);
});

async function journalText(libraryFolder: string): Promise<string> {
  const folder = join(libraryFolder, '.roost', 'journal');
  const names = (await readdir(folder)).sort();
  const texts = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
  return sha256Of(texts.join('\0'));
}
