import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { expect, it } from 'vitest';

import {
  journaledReceipts,
  openCore,
  sha256Of,
  upload,
  visibleFiles,
} from '../../../tests/support/core-lab.ts';
import { FaultyFileSystem } from '../../../tests/support/faulty-file-system.ts';
import { tempFolder } from '../../../tests/support/temp-folder.ts';
import type { LibraryFile } from '../library/file-system.ts';

function platformError(code: string): Error {
  return Object.assign(new Error('made by a test'), { code });
}

it('overwrites nothing where there are no hard links, with many photos called alike at once', async () => {
  await using temp = await tempFolder();
  await using core = await openCore({ folder: temp.path, files: new Linkless() });
  await Promise.all(
    Array.from({ length: 60 }, (_, at) =>
      core.ingest.receive(
        upload(`photo ${at}`, {
          assetKey: String(at),
          // More folders than are remembered at once, so that their lists come and go.
          told: { fileName: 'image.jpg', createdAt: Date.UTC(2010, at % 30, 4) },
        }),
      ),
    ),
  );
  const receipts = await journaledReceipts(core.libraryFolder);
  expect(receipts).toHaveLength(60);
  expect(await visibleFiles(core.libraryFolder)).toEqual(receipts.map((each) => each.path).sort());
  for (const { path, sha256 } of receipts) {
    expect(sha256Of(await readFile(join(core.libraryFolder, ...path.split('/'))))).toBe(sha256);
  }
});

it('takes the next name where a folder refuses one that its listing does not show', async () => {
  await using temp = await tempFolder();
  await using core = await openCore({ folder: temp.path, files: new Picky() });
  const { receipt } = await core.ingest.receive(upload('photo'));
  expect(receipt.path).toMatch(/IMG_1 \(2\)\.HEIC$/);
});

it('gives up where a folder refuses every name, and leaves nothing', async () => {
  await using temp = await tempFolder();
  const files = new Picky();
  files.refused = /./;
  await using core = await openCore({ folder: temp.path, files });
  await expect(core.ingest.receive(upload('photo'))).rejects.toMatchObject({
    code: 'library/write-failed',
  });
  expect(await visibleFiles(core.libraryFolder)).toEqual([]);
});

it('places nothing where a full disk synced a file and lost its bytes', async () => {
  await using temp = await tempFolder();
  await using core = await openCore({ folder: temp.path, files: new Forgetful() });
  await expect(core.ingest.receive(upload('photo'))).rejects.toMatchObject({
    code: 'library/disk-full',
  });
  expect(await visibleFiles(core.libraryFolder)).toEqual([]);
  expect(await journaledReceipts(core.libraryFolder)).toEqual([]);
});

class Linkless extends FaultyFileSystem {
  override link(): Promise<void> {
    return Promise.reject(platformError('EPERM'));
  }
}

/** Says that names are taken which it does not list, as where it folds letters by rules of its own. */
class Picky extends FaultyFileSystem {
  refused = /IMG_1\.HEIC$/;

  override link(from: string, to: string): Promise<void> {
    return this.refused.test(to) ? Promise.reject(platformError('EEXIST')) : super.link(from, to);
  }
}

/** Reports success for what it writes to staging, and has a file without bytes in the end. */
class Forgetful extends FaultyFileSystem {
  protected override wrap(file: LibraryFile, path: string): LibraryFile {
    const wrapped = super.wrap(file, path);
    if (!path.includes('staging')) return wrapped;
    return { ...wrapped, datasync: () => file.truncate(0) };
  }
}
