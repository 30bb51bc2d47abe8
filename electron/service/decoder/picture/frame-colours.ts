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

/** Brightness of HDR's paper white in nits (ITU-R BT.2408): it becomes nearly SDR's white. */
const REFERENCE_WHITE_NITS = 203;
/** Up to this part of white nothing changes; from there the curve bends so that 1000 nits become white. */
const KNEE = 0.4;
const PEAK = 1000 / REFERENCE_WHITE_NITS;

function isHdr({ transfer }: Codes): boolean {
  return transfer === PQ_TRANSFER || transfer === HLG_TRANSFER;
}

/** The profile that says the same as the codes: Display P3, as phones use it; nothing for sRGB and for HDR. */
export async function profileOfCodes(codes: Codes): Promise<Buffer | undefined> {
  if (isHdr(codes) || codes.primaries !== DISPLAY_P3_PRIMARIES) return undefined;
  const pixel = sharp({ create: { width: 1, height: 1, channels: 3, background: 'black' } });
  const png = await pixel.withIccProfile('p3').png().toBuffer();
  return (await sharp(png).metadata()).icc;
}

/**
 * FFmpeg's filters that map such pictures to sRGB; `undefined` where there is nothing to map. HDR (HLG and PQ) is
 * brought to SDR by a fixed curve, so that the tiles of one picture and the frames of one clip fit together.
 */
export function mappingFilters(ffmpeg: Ffmpeg, codes: Codes): string | undefined {
  const isWide = [BT_2020_PRIMARIES, DISPLAY_P3_PRIMARIES].includes(codes.primaries);
  if (!isHdr(codes) && !isWide) return undefined;
  if (ffmpeg.Filter.getByName('zscale') === null) return undefined;
  const mapped = [
    `zscale=t=linear:npl=${REFERENCE_WHITE_NITS}`,
    'format=gbrpf32le',
    'zscale=p=bt709',
    isHdr(codes) ? `tonemap=tonemap=mobius:param=${KNEE}:peak=${PEAK}:desat=0` : 'null',
    'zscale=t=iec61966-2-1:m=gbr:r=full',
  ];
  return mapped.join(',');
}

/**
 * Tells the converter what the numbers in a frame mean. Where a profile says it, the frame says nothing: the
 * profile is applied later, to the whole picture.
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
  const isMapped =
    mappingFilters(ffmpeg, { primaries: frame.colorPrimaries, transfer: frame.colorTrc }) !==
    undefined;
  if (hasProfile || !isMapped) {
    frame.colorPrimaries = constants.AVCOL_PRI_UNSPECIFIED;
    frame.colorTrc = constants.AVCOL_TRC_UNSPECIFIED;
    return;
  }
  // What is left open here, the mapping would refuse.
  if (frame.colorTrc === constants.AVCOL_TRC_UNSPECIFIED) {
    frame.colorTrc = constants.AVCOL_TRC_BT709;
  }
  if (frame.colorSpace === constants.AVCOL_SPC_UNSPECIFIED) {
    frame.colorSpace =
      frame.colorPrimaries === constants.AVCOL_PRI_BT2020
        ? constants.AVCOL_SPC_BT2020_NCL
        : constants.AVCOL_SPC_BT709;
  }
  if (frame.colorRange === constants.AVCOL_RANGE_UNSPECIFIED) {
    frame.colorRange = constants.AVCOL_RANGE_MPEG;
  }
}
