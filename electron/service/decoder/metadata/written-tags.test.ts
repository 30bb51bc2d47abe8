import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { MediaMetadata } from '../../../../shared/media-metadata.ts';
import { sampleMovie } from '../sample-media.ts';
import { findExiftool } from './find-exiftool.ts';
import { metadataFromTags } from './metadata-from-tags.ts';
import { startExiftool } from './start-exiftool.ts';

const found = await findExiftool();
const run = promisify(execFile);

/** The names of tags that Roost goes by are those that exiftool prints, which only exiftool itself can say. */
describe.skipIf(!found.ok)('tags that exiftool wrote itself (needs Perl)', () => {
  const exiftool = startExiftool();
  let folder = '';
  let fileCount = 0;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'roost-tags-'));
  });
  afterAll(async () => {
    await exiftool.close();
    await rm(folder, { recursive: true });
  });

  async function metadataWith(bytes: Buffer, ...tags: readonly string[]): Promise<MediaMetadata> {
    if (!found.ok) throw new Error('skipped without Perl');
    const { command, args } = found.program;
    fileCount += 1;
    const path = join(folder, `file-${fileCount}`);
    await writeFile(path, bytes);
    await run(command, [...args, '-config', '', '-q', '-overwrite_original', ...tags, path]);
    const answer = await exiftool.read(path);
    if (!answer.ok) throw new Error(answer.detail);
    return metadataFromTags(answer.tags);
  }

  async function photoWith(...tags: readonly string[]): Promise<MediaMetadata> {
    const image = sharp({ create: { width: 40, height: 30, channels: 3, background: 'navy' } });
    return metadataWith(await image.jpeg().toBuffer(), ...tags);
  }

  it.each<[string[], MediaMetadata]>([
    [['-XMP-GCamera:MotionPhoto=1'], { isMotionPhoto: true }],
    [['-XMP-GCamera:MicroVideo=1'], { isMotionPhoto: true }],
    [['-XMP-GCamera:BurstID=7fa8c1f4'], { burstId: '7fa8c1f4' }],
    [['-XMP-GPano:ProjectionType=equirectangular'], { isPanorama: true }],
    [['-XMP-GPano:UsePanoramaViewer=True'], { isPanorama: true }],
    [['-EXIF:Make=Apple', '-EXIF:CustomRendered#=6'], { isPanorama: true }],
    [['-EXIF:UserComment=Screenshot'], { isScreenshot: true }],
    [['-XMP-exif:UserComment=Screenshot'], { isScreenshot: true }],
    [['-XMP-hdrgm:Version=1.0'], { hasGainMap: true }],
    [
      ['-XMP-GContainer:ContainerDirectory=[{Item={Semantic=Primary}},{Item={Semantic=GainMap}}]'],
      { hasGainMap: true },
    ],
    [['-XMP:Rating=4'], { rating: 4 }],
    [['-XMP-xmpMM:HistoryAction=saved'], { hasEditHistory: true }],
    [['-EXIF:Flash#=25', '-EXIF:ISO=64'], { flash: 25, iso: 64 }],
    [['-EXIF:ExposureTime=1/250', '-EXIF:FNumber=1.8'], { exposureTime: 0.004, fNumber: 1.8 }],
    [
      ['-EXIF:ImageUniqueID=00112233445566778899aabbccddeeff'],
      { imageUniqueId: '00112233445566778899aabbccddeeff' },
    ],
    [['-EXIF:LensModel=back camera'], { lensModel: 'back camera' }],
    [
      [
        '-EXIF:GPSLatitude=33.5',
        '-EXIF:GPSLatitudeRef=S',
        '-EXIF:GPSLongitude=70.25',
        '-EXIF:GPSLongitudeRef=W',
        '-EXIF:GPSAltitude=520',
        '-EXIF:GPSAltitudeRef#=0',
      ],
      { gpsLatitude: -33.5, gpsLongitude: -70.25, gpsAltitude: 520 },
    ],
    [
      ['-XMP-exif:GPSLatitude=-33.5', '-XMP-exif:GPSLongitude=-70.25'],
      { gpsLatitude: -33.5, gpsLongitude: -70.25 },
    ],
    [
      [
        '-EXIF:GPSLatitude=0',
        '-EXIF:GPSLatitudeRef=N',
        '-EXIF:GPSLongitude=0',
        '-EXIF:GPSLongitudeRef=E',
      ],
      { isGpsEmptied: true },
    ],
    [
      ['-EXIF:DateTimeOriginal=2021:06:05 04:03:02', '-EXIF:OffsetTimeOriginal=+05:45'],
      {
        dates: [{ tag: 'exif:dateTimeOriginal', local: '2021-06-05T04:03:02', offsetMinutes: 345 }],
      },
    ],
    [
      ['-XMP-photoshop:DateCreated=2021:06:05 04:03:02+02:00'],
      { dates: [{ tag: 'xmp:dateCreated', local: '2021-06-05T04:03:02', offsetMinutes: 120 }] },
    ],
    [
      ['-EXIF:GPSDateStamp=2021:06:05', '-EXIF:GPSTimeStamp=04:03:02'],
      { dates: [{ tag: 'gps:dateTime', at: Date.UTC(2021, 5, 5, 4, 3, 2) }] },
    ],
  ])('are understood in a photo: %j', async (tags, expected) => {
    expect(await photoWith(...tags)).toMatchObject(expected);
  });

  it('say nothing special in a plain photo', async () => {
    expect(await photoWith('-EXIF:GPSVersionID=2 3 0 0')).toEqual({
      mediaType: 'image/jpeg',
      imageWidth: 40,
      imageHeight: 30,
    });
  });

  it('are understood in a movie', async () => {
    const metadata = await metadataWith(
      sampleMovie({ createdSeconds: 3_660_519_677 }),
      '-Keys:Make=Apple',
      '-Keys:Model=iPhone 15 Pro',
      '-Keys:ContentIdentifier=C3754624-A05F-474D-9F16-E9C47B5F892D',
      '-Keys:LivePhotoAuto=1',
      '-Keys:AndroidCaptureFPS=240',
      '-Keys:CreationDate=2019:12:29 19:01:14-08:00',
      '-Keys:GPSCoordinates=34.0083, -118.4979, 10',
    );
    expect(metadata).toMatchObject({
      camera: 'Apple iPhone 15 Pro',
      contentId: 'C3754624-A05F-474D-9F16-E9C47B5F892D',
      isLivePhotoMovie: true,
      isSlowMotion: true,
      captureFrameRate: 240,
      durationMs: 2500,
      gpsLatitude: 34.0083,
      gpsLongitude: -118.4979,
      dates: [
        { tag: 'quickTime:creationDate', local: '2019-12-29T19:01:14', offsetMinutes: -480 },
        { tag: 'movie:createDate', at: Date.UTC(2019, 11, 30, 3, 1, 17) },
      ],
    });
  });

  it('say that a movie is to be played as fast as it was taken', async () => {
    const tags = ['-Keys:AndroidCaptureFPS=240', '-Keys:FullFrameRatePlaybackIntent=1'];
    expect((await metadataWith(sampleMovie(), ...tags)).isSlowMotion).toBeUndefined();
  });
});
