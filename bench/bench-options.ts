import { parseArgs } from 'node:util';

export const BENCHMARKS = [
  'upload',
  'upload-memory',
  'upload-catalog',
  'previews',
  'window',
] as const;
export type Benchmark = (typeof BENCHMARKS)[number];

export interface BenchOptions {
  readonly benchmark: Benchmark;
  /** A few small files, to see that the benchmark itself works. Its figures mean nothing and are not kept. */
  readonly isQuick: boolean;
  /** How often each server has its turn. */
  readonly roundCount: number;
  /** Where servers keep their files; on the disk that is to be measured. */
  readonly folder: string | undefined;
  /** Servers to run, by their names in lower case; all where it is left out. */
  readonly only: readonly string[] | undefined;
  /** Scenarios to run, by how their titles begin; of previews by a part of them, `queue` being the one of uploads. */
  readonly scenario: string | undefined;
  /** `out` folder of another build of Roost that takes part too. */
  readonly other: string | undefined;
  /** Folder where libraries that were made for a benchmark stay, to be used again. */
  readonly library: string | undefined;
}

export class UsageError extends Error {
  override readonly name = 'UsageError';
}

export const USAGE = `npm run bench -- ${BENCHMARKS.join(' | ')} [options]
  --rounds N        how often each server has its turn (default 3)
  --folder DIR      where servers keep their files: on the disk to be measured
  --only a,b        only these of roost, nginx, rclone, floor; of previews: roost, vipsthumbnail, ...
  --scenario TEXT   only scenarios whose title begins so; of previews: contains it, or queue
  --other OUT       another build's out folder, to compare with
  --library DIR     of window: where the library is made and kept for the next time
  --quick           a few small files: to see that it works, keeps no figures
`;

/** @throws UsageError */
export function benchOptions(args: readonly string[]): BenchOptions {
  const { values, positionals } = parsed(args);
  const [name, ...more] = positionals;
  const benchmark = BENCHMARKS.find((each) => each === name);
  if (benchmark === undefined || more.length > 0) throw new UsageError('Name one benchmark.');
  const isQuick = values.quick ?? false;
  const roundCount = Number(values.rounds ?? (isQuick ? 1 : 3));
  if (!Number.isSafeInteger(roundCount) || roundCount < 1 || roundCount > 100) {
    throw new UsageError('--rounds takes a number from 1 to 100.');
  }
  return {
    benchmark,
    isQuick,
    roundCount,
    folder: values.folder,
    only: values.only?.split(','),
    scenario: values.scenario,
    other: values.other,
    library: values.library,
  };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        quick: { type: 'boolean' },
        rounds: { type: 'string' },
        folder: { type: 'string' },
        only: { type: 'string' },
        scenario: { type: 'string' },
        other: { type: 'string' },
        library: { type: 'string' },
      },
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}
