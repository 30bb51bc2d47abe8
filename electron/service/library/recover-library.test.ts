import { link, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import { describe, expect, it } from 'vitest';

import type { Receipt } from '../../../shared/receipt.ts';
import {
  journaledReceipts,
  receipt,
  sha256Of,
  visibleFiles,
} from '../../../tests/support/core-lab.ts';
import { ManualClock } from '../../../tests/support/manual-clock.ts';
import { tempFolder } from '../../../tests/support/temp-folder.ts';

import { nodeFileSystem } from './file-system.ts';
import { Journal } from './journal.ts';
import { absolutePath, libraryLayout } from './library-layout.ts';
import { openLibrary, type Library } from './open-library.ts';
import { PlacementLog } from './placement-log.ts';

const BYTES = 'bytes of a photo';
const PATH = 'Phone/2026/2026-11/IMG_1.HEIC';
const clock = new ManualClock();

/** What a service did before it was killed, as it lies on the disk. */
interface Left {
  readonly staged?: boolean;
  readonly announced?: readonly Receipt[];
  readonly journaled?: readonly Receipt[];
  /** Bytes of files in the library, by path. */
  readonly files?: Record<string, string>;
}

function photo(change: Partial<Receipt> = {}): Receipt {
  const bytes = { sha256: sha256Of(BYTES), byteCount: BYTES.length };
  return receipt({ path: PATH, ...bytes, ...change });
}

async function leave(folder: string, left: Left): Promise<void> {
  const layout = libraryLayout(folder);
  const library = await openLibrary({ folder, clock });
  await library[Symbol.asyncDispose]();
  const staged = join(layout.stagingFolder, 'upload-1');
  await writeFile(staged, BYTES);
  for (const [path, bytes] of Object.entries(left.files ?? {})) {
    await mkdir(dirname(absolutePath(layout, path)), { recursive: true });
    if (bytes === BYTES && path === PATH) await link(staged, absolutePath(layout, path));
    else await writeFile(absolutePath(layout, path), bytes);
  }
  if (!left.staged) await rm(staged);
  const placements = new PlacementLog(layout.placementFile, nodeFileSystem, () => ({
    file: '',
    byteOffset: 0,
  }));
  for (const announced of left.announced ?? []) await placements.announce(announced);
  await placements.close();
  const journal = await Journal.open(layout.journalFolder, nodeFileSystem);
  for (const entry of left.journaled ?? []) {
    await journal.append({ entry: 'receipt', ...entry }, clock.now());
  }
  await journal.close();
}

async function reopened(left: Left): Promise<{
  completed: readonly Receipt[];
  journaled: Receipt[];
  visible: string[];
}> {
  await using temp = await tempFolder();
  await leave(temp.path, left);
  let library: Library | undefined = await openLibrary({ folder: temp.path, clock });
  const { completed } = library.recovery;
  expect(await readdir(library.layout.stagingFolder)).toEqual([]);
  await library[Symbol.asyncDispose]();
  // What was settled is settled: a further start finds nothing to do.
  library = await openLibrary({ folder: temp.path, clock });
  expect(library.recovery).toEqual({ completed: [], moved: [], clearedCount: 0 });
  await library[Symbol.asyncDispose]();
  return {
    completed,
    journaled: await journaledReceipts(temp.path),
    visible: await visibleFiles(temp.path),
  };
}

describe('a service that was killed', () => {
  it('while bytes arrived has stored nothing', async () => {
    const found = await reopened({ staged: true });
    expect(found).toEqual({ completed: [], journaled: [], visible: [] });
  });

  it('after it announced a placement has stored nothing', async () => {
    const found = await reopened({ staged: true, announced: [photo()] });
    expect(found).toEqual({ completed: [], journaled: [], visible: [] });
  });

  it('after it placed the file has stored it', async () => {
    const announced = photo();
    const found = await reopened({
      staged: true,
      announced: [announced],
      files: { [PATH]: BYTES },
    });
    const durable = { ...announced, storedAt: clock.now() };
    expect(found).toEqual({
      completed: [durable],
      journaled: [{ entry: 'receipt', ...durable }],
      visible: [PATH],
    });
  });

  it('after it journaled the receipt has stored it once', async () => {
    const announced = photo();
    const journaled = { ...announced, storedAt: announced.storedAt + 5 };
    const found = await reopened({
      staged: true,
      announced: [announced],
      journaled: [journaled],
      files: { [PATH]: BYTES },
    });
    expect(found.completed).toEqual([]);
    expect(found.journaled).toEqual([{ entry: 'receipt', ...journaled }]);
  });
});

it('vouches for no other file that stands at an announced path', async () => {
  for (const bytes of ['another file', 'bytes of a phot_', '']) {
    const found = await reopened({ announced: [photo()], files: { [PATH]: bytes } });
    expect(found).toEqual({ completed: [], journaled: [], visible: [PATH] });
  }
});

it('vouches once for a file whose first try failed and whose second was journaled', async () => {
  const second = photo();
  const found = await reopened({
    announced: [photo(), second],
    journaled: [second],
    files: { [PATH]: BYTES },
  });
  expect(found.completed).toEqual([]);
  expect(found.journaled).toEqual([{ entry: 'receipt', ...second }]);
});

it('vouches once for a file that was announced twice and never journaled: for the last try', async () => {
  const last = photo();
  const found = await reopened({ announced: [photo(), last], files: { [PATH]: BYTES } });
  expect(found.completed.map((each) => each.receiptId)).toEqual([last.receiptId]);
});

it('does not vouch for a like file under a name that a placement found taken', async () => {
  const taken = photo({ path: 'Phone/2026/2026-11/mine.HEIC' });
  const placed = { ...taken, path: PATH };
  const files = { [taken.path]: BYTES, [PATH]: BYTES };
  const found = await reopened({ announced: [taken, placed], files });
  expect(found.completed.map((each) => each.path)).toEqual([PATH]);
  const journaled = await reopened({ announced: [taken, placed], journaled: [placed], files });
  expect(journaled.completed).toEqual([]);
});

it('vouches for new bytes at the path of a file that a person deleted', async () => {
  const old = photo({ sha256: sha256Of('old'), byteCount: 3 });
  const found = await reopened({
    announced: [photo()],
    journaled: [old],
    files: { [PATH]: BYTES },
  });
  expect(found.completed).toHaveLength(1);
});

it('finds the journal line also in the month before, or where the clock was set back', async () => {
  const announced = photo({ startedAt: Date.UTC(2026, 9, 31, 23, 59) });
  const ahead = photo({ startedAt: Date.UTC(2031, 0, 1) });
  const other = { ...ahead, path: 'Phone/2026/2026-11/other.HEIC' };
  const found = await reopened({
    announced: [announced, other],
    journaled: [announced, other],
    files: { [PATH]: BYTES, [other.path]: BYTES },
  });
  expect(found.completed).toEqual([]);
});
