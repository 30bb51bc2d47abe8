import sharp from 'sharp';

export interface SampleOptions {
  readonly width?: number;
  readonly height?: number;
  /** Base colour; different colours make different bytes. */
  readonly colour?: { r: number; g: number; b: number };
  /** EXIF `DateTimeOriginal`, `YYYY:MM:DD HH:MM:SS`. */
  readonly takenAt?: string;
  /** EXIF orientation 1 to 8. */
  readonly orientation?: number;
}

/** A small JPEG with a light upper and a dark lower half, as a camera would write it. */
export async function sampleJpeg(options: SampleOptions = {}): Promise<Buffer> {
  const { width = 640, height = 480, colour = { r: 90, g: 140, b: 190 }, orientation } = options;
  const lower = await sharp({
    create: {
      width,
      height: Math.floor(height / 2),
      channels: 3,
      background: { r: colour.r >> 2, g: colour.g >> 2, b: colour.b >> 2 },
    },
  })
    .png()
    .toBuffer();
  const image = sharp({ create: { width, height, channels: 3, background: colour } }).composite([
    { input: lower, gravity: 'south' },
  ]);
  const exif = options.takenAt === undefined ? {} : { IFD2: { DateTimeOriginal: options.takenAt } };
  return image
    .withExif(exif)
    .withMetadata({ ...(orientation !== undefined && { orientation }) })
    .jpeg({ quality: 85 })
    .toBuffer();
}
