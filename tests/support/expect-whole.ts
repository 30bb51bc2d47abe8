import { expect } from 'vitest';

import { isInTrash, type Receipt } from '../../shared/receipt.ts';
import { verifyLibrary } from '../../electron/service/library/verify-library.ts';

import { journaledReceipts, visibleFiles } from './core-lab.ts';

/** What a person sees is exactly what receipts vouch for, bit for bit. Gives those receipts. */
export async function expectWhole(libraryFolder: string, context?: string): Promise<Receipt[]> {
  const receipts = await journaledReceipts(libraryFolder);
  const paths = receipts.map((receipt) => receipt.path).sort();
  expect(new Set(paths).size, `one receipt for each path: ${context}`).toBe(paths.length);
  const visible = paths.filter((path) => !isInTrash(path));
  expect(await visibleFiles(libraryFolder), context).toEqual(visible);
  const report = await verifyLibrary({ libraryFolder });
  expect(report, context).toMatchObject({
    fileCount: receipts.length,
    damaged: [],
    missing: [],
    unknown: [],
    journalDamage: [],
  });
  return receipts;
}
