import type { Frame } from 'node-av/lib';
import sharp from 'sharp';

import type { HeifColourCodes } from '../header/heif-properties.ts';
import type { Ffmpeg } from './ffmpeg.ts';

/** Primaries and transfer as numbers of ITU-T H.273. */
type Codes = Pick<HeifColourCodes, 'primaries' | 'transfer'>;

const DISPLAY_P3_PRIMARIES = 12;
const BT_2020_PRIMARIES = 9;
const PQ_TRANSFER = 16;
const HLG_TRANSFER = 18;

function isHdr({ primaries, transfer }: Codes): boolean {
  return primaries === BT_2020_PRIMARIES || transfer === PQ_TRANSFER || transfer === HLG_TRANSFER;
}

/** The profile that says the same as the codes: Display P3, as phones use it; nothing for sRGB and for HDR. */
export async function profileOfCodes(codes: Codes): Promise<Buffer | undefined> {
  if (isHdr(codes) || codes.primaries !== DISPLAY_P3_PRIMARIES) return undefined;
  const pixel = sharp({ create: { width: 1, height: 1, channels: 3, background: 'black' } });
  const png = await pixel.withIccProfile('p3').png().toBuffer();
  return (await sharp(png).metadata()).icc;
}

/**
 * Tells the converter what it shall map. HDR pictures are mapped to sRGB by FFmpeg, which computes a table for
 * about two seconds first; all others are left alone, since a profile does it in no time.
 */
export function declareColours(
  ffmpeg: Ffmpeg,
  frame: Frame,
  told: { readonly codes?: HeifColourCodes; readonly hasProfile: boolean },
): void {
  const { constants } = ffmpeg;
  const { codes, hasProfile } = told;
  if (codes !== undefined) {
    // The codes of the file go before those inside the HEVC stream, which are its writer's defaults.
    frame.colorPrimaries = codes.primaries as typeof frame.colorPrimaries;
    frame.colorTrc = codes.transfer as typeof frame.colorTrc;
    frame.colorSpace = codes.matrix as typeof frame.colorSpace;
    frame.colorRange = codes.isFullRange ? constants.AVCOL_RANGE_JPEG : constants.AVCOL_RANGE_MPEG;
  }
  const { colorPrimaries: primaries, colorTrc: transfer } = frame;
  if (hasProfile || !isHdr({ primaries, transfer })) {
    frame.colorPrimaries = constants.AVCOL_PRI_UNSPECIFIED;
    frame.colorTrc = constants.AVCOL_TRC_UNSPECIFIED;
  }
}
