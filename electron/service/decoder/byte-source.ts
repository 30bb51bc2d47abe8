import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

import { MediaError } from './media-error.ts';

/**
 * Random access to the bytes of a file, synchronous on purpose: a decoder process does one job at a time, and
 * the host ends it from outside when a slow drive holds it up.
 */
export interface ByteSource {
  readonly byteCount: number;
  /** The bytes at `offset`, fewer than `length` (or none) where the file ends. */
  read(offset: number, length: number): Buffer;
}

export interface FileSource extends ByteSource, Disposable {}

/** One read brings at least this much, since headers are read in many small steps close to each other. */
const WINDOW_BYTE_COUNT = 16 * 1024;

/**
 * Opens a file for reading at most `budgetByteCount` bytes of it in total.
 * @throws MediaError `file-unreadable` when it cannot be opened or read, `damaged` when the budget is spent:
 * an honest file never needs that much.
 */
export function openFileSource(path: string, budgetByteCount: number): FileSource {
  const descriptor = opened(path);
  const byteCount = fstatSync(descriptor).size;
  let window = Buffer.alloc(0);
  let windowOffset = 0;
  let spentByteCount = 0;

  function load(offset: number, length: number): void {
    const wanted = Math.min(Math.max(length, WINDOW_BYTE_COUNT), byteCount - offset);
    // The look-ahead must not be what breaks the budget, only bytes that were asked for.
    const allowed = Math.max(Math.min(wanted, budgetByteCount - spentByteCount), 0);
    if (allowed < Math.min(length, byteCount - offset)) {
      throw new MediaError('damaged', `reading more than ${budgetByteCount} bytes of the file`);
    }
    const buffer = Buffer.allocUnsafe(allowed);
    let filled = 0;
    while (filled < allowed) {
      const got = readAt(descriptor, buffer, filled, offset + filled);
      if (got === 0) break;
      filled += got;
    }
    spentByteCount += filled;
    window = buffer.subarray(0, filled);
    windowOffset = offset;
  }

  return {
    byteCount,
    read(offset, length) {
      if (!isRange(offset, length) || offset >= byteCount) return Buffer.alloc(0);
      const isInWindow =
        offset >= windowOffset &&
        Math.min(offset + length, byteCount) <= windowOffset + window.byteLength;
      if (!isInWindow) load(offset, length);
      return window.subarray(offset - windowOffset, offset - windowOffset + length);
    },
    [Symbol.dispose]() {
      closeSync(descriptor);
    },
  };
}

/** The same over bytes in memory. */
export function bufferSource(bytes: Uint8Array): ByteSource {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return {
    byteCount: buffer.byteLength,
    read: (offset, length) =>
      isRange(offset, length) ? buffer.subarray(offset, offset + length) : Buffer.alloc(0),
  };
}

/** The bytes from `start` up to `end` of another source, counted from 0. */
export function sliceSource(source: ByteSource, start: number, end: number): ByteSource {
  const byteCount = Math.max(Math.min(end, source.byteCount) - start, 0);
  return {
    byteCount,
    read(offset, length) {
      if (!isRange(offset, length) || offset >= byteCount) return Buffer.alloc(0);
      return source.read(start + offset, Math.min(length, byteCount - offset));
    },
  };
}

/** Exactly `length` bytes at `offset`. @throws MediaError `damaged` when the file ends before. */
export function readExactly(source: ByteSource, offset: number, length: number): Buffer {
  const bytes = source.read(offset, length);
  if (bytes.byteLength < length) {
    throw new MediaError('damaged', `the file ends inside ${length} bytes at ${offset}`);
  }
  return bytes;
}

function isRange(offset: number, length: number): boolean {
  return Number.isSafeInteger(offset) && Number.isSafeInteger(length) && offset >= 0 && length > 0;
}

function opened(path: string): number {
  try {
    return openSync(path, 'r');
  } catch (error) {
    throw unreadable(error);
  }
}

function readAt(descriptor: number, buffer: Buffer, at: number, position: number): number {
  try {
    return readSync(descriptor, buffer, at, buffer.byteLength - at, position);
  } catch (error) {
    throw unreadable(error);
  }
}

function unreadable(error: unknown): MediaError {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
  return new MediaError('file-unreadable', code, { cause: error });
}
