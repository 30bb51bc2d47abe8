import { createHash, randomBytes } from 'node:crypto';

import * as immich from '@immich/sdk';
import { io, type Socket } from 'socket.io-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { sampleJpeg } from '../support/sample-photos.ts';
import { ServiceInTest } from '../support/service-in-test.ts';
import { MAX_SOCKETS_OF_DEVICE } from '../../electron/service/lan/protocols/immich/live-hints.ts';

import { ImmichPhone } from './support/immich-phone.ts';
import type { SyncLine } from './support/sync-stream.ts';

let roost: ServiceInTest;
let made: { deviceId: string; token: string; loginName: string; password: string };
let phone: ImmichPhone;
beforeAll(async () => {
  roost = await ServiceInTest.start();
  made = await roost.window.call('device.createLogin', { name: 'Ada’s iPhone' });
});
afterAll(async () => {
  phone.close();
  await roost[Symbol.asyncDispose]();
});

const sha1 = (bytes: Uint8Array): string => createHash('sha1').update(bytes).digest('base64');
const times = { fileCreatedAt: '2026-05-01T12:30:00Z', fileModifiedAt: '2026-05-01T12:31:00Z' };
const blob = (bytes: Uint8Array, name: string): Blob => new File([new Uint8Array(bytes)], name);

/** All that the stream tells now, heard by the SDK. */
async function stream(
  types: readonly (keyof typeof immich.SyncRequestType)[],
  reset?: boolean,
): Promise<SyncLine[]> {
  const text = await immich.getSyncStream({
    syncStreamDto: {
      types: types.map((type) => immich.SyncRequestType[type]),
      ...(reset !== undefined && { reset }),
    },
  });
  return String(text)
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as SyncLine);
}

/** Opens Socket.IO as Immich's app does. */
function openSocket(headers: Record<string, string>): Socket {
  return io(roost.lanUrl, {
    path: '/api/socket.io',
    transports: ['websocket'],
    extraHeaders: headers,
    reconnection: false,
    forceNew: true,
  });
}

let accessToken = '';
const immichHeaders = (): Record<string, string> => ({ authorization: `Bearer ${accessToken}` });

describe("Immich's own client", () => {
  it('logs in, and learns who it is and what the server is', async () => {
    immich.init({ baseUrl: `${roost.lanUrl}/api`, apiKey: '' });
    expect(made.loginName).toBe('adas-iphone@roost.home.arpa');
    const session = await immich.login({
      loginCredentialDto: { email: made.loginName.toUpperCase(), password: made.password },
    });
    expect(session).toMatchObject({ userId: made.deviceId, userEmail: made.loginName });
    ({ accessToken } = session);
    phone = new ImmichPhone(roost.lanUrl, accessToken);
    immich.setHeaders(immichHeaders());
    expect(await immich.validateAccessToken()).toEqual({ authStatus: true });
    expect(await immich.getServerVersion()).toMatchObject({ major: 3 });
    expect(await immich.getMyUser()).toMatchObject({ id: made.deviceId, name: 'Ada’s iPhone' });
    expect(await immich.getMyPreferences()).toMatchObject({ memories: { enabled: false } });
    expect((await immich.getStorage()).diskSizeRaw).toBeGreaterThan(0);
    expect(await immich.getServerFeatures()).toMatchObject({ passwordLogin: true, oauth: false });
    expect((await immich.getSupportedMediaTypes()).image).toContain('.heic');
  });

  it('uploads with and without a checksum, and is told what is here', async () => {
    const bytes = await sampleJpeg({ width: 200, height: 100 });
    const assetMediaCreateDto = { ...times, assetData: blob(bytes, 'IMG_1.JPG') };
    const first = await immich.uploadAsset({ assetMediaCreateDto });
    expect(first.status).toBe('created');
    expect(await immich.uploadAsset({ assetMediaCreateDto, xImmichChecksum: sha1(bytes) })).toEqual(
      {
        id: first.id,
        status: 'duplicate',
        duplicate: true,
      },
    );
    const hex = createHash('sha1').update(bytes).digest('hex');
    const { results } = await immich.checkBulkUpload({
      assetBulkUploadCheckDto: {
        assets: [
          { id: 'hex', checksum: hex },
          { id: 'base64', checksum: sha1(bytes) },
          { id: 'new', checksum: sha1(randomBytes(4)) },
          { id: 'odd', checksum: 'x' },
        ],
      },
    });
    expect(results).toEqual([
      { id: 'hex', action: 'reject', reason: 'duplicate', assetId: first.id, isTrashed: false },
      { id: 'base64', action: 'reject', reason: 'duplicate', assetId: first.id, isTrashed: false },
      { id: 'new', action: 'accept' },
      { id: 'odd', action: 'accept' },
    ]);
    const found = await immich.searchAssets({ metadataSearchDto: { checksum: hex } });
    expect(found.assets.items.map(({ id, checksum }) => [id, checksum])).toEqual([
      [first.id, sha1(bytes)],
    ]);
    expect(await immich.getAssetStatistics({})).toEqual({ images: 1, videos: 0, total: 1 });
    const original = await immich.downloadAsset({ id: first.id });
    expect(Buffer.from(await original.arrayBuffer()).equals(bytes)).toBe(true);
    await expect
      .poll(async () => (await immich.viewAsset({ id: first.id })).type)
      .toBe('image/webp');
  });

  it('hears of its files in the stream, and after acknowledging of changes alone', async () => {
    const all = await stream(['AuthUsersV1', 'UsersV1', 'AssetsV2', 'AlbumsV2']);
    expect(all.map(({ type }) => type)).toEqual([
      'AuthUserV1',
      'UserV1',
      'AssetV2',
      'SyncCompleteV1',
    ]);
    expect(all[2]!.data).toMatchObject({
      ownerId: made.deviceId,
      originalFileName: 'IMG_1.JPG',
      type: 'IMAGE',
      isFavorite: false,
      deletedAt: null,
      width: 200,
      height: 100,
    });
    await immich.sendSyncAck({ syncAckSetDto: { acks: all.map(({ ack }) => ack) } });
    expect((await immich.getSyncAck()).map(({ type }) => type as string).toSorted()).toEqual([
      'AssetV2',
      'AuthUserV1',
      'SyncCompleteV1',
      'UserV1',
    ]);
    const rest = await stream(['AuthUsersV1', 'UsersV1', 'AssetsV2']);
    expect(rest.map(({ type }) => type)).toEqual(['SyncCompleteV1']);

    const id = String(all[2]!.data['id']);
    await immich.updateAssets({ assetBulkUpdateDto: { ids: [id], isFavorite: true } });
    const favourite = await stream(['AssetsV2']);
    expect(favourite[0]!.data).toMatchObject({ id, isFavorite: true });
    await immich.sendSyncAck({ syncAckSetDto: { acks: [favourite[0]!.ack] } });
    expect((await stream(['AssetsV2'])).map(({ type }) => type)).toEqual(['SyncCompleteV1']);

    const { assetId } = (await roost.window.call('jobs.list', {})).jobs[0]!;
    await roost.window.call('assets.trash', { assetIds: [assetId!] });
    const trashed = await stream(['AssetsV2']);
    expect(trashed[0]!.data).toMatchObject({ id });
    expect(trashed[0]!.data['deletedAt']).not.toBeNull();
    expect((await stream(['AssetsV2'], true)).map(({ type }) => type)).toEqual([
      'AssetV2',
      'SyncCompleteV1',
    ]);
  });

  it('keeps what its app notes beside a file, and streams it back', async () => {
    const [asset] = await stream(['AssetsV2'], true);
    const assetId = String(asset!.data['id']);
    const items = [{ assetId, key: 'mobile-app', value: { iCloudId: 'c:1:2', longitude: '11.5' } }];
    const foreign = { assetId: made.deviceId, key: 'mobile-app', value: {} };
    const kept = await phone.call('PUT', '/api/assets/metadata', { items: [...items, foreign] });
    expect(kept.json).toMatchObject(items);
    const lines = await stream(['AssetMetadataV1']);
    expect(lines.map(({ type }) => type)).toEqual(['AssetMetadataV1', 'SyncCompleteV1']);
    expect(lines[0]!.data).toEqual(items[0]);
    await immich.sendSyncAck({ syncAckSetDto: { acks: lines.map(({ ack }) => ack) } });
    expect(await stream(['AssetMetadataV1'])).toHaveLength(1);
    const long = { assetId, key: 'mobile-app', value: { text: 'x'.repeat(9000) } };
    expect((await phone.call('PUT', '/api/assets/metadata', { items: [long] })).status).toBe(400);
    // What is told again was noted when it was told first.
    expect((await phone.call('PUT', '/api/assets/metadata', { items })).json).toEqual(
      (kept.json as object[]).slice(0, 1),
    );
  });

  it('keeps at most fifty keys beside a file, in one request or in several at once', async () => {
    const [asset] = await stream(['AssetsV2'], true);
    const assetId = String(asset!.data['id']);
    const put = (from: number, to: number) =>
      phone.call('PUT', '/api/assets/metadata', {
        items: Array.from({ length: to - from }, (_, at) => ({
          ...{ assetId, key: `key-${from + at}`, value: { at } },
        })),
      });
    const keyCount = async (): Promise<number> =>
      (await stream(['AssetMetadataV1'], true)).filter(({ type }) => type === 'AssetMetadataV1')
        .length;
    expect((await put(0, 1000)).status).toBe(413);
    expect(await keyCount()).toBe(1);
    const other = new ImmichPhone(roost.lanUrl, accessToken);
    const more = { items: [{ assetId, key: 'one-more', value: {} }] };
    const statuses = await Promise.all([
      put(0, 49).then(({ status }) => status),
      other.call('PUT', '/api/assets/metadata', more).then(({ status }) => status),
    ]);
    expect(statuses.toSorted()).toEqual([200, 413]);
    expect(await keyCount()).toBe(statuses[0] === 200 ? 50 : 2);
    expect((await put(0, 49)).status).toBe(statuses[0]);
    other.close();
  });

  it('hears of a file that was given up for good as deleted', async () => {
    const { assetId } = (await roost.window.call('jobs.list', {})).jobs[0]!;
    await roost.window.call('trash.empty', { assetIds: [assetId!] });
    await expect
      .poll(async () => (await stream(['AssetsV2'])).map(({ type }) => type))
      .toEqual(['AssetDeleteV1', 'SyncCompleteV1']);
  });

  it('begins anew where its checkpoint is of another catalog', async () => {
    await immich.sendSyncAck({
      syncAckSetDto: { acks: ['AssetV2|6a1c0b0e-0000-4000-8000-000000000000|9000'] },
    });
    const lines = await stream(['AssetsV2']);
    expect(lines).toEqual([{ type: 'SyncResetV1', data: {}, ack: 'SyncResetV1|reset' }]);
    await immich.sendSyncAck({ syncAckSetDto: { acks: [lines[0]!.ack] } });
    expect((await stream(['AssetsV2'])).at(-1)?.type).toBe('SyncCompleteV1');
  });

  it('is refused what it must not do, in words it can show', async () => {
    const refusals = [
      await phone.call('POST', '/api/sync/stream', { types: ['AssetsV1'] }),
      await phone.call('DELETE', '/api/assets', { ids: [], force: true }),
      await phone.call('GET', '/api/faces'),
      await phone.call('POST', '/api/sync/full-sync', {}),
      await phone.call('POST', '/api/assets/bulk-upload-check', { assets: [{ id: 1 }] }),
      await phone.call('GET', '/api/assets/00000000-0000-4000-8000-000000000000'),
    ];
    expect(refusals.map(({ status }) => status)).toEqual([400, 403, 404, 404, 400, 404]);
    for (const { json } of refusals) {
      const { message, statusCode } = json as { message: unknown; statusCode: unknown };
      expect([typeof message, typeof statusCode]).toEqual(['string', 'number']);
    }
  });

  it('has ten thousand checks answered in one call', async () => {
    const assets = Array.from({ length: 10_000 }, (_, at) => ({
      id: `/storage/emulated/0/DCIM/Camera/IMG_${at}.jpg`,
      checksum: sha1(Buffer.from(String(at))),
    }));
    const { results } = await immich.checkBulkUpload({ assetBulkUploadCheckDto: { assets } });
    expect(results).toHaveLength(10_000);
    expect(new Set(results.map(({ action }) => action))).toEqual(new Set(['accept']));
  });

  it('is greeted over Socket.IO, and hears of each upload; nobody else is', async () => {
    const socket = openSocket({ 'x-immich-user-token': accessToken });
    const heard: [string, unknown][] = [];
    socket.onAny((event: string, data: unknown) => heard.push([event, data]));
    await expect.poll(() => heard[0]).toMatchObject(['on_server_version', { major: 3 }]);
    const assetData = blob(await sampleJpeg({ width: 201, height: 99 }), 'IMG_2.JPG');
    const { id } = await immich.uploadAsset({ assetMediaCreateDto: { ...times, assetData } });
    await expect.poll(() => heard[1]).toMatchObject(['on_upload_success', { id }]);
    socket.close();
    for (const headers of [{ 'x-immich-user-token': 'wrong' }, {}]) {
      const stranger = openSocket(headers);
      await new Promise((resolve) => stranger.once('connect_error', resolve));
      stranger.close();
    }
  });

  it('has only a few open at once, which end with their session, with their device, and when it says too much', async () => {
    const { deviceId, token, loginName, password } = await roost.window.call('device.createLogin', {
      name: 'Sockets',
    });
    const { accessToken: session } = await immich.login({
      loginCredentialDto: { email: loginName, password },
    });
    const opened: Socket[] = [];
    const open = async (key: string): Promise<Socket> => {
      const socket = openSocket({ authorization: `Bearer ${key}` });
      opened.push(socket);
      await new Promise((resolve) => socket.once('on_server_version', resolve));
      return socket;
    };
    const isOpen = (socket: Socket): boolean => socket.connected;
    const ofSession = await open(session);
    const ofKey = await open(token);
    // Nothing that is said over it is heard, and what is long ends it.
    const heard: unknown[] = [];
    ofKey.emit('assets', { ids: [] }, (answer: unknown) => heard.push(answer));
    const talker = await open(token);
    talker.emit('assets', 'x'.repeat(5000));
    await expect.poll(() => isOpen(talker)).toBe(false);
    expect([isOpen(ofSession), isOpen(ofKey), heard]).toEqual([true, true, []]);

    const phoneOfSession = new ImmichPhone(roost.lanUrl, session);
    expect((await phoneOfSession.call('POST', '/api/auth/logout', {})).status).toBe(200);
    phoneOfSession.close();
    await expect.poll(() => isOpen(ofSession)).toBe(false);
    expect(isOpen(ofKey)).toBe(true);

    for (let at = 0; at < MAX_SOCKETS_OF_DEVICE; at++) await open(token);
    await expect.poll(() => isOpen(ofKey)).toBe(false);
    expect(opened.filter(isOpen)).toHaveLength(MAX_SOCKETS_OF_DEVICE);
    await roost.window.call('device.revoke', { deviceId });
    await expect.poll(() => opened.filter(isOpen)).toEqual([]);
    for (const socket of opened) socket.close();
    const polling = await fetch(`${roost.lanUrl}/api/socket.io/?EIO=4&transport=polling`);
    expect([polling.status, (await polling.text()).includes('sid')]).toEqual([400, false]);
  });

  it('is out after it logged out; the key of its device goes on', async () => {
    await immich.logout();
    await expect(immich.getMyUser()).rejects.toThrow();
    const key = new ImmichPhone(roost.lanUrl, made.token, 'x-api-key');
    expect((await key.call('GET', '/api/users/me')).status).toBe(200);
    key.close();
  });
});
