import { dirname } from 'node:path';

import type { FileSystem } from './file-system.ts';
import { removeFile } from './place-file.ts';
import { writeFully } from './write-fully.ts';

/** Writes a small file so that a crash leaves the old one or the new one, never half of one. */
export async function writeFileDurably(
  files: FileSystem,
  path: string,
  text: string,
): Promise<void> {
  const fresh = `${path}.new`;
  await removeFile(files, fresh);
  const file = await files.open(fresh, 'wx', 0o600);
  try {
    await writeFully(file, Buffer.from(text, 'utf8'), 0);
    await file.sync();
  } finally {
    await file.close();
  }
  await files.rename(fresh, path);
  await files.syncFolder(dirname(path));
}
