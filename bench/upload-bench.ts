import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { BenchOptions } from './bench-options.ts';
import type { Contender } from './contender.ts';
import { measureFresh, type RunFigures } from './measure-run.ts';
import type { Load } from './run-load.ts';
import { samplePhoto } from './sample-photo.ts';

const MIB = 1024 * 1024;

/** What Roost's throughput must be at least, as a ratio to each peer's in the same round. */
export type Targets = Readonly<Record<string, number>>;

export interface Scenario {
  readonly title: string;
  readonly load: Load;
  readonly targets: Targets;
}

export interface ScenarioResult extends Pick<Scenario, 'title' | 'targets'> {
  /** By contender, one for each round and in their order. */
  readonly runs: ReadonlyMap<string, readonly RunFigures[]>;
}

/** Lets every contender receive the same files, in turns, so that what disturbs the machine disturbs all alike. */
export async function runUploadBench(
  contenders: readonly Contender[],
  folder: string,
  options: BenchOptions,
  say: (line: string) => void,
): Promise<ScenarioResult[]> {
  const results: ScenarioResult[] = [];
  for (const { title, load, targets } of await scenarios(folder, options)) {
    const runs = new Map<string, RunFigures[]>(contenders.map(({ name }) => [name, []]));
    for (let round = 0; round < options.roundCount; round++) {
      // Whoever goes first meets another machine than whoever goes last: everybody does once.
      const shift = round % contenders.length;
      for (const contender of [...contenders.slice(shift), ...contenders.slice(0, shift)]) {
        const figures = await measureFresh(contender, join(folder, 'server'), load);
        runs.get(contender.name)?.push(figures);
        say(`${title}, round ${round + 1}, ${contender.name}: ${summary(figures)}`);
      }
    }
    results.push({ title, targets, runs });
  }
  return results;
}

async function scenarios(folder: string, options: BenchOptions): Promise<Scenario[]> {
  const { isQuick } = options;
  const bodyFile = join(folder, 'photo.jpg');
  const photoByteCount = 2 * MIB;
  await writeFile(bodyFile, await samplePhoto(photoByteCount));
  const photos = (connectionCount: number): Load => ({
    fileCount: isQuick ? 8 : 400,
    fileByteCount: photoByteCount,
    connectionCount,
    contentType: 'image/jpeg',
    bodyFile,
  });
  const all: Scenario[] = [
    {
      title: '1 GiB file, 1 connection',
      load: {
        fileCount: 1,
        fileByteCount: isQuick ? 8 * MIB : 1024 * MIB,
        connectionCount: 1,
        contentType: 'video/mp4',
      },
      targets: { nginx: 0.9 },
    },
    {
      title: '2 MiB photos, 1 connection',
      load: photos(1),
      targets: { nginx: 1.3, rclone: 1.5 },
    },
    {
      title: '2 MiB photos, 4 connections',
      load: photos(4),
      targets: { nginx: 1.0, rclone: 1.5 },
    },
    { title: '2 MiB photos, 8 connections', load: photos(8), targets: {} },
    {
      title: '16 uploads of 64 MiB, broken off and resumed, 4 connections',
      load: {
        fileCount: isQuick ? 2 : 16,
        fileByteCount: isQuick ? 8 * MIB : 64 * MIB,
        connectionCount: 4,
        contentType: 'video/mp4',
        isInterrupted: true,
      },
      targets: {},
    },
  ];
  return all.filter(({ title }) => title.startsWith(options.scenario ?? ''));
}

function summary(figures: RunFigures): string {
  if (figures.notResumable !== undefined) return `not resumable: ${figures.notResumable}`;
  const rate = figures.byteCount / MIB / (figures.wallMs / 1000);
  const client = figures.clientCpuMs / figures.wallMs;
  return `${rate.toFixed(0)} MiB/s, load generator at ${(client * 100).toFixed(0)} % of a core`;
}
