import { stat } from 'node:fs/promises';
import { PassThrough, Readable } from 'node:stream';
import { finished, pipeline } from 'node:stream/promises';

import { ZipFile } from 'yazl';

import type { Receipt } from '../../../shared/receipt.ts';
import type { CatalogReader } from '../catalog/open-catalog.ts';
import { receiptById } from '../catalog/receipt-queries.ts';
import type { Finding } from '../library/check-original.ts';

import type { ExportRun } from './export-run.ts';
import { ExportNames } from './plan-export.ts';
import { problemsText } from './problems-text.ts';
import { readOriginal } from './read-original.ts';

export interface OriginalSource {
  readonly catalog: CatalogReader;
  readonly pathOf: (relativePath: string) => string;
  /** Hears what reading an original again found; it is the same news as the scrub's. */
  readonly onReread: (receipt: Receipt, finding: Finding) => void;
}

/** In the zip, where something in it is not as it came, or not in it. */
export const PROBLEMS_NAME = 'ROOST - PLEASE READ.txt';

/**
 * Writes the files of an export as a zip: stored, as photos do not get smaller, with zip64 where it is needed, each
 * file read once and compared with its receipt on the way. One that turns out to be damaged is in the zip as it was
 * read, since its first bytes are gone out by then; one that is missing is left out. Both are told in the run and in a
 * text file at the end of the zip. Memory does not grow with the sizes of the files.
 * @throws errors of `target`, as when the browser stopped the download, and the abort of the run.
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
  const opened = await openOriginal(source, receiptId, (receipt, finding) => {
    source.onReread(receipt, finding);
    if (finding.kind !== 'good') run.problem({ fileName: name, reason: 'damaged' });
  });
  if (!opened) {
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
  readonly mtime: Date;
  readonly first: Buffer | undefined;
  readonly parts: AsyncGenerator<Buffer, void, undefined>;
}

/** Opens an original where it stands now, with its first part read; nothing where none stands. */
async function openOriginal(
  { catalog, pathOf }: OriginalSource,
  receiptId: string,
  onFinding: (receipt: Receipt, finding: Finding) => void,
): Promise<OpenedOriginal | undefined> {
  let tried: string | undefined;
  for (;;) {
    const receipt = receiptById(catalog, receiptId);
    // It may have been moved since it was looked for.
    if (!receipt || receipt.path === tried) return undefined;
    tried = receipt.path;
    const path = pathOf(receipt.path);
    try {
      const facts = await stat(path);
      if (!facts.isFile() || facts.size !== receipt.byteCount) continue;
      const parts = readOriginal(path, receipt, (finding) => onFinding(receipt, finding));
      const next = await parts.next();
      const first = next.done === true ? undefined : next.value;
      return { mtime: facts.mtime, first, parts };
    } catch {
      // Not there, or not any more.
    }
  }
}
