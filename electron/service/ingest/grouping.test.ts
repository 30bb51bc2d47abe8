import { readFile } from 'node:fs/promises';

import { describe, expect, it } from 'vitest';

import {
  openCore,
  sha256Of,
  upload,
  visibleFiles,
  type Core,
} from '../../../tests/support/core-lab.ts';
import { ordersOf } from '../../../tests/support/orders-of.ts';
import { tempFolder } from '../../../tests/support/temp-folder.ts';
import type { SeenHeader } from './settle-resource.ts';
import { assetOfPart } from '../catalog/regroup.ts';
import { assetById, timelineMonths } from '../catalog/timeline-queries.ts';

interface PhoneFile {
  readonly resourceType: string;
  readonly fileName: string;
  readonly header?: Partial<SeenHeader>;
}

/** An edited Live Photo as PhotoKit gives it: an iPhone 6s counts the movie's time in UTC only. */
const LIVE_PHOTO: readonly PhoneFile[] = [
  {
    resourceType: 'photo',
    fileName: 'IMG_4711.JPG',
    header: {
      mediaType: 'image/jpeg',
      kind: 'photo',
      capturedAt: { local: '2019-12-31T19:01:15', source: 'exif' },
    },
  },
  {
    resourceType: 'paired-video',
    fileName: 'IMG_4711.MOV',
    header: {
      mediaType: 'video/quicktime',
      kind: 'video',
      utcCreatedAt: Date.UTC(2020, 0, 1, 3, 1, 17),
    },
  },
  {
    resourceType: 'full-size-photo',
    fileName: 'FullSizeRender.jpg',
    header: {
      mediaType: 'image/jpeg',
      kind: 'photo',
      capturedAt: { local: '2019-12-31T19:01:15', source: 'exif' },
    },
  },
  {
    resourceType: 'full-size-paired-video',
    fileName: 'FullSizeRender.mov',
    header: {
      mediaType: 'video/quicktime',
      kind: 'video',
      utcCreatedAt: Date.UTC(2020, 0, 1, 3, 1, 17),
    },
  },
  { resourceType: 'adjustment-data', fileName: 'Adjustments.plist' },
];

const FOLDER = 'My iPhone/2019/2019-12';
const TOGETHER = [
  `${FOLDER}/IMG_4711 (edited).jpg`,
  `${FOLDER}/IMG_4711 (edited).mov`,
  `${FOLDER}/IMG_4711.JPG`,
  `${FOLDER}/IMG_4711.MOV`,
  `${FOLDER}/IMG_4711.plist`,
];

/** A header reader that knows these files by their bytes. */
function headersOf(files: readonly PhoneFile[]): (path: string) => Promise<SeenHeader | undefined> {
  const byBytes = new Map(files.map((file) => [bytesOf(file), file.header]));
  return async (path) => {
    const header = byBytes.get(await readFile(path, 'utf8'));
    return header && { mediaType: 'application/octet-stream', kind: 'file', ...header };
  };
}

function bytesOf({ resourceType, fileName }: PhoneFile): string {
  return `${resourceType} ${fileName}`;
}

async function send(core: Core, file: PhoneFile, assetKey: string): Promise<string> {
  const { resourceType, fileName } = file;
  const { assetId } = await core.ingest.receive(
    upload(bytesOf(file), { assetKey, resourceType, told: { fileName } }),
  );
  core.clock.advance(7 * 24 * 60 * 60 * 1000);
  return assetId;
}

describe('an edited Live Photo of five files', () => {
  it('is one photo of one day, with one stem in one folder, in whatever order they come, a week apart', async () => {
    for (const order of ordersOf(LIVE_PHOTO)) {
      await using temp = await tempFolder();
      await using core = await openCore({ folder: temp.path, readHeader: headersOf(order) });
      const ids = new Set<string>();
      for (const file of order) ids.add(await send(core, file, 'live'));
      const named = order.map(({ resourceType }) => resourceType).join(', ');
      expect(ids.size, named).toBe(1);
      expect(await visibleFiles(core.libraryFolder), named).toEqual(TOGETHER);
      const [assetId = ''] = ids;
      expect(assetById(core.catalog, assetId), named).toMatchObject({
        capturedLocal: '2019-12-31T19:01:15',
        fileName: 'IMG_4711 (edited).jpg',
        resourceCount: 5,
      });
      const moves = core.catalog.all<{ count: number }>(
        'SELECT count(*) AS count FROM moves GROUP BY receipt_id',
      );
      expect(
        moves.every(({ count }) => count === 1),
        named,
      ).toBe(true);
    }
  }, 300_000);
});

describe('files that a device sends under a key each', () => {
  const still: PhoneFile = {
    resourceType: 'photo',
    fileName: 'IMG_1.HEIC',
    header: {
      mediaType: 'image/heic',
      kind: 'photo',
      contentId: 'C1',
      capturedAt: { local: '2019-12-31T19:01:15', source: 'exif' },
    },
  };
  const movie: PhoneFile = {
    resourceType: 'video',
    fileName: 'IMG_1.MOV',
    header: {
      mediaType: 'video/quicktime',
      kind: 'video',
      contentId: 'C1',
      utcCreatedAt: Date.UTC(2020, 0, 1, 3, 1, 17),
    },
  };

  it.each([
    ['still first', [still, movie]],
    ['movie first', [movie, still]],
  ])('become one Live Photo with one stem in the folder of its day, %s', async (_, order) => {
    await using temp = await tempFolder();
    await using core = await openCore({ folder: temp.path, readHeader: headersOf(order) });
    const ids: string[] = [];
    for (const file of order) ids.push(await send(core, file, file.fileName));
    expect(await visibleFiles(core.libraryFolder)).toEqual([
      `${FOLDER}/IMG_1.HEIC`,
      `${FOLDER}/IMG_1.MOV`,
    ]);
    expect(new Set(ids.map((id) => assetOfPart(core.catalog, id))).size).toBe(1);
    expect(timelineMonths(core.catalog)).toMatchObject([{ month: '2019-12', count: 1 }]);
  });

  it('never share a stem with another photo of that name', async () => {
    const other: PhoneFile = {
      ...still,
      header: { ...still.header, contentId: 'C2' },
      fileName: 'img_1.heic',
    };
    const otherMovie: PhoneFile = {
      ...movie,
      header: { ...movie.header, contentId: 'C2' },
      fileName: 'img_1.mov',
      resourceType: 'paired-video',
    };
    const files = [other, movie, still, otherMovie];
    await using temp = await tempFolder();
    await using core = await openCore({ folder: temp.path, readHeader: headersOf(files) });
    for (const file of files) await send(core, file, `${file.fileName} ${file.resourceType}`);
    expect(await visibleFiles(core.libraryFolder)).toEqual([
      `${FOLDER}/IMG_1 (2).HEIC`,
      `${FOLDER}/IMG_1 (2).MOV`,
      `${FOLDER}/img_1.heic`,
      `${FOLDER}/img_1.mov`,
    ]);
  });

  it('that arrive at the same time find each other', async () => {
    for (let round = 0; round < 10; round++) {
      await using temp = await tempFolder();
      await using core = await openCore({
        folder: temp.path,
        readHeader: headersOf([still, movie]),
      });
      const sent = await Promise.all(
        [movie, still].map((file) =>
          core.ingest.receive(
            upload(bytesOf(file), {
              assetKey: file.fileName,
              resourceType: file.resourceType,
              told: { fileName: file.fileName },
            }),
          ),
        ),
      );
      expect(new Set(sent.map(({ assetId }) => assetOfPart(core.catalog, assetId))).size).toBe(1);
      expect(await visibleFiles(core.libraryFolder)).toEqual([
        `${FOLDER}/IMG_1.HEIC`,
        `${FOLDER}/IMG_1.MOV`,
      ]);
    }
  });

  it('keep what they are called and what they are, bit for bit, when they are moved together', async () => {
    await using temp = await tempFolder();
    await using core = await openCore({ folder: temp.path, readHeader: headersOf([still, movie]) });
    const { receipt } = await core.ingest.receive(
      upload(bytesOf(movie), {
        assetKey: 'm',
        resourceType: 'video',
        told: { fileName: 'IMG_1.MOV' },
      }),
    );
    await send(core, still, 's');
    const moved = core.catalog.get<{ receipt: string }>(
      'SELECT receipt FROM resources WHERE receipt_id = ?',
      receipt.receiptId,
    );
    expect(JSON.parse(moved?.receipt ?? '{}')).toMatchObject({
      ...receipt,
      path: `${FOLDER}/IMG_1.MOV`,
    });
    expect(receipt.sha256).toBe(sha256Of(bytesOf(movie)));
  });
});
