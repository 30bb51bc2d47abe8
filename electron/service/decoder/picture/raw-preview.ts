import type { ByteSource } from '../byte-source.ts';
import { type PictureKind, PREVIEW_LONG_EDGE } from '../decoder-protocol.ts';
import { MediaError } from '../media-error.ts';
import { decodeRaw } from './decode-raw.ts';
import { hasSensorData, readEmbeddedPreview } from './raw-embedded-preview.ts';
import { renderPreview, type RenderedPreview } from './render-preview.ts';

export interface RawPreview extends RenderedPreview {
  readonly decodedBy: 'sharp' | 'libraw';
}

/**
 * A preview of a RAW file: of the largest picture the camera put into it, and where that would be too small for a
 * tile, developed from the sensor data.
 * @throws MediaError `no-embedded-preview` when there is neither, `damaged`, `too-large`
 */
export async function rawPreview(source: ByteSource, kind: PictureKind): Promise<RawPreview> {
  const embedded = readEmbeddedPreview(source);
  if (embedded !== undefined && embedded.longEdge >= PREVIEW_LONG_EDGE.tile) {
    return { ...(await renderPreview(embedded.jpeg, kind)), decodedBy: 'sharp' };
  }
  try {
    if (!hasSensorData(source)) {
      throw new MediaError('no-embedded-preview', 'neither a JPEG nor whole sensor data');
    }
    const { input, sourceWidth, sourceHeight } = await decodeRaw(source, kind);
    const rendered = await renderPreview(input, kind);
    return { ...rendered, sourceWidth, sourceHeight, decodedBy: 'libraw' };
  } catch (error) {
    // A small picture is better than none.
    if (embedded === undefined) throw error;
    return { ...(await renderPreview(embedded.jpeg, kind)), decodedBy: 'sharp' };
  }
}
