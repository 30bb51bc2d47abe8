import { expect } from 'vitest';

import { verifyLibrary } from '../../electron/service/library/verify-library.ts';

import { journaledReceipts, visibleFiles } from './core-lab.ts';

/** What a person sees is exactly what receipts vouch for, bit for bit. */
export async function expectWhole(libraryFolder: string): Promise<void> {
  const receipts = await journaledReceipts(libraryFolder);
  const paths = receipts.map((receipt) => receipt.path);
  expect(new Set(paths).size, 'one receipt for each path').toBe(paths.length);
  expect(await visibleFiles(libraryFolder)).toEqual(paths.sort());
  const report = await verifyLibrary({ libraryFolder });
  expect(report).toMatchObject({
    fileCount: receipts.length,
    damaged: [],
    missing: [],
    unknown: [],
    journalDamage: [],
  });
}
