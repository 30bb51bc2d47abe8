import fc from 'fast-check';
import { expect, it } from 'vitest';

import { openCore, upload } from '../../../tests/support/core-lab.ts';
import { expectWhole } from '../../../tests/support/expect-whole.ts';
import { tempFolderInMemory } from '../../../tests/support/temp-folder.ts';
import { receiptById } from '../catalog/receipt-queries.ts';
import { assetOfReceipt } from '../catalog/stem-queries.ts';
import { foldName, stemKey } from '../library/folder-names.ts';
import { numberedName, splitName } from '../library/safe-name.ts';

/** Names that meet each other in case, Unicode form, extension, number and mark. */
const NAMES = [
  'IMG_1.HEIC',
  'img_1.heic',
  'IMG_1.MOV',
  'IMG_1',
  'IMG_1 (2).HEIC',
  'IMG_1 (edited).HEIC',
  'IMG_1 (2) (edited).MOV',
  'IMG_1.HEIC.',
  'a/IMG_1.HEIC',
  'é.jpg',
  'e\u0301.jpg',
  'con.jpg',
  '_con.jpg',
  'SHA256SUMS',
  'x?.jpg',
  'x_.jpg',
  `${'y'.repeat(250)}.jpg`,
  `${'y'.repeat(251)}.jpg`,
  '50%25.jpg',
  '50%.jpg',
  'IMG%5F1.HEIC',
];

it('loses no file to another, and gives each asset its own stem, whatever names come at once', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.constantFrom(...NAMES), fc.integer({ min: 0, max: 5 })), {
        minLength: 2,
        maxLength: 12,
      }),
      async (sent) => {
        await using temp = await tempFolderInMemory();
        await using core = await openCore({ folder: temp.path });
        const outcomes = await Promise.all(
          sent.map(([fileName, asset], at) =>
            core.ingest.receive(
              upload(`bytes ${at}`, {
                assetKey: `asset-${asset}`,
                resourceType: `type-${at % 3}`,
                told: { fileName, createdAt: Date.UTC(2019, 7, 4, 12) },
              }),
            ),
          ),
        );
        const receipts = await expectWhole(core.libraryFolder);
        expect(receipts).toHaveLength(sent.length);
        expect(new Set(receipts.map(({ path }) => foldName(path))).size).toBe(sent.length);
        const owners = new Map<string, string>();
        // As they belong together in the end: of one name and moment, files of two keys are one asset.
        for (const { receipt } of outcomes) {
          const { path = '' } = receiptById(core.catalog, receipt.receiptId) ?? {};
          const assetId = assetOfReceipt(core.catalog, receipt.receiptId);
          const owner = owners.get(stemKey(path)) ?? assetId;
          expect(owner, path).toBe(assetId);
          owners.set(stemKey(path), owner ?? '');
        }
      },
    ),
    { numRuns: 40 },
  );
}, 120_000);

it('numbers the stem of a name, and a name can be put together again from what it is split into', () => {
  expect(numberedName('IMG_1 (edited).HEIC', 3)).toBe('IMG_1 (3) (edited).HEIC');
  expect(stemKey('a/IMG_1 (Edited).heic')).toBe(stemKey('b/img_1.MOV'));
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.constantFrom(...NAMES)), (name) => {
      const { stem, suffix, extension } = splitName(name);
      expect(`${stem}${suffix}${extension}`).toBe(name);
      expect(splitName(numberedName(name, 7))).toMatchObject({ suffix, extension });
    }),
  );
});
