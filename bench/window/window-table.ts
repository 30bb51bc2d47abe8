import { quantile } from '../statistics.ts';
import { table } from '../upload-table.ts';
import type { WindowResult } from './window-bench.ts';

/** The figures as a table for bench/README.md. */
export function windowTable(result: WindowResult): string {
  const { scroll, beside, memory } = result;
  const jumps = result.jumpMs;
  const rows: [what: string, figures: string, target: string, isMet: boolean | undefined][] = [
    [
      'opening to all tiles in view',
      spread(result.firstTilesMs),
      'below 1,500 ms',
      (quantile(result.firstTilesMs, 1) ?? Infinity) < 1500,
    ],
    ['jump to a year, first visit', spread(result.firstJumpMs), '–', undefined],
    [
      'jump to a year, seen before',
      spread(jumps),
      'below 300 ms',
      (quantile(jumps, 1) ?? Infinity) < 300,
    ],
    frameRow('fast scroll, work of the main thread a frame', scroll.workMs),
    frameRow('the same in processor time', scroll.cpuMs),
    ['time between frames', percentiles(scroll.intervalMs), '–', undefined],
    frameRow(`fast scroll beside ${beside.perSecond.toFixed(0)} arrivals a second`, beside.workMs),
    frameRow('the same in processor time', beside.cpuMs),
    ['moved by arrivals', `${result.movedBy.toFixed(1)} px`, '0 px', result.movedBy < 0.5],
    [
      `memory after ${result.visitedCount} places`,
      `${mebibytes(memory.processByteCount)} (JavaScript ${mebibytes(memory.heapByteCount)})`,
      'below 400 MiB',
      memory.processByteCount === undefined
        ? undefined
        : memory.processByteCount < 400 * 1024 * 1024,
    ],
    ...result.queries.map(({ name, timesMs }): [string, string, string, boolean] => [
      `query: ${name}`,
      percentiles(timesMs),
      'p99 below 10 ms',
      (quantile(timesMs, 0.99) ?? Infinity) < 10,
    ]),
  ];
  return [
    `${result.assetCount.toLocaleString('en-US')} assets over 20 years.`,
    '',
    ...table(
      ['', 'measured', 'target'],
      rows.map(([what, figures, target, isMet]) => [
        what,
        figures,
        isMet === undefined ? target : `${target}, ${isMet ? 'met' : 'missed'}`,
      ]),
    ),
  ].join('\n');
}

function frameRow(what: string, times: readonly number[]): [string, string, string, boolean] {
  const [p95, most] = [quantile(times, 0.95) ?? Infinity, quantile(times, 1) ?? Infinity];
  return [what, percentiles(times), 'p95 below 16.7 ms, none over 50 ms', p95 < 16.7 && most <= 50];
}

function percentiles(times: readonly number[]): string {
  const [p50, p95, p99, most] = [0.5, 0.95, 0.99, 1].map((q) => quantile(times, q));
  return `p50 ${ms(p50)}, p95 ${ms(p95)}, p99 ${ms(p99)}, most ${ms(most)} (${times.length})`;
}

function spread(times: readonly number[]): string {
  return `${ms(quantile(times, 0.5))} (${ms(quantile(times, 0))} to ${ms(quantile(times, 1))}, ${times.length} times)`;
}

function ms(value: number | undefined): string {
  return value === undefined ? '–' : `${value < 100 ? value.toFixed(1) : value.toFixed(0)} ms`;
}

function mebibytes(byteCount: number | undefined): string {
  return byteCount === undefined ? '–' : `${(byteCount / 1024 ** 2).toFixed(0)} MiB`;
}
