import type { ByteSource } from '../byte-source.ts';
import type { MediaHeader } from '../decoder-protocol.ts';
import { readExifFacts } from './exif-facts.ts';
import { uprightSize } from './orientation.ts';
import { TIFF_TAG, type TiffDirectory, TiffReader } from './tiff-directory.ts';

/** PhotometricInterpretation of sensor data: colour filter array, linear raw (DNG 1.7). */
const SENSOR_DATA = [32803, 34892];

/** Whether a TIFF is a camera's RAW file: its picture is sensor data that no TIFF reader shows. */
export function isRawFile(directories: readonly TiffDirectory[]): boolean {
  return directories.some(
    (directory) =>
      directory.has(TIFF_TAG.dngVersion) ||
      SENSOR_DATA.includes(directory.number(TIFF_TAG.photometric) ?? -1),
  );
}

/** Type, upright size and capture time of a TIFF or a RAW file built like one. */
export function readTiffHeader(source: ByteSource): Partial<MediaHeader> {
  const reader = TiffReader.open(source);
  const directories = reader ? [...reader.directories()] : [];
  const [first] = directories;
  if (first === undefined) return {};
  const { orientation, ...facts } = readExifFacts(source);
  const isRaw = isRawFile(directories);
  // The first directory of a RAW file is often its thumbnail; of any other TIFF it is page one.
  const sizes = (isRaw ? directories : [first]).map(sizeOf);
  const size = sizes.reduce((a, b) => (b.width * b.height > a.width * a.height ? b : a));
  return {
    ...(isRaw && { mediaType: rawMediaType(first) }),
    ...(size.width > 0 && size.height > 0 && uprightSize(size, orientation)),
    ...facts,
  };
}

function rawMediaType(first: TiffDirectory): string {
  return first.has(TIFF_TAG.dngVersion) ? 'image/x-adobe-dng' : 'image/x-raw';
}

function sizeOf(directory: TiffDirectory): { width: number; height: number } {
  return {
    width: directory.number(TIFF_TAG.imageWidth) ?? 0,
    height: directory.number(TIFF_TAG.imageLength) ?? 0,
  };
}
