import { createHash } from 'node:crypto';

import type { Receipt } from '../../shared/receipt.ts';

export interface SyntheticAsset {
  readonly receipt: Receipt;
  /** Number of its tile's picture. */
  readonly picture: number;
  /** Of a video. */
  readonly durationMs: number | undefined;
}

const FIRST_YEAR = 2006;
const YEAR_COUNT = 20;
const DAY_MS = 86_400_000;
const FIRST_DAY = Date.UTC(FIRST_YEAR, 0, 1);
const DAY_COUNT = Math.floor((Date.UTC(FIRST_YEAR + YEAR_COUNT, 0, 1) - FIRST_DAY) / DAY_MS);

/** Numbers from 0 to 1 that are the same in every run and have nothing to do with each other. */
function noise(text: string): number {
  return createHash('md5').update(text).digest().readUInt32LE(0) / 2 ** 32;
}

/**
 * When each of so many photos was taken, oldest first: on most days a few, on some none, on days of a trip or a party
 * hundreds, and more with every year.
 */
export function capturedLocals(assetCount: number): string[] {
  const weights = Array.from({ length: DAY_COUNT }, (_, day) => {
    const chance = noise(`day ${day}`);
    if (chance < 0.2) return 0;
    const size = chance > 0.985 ? 40 : chance > 0.9 ? 9 : chance > 0.6 ? 2 : 0.6;
    return size * (0.5 + day / DAY_COUNT);
  });
  const all = weights.reduce((sum, weight) => sum + weight, 0);
  const locals: string[] = [];
  let due = 0;
  for (const [day, weight] of weights.entries()) {
    due += (weight / all) * assetCount;
    const isLast = day === DAY_COUNT - 1;
    const count = (isLast ? assetCount : Math.min(assetCount, Math.round(due))) - locals.length;
    const start = FIRST_DAY + day * DAY_MS;
    for (let at = 0; at < count; at++) {
      // From seven in the morning to eleven in the evening.
      const instant = start + 7 * 3_600_000 + Math.floor((at / count) * 16 * 3_600_000);
      locals.push(new Date(instant).toISOString().slice(0, 19));
    }
  }
  return locals;
}

/** The asset with this number, the same in every run. */
export function assetAt(
  index: number,
  local: string,
  deviceId: string,
  pictureCount: number,
): SyntheticAsset {
  const sha256 = createHash('sha256').update(`asset ${index}`).digest('hex');
  const id = (kind: number): string =>
    `${sha256.slice(0, 8)}-${sha256.slice(8, 12)}-4${sha256.slice(13, 16)}-8${sha256.slice(17, 20)}-${sha256.slice(20, 31)}${kind}`;
  const isVideo = index % 12 === 5;
  const name = `IMG_${String(index).padStart(7, '0')}.${isVideo ? 'MOV' : 'HEIC'}`;
  const at = Date.parse(`${local}Z`);
  return {
    receipt: {
      receiptId: id(1),
      assetId: id(2),
      deviceId,
      assetKey: `${id(3).toUpperCase()}/L0/001`,
      resourceType: isVideo ? 'video' : 'photo',
      path: `Bench/${local.slice(0, 4)}/${local.slice(0, 7)}/${name}`,
      byteCount: 2_000_000 + (index % 1_000_000),
      sha256,
      captureTime: { local, source: 'exif' },
      told: {
        fileName: name,
        contentType: isVideo ? 'video/quicktime' : 'image/heic',
        createdAt: at,
        modifiedAt: at,
      },
      jobId: id(4),
      startedAt: at,
      storedAt: at + 40,
    },
    picture: Number.parseInt(sha256.slice(-6), 16) % pictureCount,
    durationMs: isVideo ? 1_000 + (index % 90_000) : undefined,
  };
}
