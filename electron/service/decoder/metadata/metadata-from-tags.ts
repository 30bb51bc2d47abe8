import type { MediaMetadata } from '../../../../shared/media-metadata.ts';
import { soundMetadata } from '../../../../shared/media-metadata.ts';
import { asUuid } from '../header/apple-note.ts';
import { cameraName } from '../header/camera-name.ts';
import { asLocation } from '../header/exif-facts.ts';
import { datesFromTags } from './dates-from-tags.ts';
import type { ExiftoolTags } from './start-exiftool.ts';
import { TagValues } from './tag-values.ts';

/** Numbers of ITU-T H.273 for the transfer of movies. */
const HDR_TRANSFERS: Readonly<Record<number, MediaMetadata['hdrTransfer']>> = {
  16: 'pq',
  18: 'hlg',
};

/** PhotometricInterpretation of raw data whose colours are put together already, as in ProRAW. */
const LINEAR_RAW = 34892;
/** Apple's values of ImageCaptureType and CustomRendered. */
const APPLE_CAPTURE_PRORAW = 1;
const APPLE_RENDERED_PANORAMA = 6;
/** Frames a second from which phones call it slow motion. */
const SLOW_MOTION_FRAME_RATE = 100;

/** What exiftool printed as Roost's own metadata. Anything odd is left out, the rest is kept. */
export function metadataFromTags(tags: ExiftoolTags): MediaMetadata {
  const values = new TagValues(tags);
  const make = values.text('Make') ?? values.text('AndroidManufacturer');
  const model = values.text('Model') ?? values.text('AndroidModel');
  const dates = datesFromTags(values);
  return soundMetadata({
    mediaType: values.text('MIMEType', 'File'),
    make,
    model,
    camera: cameraName(make, model),
    lensModel: lensOf(values),
    software: values.text('Software'),
    ...exposureOf(values),
    ...pictureOf(values),
    ...movieOf(values),
    ...placeOf(values),
    dates: dates.length > 0 ? dates : undefined,
    ...identifiersOf(values),
    ...lightOf(values),
    ...kindsOf(values, make),
    rating: values.number('Rating') ?? values.number('UserRating'),
    hasEditHistory: mark(
      values.has('HistoryAction') ||
        values.has('DerivedFromDocumentID') ||
        values.all('AlreadyApplied').some((value) => value === true),
    ),
  });
}

function mark(isTrue: boolean): true | undefined {
  return isTrue ? true : undefined;
}

function lensOf(values: TagValues): string | undefined {
  const composed = values.text('LensID', 'Composite');
  const known = composed?.startsWith('Unknown') === true ? undefined : composed;
  return values.text('LensModel', 'ExifIFD', 'Keys', 'XMP-exifEX') ?? known ?? values.text('Lens');
}

function exposureOf(values: TagValues): Partial<MediaMetadata> {
  const own = (name: string): number | undefined =>
    values.number(name, 'ExifIFD', 'IFD0') ?? values.number(name);
  return {
    exposureTime: own('ExposureTime'),
    fNumber: own('FNumber'),
    iso: own('ISO'),
    focalLength: own('FocalLength'),
    focalLengthIn35mmFormat: own('FocalLengthIn35mmFormat'),
    exposureCompensation: own('ExposureCompensation'),
    flash: own('Flash'),
  };
}

/** Only for files whose header Roost does not read itself: then the largest picture in it is the one. */
function pictureOf(values: TagValues): Partial<MediaMetadata> {
  const orientation = values.number('Orientation', 'IFD0') ?? values.number('Orientation');
  const rotation = values.number('Rotation', 'Composite');
  const isSideways = (orientation ?? 1) >= 5 || rotation === 90 || rotation === 270;
  let best = { width: 0, height: 0 };
  for (const [group, width] of values.groups('ImageWidth')) {
    const height = values.number('ImageHeight', group) ?? 0;
    if (typeof width !== 'number' || width * height <= best.width * best.height) continue;
    best = { width, height };
  }
  const [imageWidth, imageHeight] = isSideways
    ? [best.height, best.width]
    : [best.width, best.height];
  return { orientation, ...(best.width > 0 && { imageWidth, imageHeight }) };
}

function movieOf(values: TagValues): Partial<MediaMetadata> {
  const seconds = values.number('Duration', 'QuickTime') ?? values.number('Duration');
  return {
    durationMs: seconds === undefined ? undefined : Math.round(seconds * 1000),
    videoFrameRate: values.number('VideoFrameRate'),
    captureFrameRate: values.number('AndroidCaptureFPS'),
    compressorId: values.text('CompressorID'),
    audioFormat: values.text('AudioFormat'),
  };
}

function placeOf(values: TagValues): Partial<MediaMetadata> {
  const place = asLocation({
    latitude: values.number('GPSLatitude', 'Composite', 'XMP-exif') ?? Number.NaN,
    longitude: values.number('GPSLongitude', 'Composite', 'XMP-exif') ?? Number.NaN,
  });
  if (place) {
    return {
      gpsLatitude: place.latitude,
      gpsLongitude: place.longitude,
      gpsAltitude: values.number('GPSAltitude', 'Composite'),
    };
  }
  // Cameras without a receiver write a version only; phones that hide the place leave its empty fields.
  const hasFields = values.has('GPSLatitude', 'GPS') || values.has('GPSLatitudeRef', 'GPS');
  return { isGpsEmptied: mark(hasFields) };
}

function identifiersOf(values: TagValues): Partial<MediaMetadata> {
  return {
    contentId: asUuid(values.text('ContentIdentifier', 'Apple', 'Keys', 'QuickTime', 'UserData')),
    burstId:
      asUuid(values.text('BurstUUID', 'Apple')) ??
      values.text('BurstID') ??
      values.text('CameraBurstID'),
    imageUniqueId: values.text('ImageUniqueID', 'ExifIFD', 'Apple'),
    photoId: values.text('PhotoIdentifier', 'Apple'),
    livePhotoVideoIndex: values.number('LivePhotoVideoIndex', 'Apple'),
    isLivePhotoMovie: mark(values.number('LivePhotoAuto') !== undefined),
  };
}

function lightOf(values: TagValues): Partial<MediaMetadata> {
  const semantics = values.texts('DirectoryItemSemantic');
  const transfer = values.number('TransferCharacteristics');
  return {
    hasGainMap: mark(
      values.has('Version', 'XMP-hdrgm') ||
        values.has('HDRGainMapVersion') ||
        semantics.includes('GainMap') ||
        values.texts('AuxiliaryImageType').some((type) => type.includes('hdrgainmap')),
    ),
    hdrHeadroom: values.number('HDRHeadroom', 'Apple'),
    hdrTransfer: transfer === undefined ? undefined : HDR_TRANSFERS[transfer],
  };
}

function kindsOf(values: TagValues, make: string | undefined): Partial<MediaMetadata> {
  const isApple = make === 'Apple';
  const isDng = values.has('DNGVersion');
  return {
    isProRaw: mark(
      isApple &&
        isDng &&
        (values.number('ImageCaptureType', 'Apple') === APPLE_CAPTURE_PRORAW ||
          values.has('SemanticName') ||
          values.all('PhotometricInterpretation').includes(LINEAR_RAW)),
    ),
    semanticName: values.text('SemanticName'),
    isPanorama: mark(
      values.texts('ProjectionType').length > 0 ||
        values.all('UsePanoramaViewer').some((value) => value === true || value === 'True') ||
        (isApple && values.number('CustomRendered', 'ExifIFD') === APPLE_RENDERED_PANORAMA),
    ),
    isScreenshot: mark(values.texts('UserComment').includes('Screenshot')),
    isSlowMotion: mark(isSlowMotion(values)),
    isMotionPhoto: mark(
      values.number('MotionPhoto') === 1 ||
        values.number('MicroVideo') === 1 ||
        values.texts('EmbeddedVideoType').some((type) => type.startsWith('MotionPhoto')) ||
        values.texts('DirectoryItemSemantic').includes('MotionPhoto'),
    ),
  };
}

/** Taken with many more frames a second than a movie needs, and not meant to be played with all of them. */
function isSlowMotion(values: TagValues): boolean {
  const played = values.number('VideoFrameRate') ?? 0;
  const taken = values.number('AndroidCaptureFPS') ?? played;
  return (
    Math.max(taken, played) >= SLOW_MOTION_FRAME_RATE &&
    values.number('FullFrameRatePlaybackIntent') !== 1
  );
}
