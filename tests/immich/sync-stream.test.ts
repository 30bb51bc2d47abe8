import { createHash } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { catalogPath } from '../../electron/service/catalog/catalog-files.ts';
import { sampleJpeg } from '../support/sample-photos.ts';
import { ServiceInTest } from '../support/service-in-test.ts';
import { tempFolder } from '../support/temp-folder.ts';

import type { FormPart } from './support/form-body.ts';
import { ImmichPhone } from './support/immich-phone.ts';
import { hearAll, syncLines, toldOf } from './support/sync-stream.ts';

async function sent(phone: ImmichPhone, fileName: string, bytes: Uint8Array): Promise<string> {
  const parts: FormPart[] = [
    ['fileCreatedAt', '2024-03-02T10:00:00Z'],
    ['fileModifiedAt', '2024-03-02T10:00:00Z'],
    { name: 'assetData', fileName, bytes },
  ];
  return (JSON.parse((await phone.upload(parts)).body) as { id: string }).id;
}

const photo = (width: number): Promise<Uint8Array> => sampleJpeg({ width, height: 60 });

describe('what is streamed to an app', () => {
  it('tells of a still anew when its movie comes behind it, by whatever protocol', async () => {
    await using roost = await ServiceInTest.start();
    const device = await roost.phone('Live');
    using phone = new ImmichPhone(roost.lanUrl, device.token);
    const assetKey = 'B3D7A1C0-AAAA-4000-8000-000000000001/L0/001';
    await device.upload({ assetKey, bytes: await photo(81), fileName: 'IMG_1.JPG' });
    await expect
      .poll(async () => (await syncLines(phone))[0]?.data)
      .toMatchObject({ width: 81, livePhotoVideoId: null, visibility: 'timeline' });
    const [still] = await hearAll(phone);
    await device.upload({
      assetKey,
      resourceType: 'paired-video',
      bytes: Buffer.from('a movie, as far as its name goes'),
      fileName: 'IMG_1.MOV',
    });
    await expect
      .poll(async () => {
        const lines = await syncLines(phone);
        const of = (id: unknown) => lines.find(({ data }) => data['id'] === id)?.data;
        const movie = of(of(still!.data['id'])?.['livePhotoVideoId']);
        return movie?.['visibility'];
      })
      .toBe('hidden');
  });

  it('calls a file that was found damaged deleted, and tells of the one sent in its place', async () => {
    await using roost = await ServiceInTest.start();
    const { token } = await roost.phone('Rotten');
    using phone = new ImmichPhone(roost.lanUrl, token);
    const bytes = await photo(82);
    const first = await sent(phone, 'IMG_2.JPG', bytes);
    await hearAll(phone);
    const [path] = await roost.originals();
    await rm(join(roost.libraryFolder, path!));
    // Also before anybody found that out: an app takes what is found by its checksum as safe.
    const checksum = createHash('sha1').update(bytes).digest('base64');
    const found = await phone.call('POST', '/api/search/metadata', { checksum });
    expect(found.json).toMatchObject({ assets: { items: [] } });
    const asked = { assets: [{ id: 'x', checksum }] };
    const checked = await phone.call('POST', '/api/assets/bulk-upload-check', asked);
    expect(checked.json).toEqual({ results: [{ id: 'x', action: 'accept' }] });
    await roost.window.call('scrub.start', {});
    await expect
      .poll(async () => toldOf(await syncLines(phone)))
      .toEqual([['AssetDeleteV1', first]]);
    const second = await sent(phone, 'IMG_2.JPG', bytes);
    expect(second).not.toBe(first);
    expect(toldOf(await syncLines(phone))).toContainEqual(['AssetV2', second]);
    expect(await roost.originals()).toHaveLength(1);
  });

  it('says nothing of what is here while the library is away', async () => {
    await using roost = await ServiceInTest.start();
    const { token } = await roost.phone('Away');
    using phone = new ImmichPhone(roost.lanUrl, token);
    const bytes = await photo(85);
    await sent(phone, 'IMG_5.JPG', bytes);
    await roost.whileLibraryIsAway(async () => {
      const checksum = createHash('sha1').update(bytes).digest('base64');
      const asked = { assets: [{ id: 'x', checksum }] };
      const answers = [
        await phone.call('POST', '/api/search/metadata', { checksum }),
        await phone.call('POST', '/api/assets/bulk-upload-check', asked),
      ];
      expect(answers.map(({ status }) => status)).toEqual([503, 503]);
    });
  });

  it('begins anew after the catalog was made anew, whatever the app had acknowledged', async () => {
    await using temp = await tempFolder();
    let id: string;
    let token: string;
    {
      await using roost = await ServiceInTest.start({ folder: temp.path });
      ({ token } = await roost.phone('Rebuilt'));
      using phone = new ImmichPhone(roost.lanUrl, token);
      id = await sent(phone, 'IMG_3.JPG', await photo(83));
      await hearAll(phone);
    }
    await rm(catalogPath(join(temp.path, 'data')));
    await using roost = await ServiceInTest.start({ folder: temp.path });
    using phone = new ImmichPhone(roost.lanUrl, token);
    for (const _again of [1, 2]) {
      expect((await syncLines(phone)).map(({ type }) => type)).toEqual(['SyncResetV1']);
    }
    await hearAll(phone);
    expect(toldOf(await hearAll(phone))).toEqual([['AssetV2', id]]);
    // Its header may be read anew meanwhile, which is a change like others.
    await expect.poll(async () => toldOf(await hearAll(phone))).toEqual([]);
  });

  it('forgets what an app acknowledged where the app wants it, of one kind or of all', async () => {
    await using roost = await ServiceInTest.start();
    const { token } = await roost.phone('Forgets');
    using phone = new ImmichPhone(roost.lanUrl, token);
    const id = await sent(phone, 'IMG_4.JPG', await photo(84));
    const types = ['UsersV1', 'AssetsV2'];
    await expect.poll(async () => (await syncLines(phone))[0]?.data['thumbhash']).not.toBeNull();
    await expect.poll(async () => toldOf(await hearAll(phone, types))).toEqual([]);
    await phone.call('DELETE', '/api/sync/ack', { types: ['AssetV2'] });
    expect(toldOf(await syncLines(phone, types))).toEqual([['AssetV2', id]]);
    await phone.call('DELETE', '/api/sync/ack', {});
    expect((await syncLines(phone, types)).map(({ type }) => type)).toEqual([
      ...['UserV1', 'AssetV2', 'SyncCompleteV1'],
    ]);
  });

  it('takes no acknowledgement of what it never streamed', async () => {
    await using roost = await ServiceInTest.start();
    const { token } = await roost.phone('Odd');
    using phone = new ImmichPhone(roost.lanUrl, token);
    const acks = ['AlbumV1|x|1', 'odd', '', '|||', 'AssetV2', 'SyncCompleteV1|x'];
    expect((await phone.call('POST', '/api/sync/ack', { acks })).status).toBe(204);
    const { json } = await phone.call('GET', '/api/sync/ack');
    expect(JSON.stringify(json)).not.toContain('Album');
    const many = { acks: Array.from({ length: 1001 }, () => 'AssetV2|x|1') };
    expect((await phone.call('POST', '/api/sync/ack', many)).status).toBe(400);
    // What makes no sense is of another list than this: the app begins anew, and then goes on.
    const [first] = await syncLines(phone);
    if (first?.type === 'SyncResetV1') {
      await phone.call('POST', '/api/sync/ack', { acks: [first.ack] });
    }
    expect((await syncLines(phone)).at(-1)?.type).toBe('SyncCompleteV1');
  });
});
