import { join } from 'node:path';

import type { BenchOptions } from './bench-options.ts';
import type { Contender } from './contender.ts';
import { measureFresh, type RunFigures } from './measure-run.ts';
import { table } from './upload-table.ts';

const MIB = 1024 * 1024;
const CONNECTION_COUNT = 8;

export interface MemoryResult {
  readonly fileByteCount: number;
  readonly run: RunFigures;
}

/** The service's memory while it receives eight files at once, of two sizes: it must not follow the size. */
export async function runMemoryBench(
  contender: Contender,
  folder: string,
  options: BenchOptions,
  say: (line: string) => void,
): Promise<MemoryResult[]> {
  const results: MemoryResult[] = [];
  for (const fileByteCount of options.isQuick ? [2 * MIB, 4 * MIB] : [100 * MIB, 4096 * MIB]) {
    const run = await measureFresh(contender, join(folder, 'server'), {
      fileCount: CONNECTION_COUNT,
      fileByteCount,
      connectionCount: CONNECTION_COUNT,
      contentType: 'video/mp4',
    });
    results.push({ fileByteCount, run });
    say(`${CONNECTION_COUNT} files of ${fileByteCount / MIB} MiB at once: ${peak(run)}`);
  }
  return results;
}

export function memoryTable(results: readonly MemoryResult[]): string {
  return table(
    ['8 uploads at once, each of', 'peak memory of the service', 'of all processes', 'MiB/s'],
    results.map(({ fileByteCount, run }) => [
      `${fileByteCount / MIB} MiB`,
      peak(run),
      mebibytes(run.allPeakByteCount),
      (run.byteCount / MIB / (run.wallMs / 1000)).toFixed(0),
    ]),
  ).join('\n');
}

function peak(run: RunFigures): string {
  return mebibytes(run.servicePeakByteCount);
}

function mebibytes(byteCount: number | undefined): string {
  return byteCount === undefined ? '–' : `${(byteCount / MIB).toFixed(0)} MiB`;
}
