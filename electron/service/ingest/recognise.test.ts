import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { expect, it } from 'vitest';

import { openCore, TABLET, upload } from '../../../tests/support/core-lab.ts';
import { tempFolder } from '../../../tests/support/temp-folder.ts';

it.each([
  ['again', {}],
  ['from another device', { deviceId: TABLET, deviceFolder: 'iPad' }],
])(
  'stores bytes anew that arrive %s after their file was overwritten with others as long',
  async (_, change) => {
    await using temp = await tempFolder();
    await using core = await openCore({ folder: temp.path });
    const pathOf = (path: string): string => join(core.libraryFolder, ...path.split('/'));
    const first = await core.ingest.receive(upload('photo'));
    await writeFile(pathOf(first.receipt.path), 'JUNK!');
    const again = await core.ingest.receive(upload('photo', change));
    expect(again.result).toBe('stored');
    expect(again.receipt.path).not.toBe(first.receipt.path);
    expect(await readFile(pathOf(again.receipt.path), 'utf8')).toBe('photo');
    expect(await readFile(pathOf(first.receipt.path), 'utf8')).toBe('JUNK!');
    const third = await core.ingest.receive(upload('photo', { ...change, assetKey: 'third' }));
    expect(third).toMatchObject({
      result: 'duplicate',
      receipt: { receiptId: again.receipt.receiptId },
    });
  },
);
