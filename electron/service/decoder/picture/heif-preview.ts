import type { ByteSource } from '../byte-source.ts';
import {
  type PictureKind,
  PREVIEW_LONG_EDGE,
  type PreviewQuality,
  type PreviewResult,
} from '../decoder-protocol.ts';
import { type HeifItem, type HeifMeta, readHeifMeta } from '../header/heif-items.ts';
import { findProperty, orientationOfProperties } from '../header/heif-properties.ts';
import { uprightSize } from '../header/orientation.ts';
import { MediaError } from '../media-error.ts';
import { decodeHeifStill } from './decode-heif-still.ts';
import { decodeHevcStill } from './decode-hevc-still.ts';
import { type Ffmpeg, loadFfmpeg } from './ffmpeg.ts';
import { coloursOf, type HevcPlan, planHevc } from './heif-plan.ts';
import { renderPreview } from './render-preview.ts';
import { MAX_SOURCE_PIXELS, MAX_WHOLE_PIXELS } from './source-limits.ts';

type MadePreview = Extract<PreviewResult, { ok: true }>;

/** A smaller embedded picture would be a blur on the grid. */
const MIN_QUICK_LONG_EDGE = 256;
/** An embedded picture of other proportions shows something else, or has bars. */
const MAX_QUICK_SKEW = 0.02;

/**
 * A preview of the primary picture of a HEIF file, whatever else is in it (a collection, a burst, depth, gain map).
 * A quick tile is made of the small picture that phones put beside the large one, where there is one.
 * @throws MediaError
 */
export async function heifPreview(
  path: string,
  source: ByteSource,
  kind: PictureKind,
  quality: PreviewQuality,
): Promise<MadePreview> {
  const meta = readHeifMeta(source);
  const hasGainMap = isGainMapIn(meta);
  const told = { ok: true, ...(hasGainMap && { hasGainMap }) } as const;
  // AV1 under a general brand.
  if (meta.primary.type === 'av01') {
    return { ...told, ...(await renderPreview(path, kind)), decodedBy: 'sharp' };
  }
  const plan = planHevc(source, meta);
  const ffmpeg = plan && (await loadFfmpeg());
  if (plan === undefined || ffmpeg === undefined) {
    const decoded = await decodeHeifStill(source, coloursOf(meta.primary));
    return { ...told, ...(await renderPreview(decoded, kind)), decodedBy: 'libheif' };
  }
  if (plan.width * plan.height > MAX_SOURCE_PIXELS) {
    throw new MediaError('too-large', `${plan.width} x ${plan.height}`);
  }
  if (kind === 'tile' && quality === 'quick') {
    const quick = await quickTile(ffmpeg, source, meta, plan);
    if (quick !== undefined) return { ...told, ...quick };
  }
  const shrink = shrinkFor(plan, kind);
  if ((plan.width * plan.height) / shrink ** 2 > MAX_WHOLE_PIXELS) {
    throw new MediaError('too-large', `${plan.width} x ${plan.height}`);
  }
  const rendered = await renderPreview(await decodeHevcStill(ffmpeg, source, plan, shrink), kind);
  return {
    ...told,
    ...rendered,
    sourceWidth: rendered.sourceWidth * shrink,
    sourceHeight: rendered.sourceHeight * shrink,
    decodedBy: 'ffmpeg',
  };
}

async function quickTile(
  ffmpeg: Ffmpeg,
  source: ByteSource,
  meta: HeifMeta,
  { width, height, orientation }: HevcPlan,
): Promise<MadePreview | undefined> {
  const full = uprightSize({ width, height }, orientation);
  for (const item of thumbnailsOf(meta)) {
    const size = findProperty(item.properties, 'size');
    if (size === undefined || Math.max(size.width, size.height) < MIN_QUICK_LONG_EDGE) continue;
    const upright = uprightSize(size, orientationOfProperties(item.properties));
    const skew = (upright.width * full.height) / (upright.height * full.width) - 1;
    if (Math.abs(skew) > MAX_QUICK_SKEW) continue;
    try {
      const plan = planHevc(source, { ...meta, primary: item });
      if (plan === undefined) continue;
      const decoded = await decodeHevcStill(ffmpeg, source, plan, 1);
      const rendered = await renderPreview(decoded, 'tile');
      const sizes = { sourceWidth: full.width, sourceHeight: full.height };
      return { ok: true, ...rendered, ...sizes, decodedBy: 'ffmpeg', isQuick: true };
    } catch (error) {
      // The picture itself may be whole all the same.
      if (!(error instanceof MediaError)) throw error;
    }
  }
  return undefined;
}

function thumbnailsOf(meta: HeifMeta): HeifItem[] {
  return meta.references
    .filter(({ type, to }) => type === 'thmb' && to.includes(meta.primary.itemId))
    .flatMap(({ from }) => meta.items.get(from) ?? []);
}

/** Apple's gain map is an auxiliary picture; that of ISO 21496-1 makes a tone-mapped item. */
function isGainMapIn(meta: HeifMeta): boolean {
  return [...meta.items.values()].some(
    ({ type, properties }) =>
      type === 'tmap' ||
      findProperty(properties, 'auxiliary')?.urn === 'urn:com:apple:photo:2020:aux:hdrgainmap',
  );
}

/**
 * The largest power of two by which tiles can shrink to whole pixels while the canvas stays at twice the
 * preview's size, so that the final scaling decides how the picture looks.
 */
export function shrinkFor(
  plan: Pick<HevcPlan, 'width' | 'height' | 'tileWidth' | 'tileHeight'>,
  kind: PictureKind,
): number {
  const longEdge = Math.max(plan.width, plan.height);
  let shrink = 1;
  for (;;) {
    const next = shrink * 2;
    const isWhole = [plan.width, plan.height, plan.tileWidth, plan.tileHeight].every(
      (size) => size % next === 0,
    );
    if (!isWhole || longEdge / next < PREVIEW_LONG_EDGE[kind] * 2) return shrink;
    shrink = next;
  }
}
