import { randomBytes } from 'node:crypto';
import { mkdir, readFile, rename, rm, truncate } from 'node:fs/promises';

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { TABLET, upload } from '../../../tests/support/core-lab.ts';
import { ScrubLab } from '../../../tests/support/scrub-lab.ts';
import type { Receipt } from '../../../shared/receipt.ts';
import { listFindings, type FindingFilter } from '../catalog/finding-queries.ts';

function findings(lab: ScrubLab, which: FindingFilter['which'] = 'open') {
  return listFindings(lab.core.catalog, { which, limit: 100 }).findings;
}

describe('what is found', () => {
  it('is named by receipt, kind and time, and everything else counts as read', async () => {
    await using lab = await ScrubLab.open();
    const receipts: Receipt[] = [];
    for (let at = 0; at < 5; at += 1) receipts.push(await lab.receive(`photo ${at}`));
    const [changed, cut, gone, folder] = receipts as [Receipt, Receipt, Receipt, Receipt];
    await lab.damage(changed, 'photo X');
    await truncate(lab.pathOf(cut), 3);
    await rm(lab.pathOf(gone));
    await rm(lab.pathOf(folder));
    await mkdir(lab.pathOf(folder));
    const scrub = lab.start();
    await lab.untilDone();
    const found = new Map(findings(lab).map((each) => [each.receipt.receiptId, each]));
    expect(found.get(changed.receiptId)?.finding).toEqual({ kind: 'changed' });
    expect(found.get(cut.receiptId)?.finding).toEqual({ kind: 'wrong-length', byteCount: 3 });
    expect(found.get(gone.receiptId)?.finding).toEqual({ kind: 'missing' });
    expect(found.get(folder.receiptId)?.finding).toEqual({ kind: 'unreadable', code: 'EISDIR' });
    expect(found.size).toBe(4);
    expect(scrub.status()).toMatchObject({
      originalCount: 5,
      readCount: 5,
      unreadCount: 0,
      damagedCount: 3,
      missingCount: 1,
      replacedCount: 0,
    });
    expect(await readFile(lab.pathOf(changed), 'utf8')).toBe('photo X');
  });

  it('stays with the time it was first found, and is looked at again after a day', async () => {
    await using lab = await ScrubLab.open();
    const receipt = await lab.receive('photo');
    await lab.receive('other');
    await lab.damage(receipt, 'JUNK!');
    lab.start();
    await lab.untilDone();
    const [first] = findings(lab);
    const reads = lab.readNames.length;
    await lab.pass(25 * 60 * 60_000);
    await lab.untilDone();
    expect(lab.readNames.length).toBeGreaterThan(reads);
    expect(new Set(lab.readNames.slice(reads))).toEqual(new Set(['001.HEIC']));
    const [again] = findings(lab);
    expect(again?.foundAt).toBe(first?.foundAt);
    expect(again?.readAt).toBeGreaterThan(first?.readAt ?? Infinity);
  });

  it('comes in pages, last found first', async () => {
    await using lab = await ScrubLab.open();
    for (let at = 0; at < 7; at += 1) await rm(lab.pathOf(await lab.receive(`photo ${at}`)));
    lab.start();
    await lab.untilDone();
    const { catalog } = lab.core;
    const seen: string[] = [];
    let before: string | undefined;
    do {
      const page = listFindings(catalog, { which: 'open', before, limit: 3 });
      seen.push(...page.findings.map(({ receipt }) => receipt.path));
      before = page.nextCursor;
    } while (before !== undefined);
    expect(seen).toEqual(findings(lab).map(({ receipt }) => receipt.path));
    expect(new Set(seen).size).toBe(7);
    expect(listFindings(catalog, { which: 'open', before: 'x', limit: 9 }).findings).toHaveLength(
      7,
    );
  });
});

describe('a damaged original', () => {
  it('is good again once a person put it back and had it looked at', async () => {
    await using lab = await ScrubLab.open();
    const receipt = await lab.receive('photo');
    const scrub = lab.start();
    await lab.damage(receipt, 'JUNK!');
    await scrub.checkAgain(receipt.receiptId);
    expect(scrub.isChecking(receipt.receiptId)).toBe(true);
    await lab.until(() => !scrub.isChecking(receipt.receiptId));
    expect(findings(lab)).toHaveLength(1);
    expect(lab.told.at(-1)).toMatchObject({ damagedCount: 1 });

    await lab.damage(receipt, 'photo');
    await scrub.checkAgain(receipt.receiptId);
    await lab.until(() => !scrub.isChecking(receipt.receiptId));
    expect(findings(lab)).toEqual([]);
    expect(lab.told.at(-1)).toMatchObject({ damagedCount: 0, unreadCount: 0 });
  });

  it('cannot be looked at again while the library is away, or where there is none', async () => {
    await using lab = await ScrubLab.open();
    const receipt = await lab.receive('photo');
    const scrub = lab.start();
    await expect(scrub.checkAgain(crypto.randomUUID())).rejects.toMatchObject({
      code: 'request/not-found',
    });
    lab.isLibraryPresent = () => Promise.resolve(false);
    await expect(scrub.checkAgain(receipt.receiptId)).rejects.toMatchObject({
      code: 'library/missing',
    });
  });

  it('no longer counts as here, and is replaced by what the device sends again', async () => {
    await using lab = await ScrubLab.open();
    const { ingest } = lab.core;
    const damaged = await lab.receive('photo', 'key');
    await lab.damage(damaged, 'JUNK!');
    const asked = { deviceId: damaged.deviceId, assetKey: 'key', resourceType: 'photo' };
    const { sha256 } = damaged;
    expect(await ingest.find({ ...asked, sha256 })).toBeDefined();
    lab.start();
    await lab.untilDone();
    expect(await ingest.find({ ...asked, sha256 })).toBeUndefined();

    const good = await lab.receive('photo', 'key');
    expect(good.path).not.toBe(damaged.path);
    expect((await ingest.find({ ...asked, sha256 }))?.receiptId).toBe(good.receiptId);
    expect(findings(lab)).toEqual([]);
    expect(findings(lab, 'replaced')).toMatchObject([
      { receipt: { receiptId: damaged.receiptId }, replacedBy: { receiptId: good.receiptId } },
    ]);
    expect(lab.totals).toMatchObject({ damagedCount: 0, replacedCount: 1, originalCount: 2 });

    // What stood in for it goes too: both are open again.
    await rm(lab.pathOf(good));
    lab.scrub!.start();
    await lab.untilDone();
    expect(findings(lab)).toHaveLength(2);
    expect(findings(lab, 'replaced')).toEqual([]);
    expect(await ingest.find({ ...asked, sha256 })).toBeUndefined();
  });

  it('that was missing and stands again at its old path under a new receipt is good as well', async () => {
    await using lab = await ScrubLab.open();
    const gone = await lab.receive('photo', 'key');
    await rm(lab.pathOf(gone));
    const scrub = lab.start();
    await lab.untilDone();
    expect(lab.totals.missingCount).toBe(1);
    // As after a restart: within one run the folder's names are remembered, and the old one counts as taken.
    await lab.damage(gone, 'photo');
    await lab.core.ledger.record({ entry: 'receipt', ...gone, receiptId: crypto.randomUUID() });
    expect(lab.totals).toMatchObject({ missingCount: 0, replacedCount: 1 });
    await scrub.checkAgain(gone.receiptId);
    await lab.until(() => !scrub.isChecking(gone.receiptId));
    expect(lab.totals).toMatchObject({ missingCount: 0, replacedCount: 0, unreadCount: 0 });
  });

  it('is known at once when bytes came for which its file was read again', async () => {
    await using lab = await ScrubLab.open();
    const receipt = await lab.receive('photo');
    const scrub = lab.start();
    scrub.note(receipt, { kind: 'good' });
    expect(lab.totals.unreadCount).toBe(0);
    await lab.damage(receipt, 'JUNK!');
    scrub.note(receipt, { kind: 'changed' });
    await lab.until(() => !scrub.isChecking(receipt.receiptId));
    expect(findings(lab)).toHaveLength(1);
    // What somebody saw while the library went away is looked at again, and proves nothing by itself.
    await lab.damage(receipt, 'photo');
    scrub.note(receipt, { kind: 'missing' });
    await lab.until(() => !scrub.isChecking(receipt.receiptId));
    expect(findings(lab)).toEqual([]);
  });

  it('is needed from every device that has it, and each is told where it is once it came', async () => {
    await using lab = await ScrubLab.open();
    const { ingest } = lab.core;
    const first = await lab.receive('photo', 'key');
    await ingest.receive(
      upload('photo', { deviceId: TABLET, deviceFolder: 'iPad', assetKey: 't' }),
    );
    await lab.damage(first, 'JUNK!');
    lab.start();
    await lab.untilDone();
    const { sha256 } = first;
    const tablet = { deviceId: TABLET, assetKey: 't', resourceType: 'photo', sha256 };
    expect(await ingest.find(tablet)).toBeUndefined();
    const good = await lab.receive('photo', 'key');
    const again = await ingest.receive(
      upload('photo', { deviceId: TABLET, deviceFolder: 'iPad', assetKey: 't' }),
    );
    expect(again).toMatchObject({ result: 'duplicate', receipt: { receiptId: good.receiptId } });
    expect((await ingest.find(tablet))?.receiptId).toBe(good.receiptId);
  });
});

/** Ways to damage a file of at least one byte. */
const damage = fc.oneof(
  fc.record({ how: fc.constant('flip' as const), at: fc.nat(), bit: fc.nat(7) }),
  fc.record({ how: fc.constant('cut' as const), at: fc.nat() }),
  fc.record({
    how: fc.constant('add' as const),
    bytes: fc.uint8Array({ minLength: 1, maxLength: 9 }),
  }),
  fc.record({ how: fc.constant('remove' as const) }),
  fc.record({ how: fc.constant('move' as const) }),
);

function damagedBytes(
  bytes: Buffer,
  each: typeof damage extends fc.Arbitrary<infer D> ? D : never,
) {
  const copy = Buffer.from(bytes);
  if (each.how === 'flip') {
    const at = each.at % copy.length;
    copy[at] = (copy[at] ?? 0) ^ (1 << each.bit);
    return copy;
  }
  if (each.how === 'cut') return copy.subarray(0, each.at % copy.length);
  return each.how === 'add' ? Buffer.concat([copy, each.bytes]) : undefined;
}

it('is all of the damage that is planted in a library, and nothing else', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(
        fc.record({
          byteCount: fc.oneof(
            fc.integer({ min: 1, max: 40 }),
            fc.integer({ min: 1, max: 3_000_000 }),
          ),
          damage: fc.option(damage, { nil: undefined }),
        }),
        { minLength: 1, maxLength: 8 },
      ),
      async (originals) => {
        await using lab = await ScrubLab.open();
        const planted = new Set<string>();
        for (const [at, original] of originals.entries()) {
          // No two alike, however short: else one receipt would stand for both.
          const bytes = Buffer.concat([Buffer.of(at), randomBytes(original.byteCount - 1)]);
          const receipt = await lab.receive(bytes);
          const path = lab.pathOf(receipt);
          if (!original.damage) continue;
          planted.add(receipt.receiptId);
          const made = damagedBytes(bytes, original.damage);
          if (made) await lab.damage(receipt, made);
          else if (original.damage.how === 'move')
            await rename(path, `${path}.moved`).catch(() => undefined);
          else await rm(path, { force: true });
        }
        lab.start();
        await lab.untilDone();
        const found = findings(lab).map(({ receipt }) => receipt.receiptId);
        expect(new Set(found)).toEqual(planted);
        expect(lab.totals.damagedCount + lab.totals.missingCount).toBe(planted.size);
        expect(lab.totals.unreadCount).toBe(0);
      },
    ),
    { numRuns: 40 },
  );
}, 300_000);
