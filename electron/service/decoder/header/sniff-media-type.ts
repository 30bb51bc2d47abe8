/** Which reader understands the file's structure. */
export type Container =
  'jpeg' | 'png' | 'webp' | 'gif' | 'tiff' | 'heif' | 'avif' | 'movie' | 'other';

export interface SniffedType {
  readonly mediaType: string;
  readonly kind: 'photo' | 'video' | 'file';
  readonly container: Container;
}

/** This many bytes from the start are enough for every type known here. */
export const SNIFF_BYTE_COUNT = 512;

const UNKNOWN: SniffedType = {
  mediaType: 'application/octet-stream',
  kind: 'file',
  container: 'other',
};

const photo = (mediaType: string, container: Container): SniffedType => ({
  mediaType,
  kind: 'photo',
  container,
});
const video = (mediaType: string, container: Container): SniffedType => ({
  mediaType,
  kind: 'video',
  container,
});

const MOVIE_BOXES = new Set(['moov', 'mdat', 'wide', 'free', 'skip', 'pnot']);

/**
 * Says what a file is from its first bytes. The name is not asked: phones and chat apps give PNGs a
 * `.jpeg` name. A TIFF may turn out to be a RAW file once its directory is read.
 */
export function sniffMediaType(head: Buffer): SniffedType {
  const text = head.toString('latin1', 0, Math.min(head.byteLength, 64));
  if (text.startsWith('\xff\xd8\xff')) return photo('image/jpeg', 'jpeg');
  if (text.startsWith('\x89PNG\r\n\x1a\n')) return photo('image/png', 'png');
  if (text.startsWith('GIF87a') || text.startsWith('GIF89a')) return photo('image/gif', 'gif');
  if (text.startsWith('RIFF') && text.slice(8, 12) === 'WEBP') return photo('image/webp', 'webp');
  if (text.startsWith('RIFF') && text.slice(8, 12) === 'AVI ') {
    return video('video/x-msvideo', 'other');
  }
  if (text.startsWith('II*\0\x10\0\0\0CR')) return photo('image/x-canon-cr2', 'tiff');
  if (text.startsWith('II*\0') || text.startsWith('MM\0*')) return photo('image/tiff', 'tiff');
  if (text.startsWith('II+\0') || text.startsWith('MM\0+')) return photo('image/tiff', 'other');
  if (text.startsWith('IIRO') || text.startsWith('MMOR'))
    return photo('image/x-olympus-orf', 'other');
  if (text.startsWith('IIU\0')) return photo('image/x-panasonic-rw2', 'other');
  if (text.startsWith('FUJIFILMCCD-RAW')) return photo('image/x-fuji-raf', 'other');
  if (text.startsWith('\0\0\0\x0cJXL ') || text.startsWith('\xff\x0a')) {
    return photo('image/jxl', 'other');
  }
  if (text.startsWith('\x1aE\xdf\xa3')) return video('video/x-matroska', 'other');
  const box = text.slice(4, 8);
  if (box === 'ftyp') return ofBrands(head);
  if (MOVIE_BOXES.has(box)) return video('video/quicktime', 'movie');
  return ofText(head);
}

/** The `ftyp` box: a major brand, then compatible ones (ISO/IEC 14496-12, 4.3). */
function ofBrands(head: Buffer): SniffedType {
  const end = Math.min(head.readUInt32BE(0), head.byteLength);
  const brands: string[] = [];
  for (let at = 8; at + 4 <= end; at += at === 8 ? 8 : 4) {
    brands.push(head.toString('latin1', at, at + 4));
  }
  const major = brands[0] ?? '';
  const has = (...names: string[]): boolean => names.some((name) => brands.includes(name));
  if (major === 'crx ') return photo('image/x-canon-cr3', 'other');
  if (has('avif', 'avis')) return photo('image/avif', 'avif');
  // A still may also list a movie brand; HEIC sequences (`hevc`, `msf1`) still carry a primary still.
  if (has('heic', 'heix', 'heim', 'heis', 'hevc', 'hevx')) return photo('image/heic', 'heif');
  if (has('mif1', 'mif2', 'msf1')) return photo('image/heif', 'heif');
  if (major === 'qt  ') return video('video/quicktime', 'movie');
  if (major === 'M4A ' || major === 'M4B ') {
    return { mediaType: 'audio/mp4', kind: 'file', container: 'other' };
  }
  if (major.startsWith('3g')) return video('video/3gpp', 'movie');
  return video('video/mp4', 'movie');
}

function ofText(head: Buffer): SniffedType {
  const text = head
    .toString('latin1')
    .replace(/^\xef\xbb\xbf/, '')
    .trimStart();
  if (text.startsWith('bplist0')) {
    return { mediaType: 'application/x-plist', kind: 'file', container: 'other' };
  }
  if (text.startsWith('<?xml') || text.startsWith('<!DOCTYPE plist')) {
    const mediaType = /<!DOCTYPE plist|<plist/.test(text) ? 'application/x-plist' : 'text/xml';
    return { mediaType, kind: 'file', container: 'other' };
  }
  if (text.startsWith('%PDF-')) {
    return { mediaType: 'application/pdf', kind: 'file', container: 'other' };
  }
  return UNKNOWN;
}
