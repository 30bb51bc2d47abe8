import { stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

import { RoostError } from '../../../shared/error-catalogue.ts';
import type { Receipt } from '../../../shared/receipt.ts';
import type { CatalogReader } from '../catalog/open-catalog.ts';
import { receiptById } from '../catalog/receipt-queries.ts';
import { findingOfError, type Finding } from '../library/check-original.ts';

import type { ExportRun } from './export-run.ts';
import { ExportNames } from './plan-export.ts';
import { problemsText } from './problems-text.ts';
import { PART_BYTE_COUNT, readOriginal } from './read-original.ts';
import { zipBytes, type ZipEntry } from './zip-bytes.ts';

export interface OriginalSource {
  readonly catalog: CatalogReader;
  readonly pathOf: (relativePath: string) => string;
  /** Hears what reading an original again found; it is the same news as the scrub's. */
  readonly onReread: (receipt: Receipt, finding: Finding) => void;
  /** Whether the library is where it was: without it, nothing can be said of an original that is not to be found. */
  readonly isLibraryPresent: () => Promise<boolean>;
}

/** @throws RoostError `library/missing` where the library went. */
export async function requireStillThere({
  isLibraryPresent,
}: Pick<OriginalSource, 'isLibraryPresent'>): Promise<void> {
  if (!(await isLibraryPresent())) throw new RoostError('library/missing');
}

/** In the zip, where something in it is not as it came, or not in it. */
export const PROBLEMS_NAME = 'ROOST - PLEASE READ.txt';

/**
 * Writes the files of an export as a zip: stored, as photos do not get smaller, with zip64 where it is needed, each
 * file read once and compared with its receipt on the way. One that turns out to be damaged is in the zip as it was
 * read, since its first bytes are gone out by then; one that is missing is left out. Both are told in the run and in a
 * text file at the end of the zip. Memory grows neither with the sizes of the files nor with their number.
 * @throws RoostError `library/missing` where the library goes meanwhile; then the zip is broken off. Errors of `target`,
 * as when the browser stopped the download, and the abort of the run.
 */
export async function zipExport(
  source: OriginalSource,
  run: ExportRun,
  target: NodeJS.WritableStream,
): Promise<void> {
  const { notes } = run.plan;
  const bytes = zipBytes(entriesOf(source, run), {
    addRecord: (record) => notes.addRecord(record),
    records: () => notes.records(),
  });
  const stream = Readable.from(bytes, { objectMode: false, highWaterMark: PART_BYTE_COUNT });
  try {
    await pipeline(stream, target, { signal: run.signal });
  } finally {
    // What it is at ends first: an original that is open is closed.
    await bytes.return();
  }
}

/** Each is opened when its turn comes, and told of once it is through. */
async function* entriesOf(
  source: OriginalSource,
  run: ExportRun,
): AsyncGenerator<ZipEntry, void, undefined> {
  const names = new ExportNames(run.plan.notes);
  names.take([PROBLEMS_NAME]);
  for await (const { files } of run.plan.groups()) {
    const given = names.take(files.map(({ name }) => name));
    for (const [index, { receiptId, name }] of files.entries()) {
      run.signal.throwIfAborted();
      yield* entryOf(source, run, { receiptId, name: given[index] ?? name });
      run.fileDone();
    }
  }
  await requireStillThere(source);
  if (run.problemCount === 0) return;
  const text = Buffer.from(problemsText(run), 'utf8');
  const mtime = new Date();
  yield { name: PROBLEMS_NAME, mtime, byteCount: text.byteLength, parts: [text] };
}

async function* entryOf(
  source: OriginalSource,
  run: ExportRun,
  { receiptId, name }: { readonly receiptId: string; readonly name: string },
): AsyncGenerator<ZipEntry, void, undefined> {
  const opened = await openOriginal(source, receiptId);
  if (!('parts' in opened)) {
    await requireStillThere(source);
    if (opened.receipt) source.onReread(opened.receipt, opened.finding);
    run.problem({ fileName: name, reason: 'missing' });
    return;
  }
  const { receipt, mtime, first, parts } = opened;
  try {
    yield { name, mtime, byteCount: receipt.byteCount, parts: counted(run, first, parts) };
  } finally {
    await parts.return();
  }
  const finding = opened.found();
  if (!finding) return;
  if (finding.kind !== 'good') await requireStillThere(source);
  source.onReread(receipt, finding);
  if (finding.kind !== 'good') run.problem({ fileName: name, reason: 'damaged' });
}

async function* counted(
  run: ExportRun,
  first: Buffer | undefined,
  parts: AsyncGenerator<Buffer, void, undefined>,
): AsyncGenerator<Buffer, void, undefined> {
  for (let part = first; part !== undefined;) {
    run.carried(part.byteLength);
    yield part;
    const next = await parts.next();
    part = next.done === true ? undefined : next.value;
  }
}

interface OpenedOriginal {
  readonly receipt: Receipt;
  readonly mtime: Date;
  readonly first: Buffer | undefined;
  readonly parts: AsyncGenerator<Buffer, void, undefined>;
  /** What reading it found, once it is read. */
  readonly found: () => Finding | undefined;
}

/** The receipt is absent where it was given up meanwhile. */
interface AbsentOriginal {
  readonly receipt: Receipt | undefined;
  readonly finding: Finding;
}

/** Opens an original where it stands now, with its first part read. */
async function openOriginal(
  { catalog, pathOf }: OriginalSource,
  receiptId: string,
): Promise<OpenedOriginal | AbsentOriginal> {
  let tried: Receipt | undefined;
  let finding: Finding = { kind: 'missing' };
  for (;;) {
    const receipt = receiptById(catalog, receiptId);
    // It may have been moved since it was looked for.
    if (!receipt || receipt.path === tried?.path) return { receipt, finding };
    tried = receipt;
    const path = pathOf(receipt.path);
    try {
      const facts = await stat(path);
      const isAnother = !facts.isFile() || facts.size !== receipt.byteCount;
      if (isAnother && receiptById(catalog, receiptId)?.path !== receipt.path) continue;
      if (!facts.isFile()) continue;
      let found: Finding | undefined;
      const parts = readOriginal(path, receipt, (each) => (found = each));
      const next = await parts.next();
      const first = next.done === true ? undefined : next.value;
      return { receipt, mtime: facts.mtime, first, parts, found: () => found };
    } catch (error) {
      finding = findingOfError(error);
    }
  }
}
