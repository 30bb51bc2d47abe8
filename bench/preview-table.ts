import type { FullQueueResult } from './full-queue-bench.ts';
import type { RunFigures } from './measure-run.ts';
import type { PreviewRun, PreviewScenarioResult } from './preview-bench.ts';
import { median } from './statistics.ts';
import { table } from './upload-table.ts';

const MIB = 1024 * 1024;
const NONE = '–';
const MEMORY_LIMIT_BYTE_COUNT = 1024 * MIB;
/** What must be left of the throughput of uploads beside a full queue. */
const MIN_UPLOAD_RATIO = 0.9;

export function previewTables(
  results: readonly PreviewScenarioResult[],
  queues: readonly FullQueueResult[],
): string {
  return [
    ...results.flatMap((result) => [`### ${result.title}`, '', ...scenarioTable(result), '']),
    ...(queues.length === 0 ? [] : queueTable(queues)),
  ].join('\n');
}

function scenarioTable({ runs, titles, targets }: PreviewScenarioResult): string[] {
  return [
    `${titles.join('; ')}.`,
    '',
    ...table(
      ['', 'tiles/s', 'CPU ms a tile', 'largest process', 'Roost is faster by', 'target'],
      [...runs].map(([name, own]) => [
        name,
        text(middle(own, rate), 1),
        text(
          middle(own, ({ cpuMs, fileCount }) => cpuMs && cpuMs / fileCount),
          0,
        ),
        memory(name, own),
        ...ratioCells(runs.get('Roost') ?? [], name, own, targets),
      ]),
    ),
  ];
}

function memory(name: string, runs: readonly PreviewRun[]): string {
  const peaks = runs.flatMap(({ largestPeakByteCount }) => largestPeakByteCount ?? []);
  if (peaks.length === 0) return NONE;
  const peak = Math.max(...peaks);
  const verdict = peak < MEMORY_LIMIT_BYTE_COUNT ? ', below 1 GiB' : ', above 1 GiB: missed';
  return `${(peak / MIB).toFixed(0)} MiB${name.startsWith('Roost') ? verdict : ''}`;
}

function ratioCells(
  ours: readonly PreviewRun[],
  name: string,
  theirs: readonly PreviewRun[],
  targets: PreviewScenarioResult['targets'],
): string[] {
  const ratios = ours.flatMap((own, round) => {
    const other = theirs[round];
    return other ? [rate(own) / rate(other)] : [];
  });
  const ratio = median(ratios);
  if (name.startsWith('Roost') || ratio === undefined) return [NONE, NONE];
  const target = targets[name];
  return [
    `**${ratio.toFixed(2)}** (${spread(ratios)})`,
    target === undefined ? NONE : `${target.toFixed(1)} ${ratio >= target ? 'met' : 'missed'}`,
  ];
}

function queueTable(queues: readonly FullQueueResult[]): string[] {
  return [
    `### Uploads of 2 MiB beside ${queues[0]?.waitingCount.toLocaleString('en-US')} waiting previews`,
    '',
    ...table(
      ['', 'MiB/s, none waits', 'MiB/s, all wait', 'ratio', 'target'],
      queues.map(({ connectionCount, full, empty }) => {
        const ratios = full.flatMap((run, round) => {
          const other = empty[round];
          return other ? [throughput(run) / throughput(other)] : [];
        });
        const ratio = median(ratios);
        return [
          connectionCount === 1 ? '1 connection' : `${connectionCount} connections`,
          text(middle(empty, throughput), 0),
          text(middle(full, throughput), 0),
          ratio === undefined ? NONE : `**${ratio.toFixed(2)}** (${spread(ratios)})`,
          `${MIN_UPLOAD_RATIO} ${ratio !== undefined && ratio >= MIN_UPLOAD_RATIO ? 'met' : 'missed'}`,
        ];
      }),
    ),
  ];
}

function spread(ratios: readonly number[]): string {
  return `${Math.min(...ratios).toFixed(2)} to ${Math.max(...ratios).toFixed(2)}`;
}

function middle<Run>(
  runs: readonly Run[],
  of: (run: Run) => number | undefined,
): number | undefined {
  return median(runs.flatMap((run) => of(run) ?? []));
}

/** Pictures a second. */
function rate(run: PreviewRun): number {
  return (run.fileCount / run.wallMs) * 1000;
}

/** MiB a second, up to the last answer. */
function throughput(run: RunFigures): number {
  return run.byteCount / MIB / (run.wallMs / 1000);
}

function text(value: number | undefined, digits: number): string {
  return value === undefined ? NONE : value.toFixed(digits);
}
