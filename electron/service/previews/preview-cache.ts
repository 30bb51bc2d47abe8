import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { PreviewKind } from '../decoder/decoder-protocol.ts';

/**
 * The pictures themselves: derived, so the whole folder can be deleted at any time.
 *
 * One file each, `<folder>/<aa>/<sha256>-<kind>.webp`. Real tiles have 17 to 100 KB, and at that size files were
 * faster than SQLite (2,000 of 17 to 77 KB one by one: 0.5 against 0.9 ms to write, 0.3 against 0.4 to read).
 */
export interface PreviewCache {
  /** The WebP bytes; `undefined` when there are none, or when a power cut left only a part of them. */
  get(sha256: string, kind: PreviewKind): Promise<Buffer | undefined>;
  has(sha256: string, kind: PreviewKind): Promise<boolean>;
  /** Keeps a preview, whole or not at all. @throws the file system's error */
  put(sha256: string, kind: PreviewKind, bytes: Uint8Array): Promise<void>;
  /** Removes a preview, if there is one. */
  delete(sha256: string, kind: PreviewKind): Promise<void>;
  /** How much the cache holds now, counted by looking. */
  measure(): Promise<{ fileCount: number; byteCount: number }>;
}

/** Opens the cache in a folder, which is made if missing; what a crash left half-written is removed. */
export async function openPreviewCache({ folder }: { folder: string }): Promise<PreviewCache> {
  const unfinishedFolder = join(folder, 'unfinished');
  await rm(unfinishedFolder, { recursive: true, force: true });
  await mkdir(unfinishedFolder, { recursive: true });

  function pathOf(sha256: string, kind: PreviewKind): string {
    // The hash becomes a path, so nothing but a hash may come here.
    if (!/^[0-9a-f]{64}$/.test(sha256)) throw new TypeError('not a SHA-256 in lower-case hex');
    return join(folder, sha256.slice(0, 2), `${sha256}-${kind}.webp`);
  }

  async function get(sha256: string, kind: PreviewKind): Promise<Buffer | undefined> {
    const bytes = await readFile(pathOf(sha256, kind)).catch(ignoreMissing);
    return bytes !== undefined && isWholeWebp(bytes) ? bytes : undefined;
  }

  return {
    get,

    async has(sha256, kind) {
      return (await get(sha256, kind)) !== undefined;
    },

    async put(sha256, kind, bytes) {
      const path = pathOf(sha256, kind);
      const unfinished = join(unfinishedFolder, randomUUID());
      try {
        await writeFile(unfinished, bytes, { flag: 'wx' });
        await mkdir(join(folder, sha256.slice(0, 2)), { recursive: true });
        await rename(unfinished, path);
      } catch (error) {
        await rm(unfinished, { force: true });
        // Windows refuses to replace a file that is being read; the one that is there is as good.
        if (!(await get(sha256, kind).catch(() => undefined))) throw error;
      }
    },

    async delete(sha256, kind) {
      await rm(pathOf(sha256, kind), { force: true });
    },

    async measure() {
      let [fileCount, byteCount] = [0, 0];
      for (const name of await readdir(folder)) {
        if (!/^[0-9a-f]{2}$/.test(name)) continue;
        for (const file of await readdir(join(folder, name))) {
          const found = await stat(join(folder, name, file)).catch(ignoreMissing);
          if (found === undefined) continue;
          fileCount += 1;
          byteCount += found.size;
        }
      }
      return { fileCount, byteCount };
    },
  };
}

/** The length in the RIFF header is that of the file. */
function isWholeWebp(bytes: Buffer): boolean {
  return (
    bytes.byteLength > 12 &&
    bytes.toString('latin1', 0, 4) === 'RIFF' &&
    bytes.readUInt32LE(4) + 8 === bytes.byteLength
  );
}

function ignoreMissing(error: unknown): undefined {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
  throw error;
}
