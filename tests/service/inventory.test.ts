import { randomBytes } from 'node:crypto';
import { rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { DeviceCoverage } from '../../shared/coverage-view.ts';
import { safeListPath } from '../../shared/coverage-view.ts';
import type { InventoryPageAnswer, InventoryStatus, SafeAnswer } from '../../shared/inventory.ts';
import { sha256Of, type FakePhone, type PhoneAnswer } from '../support/fake-phone.ts';
import { ServiceInTest } from '../support/service-in-test.ts';

type PairedPhone = FakePhone & { deviceId: string; token: string };

let roost: ServiceInTest;
let phone: PairedPhone;
beforeEach(async () => {
  roost = await ServiceInTest.start();
  phone = await roost.phone('iPhone');
});
afterEach(() => roost[Symbol.asyncDispose]());

/** The limit is for what never comes right, not for how fast it does. */
function eventually<T>(ask: () => Promise<T>): ReturnType<typeof expect.poll<Promise<T>>> {
  return expect.poll(ask, { timeout: 30_000 });
}

/** What an answer says, as the protocol has it. */
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- names the answer beside the call
const body = <T>(answer: PhoneAnswer): T => JSON.parse(answer.body) as T;

const PHOTO = randomBytes(4_000);
const MOVIE = randomBytes(9_000);

function file(resourceType: string, bytes: Uint8Array, fileName: string) {
  return { resourceType, byteCount: bytes.byteLength, sha256: sha256Of(bytes), fileName };
}

const LIVE_PHOTO = {
  assetKey: 'LIVE/L0/001',
  kind: 'live-photo',
  createdAt: Date.UTC(2026, 4, 1),
  resources: [file('1', PHOTO, 'IMG_1.HEIC'), file('paired-video', MOVIE, 'IMG_1.MOV')],
};

function put(page: object, by: FakePhone = phone): Promise<PhoneAnswer> {
  return by.json('PUT', '/v1/inventory', page);
}

async function sendLivePhoto(by: FakePhone = phone): Promise<void> {
  const { assetKey } = LIVE_PHOTO;
  await by.upload({ assetKey, bytes: PHOTO, fileName: 'IMG_1.HEIC' });
  await by.upload({ assetKey, resourceType: 'paired-video', bytes: MOVIE, fileName: 'IMG_1.MOV' });
}

async function coverage(deviceId = phone.deviceId): Promise<DeviceCoverage> {
  const { devices } = await roost.window.call('coverage.list', {});
  return devices.find((each) => each.deviceId === deviceId)!;
}

async function groups(): Promise<Record<string, number>> {
  const { inventory } = await coverage();
  const counts = Object.entries(inventory!.groups).map(([group, { assetCount }]) => [
    group,
    assetCount,
  ]);
  return Object.fromEntries(counts.filter(([, count]) => count !== 0)) as Record<string, number>;
}

async function reread(): Promise<void> {
  await roost.window.call('scrub.start', {});
  await eventually(async () => (await roost.window.call('overview.get', {})).scrub.askedAt).toBe(
    undefined,
  );
}

async function safe(by: FakePhone = phone): Promise<SafeAnswer> {
  return body<SafeAnswer>(await by.send('GET', '/v1/safe-to-delete', {}));
}

describe('sending an inventory', () => {
  it('counts from its last page on, and not before', async () => {
    const first = await put({ inventoryId: 'a', page: 0, assets: [LIVE_PHOTO] });
    expect(body(first)).toEqual({ inventoryId: 'a', state: 'draft', pageCount: 1, assetCount: 1 });
    expect((await coverage()).inventory).toBeUndefined();
    expect((await coverage()).draft?.assetCount).toBe(1);
    const status = await phone.send('GET', '/v1/inventory', {});
    expect(status.headers['roost-inventory']).toBe('none');
    expect(body<InventoryStatus>(status).draft).toMatchObject({ pageCount: 1, nextPage: 1 });

    const last = await put({
      inventoryId: 'a',
      page: 1,
      isLast: true,
      assets: [{ assetKey: 'b', resources: [{ resourceType: 'photo' }] }],
    });
    expect(body<InventoryPageAnswer>(last)).toMatchObject({ state: 'current', assetCount: 2 });
    expect(await groups()).toEqual({ owed: 2 });
    const after = await phone.send('GET', '/v1/inventory', {});
    expect(after.headers['roost-inventory']).toBe('current');
    expect(body<InventoryStatus>(after)).toMatchObject({ current: { inventoryId: 'a' } });
  });

  it('never replaces the one before by half of another', async () => {
    await put({ inventoryId: 'a', page: 0, isLast: true, assets: [LIVE_PHOTO] });
    const empty = { assetKey: 'b', resources: [] };
    const answer = await put({ inventoryId: 'b', page: 2, isLast: true, assets: [empty] });
    expect(answer.status).toBe(409);
    expect(answer.headers['roost-error']).toBe('inventory/incomplete');
    expect(body<{ missingPages: number[] }>(answer).missingPages).toEqual([0, 1]);
    expect((await coverage()).inventory?.assetCount).toBe(1);

    await put({ inventoryId: 'b', page: 1, assets: [] });
    await put({ inventoryId: 'b', page: 0, assets: [LIVE_PHOTO] });
    const again = await put({ inventoryId: 'b', page: 2, isLast: true, assets: [empty] });
    expect(body<InventoryPageAnswer>(again)).toMatchObject({ state: 'current', assetCount: 2 });
  });

  it('takes the same page again as the same, another in its place as another', async () => {
    const page = { inventoryId: 'a', page: 0, assets: [LIVE_PHOTO] };
    await put(page);
    expect(body<InventoryPageAnswer>(await put(page)).assetCount).toBe(1);
    const other = { ...page, assets: [{ assetKey: 'x', resources: [] }] };
    expect(body<InventoryPageAnswer>(await put(other)).assetCount).toBe(1);
    const last = { ...page, isLast: true };
    expect(body<InventoryPageAnswer>(await put(last)).state).toBe('current');
    // The answer was lost, and the device asks again.
    expect(body<InventoryPageAnswer>(await put(last)).state).toBe('current');
    const reused = await put({ ...other, isLast: true });
    expect([reused.status, reused.headers['roost-error']]).toEqual([409, 'inventory/closed']);
    expect(
      body<InventoryStatus>(await phone.send('GET', '/v1/inventory', {})).current,
    ).toMatchObject({ inventoryId: 'a', assetCount: 1 });
  });

  it('keeps pages that come at once apart', async () => {
    const pages = Array.from({ length: 6 }, (_, page) => ({
      inventoryId: 'a',
      page,
      assets: Array.from({ length: 300 }, (_, at) => ({
        assetKey: `${page}-${at}`,
        resources: [{ resourceType: 'photo', byteCount: 5 }],
      })),
    }));
    for (let at = 0; at < pages.length; at += 2) {
      await Promise.all(pages.slice(at, at + 2).map((page) => put(page)));
    }
    const last = await put({ inventoryId: 'a', page: 6, isLast: true, assets: [] });
    expect(body<InventoryPageAnswer>(last)).toMatchObject({ pageCount: 7, assetCount: 1800 });
    await eventually(groups).toEqual({ owed: 1800 });
  });

  it('is of its device alone, and of nobody without a token', async () => {
    const other = await roost.phone('Tablet');
    await put({ inventoryId: 'a', page: 0, isLast: true, assets: [LIVE_PHOTO] });
    expect(body(await other.send('GET', '/v1/inventory', {}))).toEqual({});
    for (const [method, path] of [
      ['PUT', '/v1/inventory'],
      ['GET', '/v1/inventory'],
      ['GET', '/v1/safe-to-delete'],
    ] as const) {
      expect((await roost.stranger().send(method, path, {})).status).toBe(401);
    }
    expect((await phone.json('POST', '/v1/inventory', {})).status).toBe(405);
    expect((await phone.json('PUT', '/v1/safe-to-delete', {})).status).toBe(405);
  });

  it('is told of with every check, so that a device sends one that was lost', async () => {
    const check = () => phone.json('POST', '/v1/check', { resources: [] });
    expect((await check()).headers['roost-inventory']).toBe('none');
    await put({ inventoryId: 'a', page: 0, isLast: true, assets: [] });
    expect((await check()).headers['roost-inventory']).toBe('current');
  });
});

describe('what is here of a device', () => {
  beforeEach(async () => {
    await put({ inventoryId: 'a', page: 0, isLast: true, assets: [LIVE_PHOTO] });
  });

  it('is owed until each file is here, then here, then verified once re-read', async () => {
    await phone.upload({ assetKey: LIVE_PHOTO.assetKey, bytes: PHOTO, fileName: 'IMG_1.HEIC' });
    expect(await groups()).toEqual({ owed: 1 });
    await sendLivePhoto();
    expect(await groups()).toEqual({ here: 1 });
    expect((await safe()).assets).toEqual([]);
    expect((await coverage()).inventory?.isComplete).toBe(false);
    await reread();
    expect(await groups()).toEqual({ verified: 1 });
    expect((await coverage()).inventory?.isComplete).toBe(true);
    expect((await safe()).assets).toEqual([
      {
        assetKey: LIVE_PHOTO.assetKey,
        verifiedAt: expect.any(Number) as number,
        byteCount: 13_000,
      },
    ]);
  });

  it('is owed where the phone has other bytes by now', async () => {
    await sendLivePhoto();
    await reread();
    const edited = {
      ...LIVE_PHOTO,
      resources: [file('photo', randomBytes(4_000), 'IMG_1.HEIC'), LIVE_PHOTO.resources[1]],
    };
    await put({ inventoryId: 'b', page: 0, isLast: true, assets: [edited] });
    expect(await groups()).toEqual({ owed: 1 });
    expect((await safe()).assets).toEqual([]);
  });

  it('is not another device’s photo of the same name', async () => {
    await sendLivePhoto(await roost.phone('Tablet'));
    await reread();
    expect(await groups()).toEqual({ owed: 1 });
  });

  it('is never verified where the phone told nothing to compare it by', async () => {
    const assets = [
      { ...LIVE_PHOTO, resources: [{ resourceType: 'photo' }, { resourceType: 'paired-video' }] },
    ];
    await put({ inventoryId: 'b', page: 0, isLast: true, assets });
    await sendLivePhoto();
    await reread();
    expect(await groups()).toEqual({ here: 1 });
    const { assets: listed } = await roost.window.call('coverage.assets', {
      deviceId: phone.deviceId,
      group: 'here',
    });
    expect(listed).toMatchObject([{ isUntold: true, byteCount: 13_000, unsizedCount: 0 }]);
  });

  it('is given up with the reason where the last try failed', async () => {
    const { assetKey } = LIVE_PHOTO;
    await phone.upload({ assetKey, resourceType: 'paired-video', bytes: MOVIE });
    const wrong = { 'repr-digest': `sha-256=:${Buffer.alloc(32).toString('base64')}:` };
    await phone.upload({ assetKey, bytes: PHOTO, fileName: 'IMG_1.HEIC', headers: wrong });
    expect(await groups()).toEqual({ 'given-up': 1 });
    const ask = { deviceId: phone.deviceId, group: 'given-up', search: 'img_1' } as const;
    const { assets } = await roost.window.call('coverage.assets', ask);
    expect(assets).toMatchObject([
      { name: 'IMG_1.HEIC', errorCode: 'upload/digest-mismatch', openTypes: ['photo'] },
    ]);
    await phone.upload({ assetKey, bytes: PHOTO, fileName: 'IMG_1.HEIC' });
    expect(await groups()).toEqual({ here: 1 });
  });

  it('is damaged once re-reading finds that, and safe no more', async () => {
    await sendLivePhoto();
    await reread();
    const path = (await roost.originals()).find((each) => each.endsWith('.MOV'))!;
    const changed = Buffer.from(MOVIE);
    changed[100]! ^= 1;
    await rm(join(roost.libraryFolder, path), { force: true });
    await writeFile(join(roost.libraryFolder, path), changed);
    await reread();
    expect(await groups()).toEqual({ damaged: 1 });
    expect((await safe()).assets).toEqual([]);
    await sendLivePhoto();
    await reread();
    expect(await groups()).toEqual({ verified: 1 });
  });

  it('is not here while it lies in the trash', async () => {
    await sendLivePhoto();
    await reread();
    const [month] = (await roost.window.call('timeline.months', {})).months;
    const { assets } = await roost.window.call('timeline.month', { month: month!.month });
    const { batchId = '' } = await roost.window.call('assets.trash', {
      assetIds: assets.map(({ assetId }) => assetId),
    });
    expect(await groups()).toEqual({ trashed: 1 });
    expect((await safe()).assets).toEqual([]);
    await roost.window.call('assets.restore', { batchId });
    expect(await groups()).toEqual({ verified: 1 });
  });

  it('is not called safe while its file is gone, though nobody re-read it since', async () => {
    await sendLivePhoto();
    await reread();
    const path = (await roost.originals()).find((each) => each.endsWith('.HEIC'))!;
    await rename(join(roost.libraryFolder, path), join(roost.dataFolder, 'taken'));
    expect((await safe()).assets).toEqual([]);
  });

  it('is nothing that can be told while the library is away', async () => {
    await sendLivePhoto();
    await reread();
    await rename(roost.libraryFolder, `${roost.libraryFolder}-away`);
    const answer = await phone.send('GET', '/v1/safe-to-delete', {});
    expect([answer.status, answer.headers['roost-error']]).toEqual([503, 'library/missing']);
    await eventually(async () => (await coverage()).inventory?.isComplete).toBe(false);
    await rm(roost.libraryFolder, { recursive: true, force: true });
    await rename(`${roost.libraryFolder}-away`, roost.libraryFolder);
    await roost.libraryIsBack();
  });
});

it('gives the list that is safe to delete in pages, and as a file no spreadsheet takes for formulas', async () => {
  const assets = await Promise.all(
    Array.from({ length: 7 }, async (_, at) => {
      const bytes = randomBytes(1_000 + at);
      const fileName = at === 3 ? '=HYPERLINK("http://example.com")' : `IMG_${at}.HEIC`;
      await phone.upload({ assetKey: `key-${at}`, bytes, fileName });
      return { assetKey: `key-${at}`, resources: [file('photo', bytes, fileName)] };
    }),
  );
  await put({ inventoryId: 'a', page: 0, isLast: true, assets });
  await reread();
  const keys: string[] = [];
  let after = '';
  do {
    const path = `/v1/safe-to-delete?limit=3${after === '' ? '' : `&after=${after}`}`;
    const answer = body<SafeAnswer>(await phone.send('GET', path, {}));
    keys.push(...answer.assets.map(({ assetKey }) => assetKey));
    expect(answer.verifiedWithinDays).toBe(30);
    after = answer.nextCursor ?? '';
  } while (after !== '');
  expect(keys.sort()).toEqual(assets.map(({ assetKey }) => assetKey));

  const list = await roost.window.get(safeListPath(phone.deviceId));
  expect(list.headers.get('content-type')).toBe('text/csv; charset=utf-8');
  expect(list.headers.get('content-disposition')).toContain('attachment');
  const lines = (await list.text()).trim().split('\r\n');
  expect(lines).toHaveLength(8);
  expect(lines.filter((each) => each.startsWith(`"'=HYPERLINK(""http:`))).toHaveLength(1);
  const odd = await phone.send('GET', '/v1/safe-to-delete?after=nonsense', {});
  expect(odd.status).toBe(400);
  expect((await phone.send('GET', '/v1/safe-to-delete?limit=0', {})).status).toBe(400);
});

it('tells of a device without an inventory what it sent, and that none is known', async () => {
  await sendLivePhoto();
  expect(await coverage()).toMatchObject({ verifiedWithinDays: 30, quietAfterDays: 7 });
  expect((await coverage()).inventory).toBeUndefined();
  expect(await safe()).toEqual({ verifiedWithinDays: 30, assets: [] });
  const { deviceId } = phone;
  const sent = { resourceCount: 2, byteCount: 13_000, damagedCount: 0, trashedCount: 0 };
  expect(await roost.window.call('coverage.sent', { deviceId })).toEqual({
    ...sent,
    verifiedCount: 0,
    verifiedByteCount: 0,
  });
  await reread();
  expect(await roost.window.call('coverage.sent', { deviceId })).toEqual({
    ...sent,
    verifiedCount: 2,
    verifiedByteCount: 13_000,
  });
  await expect(roost.window.call('coverage.assets', { deviceId, group: 'owed' })).rejects.toThrow(
    '404',
  );
});
