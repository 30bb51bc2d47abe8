import { stat } from 'node:fs/promises';
import { PassThrough, Readable } from 'node:stream';
import { finished, pipeline } from 'node:stream/promises';

import { ZipFile } from 'yazl';

import { RoostError } from '../../../shared/error-catalogue.ts';
import type { Receipt } from '../../../shared/receipt.ts';
import type { CatalogReader } from '../catalog/open-catalog.ts';
import { receiptById } from '../catalog/receipt-queries.ts';
import { findingOfError, type Finding } from '../library/check-original.ts';

import type { ExportRun } from './export-run.ts';
import { ExportNames } from './plan-export.ts';
import { problemsText } from './problems-text.ts';
import { readOriginal } from './read-original.ts';

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
 * text file at the end of the zip. Memory does not grow with the sizes of the files.
 * @throws RoostError `library/missing` where the library goes meanwhile; then the zip is broken off. Errors of `target`,
 * as when the browser stopped the download, and the abort of the run.
 */
export async function zipExport(
  source: OriginalSource,
  run: ExportRun,
  target: NodeJS.WritableStream,
): Promise<void> {
  const zip = new ZipFile();
  const output = outputOf(zip);
  const sent = pipeline(output, target, { signal: run.signal });
  // Until it is waited for below, nobody else hears of its end.
  sent.catch(() => undefined);
  zip.once('error', (error: Error) => output.destroy(error));
  try {
    const names = new ExportNames();
    names.take([PROBLEMS_NAME]);
    for (const { files } of run.plan.groups) {
      const given = names.take(files.map(({ name }) => name));
      for (const [index, { receiptId, name }] of files.entries()) {
        run.signal.throwIfAborted();
        if (output.destroyed) await sent;
        await addFile(source, run, zip, { receiptId, name: given[index] ?? name });
        run.fileDone();
      }
    }
    await requireStillThere(source);
    if (run.problemCount > 0) {
      zip.addBuffer(Buffer.from(problemsText(run), 'utf8'), PROBLEMS_NAME, { compress: false });
    }
    zip.end();
    await sent;
  } catch (error) {
    output.destroy();
    await sent.catch(() => undefined);
    throw error;
  }
}

/** Its stream is a PassThrough; its types say less. */
function outputOf(zip: ZipFile): PassThrough {
  if (zip.outputStream instanceof PassThrough) return zip.outputStream;
  throw new TypeError('yazl has another stream');
}

async function addFile(
  source: OriginalSource,
  run: ExportRun,
  zip: ZipFile,
  { receiptId, name }: { readonly receiptId: string; readonly name: string },
): Promise<void> {
  const opened = await openOriginal(source, receiptId);
  if (!('parts' in opened)) {
    await requireStillThere(source);
    if (opened.receipt) source.onReread(opened.receipt, opened.finding);
    run.problem({ fileName: name, reason: 'missing' });
    return;
  }
  const { mtime, first, parts } = opened;
  const stream = Readable.from(counted(run, first, parts), {
    objectMode: false,
    highWaterMark: 1024 * 1024,
  });
  const output = outputOf(zip);
  zip.addReadStreamLazy(name, { compress: false, mtime, mode: 0o100644 }, (give) =>
    give(undefined, stream),
  );
  const gone = new AbortController();
  try {
    await Promise.race([
      finished(stream, { signal: gone.signal }),
      finished(output, { signal: gone.signal }),
    ]);
  } finally {
    gone.abort();
    if (!stream.readableEnded) stream.destroy();
  }
  const finding = opened.found();
  if (!finding) return;
  if (finding.kind !== 'good') await requireStillThere(source);
  source.onReread(opened.receipt, finding);
  if (finding.kind !== 'good') run.problem({ fileName: name, reason: 'damaged' });
}

async function* counted(
  run: ExportRun,
  first: Buffer | undefined,
  parts: AsyncGenerator<Buffer, void, undefined>,
): AsyncGenerator<Buffer, void, undefined> {
  try {
    for (let part = first; part !== undefined;) {
      run.carried(part.byteLength);
      yield part;
      const next = await parts.next();
      part = next.done === true ? undefined : next.value;
    }
  } finally {
    await parts.return();
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
