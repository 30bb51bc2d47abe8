import sharp from 'sharp';
import { rgbaToThumbHash } from 'thumbhash';

/** A picture a fake asset can have: an upright JPEG and what the decoder would know of it. */
export interface SamplePicture {
  readonly jpeg: Buffer;
  readonly width: number;
  readonly height: number;
  /** Base64. */
  readonly thumbhash: string;
}

const SHAPES = [
  [1600, 1200],
  [1200, 1600],
  [1600, 900],
  [1400, 1400],
  [900, 1600],
  [2400, 800],
] as const;

/** Pictures drawn here: a sky, a sun and hills in colours that tell them apart. */
export async function drawPictures(count: number): Promise<readonly SamplePicture[]> {
  return Promise.all(
    Array.from({ length: count }, (_, index) => {
      const [width, height] = SHAPES[(index * 5) % SHAPES.length]!;
      return drawPicture(width, height, (index * 47) % 360);
    }),
  );
}

export async function drawPicture(
  width: number,
  height: number,
  hue: number,
): Promise<SamplePicture> {
  const hill = (lift: number, light: number) =>
    `<path d="M0 ${height * lift} Q ${width * 0.3} ${height * (lift - 0.22)} ${width * 0.6} ${height * lift}
      T ${width} ${height * (lift - 0.05)} V ${height} H 0 Z" fill="hsl(${hue} 32% ${light}%)"/>`;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">
    <defs><linearGradient id="sky" x2="0" y2="1">
      <stop stop-color="hsl(${(hue + 190) % 360} 55% 58%)"/>
      <stop offset="1" stop-color="hsl(${(hue + 30) % 360} 70% 84%)"/>
    </linearGradient></defs>
    <rect width="100%" height="100%" fill="url(#sky)"/>
    <circle cx="${width * 0.68}" cy="${height * 0.3}" r="${Math.min(width, height) * 0.09}" fill="#fff8e6"/>
    ${hill(0.62, 46)}${hill(0.76, 34)}${hill(0.9, 22)}
  </svg>`;
  return pictureOf(await sharp(Buffer.from(svg)).jpeg({ quality: 80 }).toBuffer());
}

async function pictureOf(jpeg: Buffer): Promise<SamplePicture> {
  const { width, height } = await sharp(jpeg).metadata();
  const small = await sharp(jpeg)
    .resize(100, 100, { fit: 'inside' })
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const hash = rgbaToThumbHash(small.info.width, small.info.height, small.data);
  return { jpeg, width, height, thumbhash: Buffer.from(hash).toString('base64') };
}
