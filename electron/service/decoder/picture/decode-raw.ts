import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

import type { RawFile } from 'libraw-wasm/dist/libraw.js';

import { bufferSource, type ByteSource, readExactly } from '../byte-source.ts';
import { type PictureKind, PREVIEW_LONG_EDGE } from '../decoder-protocol.ts';
import { readJpegHeader } from '../header/jpeg-segments.ts';
import type { Orientation } from '../header/orientation.ts';
import { MediaError } from '../media-error.ts';
import { withOrientation } from './jpeg-repair.ts';
import { createTiffCanvas } from './tiff-canvas.ts';

const MAX_FILE_BYTE_COUNT = 256 * 1024 * 1024;
const MAX_SENSOR_PIXELS = 120_000_000;
const PAGE_BYTE_COUNT = 64 * 1024;
/** LibRaw's build begins with 256 MiB; of more than this it gets none, and gives up. */
const MEMORY_LIMITS = {
  initial: (256 * 1024 * 1024) / PAGE_BYTE_COUNT,
  maximum: (512 * 1024 * 1024) / PAGE_BYTE_COUNT,
  shared: true,
} as const;

/** Part of every JavaScript engine, and of the browser's type library only. */
const { WebAssembly } = globalThis as unknown as {
  readonly WebAssembly: { readonly Memory: new (limits: typeof MEMORY_LIMITS) => object };
};

/**
 * LibRaw's build could use threads. Roost starts none, and yet it would wait for their messages for ever, and keep
 * its memory as long: 23 MB more with each small file. Without this function of JavaScript it does not.
 */
Reflect.deleteProperty(Atomics, 'waitAsync');

const ORIENTATION_OF_FLIP: Record<number, Orientation> = { 0: 1, 3: 3, 5: 8, 6: 6 };

/** A picture out of a RAW file, for sharp. */
export interface RawStill {
  readonly input: Buffer;
  /** Upright size of the whole picture, of which `input` may be a smaller version. */
  readonly sourceWidth: number;
  readonly sourceHeight: number;
}

/**
 * Takes a picture out of any RAW file LibRaw knows: the embedded one where it is large enough to be shown, else
 * developed from the sensor data with the camera's white balance.
 * @throws MediaError `too-large`, `damaged`, `no-embedded-preview` where LibRaw does not know the file
 */
export async function decodeRaw(source: ByteSource, kind: PictureKind): Promise<RawStill> {
  if (source.byteCount > MAX_FILE_BYTE_COUNT) {
    throw new MediaError('too-large', `a RAW file of ${source.byteCount} bytes`);
  }
  const { default: createLibraw } = await import('libraw-wasm/dist/libraw.js');
  const code = createRequire(import.meta.url).resolve('libraw-wasm/dist/libraw.wasm');
  // A new instance each time: its memory grows and never shrinks.
  const { LibRaw } = await createLibraw({
    wasmBinary: readFileSync(code),
    wasmMemory: new WebAssembly.Memory(MEMORY_LIMITS),
    print: () => undefined,
    printErr: () => undefined,
  });
  const raw = new LibRaw();
  const file = readExactly(source, 0, source.byteCount);
  const settings = { useCameraWb: true, outputBps: 8, outputColor: 1 } as const;
  attempt('no-embedded-preview', 'headers', () => raw.open(file, settings));
  const { width, height, raw_width, raw_height, flip } = raw.metadata();
  if (!(width > 0 && height > 0)) throw new MediaError('damaged', 'a RAW file without a size');
  if (raw_width * raw_height > MAX_SENSOR_PIXELS) {
    throw new MediaError('too-large', `a sensor of ${raw_width} x ${raw_height}`);
  }
  const size = { sourceWidth: width, sourceHeight: height };
  const embedded = embeddedJpeg(raw, ORIENTATION_OF_FLIP[flip] ?? 1);
  if (embedded !== undefined) return { input: embedded, ...size };
  // Half the size takes each red, green and blue as one pixel, which is quick and needs no guess between them.
  const isHalfEnough = Math.max(width, height) >= PREVIEW_LONG_EDGE[kind] * 2;
  attempt('damaged', 'headers', () => raw.open(file, { ...settings, halfSize: isHalfEnough }));
  return { input: developed(raw), ...size };
}

function embeddedJpeg(raw: RawFile, orientation: Orientation): Buffer | undefined {
  const found = attempt('damaged', 'embedded picture', () => raw.thumbnailData());
  if (found?.format !== 'jpeg') return undefined;
  const jpeg = Buffer.from(found.data);
  const header = readJpegHeader(bufferSource(jpeg));
  if (Math.max(header.width ?? 0, header.height ?? 0) < PREVIEW_LONG_EDGE.tile) return undefined;
  return header.exif === undefined ? withOrientation(jpeg, orientation) : jpeg;
}

function developed(raw: RawFile): Buffer {
  const picture = attempt('damaged', 'sensor data', () => raw.imageData());
  if (picture?.bits !== 8 || (picture.colors !== 3 && picture.colors !== 1)) {
    throw new MediaError('damaged', 'no picture came of the sensor data');
  }
  const { width, height, colors, data } = picture;
  if (data.length < width * height * colors) throw new MediaError('damaged', 'pixels are missing');
  const canvas = createTiffCanvas({ width, height, channels: 3, orientation: 1 });
  if (colors === 3) {
    canvas.pixels.set(data.subarray(0, canvas.pixels.byteLength));
  } else {
    for (let at = 0; at < canvas.pixels.byteLength; at += 1) {
      canvas.pixels[at] = data[Math.floor(at / 3)] ?? 0;
    }
  }
  return canvas.file;
}

/** LibRaw throws C++ exceptions, which are no Errors here and say nothing. */
function attempt<T>(reason: 'damaged' | 'no-embedded-preview', what: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw new MediaError(reason, `LibRaw cannot read the ${what}`, { cause: error });
  }
}
