import { crc32, deflateSync } from 'node:zlib';

import { isoBox, sampleTiff } from '../../electron/service/decoder/sample-media.ts';

const MIB = 1024 * 1024;

/** Files that are small, or cheap to send, and want far more than that from a decoder. By name. */
export function mediaBombs(seeds: ReadonlyMap<string, Buffer>): Map<string, Buffer> {
  const seed = (name: string): Buffer => seeds.get(name) ?? Buffer.alloc(0);
  return new Map([
    ...pngBombs(),
    ...jpegBombs(seed('jpeg'), seed('progressive-jpeg')),
    ...tiffBombs(),
    ...boxBombs(),
    ...heifBombs(seed('heic'), seed('heic-grid'), seed('avif')),
    ['gif of 65535 x 65535', patched(seed('animated-gif'), 6, Buffer.alloc(4, 0xff))],
    ['gif frames of 65535 x 65535', gifWithLargeFrames(seed('animated-gif'))],
    ['webp of 16383 x 16383', webpHeader(0x3fff)],
    ['webp of 10,000 frames', manyFrames(seed('animated-webp'))],
    ['nothing', Buffer.alloc(0)],
    ['one byte', Buffer.from([0xff])],
    ['16 MiB of zeros', Buffer.alloc(16 * MIB)],
    ['16 MiB of ff', Buffer.alloc(16 * MIB, 0xff)],
    [
      'jpeg of 16 MiB of fill bytes',
      Buffer.concat([seed('jpeg').subarray(0, 2), Buffer.alloc(16 * MIB, 0xff)]),
    ],
    ['svg that names files', Buffer.from(SVG)],
    ['playlist', Buffer.from('#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n')],
    ['list of movies', Buffer.from("ffconcat version 1.0\nfile '/etc/passwd'\n")],
  ]);
}

const SVG =
  '<?xml version="1.0"?><!DOCTYPE s [<!ENTITY x SYSTEM "file:///etc/passwd">]>' +
  '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><text>&x;</text></svg>';

function pngBombs(): [string, Buffer][] {
  const bits = (side: number): Buffer => Buffer.alloc(side * Math.ceil((side + 8) / 8));
  return [
    ['png of 60000 x 60000', png(60_000, 1, 0, deflateSync(Buffer.alloc(100)))],
    ['png of 2147483647 x 2147483647', png(0x7fff_ffff, 8, 0, deflateSync(Buffer.alloc(100)))],
    ['png of 17000 x 17000 zeros', png(17_000, 1, 0, deflateSync(bits(17_000)))],
    ['png of 30000 x 30000 zeros', png(30_000, 1, 0, deflateSync(bits(30_000)))],
    [
      'interlaced png of 17000 x 17000 zeros',
      png(17_000, 8, 1, deflateSync(Buffer.alloc(17_000 * 17_000 + 40_000))),
    ],
    [
      'png with 256 MiB of text',
      png(8, 1, 0, deflateSync(Buffer.alloc(16)), [
        pngChunk(
          'zTXt',
          Buffer.concat([Buffer.from('a\0\0'), deflateSync(Buffer.alloc(256 * MIB))]),
        ),
      ]),
    ],
    [
      'png with a profile of 256 MiB',
      png(8, 1, 0, deflateSync(Buffer.alloc(16)), [
        pngChunk(
          'iCCP',
          Buffer.concat([Buffer.from('a\0\0'), deflateSync(Buffer.alloc(256 * MIB))]),
        ),
      ]),
    ],
    [
      'png of 200,000 empty chunks',
      png(
        8,
        1,
        0,
        deflateSync(Buffer.alloc(16)),
        Array<Buffer>(200_000).fill(pngChunk('tEXt', Buffer.from('a\0'))),
      ),
    ],
  ];
}

function png(
  side: number,
  depth: number,
  interlace: number,
  data: Buffer,
  more: readonly Buffer[] = [],
): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(side, 0);
  header.writeUInt32BE(side, 4);
  header.set([depth, 0, 0, 0, interlace], 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    pngChunk('IHDR', header),
    ...more,
    pngChunk('IDAT', data),
    pngChunk('IEND', Buffer.alloc(0)),
  ]);
}

function pngChunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const framed = Buffer.alloc(body.byteLength + 8);
  framed.writeUInt32BE(data.byteLength, 0);
  body.copy(framed, 4);
  framed.writeUInt32BE(crc32(body), body.byteLength + 4);
  return framed;
}

function jpegBombs(baseline: Buffer, progressive: Buffer): [string, Buffer][] {
  const sized = (jpeg: Buffer, marker: number, side: number): Buffer => {
    const at = jpeg.indexOf(Buffer.from([0xff, marker]));
    const size = Buffer.alloc(4);
    size.writeUInt16BE(side, 0);
    size.writeUInt16BE(side, 2);
    return patched(jpeg, at + 5, size);
  };
  const scanAt = progressive.indexOf(Buffer.from([0xff, 0xda]));
  const scan = progressive.subarray(scanAt, -2);
  return [
    ['jpeg of 65500 x 65500', sized(baseline, 0xc0, 65_500)],
    ['jpeg of 17000 x 17000', sized(baseline, 0xc0, 17_000)],
    ['progressive jpeg of 17000 x 17000', sized(progressive, 0xc2, 17_000)],
    ['progressive jpeg of 12000 x 12000', sized(progressive, 0xc2, 12_000)],
    [
      'progressive jpeg of 2,000 scans',
      Buffer.concat([progressive.subarray(0, scanAt), ...Array<Buffer>(2_000).fill(scan)]),
    ],
    ['jpeg of 500,000 comments', manyComments(baseline)],
  ];
}

function manyComments(jpeg: Buffer): Buffer {
  const comment = Buffer.from([0xff, 0xfe, 0, 2]);
  return Buffer.concat([
    jpeg.subarray(0, 2),
    ...Array<Buffer>(500_000).fill(comment),
    jpeg.subarray(2),
  ]);
}

const LONG_TAG = 4;

function tiffBombs(): [string, Buffer][] {
  const picture = (side: number, compression: number): Buffer =>
    sampleTiff({
      tags: [
        [0x0100, [side]],
        [0x0101, [side]],
        [0x0102, [8]],
        [0x0103, [compression]],
        [0x0106, [1]],
        [0x0111, [8]],
        [0x0115, [1]],
        [0x0116, [side]],
        [0x0117, [100]],
      ],
    });
  const looped = picture(16, 1);
  looped.writeUInt32LE(8, looped.byteLength - 4);
  const childIsParent = sampleTiff({ tags: [], children: { 0x8769: { tags: [] } } });
  childIsParent.writeUInt32LE(8, 8 + 2 + 8);
  return [
    ['tiff whose directory follows itself', looped],
    ['tiff whose directory is its own child', childIsParent],
    ['tiff of 17000 x 17000 in one strip', picture(17_000, 1)],
    ['deflated tiff of 17000 x 17000 in one strip', picture(17_000, 8)],
    ['tiff of 4294967295 x 4294967295', picture(0xffff_ffff, 1)],
    ['tiff of 100,000 directories', manyDirectories(100_000)],
    ['tiff whose tag claims 4 GiB of numbers', hugeTag()],
  ];
}

function manyDirectories(count: number): Buffer {
  const bytes = Buffer.alloc(8 + count * 18);
  bytes.write('II*\0', 0, 'latin1');
  bytes.writeUInt32LE(8, 4);
  for (let index = 0; index < count; index += 1) {
    const at = 8 + index * 18;
    bytes.writeUInt16LE(1, at);
    bytes.writeUInt16LE(0x0112, at + 2);
    bytes.writeUInt16LE(LONG_TAG, at + 4);
    bytes.writeUInt32LE(1, at + 6);
    bytes.writeUInt32LE(index + 1 < count ? at + 18 : 8, at + 14);
  }
  return bytes;
}

function hugeTag(): Buffer {
  const bytes = sampleTiff({ tags: [[0x0111, [1]]] });
  bytes.writeUInt32LE(0x3fff_ffff, 8 + 2 + 4);
  return bytes;
}

function boxBombs(): [string, Buffer][] {
  const heic = isoBox('ftyp', Buffer.from('heic\0\0\0\0mif1heic', 'latin1'));
  const movie = isoBox('ftyp', Buffer.from('qt  \0\0\0\0qt  ', 'latin1'));
  let deep = isoBox('free');
  for (let depth = 0; depth < 5_000; depth += 1) deep = isoBox('moov', deep);
  let tracks = isoBox('free');
  for (const type of ['stbl', 'minf', 'mdia', 'trak', 'moov']) tracks = isoBox(type, tracks);
  const endless = Buffer.from([0, 0, 0, 0, ...Buffer.from('meta')]);
  const beyond = Buffer.from([0, 0, 0, 1, ...Buffer.from('meta'), ...Buffer.alloc(8, 0xff)]);
  const tiny = Buffer.from([0, 0, 0, 4, ...Buffer.from('meta')]);
  return [
    ['movie of 5,000 boxes in each other', Buffer.concat([movie, deep])],
    ['movie with empty tables', Buffer.concat([movie, tracks])],
    [
      'movie of 200,000 empty boxes',
      Buffer.concat([movie, ...Array<Buffer>(200_000).fill(isoBox('free'))]),
    ],
    ['heic whose box has no end', Buffer.concat([heic, endless])],
    ['heic whose box ends behind everything', Buffer.concat([heic, beyond])],
    ['heic whose box is shorter than its header', Buffer.concat([heic, tiny, Buffer.alloc(1_000)])],
  ];
}

function heifBombs(single: Buffer, grid: Buffer, avif: Buffer): [string, Buffer][] {
  const sized = (file: Buffer, side: number): Buffer => {
    const size = Buffer.alloc(8);
    size.writeUInt32BE(side, 0);
    size.writeUInt32BE(side, 4);
    return patched(file, file.indexOf('ispe') + 8, size);
  };
  const ownTile = grid.indexOf('dimg') + 8;
  const columns = grid.indexOf(Buffer.from([0, 0, 1, 1, 1, 128, 1, 0]));
  return [
    ['heic of 60000 x 60000', sized(single, 60_000)],
    [
      'heic grid of 60000 x 60000',
      patched(sized(grid, 60_000), columns + 4, Buffer.from([0xea, 0x60, 0xea, 0x60])),
    ],
    [
      'heic grid that is its own tile',
      patched(grid, ownTile, Buffer.from([0, 1, 0, 1, 0, 1, 0, 1])),
    ],
    ['heic grid of 256 x 256 tiles', patched(grid, columns + 2, Buffer.from([255, 255]))],
    ['avif of 60000 x 60000', sized(avif, 60_000)],
    ['avif of 16000 x 16000', sized(avif, 16_000)],
  ];
}

function gifWithLargeFrames(gif: Buffer): Buffer {
  let file = patched(gif, 6, Buffer.from([0x40, 0x42, 0x40, 0x42]));
  const size = Buffer.from([0x2c, 0, 0, 0, 0]);
  for (let at = file.indexOf(size); at !== -1; at = file.indexOf(size, at + 1)) {
    file = patched(file, at + 5, Buffer.from([0x40, 0x42, 0x40, 0x42]));
  }
  return file;
}

/** A lossless WebP that is a header and nothing else. */
function webpHeader(side: number): Buffer {
  const bytes = Buffer.alloc(64);
  bytes.write('RIFF', 0, 'latin1');
  bytes.writeUInt32LE(bytes.byteLength - 8, 4);
  bytes.write('WEBPVP8L', 8, 'latin1');
  bytes.writeUInt32LE(bytes.byteLength - 20, 16);
  bytes[20] = 0x2f;
  bytes.writeUInt32LE(side | (side << 14), 21);
  return bytes;
}

function manyFrames(webp: Buffer): Buffer {
  const at = webp.indexOf('ANMF');
  if (at < 0) return webp;
  const frame = webp.subarray(at, at + 8 + webp.readUInt32LE(at + 4));
  const file = Buffer.concat([webp.subarray(0, at), ...Array<Buffer>(10_000).fill(frame)]);
  file.writeUInt32LE(file.byteLength - 8, 4);
  return file;
}

function patched(file: Buffer, at: number, bytes: Buffer): Buffer {
  const copy = Buffer.from(file);
  if (at >= 0) bytes.copy(copy, at);
  return copy;
}
