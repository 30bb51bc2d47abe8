import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

import { describe, expect, it } from 'vitest';

import {
  journaledReceipts,
  openCore,
  sha256Of,
  TABLET,
  upload,
  visibleFiles,
  type Core,
} from '../../../tests/support/core-lab.ts';
import { FaultyFileSystem } from '../../../tests/support/faulty-file-system.ts';
import { tempFolder } from '../../../tests/support/temp-folder.ts';
import { assetById } from '../catalog/timeline-queries.ts';
import { jobById } from '../jobs/job-queries.ts';

const FOLDER = 'My iPhone/2019/2019-08';

async function read(core: Core, path: string): Promise<string> {
  return readFile(join(core.libraryFolder, ...path.split('/')), 'utf8');
}

describe('a new resource', () => {
  it('is stored bit for bit, under its month, with the capture time as file time', async () => {
    await using temp = await tempFolder();
    await using core = await openCore({ folder: temp.path });
    const { result, receipt, assetId } = await core.ingest.receive(upload('photo'));
    expect(result).toBe('stored');
    expect(receipt).toMatchObject({
      assetId,
      path: `${FOLDER}/IMG_1.HEIC`,
      byteCount: 5,
      sha256: sha256Of('photo'),
      captureTime: { local: '2019-08-04T12:00:00', source: 'device-created' },
    });
    expect(await read(core, receipt.path)).toBe('photo');
    const facts = await stat(join(core.libraryFolder, ...receipt.path.split('/')));
    expect(facts.mtimeMs).toBe(Date.UTC(2019, 7, 4, 12));
    expect(await journaledReceipts(core.libraryFolder)).toMatchObject([receipt]);
    expect(await readdir(core.library.layout.stagingFolder)).toEqual([]);
    expect(jobById(core.catalog, receipt.jobId)).toMatchObject({ state: 'stored', assetId });
  });

  it('has its bytes, its name and its journal line durable, in this order, before it is answered', async () => {
    await using temp = await tempFolder();
    const files = new FaultyFileSystem();
    await using core = await openCore({ folder: temp.path, files });
    const { receipt } = await core.ingest.receive(upload('photo'));
    const answered = files.operations.length;
    const folder = join(core.libraryFolder, ...FOLDER.split('/'));
    const { layout } = core.library;
    const at = (operation: string): number => files.operations.lastIndexOf(operation, answered);
    const staged = files.operations.find((each) =>
      each.startsWith(`datasync ${layout.stagingFolder}`),
    );
    if (staged === undefined) throw new Error('the staged file was never synced');
    const order = [
      at(staged.replace('datasync ', 'writev ')),
      at(staged),
      at(staged.replace('datasync ', 'fstat ')),
      at(`link ${join(core.libraryFolder, ...receipt.path.split('/'))}`),
      at(`syncFolder ${folder}`),
      at(`datasync ${join(layout.journalFolder, '2026-11.jsonl')}`),
    ];
    expect(order).not.toContain(-1);
    expect(order).toEqual(order.toSorted((a, b) => a - b));
    const announced = at(`datasync ${layout.placementFile}`);
    expect(announced).toBeGreaterThan(-1);
    expect(announced).toBeLessThan(order[3] ?? -1);
    for (const made of ['My iPhone', 'My iPhone/2019', FOLDER]) {
      const parent = dirname(join(core.libraryFolder, ...made.split('/')));
      expect(at(`syncFolder ${parent}`)).toBeGreaterThan(-1);
    }
  });

  it('is stored whatever it is called or told', async () => {
    await using temp = await tempFolder();
    await using core = await openCore({ folder: temp.path });
    const names = [
      '../../x',
      'CON',
      'con.txt',
      'a/b',
      'x'.repeat(4000),
      '👨‍👩‍👧.heic',
      'photo\u202egpj.exe',
      'cafe\u0301.jpg',
      '.roost',
      '..',
      '',
      '\u0000',
      '字'.repeat(4000),
    ];
    for (const [at, fileName] of names.entries()) {
      const told = { fileName, createdAt: -1e15, modifiedAt: Number.MAX_SAFE_INTEGER };
      const { receipt } = await core.ingest.receive(
        upload(`photo ${at}`, { assetKey: `${fileName}\u0000`, resourceType: `t${at}`, told }),
      );
      expect(await read(core, receipt.path)).toBe(`photo ${at}`);
      expect(receipt.captureTime.source).toBe('arrival');
      expect(receipt.told.fileName).toBe(fileName);
    }
    const visible = await visibleFiles(core.libraryFolder);
    expect(visible).toHaveLength(names.length);
    expect(visible.filter((path) => !path.startsWith('My iPhone/2026/2026-11/'))).toEqual([]);
  });

  it('takes the time of its own header, before what the device says', async () => {
    await using temp = await tempFolder();
    const capturedAt = { local: '2015-01-02T03:04:05', source: 'exif' } as const;
    await using core = await openCore({
      folder: temp.path,
      readHeader: async (path) => {
        expect(await readFile(path, 'utf8')).toBe('photo');
        return { mediaType: 'image/heic', kind: 'photo', capturedAt };
      },
    });
    const { receipt } = await core.ingest.receive(upload('photo', { told: {} }));
    expect(receipt.path).toBe('My iPhone/2015/2015-01/photo.HEIC');
    expect(receipt.captureTime).toEqual(capturedAt);
  });

  it('gets a number where its name is taken, by Roost or by a person', async () => {
    await using temp = await tempFolder();
    await using core = await openCore({ folder: temp.path });
    await mkdir(join(core.libraryFolder, ...FOLDER.split('/')), { recursive: true });
    await writeFile(join(core.libraryFolder, ...FOLDER.split('/'), 'img_1.heic'), 'mine');
    const names = [];
    for (const key of ['a', 'b']) {
      const { receipt } = await core.ingest.receive(upload(`photo ${key}`, { assetKey: key }));
      names.push(receipt.path.slice(FOLDER.length + 1));
    }
    expect(names).toEqual(['IMG_1 (2).HEIC', 'IMG_1 (3).HEIC']);
    expect(await read(core, `${FOLDER}/img_1.heic`)).toBe('mine');
  });

  it('gets a number also where a file came behind our back', async () => {
    await using temp = await tempFolder();
    await using core = await openCore({ folder: temp.path });
    await core.ingest.receive(upload('photo 1', { assetKey: '1' }));
    await writeFile(join(core.libraryFolder, ...FOLDER.split('/'), 'IMG_1 (2).HEIC'), 'mine');
    const { receipt } = await core.ingest.receive(upload('photo 2', { assetKey: '2' }));
    expect(receipt.path).toBe(`${FOLDER}/IMG_1 (3).HEIC`);
    expect(await read(core, `${FOLDER}/IMG_1 (2).HEIC`)).toBe('mine');
  });
});

describe('bytes that are here already', () => {
  it('are answered with the same receipt when the same resource comes again', async () => {
    await using temp = await tempFolder();
    await using core = await openCore({ folder: temp.path });
    const first = await core.ingest.receive(upload('photo'));
    const again = await core.ingest.receive(upload('photo'));
    expect(again).toEqual({ ...first, result: 'repeated', receipt: again.receipt });
    expect(again.receipt).toMatchObject(first.receipt);
    expect(await visibleFiles(core.libraryFolder)).toEqual([first.receipt.path]);
    expect(await journaledReceipts(core.libraryFolder)).toHaveLength(1);
  });

  it('are linked, not copied, when another device or another asset sends them', async () => {
    await using temp = await tempFolder();
    await using core = await openCore({ folder: temp.path });
    const first = await core.ingest.receive(upload('photo'));
    for (const change of [{ deviceId: TABLET, deviceFolder: 'iPad' }, { assetKey: 'other' }]) {
      const other = await core.ingest.receive(upload('photo', change));
      expect(other).toMatchObject({ result: 'duplicate', assetId: first.assetId });
      expect(other.receipt.receiptId).toBe(first.receipt.receiptId);
      expect((await core.ingest.receive(upload('photo', change))).result).toBe('repeated');
    }
    expect(await visibleFiles(core.libraryFolder)).toEqual([first.receipt.path]);
    expect(assetById(core.catalog, first.assetId)?.resourceCount).toBe(1);
  });

  it('are known before the body is read by hash, or by length and modification time', async () => {
    await using temp = await tempFolder();
    await using core = await openCore({ folder: temp.path });
    const told = { modifiedAt: 1_700_000_000_000 };
    const first = await core.ingest.receive(upload('photo', { told }));
    const early = (change: object): Promise<string | undefined> =>
      core.ingest.recogniseEarly(upload('', { told, ...change })).then((each) => each?.result);
    expect(await early({ digests: { sha256: first.receipt.sha256 } })).toBe('repeated');
    expect(await early({ expectedByteCount: 5 })).toBe('repeated');
    expect(await early({ expectedByteCount: 6 })).toBeUndefined();
    expect(await early({ expectedByteCount: 5, told: { modifiedAt: 1 } })).toBeUndefined();
    expect(await early({ expectedByteCount: 5, told: {} })).toBeUndefined();
    expect(await early({ expectedByteCount: 5, assetKey: 'other' })).toBeUndefined();
    const other = { digests: { sha256: sha256Of('other') }, expectedByteCount: 5 };
    expect(await early(other)).toBeUndefined();
  });

  it('are stored anew when a person deleted or cut the file', async () => {
    await using temp = await tempFolder();
    await using core = await openCore({ folder: temp.path });
    const first = await core.ingest.receive(upload('photo'));
    const path = join(core.libraryFolder, ...first.receipt.path.split('/'));
    const digests = { sha256: first.receipt.sha256 };
    await rm(path);
    expect(await core.ingest.recogniseEarly(upload('', { digests }))).toBeUndefined();
    const second = await core.ingest.receive(upload('photo', { digests }));
    expect(second.result).toBe('stored');
    expect(second.assetId).toBe(first.assetId);
    await writeFile(join(core.libraryFolder, ...second.receipt.path.split('/')), 'cut');
    expect((await core.ingest.receive(upload('photo'))).result).toBe('stored');
  });

  it('are not vouched for by another file of the same length at the path of one that was deleted', async () => {
    await using temp = await tempFolder();
    {
      await using core = await openCore({ folder: temp.path });
      const { receipt } = await core.ingest.receive(upload('photo A', { assetKey: 'a' }));
      await rm(join(core.libraryFolder, ...receipt.path.split('/')));
    }
    await using core = await openCore({ folder: temp.path });
    const other = await core.ingest.receive(upload('photo B', { assetKey: 'b' }));
    expect(other.receipt.path).toBe(`${FOLDER}/IMG_1 (2).HEIC`);
    const again = await core.ingest.receive(upload('photo A', { assetKey: 'a' }));
    expect(again.result).toBe('stored');
    expect(await read(core, again.receipt.path)).toBe('photo A');
    expect(await read(core, other.receipt.path)).toBe('photo B');
  });
});

describe('other bytes under the same name of a device', () => {
  it('are a new version, kept beside the old one and shown', async () => {
    await using temp = await tempFolder();
    await using core = await openCore({ folder: temp.path });
    const first = await core.ingest.receive(upload('version 1'));
    const second = await core.ingest.receive(upload('version 2'));
    expect(second).toMatchObject({ result: 'stored', assetId: first.assetId });
    expect(second.receipt.path).toBe(`${FOLDER}/IMG_1 (2).HEIC`);
    expect(await read(core, first.receipt.path)).toBe('version 1');
    expect(assetById(core.catalog, first.assetId)).toMatchObject({
      version: sha256Of('version 2').slice(0, 16),
      resourceCount: 2,
    });
  });
});

describe('uploads at once', () => {
  it('of the same resource store it once and get the same receipt', async () => {
    await using temp = await tempFolder();
    await using core = await openCore({ folder: temp.path });
    const outcomes = await Promise.all(
      [1, 2, 3, 4].map(() => core.ingest.receive(upload('photo'))),
    );
    expect(outcomes.map((each) => each.result).sort()).toEqual([
      'repeated',
      'repeated',
      'repeated',
      'stored',
    ]);
    expect(new Set(outcomes.map((each) => each.receipt.receiptId)).size).toBe(1);
    expect(await visibleFiles(core.libraryFolder)).toHaveLength(1);
  });

  it('of the same bytes from two devices store them once', async () => {
    await using temp = await tempFolder();
    await using core = await openCore({ folder: temp.path });
    const outcomes = await Promise.all([
      core.ingest.receive(upload('photo')),
      core.ingest.receive(upload('photo', { deviceId: TABLET, deviceFolder: 'iPad' })),
    ]);
    expect(outcomes.map((each) => each.result).sort()).toEqual(['duplicate', 'stored']);
    expect(await visibleFiles(core.libraryFolder)).toHaveLength(1);
  });

  it('of one asset end in one asset and one folder', async () => {
    await using temp = await tempFolder();
    await using core = await openCore({ folder: temp.path });
    const parts = [
      ['photo', 'IMG_1.HEIC', 8],
      ['paired-video', 'IMG_1.MOV', 9],
      ['full-size-photo', 'FullSizeRender.heic', 10],
      ['adjustment-data', 'Adjustments.plist', 11],
    ] as const;
    const outcomes = await Promise.all(
      parts.map(([resourceType, fileName, month]) =>
        core.ingest.receive(
          upload(fileName, {
            resourceType,
            told: { fileName, createdAt: Date.UTC(2019, month - 1, 4) },
          }),
        ),
      ),
    );
    expect(new Set(outcomes.map((each) => each.assetId)).size).toBe(1);
    const paths = await visibleFiles(core.libraryFolder);
    expect(new Set(paths.map((path) => dirname(path))).size).toBe(1);
    const names = ['IMG_1 (edited).heic', 'IMG_1.HEIC', 'IMG_1.MOV', 'IMG_1.plist'];
    expect(paths.map((path) => basename(path))).toEqual(names);
  });

  it('of many photos called alike each get a name of their own', async () => {
    await using temp = await tempFolder();
    await using core = await openCore({ folder: temp.path });
    await Promise.all(
      Array.from({ length: 30 }, (_, at) =>
        core.ingest.receive(upload(`photo ${at}`, { assetKey: String(at) })),
      ),
    );
    const receipts = await journaledReceipts(core.libraryFolder);
    expect(await visibleFiles(core.libraryFolder)).toEqual(
      receipts.map((each) => each.path).sort(),
    );
    for (const { path, sha256 } of receipts) {
      expect(sha256Of(await read(core, path))).toBe(sha256);
    }
  });
});

describe('files of one asset', () => {
  it('lie together, edits under the name of their original', async () => {
    await using temp = await tempFolder();
    await using core = await openCore({ folder: temp.path });
    const send = async (resourceType: string, fileName: string): Promise<string> => {
      const told = { fileName, createdAt: Date.UTC(2026, 0, 1) };
      const body = resourceType === 'photo' ? upload('p') : upload(fileName, { told });
      return (await core.ingest.receive({ ...body, resourceType })).receipt.path;
    };
    await send('photo', 'IMG_1.HEIC');
    expect(await send('paired-video', 'IMG_1.MOV')).toBe(`${FOLDER}/IMG_1.MOV`);
    expect(await send('alternate-photo', 'IMG_1.DNG')).toBe(`${FOLDER}/IMG_1.DNG`);
    expect(await send('full-size-photo', 'FullSizeRender.heic')).toBe(
      `${FOLDER}/IMG_1 (edited).heic`,
    );
    expect(await send('adjustment-data', 'Adjustments.AAE')).toBe(`${FOLDER}/IMG_1.AAE`);
  });
});

describe('digests and lengths', () => {
  const bytes = 'photo';
  const sha512 = createHash('sha512').update(bytes).digest('hex');

  it('are taken when they match', async () => {
    await using temp = await tempFolder();
    await using core = await openCore({ folder: temp.path });
    const digests = { sha256: sha256Of(bytes), sha512 };
    const outcome = await core.ingest.receive(upload(bytes, { digests, expectedByteCount: 5 }));
    expect(outcome.result).toBe('stored');
  });

  it.each([
    [{ digests: { sha256: sha256Of('other') } }, 'upload/digest-mismatch'],
    [{ digests: { sha256: sha256Of(bytes), sha512: '0'.repeat(128) } }, 'upload/digest-mismatch'],
    [{ expectedByteCount: 4 }, 'upload/length-mismatch'],
    [{ expectedByteCount: 6 }, 'upload/length-mismatch'],
    [{ expectedByteCount: 0 }, 'upload/empty-body'],
    [upload(''), 'upload/empty-body'],
  ])('leave nothing of an upload when they do not: %#', async (change, code) => {
    await using temp = await tempFolder();
    await using core = await openCore({ folder: temp.path });
    const { body, ...rest } = { ...upload(bytes), ...change };
    await expect(core.ingest.receive({ ...rest, body })).rejects.toMatchObject({ code });
    expect(await visibleFiles(core.libraryFolder)).toEqual([]);
    expect(await readdir(core.library.layout.stagingFolder)).toEqual([]);
    expect(core.jobChanges.at(-1)).toMatchObject({ state: 'failed', errorCode: code });
    expect((await core.ingest.receive(upload(bytes))).result).toBe('stored');
  });
});

it('answers nobody when the library folder vanished, and goes on when it is back', async () => {
  await using temp = await tempFolder();
  await using core = await openCore({ folder: temp.path });
  await rename(core.libraryFolder, `${core.libraryFolder}-away`);
  await expect(core.ingest.receive(upload('photo'))).rejects.toMatchObject({
    code: 'library/missing',
  });
  await expect(core.ingest.recogniseEarly(upload('photo'))).rejects.toMatchObject({
    code: 'library/missing',
  });
  await rename(`${core.libraryFolder}-away`, core.libraryFolder);
  expect((await core.ingest.receive(upload('photo'))).result).toBe('stored');
});

it('stores a resource although who hears of it fails', async () => {
  await using temp = await tempFolder();
  await using core = await openCore({
    folder: temp.path,
    onRecorded: () => {
      throw new Error('no room for the preview queue');
    },
  });
  expect((await core.ingest.receive(upload('photo'))).result).toBe('stored');
});

it('stores a resource although the history of jobs cannot be written', async () => {
  await using temp = await tempFolder();
  await using core = await openCore({ folder: temp.path });
  core.catalog.run(
    "CREATE TRIGGER full BEFORE INSERT ON uploads BEGIN SELECT RAISE(FAIL, 'full'); END",
  );
  const outcome = await core.ingest.receive(upload('photo'));
  expect(outcome.result).toBe('stored');
  expect(await journaledReceipts(core.libraryFolder)).toHaveLength(1);
});
