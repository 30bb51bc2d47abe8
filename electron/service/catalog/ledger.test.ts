import { randomUUID } from 'node:crypto';

import { afterEach, beforeEach, expect, it } from 'vitest';

import type { JournalEntry } from '../../../shared/receipt.ts';
import { openCore, receipt, type Core } from '../../../tests/support/core-lab.ts';
import { tempFolder } from '../../../tests/support/temp-folder.ts';

import { journalPosition } from './follow-journal.ts';

let temp: Awaited<ReturnType<typeof tempFolder>>;
let core: Core;

beforeEach(async () => {
  temp = await tempFolder();
  core = await openCore({ folder: temp.path });
});

afterEach(async () => {
  await core[Symbol.asyncDispose]();
  await temp[Symbol.asyncDispose]();
});

function entry(name = 'IMG_1'): JournalEntry {
  return { entry: 'receipt', ...receipt({ path: `Phone/2026/2026-11/${name}.HEIC` }) };
}

function resourceCount(): number {
  return core.catalog.get<{ n: number }>('SELECT count(*) AS n FROM resources')?.n ?? 0;
}

it('has entries in the catalog when they are recorded, and its place behind them', async () => {
  await Promise.all(Array.from({ length: 20 }, (_, at) => core.ledger.record(entry(String(at)))));
  expect(resourceCount()).toBe(20);
  const before = journalPosition(core.catalog);
  await core.ledger.record(entry());
  expect(journalPosition(core.catalog)?.byteOffset).toBeGreaterThan(before?.byteOffset ?? Infinity);
});

it('has nothing of an entry that the journal could not take', async () => {
  await core.library.journal.close();
  await expect(core.ledger.record(entry())).rejects.toMatchObject({ code: 'service/stopping' });
  expect(resourceCount()).toBe(0);
});

it('refuses an entry that would be read as damage, before it is written', async () => {
  const broken = { ...entry(), captureTime: { local: 'yesterday', source: 'exif' } };
  await expect(core.ledger.record(broken as JournalEntry)).rejects.toMatchObject({
    name: 'ZodError',
  });
  await core.ledger.record(entry());
  expect(resourceCount()).toBe(1);
});

it('records although the catalog cannot take it, and the next start brings it in', async () => {
  await core.ledger.record(entry('first'));
  const place = journalPosition(core.catalog);
  core.catalog.run(
    "CREATE TEMP TRIGGER full BEFORE INSERT ON resources WHEN NEW.path LIKE '%lost%' BEGIN SELECT RAISE(FAIL, 'full'); END",
  );
  await core.ledger.record(entry('lost'));
  await core.ledger.record(entry('behind'));
  await core.ledger.record({ ...deviceEntry });
  expect(resourceCount()).toBe(2);
  expect(journalPosition(core.catalog)).toEqual(place);
  await core[Symbol.asyncDispose]();
  core = await openCore({ folder: temp.path });
  expect(resourceCount()).toBe(3);
  const paths = core.catalog.all<{ path: string }>('SELECT path FROM resources ORDER BY path');
  expect(paths.map((row) => row.path.split('/').at(-1))).toEqual([
    'behind.HEIC',
    'first.HEIC',
    'lost.HEIC',
  ]);
});

const deviceEntry: JournalEntry = {
  entry: 'device',
  deviceId: randomUUID(),
  name: 'iPhone',
  folder: 'iPhone',
  model: '',
  platform: '',
  app: '',
  pairedAt: 1,
  recordedAt: 1,
};
