import { randomBytes, randomUUID } from 'node:crypto';
import { chmod, copyFile, mkdir, rm, statfs, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import type { Clock } from '../../../shared/clock.ts';
import type { Receipt } from '../../../shared/receipt.ts';
import { checkOriginal } from '../library/check-original.ts';
import { isCode, nodeFileSystem } from '../library/file-system.ts';
import { hashFile } from '../library/hash-file.ts';
import { readJournal } from '../library/journal.ts';
import { absolutePath, libraryLayout } from '../library/library-layout.ts';
import { openLibrary } from '../library/open-library.ts';

/** The self-test copies no more than this of a library. */
export const MAX_SAMPLE_FILE_COUNT = 40;
export const MAX_SAMPLE_BYTE_COUNT = 256 * 1024 ** 2;

/** Lengths of the files that are made where a library has too few: around a block and a part of reading. */
const MADE_BYTE_COUNTS = [
  2, 511, 4096, 4097, 65_536, 1_048_575, 1_048_576, 1_048_577, 2_500_000, 2_500_000,
];
const MADE_ROUNDS = 2;

/** One file of the small library. */
export interface SampleFile {
  /** Below the library folder. */
  readonly path: string;
  readonly byteCount: number;
  readonly sha256: string;
}

export interface SampleLibrary {
  readonly folder: string;
  readonly files: readonly SampleFile[];
  /** How many of them are copies of originals. */
  readonly copiedCount: number;
  readonly copiedByteCount: number;
  /** Originals that could not be taken, since they are not whole themselves. */
  readonly notWholeCount: number;
}

export interface SampleOptions {
  /** The library to copy from; only read. */
  readonly from: string;
  /** An empty folder. */
  readonly into: string;
  readonly clock: Clock;
  readonly signal?: AbortSignal | undefined;
}

/** Makes a library with its own journal: copies of some originals, and made files besides. */
export async function makeSampleLibrary(options: SampleOptions): Promise<SampleLibrary> {
  const { from, into, clock, signal } = options;
  const files: SampleFile[] = [];
  let notWholeCount = 0;
  let left = Math.min(MAX_SAMPLE_BYTE_COUNT, Math.floor((await freeByteCount(into)) / 2));
  for (const receipt of await drawReceipts(from)) {
    signal?.throwIfAborted();
    if (receipt.byteCount > left || receipt.byteCount < 2) continue;
    const copied = { ...receipt, path: `copies/${files.length + 1}` };
    if (await copyWhole(absolutePath(libraryLayout(from), receipt.path), into, copied, signal)) {
      files.push(copied);
      left -= receipt.byteCount;
    } else notWholeCount += 1;
  }
  const copiedCount = files.length;
  const copiedByteCount = files.reduce((sum, file) => sum + file.byteCount, 0);
  files.push(...(await makeFiles(into, signal)));
  await using library = await openLibrary({ folder: into, clock });
  for (const file of files) {
    await library.journal.append({ entry: 'receipt', ...receiptOf(file, clock) }, clock.now());
  }
  return { folder: into, files, copiedCount, copiedByteCount, notWholeCount };
}

/** Some receipts of a journal, each as likely as the other, however long it is. */
async function drawReceipts(folder: string): Promise<SampleFile[]> {
  const drawn: SampleFile[] = [];
  const paths = new Set<string>();
  let seenCount = 0;
  for await (const line of readJournal(libraryLayout(folder).journalFolder, nodeFileSystem)) {
    if (!('entry' in line) || line.entry.entry !== 'receipt') continue;
    const { path, byteCount, sha256 } = line.entry;
    if (paths.has(path) || byteCount > MAX_SAMPLE_BYTE_COUNT) continue;
    seenCount += 1;
    const at = drawn.length < MAX_SAMPLE_FILE_COUNT ? drawn.length : randomBelow(seenCount);
    if (at >= MAX_SAMPLE_FILE_COUNT) continue;
    paths.delete(drawn[at]?.path ?? '');
    paths.add(path);
    drawn[at] = { path, byteCount, sha256 };
  }
  return drawn;
}

function randomBelow(count: number): number {
  return Math.floor(Math.random() * count);
}

async function copyWhole(
  from: string,
  into: string,
  file: SampleFile,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  const to = join(into, ...file.path.split('/'));
  await mkdir(dirname(to), { recursive: true });
  try {
    await copyFile(from, to);
    // A copy comes with the rights of its original, which may forbid to damage it.
    await chmod(to, 0o600);
  } catch (error) {
    if (isCode(error, 'ENOSPC')) throw error;
  }
  if ((await checkOriginal(to, file, { signal })).kind === 'good') return true;
  await rm(to, { recursive: true, force: true });
  return false;
}

async function makeFiles(into: string, signal: AbortSignal | undefined): Promise<SampleFile[]> {
  const made: SampleFile[] = [];
  await mkdir(join(into, 'made'), { recursive: true });
  for (let round = 0; round < MADE_ROUNDS; round += 1) {
    for (const byteCount of MADE_BYTE_COUNTS) {
      signal?.throwIfAborted();
      const path = `made/${made.length + 1}`;
      const absolute = join(into, ...path.split('/'));
      await writeFile(absolute, randomBytes(byteCount));
      made.push({ path, byteCount, sha256: (await hashFile(absolute)).sha256 });
    }
  }
  return made;
}

async function freeByteCount(folder: string): Promise<number> {
  const facts = await statfs(folder);
  return facts.bavail * facts.bsize;
}

function receiptOf({ path, byteCount, sha256 }: SampleFile, clock: Clock): Receipt {
  const now = clock.now();
  const local = new Date(now).toISOString().slice(0, 19);
  return {
    receiptId: randomUUID(),
    assetId: randomUUID(),
    deviceId: randomUUID(),
    assetKey: path,
    resourceType: 'photo',
    path,
    byteCount,
    sha256,
    captureTime: { local, source: 'arrival' },
    told: {},
    jobId: randomUUID(),
    startedAt: now,
    storedAt: now,
  };
}
