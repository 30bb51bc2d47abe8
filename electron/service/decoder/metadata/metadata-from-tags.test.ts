import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { mediaMetadataSchema } from '../../../../shared/media-metadata.ts';
import { metadataFromTags } from './metadata-from-tags.ts';
import { combinedMetadata, metadataFromHeader } from './metadata-from-header.ts';

const CONTENT_ID = 'C3754624-A05F-474D-9F16-E9C47B5F892D';

describe('metadataFromTags', () => {
  it('takes from the photo of an iPhone what a person wants to know', () => {
    const metadata = metadataFromTags({
      SourceFile: '/library/IMG_0001.HEIC',
      'File:MIMEType': 'image/heic',
      'IFD0:Make': 'Apple',
      'IFD0:Model': 'iPhone 14 Pro',
      'IFD0:Software': 17.1,
      'IFD0:Orientation': 6,
      'ExifIFD:LensModel': 'iPhone 14 Pro back triple camera 6.86mm f/1.78',
      'ExifIFD:ExposureTime': 0.004,
      'ExifIFD:FNumber': 1.78,
      'ExifIFD:ISO': 80,
      'ExifIFD:FocalLength': 6.86,
      'ExifIFD:FocalLengthIn35mmFormat': 24,
      'ExifIFD:ExposureCompensation': 0,
      'ExifIFD:Flash': 16,
      'ExifIFD:DateTimeOriginal': '2023:03:23 10:19:38',
      'ExifIFD:OffsetTimeOriginal': '-07:00',
      'ExifIFD:CreateDate': '0000:00:00 00:00:00',
      'GPS:GPSLatitude': 32.84,
      'Composite:GPSLatitude': 32.84,
      'GPS:GPSLongitude': 116.52,
      'Composite:GPSLongitude': -116.52,
      'Composite:GPSAltitude': 1121.8,
      'Apple:ContentIdentifier': CONTENT_ID.toLowerCase(),
      'Apple:LivePhotoVideoIndex': 8192,
      'Apple:HDRHeadroom': 1.01,
      'XMP-xmp:Rating': 4,
    });
    expect(metadata).toEqual({
      mediaType: 'image/heic',
      make: 'Apple',
      model: 'iPhone 14 Pro',
      camera: 'Apple iPhone 14 Pro',
      software: '17.1',
      orientation: 6,
      lensModel: 'iPhone 14 Pro back triple camera 6.86mm f/1.78',
      exposureTime: 0.004,
      fNumber: 1.78,
      iso: 80,
      focalLength: 6.86,
      focalLengthIn35mmFormat: 24,
      exposureCompensation: 0,
      flash: 16,
      dates: [{ tag: 'exif:dateTimeOriginal', local: '2023-03-23T10:19:38', offsetMinutes: -420 }],
      gpsLatitude: 32.84,
      gpsLongitude: -116.52,
      gpsAltitude: 1121.8,
      contentId: CONTENT_ID,
      livePhotoVideoIndex: 8192,
      hdrHeadroom: 1.01,
      rating: 4,
    });
  });

  it('takes from a movie how it plays and where its two clocks stand', () => {
    const metadata = metadataFromTags({
      'File:MIMEType': 'video/quicktime',
      'QuickTime:Duration': 2.635,
      'QuickTime:CreateDate': '2019:12:30 03:01:17',
      'Keys:CreationDate': '2019:12:29 19:01:14-08:00',
      'Keys:ContentIdentifier': CONTENT_ID,
      'Track1:ImageWidth': 1440,
      'Track1:ImageHeight': 1080,
      'Composite:Rotation': 90,
      'Track1:VideoFrameRate': 24.3,
      'Track1:CompressorID': 'hvc1',
      'Track1:TransferCharacteristics': 18,
      'Track2:AudioFormat': 'mp4a',
    });
    expect(metadata).toEqual({
      mediaType: 'video/quicktime',
      durationMs: 2635,
      imageWidth: 1080,
      imageHeight: 1440,
      videoFrameRate: 24.3,
      compressorId: 'hvc1',
      hdrTransfer: 'hlg',
      audioFormat: 'mp4a',
      contentId: CONTENT_ID,
      dates: [
        { tag: 'quickTime:creationDate', local: '2019-12-29T19:01:14', offsetMinutes: -480 },
        { tag: 'movie:createDate', at: Date.UTC(2019, 11, 30, 3, 1, 17) },
      ],
    });
  });

  it.each([
    ['isGpsEmptied', { 'GPS:GPSLatitudeRef': 'Unknown ()', 'GPS:GPSLatitude': 'undef' }],
    [
      'isGpsEmptied',
      { 'Composite:GPSLatitude': 0, 'Composite:GPSLongitude': 0, 'GPS:GPSLatitude': 0 },
    ],
    [
      'isProRaw',
      {
        'IFD0:Make': 'Apple',
        'IFD0:DNGVersion': '1.6.0.0',
        'SubIFD:PhotometricInterpretation': 34892,
      },
    ],
    ['isPanorama', { 'XMP-GPano:ProjectionType': 'equirectangular' }],
    ['isPanorama', { 'IFD0:Make': 'Apple', 'ExifIFD:CustomRendered': 6 }],
    ['isScreenshot', { 'ExifIFD:UserComment': 'Screenshot' }],
    ['isSlowMotion', { 'Track1:VideoFrameRate': 239.9 }],
    ['isSlowMotion', { 'Track1:VideoFrameRate': 30, 'Keys:AndroidCaptureFPS': 240 }],
    ['isMotionPhoto', { 'XMP-GCamera:MotionPhoto': 1 }],
    ['isMotionPhoto', { 'XMP-GCamera:MicroVideo': 1 }],
    ['isMotionPhoto', { 'Samsung:EmbeddedVideoType': 'MotionPhoto_Data' }],
    ['isLivePhotoMovie', { 'Keys:LivePhotoAuto': 1 }],
    ['hasGainMap', { 'XMP-hdrgm:Version': 1 }],
    ['hasGainMap', { 'XMP-GContainer:DirectoryItemSemantic': ['Primary', 'GainMap'] }],
    ['hasEditHistory', { 'XMP-xmpMM:HistoryAction': ['saved'] }],
  ] as const)('sees %s in %j', (name, tags) => {
    expect(metadataFromTags(tags)).toMatchObject({ [name]: true });
  });

  it.each([
    // A camera without a receiver.
    { 'GPS:GPSVersionID': '2.3.0.0' },
    // The JPEG of a phone of before ProRAW.
    { 'IFD0:Make': 'Apple', 'Apple:ImageCaptureType': 1 },
    // Taken to be played at its full frame rate.
    { 'Track1:VideoFrameRate': 120, 'Keys:FullFrameRatePlaybackIntent': 1 },
    // Another maker's number for something else.
    { 'IFD0:Make': 'Canon', 'ExifIFD:CustomRendered': 6 },
  ])('sees nothing special in %j', (tags) => {
    const marks = Object.values(metadataFromTags(tags)).filter((value) => value === true);
    expect(marks).toEqual([]);
  });

  it('leaves out what is absurd, and only that', () => {
    const metadata = metadataFromTags({
      'ExifIFD:LensModel': 'x'.repeat(1000),
      'IFD0:Model': 'Camera\u0000\u001b[31m 1',
      'ExifIFD:ISO': -5,
      'ExifIFD:FNumber': 'undef',
      'ExifIFD:FocalLength': 1e300,
      'ExifIFD:Flash': 16,
      'Composite:GPSLatitude': 95,
      'Composite:GPSLongitude': 8,
      'IFD0:Orientation': 77,
    });
    expect(metadata).toEqual({ model: 'Camera [31m 1', camera: 'Camera [31m 1', flash: 16 });
  });

  it('gives metadata that fits its schema for anything a file makes exiftool print', () => {
    const names = [
      'Make',
      'Model',
      'ISO',
      'Flash',
      'Duration',
      'ImageWidth',
      'ImageHeight',
      'GPSLatitude',
      'GPSLongitude',
      'DateTimeOriginal',
      'CreateDate',
      'CreationDate',
      'OffsetTimeOriginal',
      'ContentIdentifier',
      'Rating',
      'UserComment',
      'DirectoryItemSemantic',
      'VideoFrameRate',
    ];
    const groups = ['IFD0', 'ExifIFD', 'GPS', 'Composite', 'Keys', 'QuickTime', 'XMP-xmp', 'Apple'];
    const key = fc
      .tuple(fc.constantFrom(...groups), fc.constantFrom(...names))
      .map((pair) => pair.join(':'));
    const value = fc.oneof(
      fc.string(),
      fc.double(),
      fc.integer(),
      fc.boolean(),
      fc.constant(null),
      fc.array(fc.string()),
      fc.dictionary(fc.string(), fc.string()),
      fc.constantFrom('2019:12:30 03:01:17', '2019:12:30 03:01:17+99:99', '0000:00:00 00:00:00Z'),
    );
    fc.assert(
      fc.property(fc.dictionary(fc.oneof(key, fc.string()), value), (tags) => {
        const metadata = metadataFromTags(tags);
        expect(mediaMetadataSchema.parse(metadata)).toEqual(metadata);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('combinedMetadata', () => {
  it('has the upright size of the header and the rest of exiftool', () => {
    const header = metadataFromHeader({
      mediaType: 'image/x-adobe-dng',
      kind: 'photo',
      width: 3000,
      height: 4000,
      camera: 'Apple iPhone 14 Pro',
      isCutOff: true,
    });
    const tags = { imageWidth: 160, imageHeight: 120, iso: 80, mediaType: 'image/tiff' };
    expect(combinedMetadata(header, tags)).toEqual({
      mediaType: 'image/x-adobe-dng',
      imageWidth: 3000,
      imageHeight: 4000,
      camera: 'Apple iPhone 14 Pro',
      isCutOff: true,
      iso: 80,
    });
  });

  it('is what exiftool says of a file that the header reader does not know', () => {
    const header = metadataFromHeader({ mediaType: 'application/octet-stream', kind: 'file' });
    expect(combinedMetadata(header, { mediaType: 'image/x-sigma-x3f' }).mediaType).toBe(
      'image/x-sigma-x3f',
    );
  });
});
