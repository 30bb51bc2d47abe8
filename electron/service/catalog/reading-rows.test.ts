import { randomUUID } from 'node:crypto';
import { join } from 'node:path';

import Database from 'better-sqlite3';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { Receipt } from '../../../shared/receipt.ts';
import { receipt, sha256Of } from '../../../tests/support/core-lab.ts';
import { tempFolder } from '../../../tests/support/temp-folder.ts';
import type { Finding } from '../library/check-original.ts';
import { foldName } from '../library/folder-names.ts';

import { listFindings } from './finding-queries.ts';
import { first } from './migrations/0001-first.ts';
import { openCatalog, type Catalog } from './open-catalog.ts';
import {
  forgetReadingsAfter,
  isKnownBad,
  nextToRead,
  oldestReadAt,
  readingTotals,
  recordFinding,
} from './reading-rows.ts';
import { recordEntry } from './record-entry.ts';

const HOUR_MS = 3_600_000;
const NOW = Date.UTC(2026, 10, 21, 12);

let temp: Awaited<ReturnType<typeof tempFolder>>;
let catalog: Catalog;
beforeEach(async () => {
  temp = await tempFolder();
  catalog = openCatalog(join(temp.path, 'catalog.sqlite'));
});
afterEach(async () => {
  catalog.close();
  await temp[Symbol.asyncDispose]();
});

function add(change: Partial<Receipt> = {}): Receipt {
  const name = randomUUID();
  const added = receipt({ path: `Phone/${name}.HEIC`, sha256: sha256Of(name), ...change });
  recordEntry(catalog, { entry: 'receipt', ...added });
  return added;
}

describe('a catalog of the first version', () => {
  it('has all its receipts to be read, in their order, and is then as a fresh one', () => {
    const path = join(temp.path, 'older.sqlite');
    const old = openCatalog(path, [first]);
    const receipts = Array.from({ length: 3 }, (_, at) =>
      receipt({ path: `Phone/${3 - at}.HEIC`, byteCount: at + 1 }),
    );
    for (const each of receipts) {
      old.run(
        `INSERT INTO resources (receipt_id, asset_id, device_id, asset_key, resource_type, path, path_key,
           byte_count, sha256, stored_at, receipt) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
        ...[each.receiptId, each.assetId, each.deviceId, each.assetKey, each.resourceType],
        ...[
          each.path,
          foldName(each.path),
          each.byteCount,
          each.sha256,
          each.storedAt,
          JSON.stringify(each),
        ],
      );
    }
    old.close();
    const migrated = openCatalog(path);
    expect(readingTotals(migrated, 0)).toMatchObject({
      originalCount: 3,
      originalByteCount: 6,
      unreadCount: 3,
      readCount: 0,
    });
    const order: (string | undefined)[] = [];
    for (let at = 1; at <= 3; at += 1) {
      const next = nextToRead(migrated, NOW, NOW);
      order.push(next?.receiptId);
      if (next) recordFinding(migrated, next, { kind: 'good' }, NOW + at);
    }
    expect(order).toEqual(receipts.map(({ receiptId }) => receiptId));
    const schema = (of: Catalog): unknown =>
      of.all('SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY name');
    expect(schema(migrated)).toEqual(schema(catalog));
    migrated.close();
  });

  it('that is empty has nothing to be read', () => {
    const path = join(temp.path, 'older.sqlite');
    openCatalog(path, [first]).close();
    const migrated = openCatalog(path);
    expect(migrated.all('SELECT * FROM reading_counts')).toEqual([]);
    expect(readingTotals(migrated, 0)).toMatchObject({ originalCount: 0, readCount: 0 });
    expect(oldestReadAt(migrated)).toBeUndefined();
    migrated.close();
  });
});

describe('an entry of the journal', () => {
  it('that comes again changes nothing of what was found', () => {
    const added = add();
    recordFinding(catalog, added, { kind: 'changed' }, NOW);
    const before = catalog.all('SELECT * FROM readings');
    recordEntry(catalog, { entry: 'receipt', ...added });
    expect(catalog.all('SELECT * FROM readings')).toEqual(before);
    expect(isKnownBad(catalog, added.receiptId)).toBe(true);
  });
});

it('takes back readings from a time to come', () => {
  const [past, future] = [add(), add()];
  recordFinding(catalog, past, { kind: 'good' }, NOW - 1);
  recordFinding(catalog, future, { kind: 'good' }, NOW + 1);
  expect(forgetReadingsAfter(catalog, NOW)).toBe(1);
  expect(nextToRead(catalog, NOW - 1, 0)?.receiptId).toBe(future.receiptId);
  expect(readingTotals(catalog, 0)).toMatchObject({ readCount: 1 });
});

const finding = fc.constantFrom<Finding>(
  { kind: 'good' },
  { kind: 'changed' },
  { kind: 'missing' },
  { kind: 'wrong-length', byteCount: 3 },
  { kind: 'unreadable', code: 'EIO' },
);

it('counts what stands in the rows, whatever was added and found when', () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.oneof(
          fc.record({ kind: fc.constant('add' as const), bytes: fc.constantFrom('1', '2', '3') }),
          fc.record({
            kind: fc.constant('find' as const),
            which: fc.nat(9),
            finding,
            at: fc.integer({ min: 1, max: 5 * HOUR_MS }),
          }),
        ),
        { maxLength: 40 },
      ),
      fc.integer({ min: 0, max: 6 * HOUR_MS }),
      (operations, since) => {
        const path = join(temp.path, `${randomUUID()}.sqlite`);
        catalog.close();
        catalog = openCatalog(path);
        const added: Receipt[] = [];
        for (const each of operations) {
          if (each.kind === 'add') {
            added.push(add({ sha256: sha256Of(each.bytes), byteCount: added.length + 1 }));
          } else {
            const found = added[each.which % Math.max(added.length, 1)];
            if (found) recordFinding(catalog, found, each.finding, each.at);
          }
        }
        const rows = catalog.all<{
          receipt_id: string;
          read_at: number;
          finding: string;
          found_at: number | null;
          is_replaced: number;
          byte_count: number;
          sha256: string;
        }>('SELECT readings.*, resources.sha256 FROM readings JOIN resources USING (receipt_id)');
        const isBad = (row: (typeof rows)[number]): boolean =>
          row.finding !== 'unread' && row.finding !== 'good';
        for (const row of rows) {
          expect(row.found_at !== null).toBe(isBad(row));
          const isElsewhere = rows.some((other) => other.sha256 === row.sha256 && !isBad(other));
          expect(row.is_replaced).toBe(isBad(row) && isElsewhere ? 1 : 0);
        }
        const read = rows.filter((row) => row.read_at > 0 && row.read_at >= since);
        const open = rows.filter((row) => isBad(row) && row.is_replaced === 0);
        const sum = (of: typeof rows): number => of.reduce((all, row) => all + row.byte_count, 0);
        expect(readingTotals(catalog, since)).toEqual({
          originalCount: rows.length,
          originalByteCount: sum(rows),
          readCount: read.length,
          readByteCount: sum(read),
          unreadCount: rows.filter((row) => row.finding === 'unread').length,
          damagedCount: open.filter((row) => row.finding !== 'missing').length,
          missingCount: open.filter((row) => row.finding === 'missing').length,
          replacedCount: rows.filter((row) => row.is_replaced === 1).length,
        });
        expect(listFindings(catalog, { which: 'open', limit: 100 }).findings).toHaveLength(
          open.length,
        );
        expect(catalog.all('SELECT * FROM reading_counts WHERE receipt_count <= 0')).toEqual([]);
      },
    ),
    { numRuns: 60 },
  );
});

describe('a million originals', () => {
  it('are asked about without looking at all of them', () => {
    const path = join(temp.path, 'million.sqlite');
    openCatalog(path).close();
    const database = new Database(path);
    database.exec(`
      PRAGMA synchronous = OFF;
      DROP TRIGGER readings_added;
      WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < 1000000)
      INSERT INTO readings SELECT printf('%08x-0000-4000-8000-000000000000', n), 3000000,
        ${NOW - 30 * 24 * HOUR_MS} + n * 2592, iif(n % 1000 = 0, 'missing', 'good'), NULL,
        iif(n % 1000 = 0, n, NULL), n % 2000 = 0 FROM numbers;
      INSERT INTO reading_counts SELECT read_at / 3600000, finding, is_replaced, count(*), sum(byte_count)
        FROM readings GROUP BY 1, 2, 3;
    `);
    const statements: string[] = [];
    database.close();
    const large = openCatalog(path);
    // Every statement of these functions, as they are asked, with its plan.
    const watched: Catalog = {
      ...large,
      all: (sql, ...values) => {
        statements.push(sql);
        return large.all(sql, ...values);
      },
      get: (sql, ...values) => {
        statements.push(sql);
        return large.get(sql, ...values);
      },
      run: (sql, ...values) => {
        statements.push(sql);
        return large.run(sql, ...values);
      },
    };
    expect(readingTotals(watched, NOW - 15 * 24 * HOUR_MS)).toMatchObject({
      originalCount: 1_000_000,
      readCount: 500_001,
      missingCount: 500,
      replacedCount: 500,
    });
    nextToRead(watched, NOW, NOW);
    nextToRead(watched, NOW, 0);
    oldestReadAt(watched);
    isKnownBad(watched, randomUUID());
    listFindings(watched, { which: 'open', limit: 50 });
    recordEntry(watched, { entry: 'receipt', ...receipt() });
    recordFinding(watched, receipt(), { kind: 'good' }, NOW);
    forgetReadingsAfter(watched, NOW);
    expect(statements.length).toBeGreaterThan(9);
    for (const sql of statements.filter((each) => each.includes('reading'))) {
      const plan = large
        .all<{ detail: string }>(`EXPLAIN QUERY PLAN ${sql}`, ...unbound(sql))
        .map(({ detail }) => detail);
      // The order of an index is no scan of rows: it ends with the first one.
      const scans = plan.filter(
        (detail) => /SCAN (readings|resources)\b/.test(detail) && !sql.includes('LIMIT 1'),
      );
      expect(scans, sql).toEqual([]);
      expect(plan.join(), sql).not.toMatch(/TEMP B-TREE FOR ORDER BY/);
      // Findings may be many too: whoever goes through them all does so page by page.
      if (!sql.includes('LIMIT')) expect(plan.join(), sql).not.toMatch(/readings_(found|open)/);
    }
    const began = performance.now();
    for (let at = 0; at < 100; at += 1) readingTotals(large, NOW - at * HOUR_MS);
    process.stdout.write(
      `Totals of 1,000,000 readings: ${((performance.now() - began) / 100).toFixed(2)} ms\n`,
    );
    large.close();
  }, 120_000);
});

function unbound(sql: string): null[] {
  return Array.from(sql.matchAll(/\?/g), () => null);
}
