import { readFile, stat } from 'node:fs/promises';

import { afterAll, describe, expect, it } from 'vitest';

import type { MediaMetadata } from '../../../../shared/media-metadata.ts';
import { assetCaptureTime } from '../../assets/asset-capture-time.ts';
import { assetKinds } from '../../assets/asset-kinds.ts';
import { bestCaptureTime } from '../../assets/best-capture-time.ts';
import { chooseCaptureTime } from '../../assets/choose-capture-time.ts';
import { fidelityWarnings } from '../../assets/fidelity-warnings.ts';
import { HAS_REAL_MEDIA, realMedia } from '../sample-media.ts';
import { readMediaHeader } from '../header/read-media-header.ts';
import { findExiftool } from './find-exiftool.ts';
import { combinedMetadata, metadataFromHeader } from './metadata-from-header.ts';
import { metadataFromTags } from './metadata-from-tags.ts';
import { startExiftool } from './start-exiftool.ts';

const HAS_EXIFTOOL = (await findExiftool()).ok;
const ARRIVED = Date.UTC(2026, 10, 21, 12);
/** A computer far away from where the photos were taken. */
const kathmandu = (): number => 345;

const LIVE_PHOTO = {
  photo: 'photo.jpeg',
  'paired-video': 'paired-video.mov',
  'full-size-photo': 'full-size-photo.jpeg',
  'full-size-paired-video': 'full-size-paired-video.mov',
  'adjustment-data': 'adjustment-data.plist',
};

describe.skipIf(!HAS_REAL_MEDIA || !HAS_EXIFTOOL)(
  'metadata of real files (needs ../shared/media and Perl)',
  () => {
    const exiftool = startExiftool();
    afterAll(() => exiftool.close());

    async function metadataOf(name: string): Promise<MediaMetadata> {
      const answer = await exiftool.read(realMedia(name));
      if (!answer.ok) throw new Error(answer.detail);
      const fromHeader = metadataFromHeader(readMediaHeader(realMedia(name)));
      return combinedMetadata(fromHeader, metadataFromTags(answer.tags));
    }

    it('tells camera, lens, exposure and place of an iPhone HEIC', async () => {
      expect(await metadataOf('heic-edited/IMG_1853.HEIC')).toMatchObject({
        mediaType: 'image/heic',
        camera: 'Apple iPhone SE (2nd generation)',
        lensModel: 'iPhone SE (2nd generation) back camera 3.99mm f/1.8',
        fNumber: 1.8,
        iso: 20,
        focalLengthIn35mmFormat: 28,
        imageWidth: 3024,
        imageHeight: 4032,
        gpsAltitude: 1121.817269,
        contentId: 'DC121C25-1A7C-4FEC-BB42-99FB89A4719D',
        photoId: '3E8E8AD9-051A-4172-8CBB-4FA5B69C966E',
      });
    });

    it.each([
      ['heic/heic-iphone.heic', '2019-08-21T10:57:23', 420, 'exif', 'place'],
      ['heic-edited/IMG_E1853.heic', '2023-03-23T10:19:38', -420, 'exif', 'file'],
      ['jpeg/IMG_1760.jpg', '2017-07-04T16:09:41', -240, 'exif', 'place'],
      ['jpeg/IMG_1994.JPG', '2020-04-15T10:25:51', undefined, 'exif', undefined],
      ['movie/IMG_0016.MOV', '2020-01-05T13:55:05', -480, 'quicktime', 'file'],
      ['raw/canon-350d-stub.dng', '2005-08-03T18:59:18', -240, 'exif', 'file'],
      ['odd/badimage.jpeg', '2026-11-21T17:45:00', 345, 'arrival', 'computer'],
    ] as const)('dates %s', async (name, local, offsetMinutes, source, offsetSource) => {
      const time = bestCaptureTime(await metadataOf(name), {}, {}, ARRIVED, kathmandu);
      expect([time.local, time.offsetMinutes, time.source, time.offsetSource]).toEqual([
        local,
        offsetMinutes,
        source,
        offsetSource,
      ]);
    });

    it('dates the edited Live Photo by its still, at once and later, whichever half is there', async () => {
      const files = await Promise.all(
        Object.entries(LIVE_PHOTO).map(async ([resourceType, name]) => {
          const path = `live-photo-edited/${name}`;
          const header = readMediaHeader(realMedia(path));
          const metadata = await metadataOf(path);
          const quick = chooseCaptureTime(header, {}, ARRIVED, kathmandu);
          const captureTime = bestCaptureTime(metadata, header, {}, ARRIVED, kathmandu);
          return { resourceType, quick, captureTime, metadata, mediaType: header.mediaType };
        }),
      );
      expect(assetCaptureTime(files)).toMatchObject({
        local: '2019-12-29T19:01:15',
        offsetMinutes: -480,
        source: 'exif',
      });
      const quickFiles = files.map((file) => ({ ...file, captureTime: file.quick }));
      expect(assetCaptureTime(quickFiles)).toEqual(assetCaptureTime(files));
      for (const { resourceType, captureTime } of files) {
        if (resourceType !== 'adjustment-data') {
          expect(captureTime.local.slice(0, 16)).toBe('2019-12-29T19:01');
        }
      }
      expect(assetKinds(files)).toEqual(['photo', 'live-photo', 'edited']);
      expect(fidelityWarnings(files)).toEqual([]);
    });

    it('puts a movie that has only the UTC of its header on the right evening', async () => {
      const { dates, ...rest } = await metadataOf('live-photo-edited/paired-video.mov');
      const instants = dates?.filter((date) => 'at' in date) ?? [];
      expect(bestCaptureTime({ ...rest, dates: instants }, {}, {}, ARRIVED, kathmandu)).toEqual({
        local: '2019-12-29T19:01:17',
        offsetMinutes: -480,
        source: 'movie-header',
        offsetSource: 'place',
      });
    });

    it('knows a screenshot under any name', async () => {
      const metadata = await metadataOf('odd/screenshot-really-a-png.jpeg');
      expect(assetKinds([{ resourceType: 'photo', metadata }])).toEqual(['photo', 'screenshot']);
    });

    it('leaves bytes and times of the files alone', async () => {
      const path = realMedia('live-photo-edited/photo.jpeg');
      const before = [await readFile(path), (await stat(path)).mtimeMs];
      await exiftool.read(path);
      expect([await readFile(path), (await stat(path)).mtimeMs]).toEqual(before);
    });
  },
);
