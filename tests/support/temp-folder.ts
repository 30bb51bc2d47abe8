import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A disk in memory, where the platform has one. */
const MEMORY_DISK = '/dev/shm';

/** A fresh folder that is gone with its scope. */
export async function tempFolder(parent = tmpdir()): Promise<AsyncDisposable & { path: string }> {
  const path = await mkdtemp(join(parent, 'roost-test-'));
  return {
    path,
    [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true, maxRetries: 5 }),
  };
}

/** One for a few megabytes that are written and thrown away many hundred times. */
export function tempFolderInMemory(): ReturnType<typeof tempFolder> {
  return tempFolder(existsSync(MEMORY_DISK) ? MEMORY_DISK : tmpdir());
}
