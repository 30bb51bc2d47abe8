import type { RunFigures } from './measure-run.ts';
import { median, quantile } from './statistics.ts';
import type { ScenarioResult } from './upload-bench.ts';

const MIB = 1024 * 1024;
const GB = 1e9;
const NONE = '–';

/** The ratios first, since they are what the targets speak of; then what they were made from. */
export function uploadTables(results: readonly ScenarioResult[]): string {
  const peers = peerNames(results);
  return [
    'Throughput of Roost against each peer: the median of the ratios of the rounds, with the lowest and the highest.',
    '',
    ...table(
      ['', ...peers.flatMap((peer) => [`Roost / ${peer}`, 'target'])],
      results.map((result) => [result.title, ...peers.flatMap((peer) => ratioCells(result, peer))]),
    ),
    ...results.flatMap((result) => ['', `### ${result.title}`, '', ...figuresTable(result)]),
  ].join('\n');
}

/** One for each round both took part in. */
export function roundRatios(result: ScenarioResult, peer: string): number[] {
  const ours = result.runs.get('Roost') ?? [];
  const theirs = result.runs.get(peer) ?? [];
  return ours.flatMap((own, round) => {
    const other = theirs[round];
    return other && isDone(own) && isDone(other) ? [rate(own) / rate(other)] : [];
  });
}

function ratioCells(result: ScenarioResult, peer: string): string[] {
  const ratios = roundRatios(result, peer);
  const middle = median(ratios);
  const target = result.targets[peer];
  if (middle === undefined) return [NONE, target?.toFixed(1) ?? NONE];
  const spread = `${Math.min(...ratios).toFixed(2)} to ${Math.max(...ratios).toFixed(2)}`;
  const verdict = target === undefined ? NONE : `${target.toFixed(1)} ${met(middle, target)}`;
  return [`**${middle.toFixed(2)}** (${spread})`, verdict];
}

function met(ratio: number, target: number): string {
  return ratio >= target ? 'met' : 'missed';
}

function figuresTable({ runs }: ScenarioResult): string[] {
  return table(
    [
      '',
      'MiB/s',
      'MiB/s until on disk',
      'answer p50',
      'answer p99',
      'CPU s/GB',
      'peak memory',
      'of all processes',
    ],
    [...runs].map(([name, figures]) => [name, ...figureCells(figures.filter(isDone))]),
  );
}

function figureCells(figures: readonly RunFigures[]): string[] {
  const middle = (of: (run: RunFigures) => number | undefined): number | undefined =>
    median(figures.flatMap((run) => of(run) ?? []));
  const answers = figures.flatMap(({ answerMs }) => answerMs);
  const bytes = (byteCount: number | undefined): string =>
    text(byteCount && byteCount / MIB, 0, ' MiB');
  return [
    text(middle(rate), 0),
    text(
      middle((run) => run.byteCount / MIB / (run.onDiskMs / 1000)),
      0,
    ),
    text(quantile(answers, 0.5), 1, ' ms'),
    text(quantile(answers, 0.99), 1, ' ms'),
    text(
      middle((run) => run.cpuMs && run.cpuMs / 1000 / (run.byteCount / GB)),
      2,
    ),
    bytes(middle((run) => run.servicePeakByteCount)),
    bytes(middle((run) => run.allPeakByteCount)),
  ];
}

function isDone(run: RunFigures): boolean {
  return run.notResumable === undefined;
}

/** MiB a second, up to the last answer. */
function rate(run: RunFigures): number {
  return run.byteCount / MIB / (run.wallMs / 1000);
}

function text(value: number | undefined, digits: number, unit = ''): string {
  return value === undefined ? NONE : `${value.toFixed(digits)}${unit}`;
}

function peerNames(results: readonly ScenarioResult[]): string[] {
  const names = new Set(results.flatMap(({ runs }) => [...runs.keys()]));
  names.delete('Roost');
  return [...names];
}

/** A Markdown table as Prettier would leave it. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const widths = head.map((cell, column) =>
    Math.max(3, cell.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)];
}
