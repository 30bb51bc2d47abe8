import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { PREVIEW_FORMAT, type PreviewKind } from '../decoder/decoder-protocol.ts';
import { CacheLimit, type CacheLimitOptions } from './cache-limit.ts';
import { factsInTail, isWholePreview, withFacts, withoutFacts } from './preview-file.ts';
import type { PreviewFacts } from './preview-store.ts';

/**
 * The pictures themselves: derived, so the whole folder can be deleted at any time.
 *
 * One file each, `<folder>/<aa>/<sha256>-<kind>.webp`. Real tiles have 17 to 100 KB, and at that size files were
 * faster than SQLite (2,000 of 17 to 77 KB one by one: 0.5 against 0.9 ms to write, 0.3 against 0.4 to read).
 * When it was last looked at is the file's time, so that it outlives a catalog that is made anew.
 */
export interface PreviewCache {
  /** The bytes; `undefined` when there are none, or when a power cut left only a part of them. */
  get(sha256: string, kind: PreviewKind): Promise<Buffer | undefined>;
  has(sha256: string, kind: PreviewKind): Promise<boolean>;
  /**
   * Keeps a preview, whole or not at all, and may let older ones go for it.
   * @param facts kept with it, for a catalog that knows nothing of it
   * @throws the file system's error, or one that says that the disk has no room for previews
   */
  put(sha256: string, kind: PreviewKind, bytes: Uint8Array, facts?: PreviewFacts): Promise<void>;
  /** Removes a preview, if there is one. */
  delete(sha256: string, kind: PreviewKind): Promise<void>;
  /** What was kept with a preview that is whole. */
  facts(sha256: string, kind: PreviewKind): Promise<PreviewFacts | undefined>;
  /** Hashes of all that have a preview of a kind, among those that begin with these two hex digits. */
  list(prefix: string, kind: PreviewKind): Promise<Set<string>>;
  /** How much the cache holds now, counted by looking. */
  measure(): Promise<{ fileCount: number; byteCount: number }>;
  /** Resolves when nothing is being let go any more. */
  settled(): Promise<void>;
}

/** Keeps the note of the last look from being written with every look. */
const NOTE_LOOKS_EVERY_MS = 3600_000;
const TAIL_BYTE_COUNT = 1024;

/** Opens the cache in a folder, which is made if missing; what a crash left half-written is removed. */
export async function openPreviewCache({
  folder,
  limit: limitOptions,
}: {
  readonly folder: string;
  readonly limit?: CacheLimitOptions;
}): Promise<PreviewCache> {
  const unfinishedFolder = join(folder, 'unfinished');
  await rm(unfinishedFolder, { recursive: true, force: true });
  await mkdir(unfinishedFolder, { recursive: true });
  const limit = new CacheLimit(folder, limitOptions);

  function pathOf(sha256: string, kind: PreviewKind): string {
    // The hash becomes a path, so nothing but a hash may come here.
    if (!/^[0-9a-f]{64}$/.test(sha256)) throw new TypeError('not a SHA-256 in lower-case hex');
    return join(folder, sha256.slice(0, 2), `${sha256}-${kind}.${PREVIEW_FORMAT[kind]}`);
  }

  async function read(sha256: string, kind: PreviewKind): Promise<Buffer | undefined> {
    const bytes = await readFile(pathOf(sha256, kind)).catch(ignoreMissing);
    return bytes !== undefined && isWholePreview(bytes) ? withoutFacts(bytes) : undefined;
  }

  async function noteLook(path: string): Promise<void> {
    const file = await open(path, 'r+');
    try {
      const { mtimeMs } = await file.stat();
      const now = new Date();
      if (now.getTime() - mtimeMs > NOTE_LOOKS_EVERY_MS) await file.utimes(now, now);
    } finally {
      await file.close();
    }
  }

  return {
    async get(sha256, kind) {
      const bytes = await read(sha256, kind);
      // Whether the note succeeds matters to nobody who wants the picture.
      if (bytes !== undefined) await noteLook(pathOf(sha256, kind)).catch(() => undefined);
      return bytes;
    },

    async has(sha256, kind) {
      return (await read(sha256, kind)) !== undefined;
    },

    async put(sha256, kind, bytes, facts) {
      const path = pathOf(sha256, kind);
      const file = facts === undefined ? bytes : withFacts(bytes, facts);
      await limit.makeRoom(file.byteLength);
      const unfinished = join(unfinishedFolder, randomUUID());
      try {
        await writeFile(unfinished, file, { flag: 'wx' });
        await mkdir(join(folder, sha256.slice(0, 2)), { recursive: true });
        await rename(unfinished, path);
        limit.added(file.byteLength);
      } catch (error) {
        await rm(unfinished, { force: true });
        // Windows refuses to replace a file that is being read; the one that is there is as good.
        if (!(await read(sha256, kind).catch(() => undefined))) throw error;
      }
    },

    async delete(sha256, kind) {
      await rm(pathOf(sha256, kind), { force: true });
    },

    async facts(sha256, kind) {
      const file = await open(pathOf(sha256, kind)).catch(ignoreMissing);
      if (file === undefined) return undefined;
      try {
        const { size } = await file.stat();
        const head = Buffer.alloc(12);
        const tail = Buffer.alloc(Math.min(TAIL_BYTE_COUNT, size));
        await file.read(head, 0, head.byteLength, 0);
        await file.read(tail, 0, tail.byteLength, size - tail.byteLength);
        return factsInTail(head, tail, size);
      } finally {
        await file.close();
      }
    },

    async list(prefix, kind) {
      if (!/^[0-9a-f]{2}$/.test(prefix)) throw new TypeError('not two hex digits');
      const names = (await readdir(join(folder, prefix)).catch(ignoreMissing)) ?? [];
      const ending = `-${kind}.${PREVIEW_FORMAT[kind]}`;
      return new Set(
        names.filter((name) => name.endsWith(ending)).map((name) => name.slice(0, -ending.length)),
      );
    },

    measure: () => limit.measure(),
    settled: () => limit.settled(),
  };
}

function ignoreMissing(error: unknown): undefined {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
  throw error;
}
