import type { KnownResourceType } from '../../../../../shared/resource-type.ts';

/** A phone's own name for an asset, as YAIIU tells it. */
export interface AppAssetId {
  readonly assetKey: string;
  readonly resourceType: KnownResourceType;
}

const TYPE_OF_KIND: Readonly<Record<string, KnownResourceType>> = {
  primary: 'photo',
  heic: 'photo',
  png: 'photo',
  jpeg: 'photo',
  raw: 'alternate-photo',
  video: 'video',
};

/** What iOS calls a rendering, and YAIIU too where it finds no name for it, as of an edited video. */
const UNNAMED_RENDERING = /^FullSizeRender\.[^.]+$/;

/**
 * A camera's name, all of which is in capitals, with the extension of a rendering: YAIIU calls a rendering by the stem
 * of its original, and iOS writes its extension in small letters.
 */
const NAMED_RENDERING = /^[A-Z_]{3,4}\d{1,7}\.[a-z0-9]+$/;

/**
 * Reads `<localIdentifier>-<kind>-<file name>`, YAIIU's `deviceAssetId`. The identifier is opaque but begins with a
 * UUID and goes on with slashes; where it does not, the last kind before the known file name is the one. Other apps'
 * identifiers give `undefined`: they name files, not assets (`IMG_1.JPG-12345` of the command line tools).
 *
 * The kind does not tell an original from its rendering, only the name may. Where that does not either, both are
 * versions of one photo, the later of which is shown.
 */
export function parseAppAssetId(
  text: string | undefined,
  fileName: string | undefined,
): AppAssetId | undefined {
  const match =
    /^([0-9a-f]{8}-[0-9a-f-]{27}(?:\/[^-]*)?)-(primary|raw|video|heic|png|jpeg)-(.+)$/is.exec(
      text ?? '',
    );
  const [, assetKey, kind, name] = match ?? [];
  if (assetKey === undefined || kind === undefined || assetKey.length > 1024) return undefined;
  if (fileName !== undefined && name !== fileName) return undefined;
  const ofKind = TYPE_OF_KIND[kind.toLowerCase()];
  return (
    ofKind && { assetKey, resourceType: isRendering(name ?? '') ? renderingOf(ofKind) : ofKind }
  );
}

function isRendering(name: string): boolean {
  return UNNAMED_RENDERING.test(name) || NAMED_RENDERING.test(name);
}

function renderingOf(type: KnownResourceType): KnownResourceType {
  if (type === 'photo') return 'full-size-photo';
  return type === 'video' ? 'full-size-video' : type;
}

/**
 * Whether only one of an asset's files can be called so by YAIIU. It gives original and rendering one modification time
 * and the original's stem, but a rendering the extension that iOS writes, in small letters: so `IMG_1.JPG` is an
 * original. `IMG_1.jpg` may be a rendering, or an original that came to the phone under that name and has one called
 * just the same, and then nothing of what is told of the two differs but perhaps their length.
 *
 * A file that is alone in its name stays what it is as long as its modification time does: iOS never changes the bytes
 * of an original. YAIIU tells that time in whole seconds; only renderings could be made twice in one, which are not
 * alone. A photo without any such time gets the moment of sending, which repeats nothing.
 */
export function isAloneInItsName(fileName: string | undefined): boolean {
  const extension = /\.([^.]+)$/.exec(fileName ?? '')?.[1] ?? '';
  return extension !== extension.toLowerCase();
}

/** The key of a file that only its bytes name. */
export function keyOfBytes(sha1: string): string {
  return `sha1:${sha1}`;
}

/** Reads a SHA-1 as Immich's clients write it: 40 hexadecimal digits or base64. Lower-case hex, or nothing. */
export function parseSha1(text: unknown): string | undefined {
  if (typeof text !== 'string') return undefined;
  if (/^[0-9a-f]{40}$/i.test(text)) return text.toLowerCase();
  if (!/^[A-Za-z0-9+/]{27}=?$/.test(text)) return undefined;
  const bytes = Buffer.from(text, 'base64');
  return bytes.byteLength === 20 ? bytes.toString('hex') : undefined;
}

/** A SHA-1 as Immich's answers carry it. */
export function base64Sha1(hex: string): string {
  return Buffer.from(hex, 'hex').toString('base64');
}
