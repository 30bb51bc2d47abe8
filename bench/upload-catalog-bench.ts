import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { BenchOptions } from './bench-options.ts';
import { measure, warmUp } from './measure-run.ts';
import { startRoost } from './roost-contender.ts';
import type { Load } from './run-load.ts';
import { samplePhoto } from './sample-photo.ts';
import { median, quantile } from './statistics.ts';
import { fillLibrary } from './synthetic-library.ts';
import { table } from './upload-table.ts';

const MIB = 1024 * 1024;
const MAX_RATIO = 1.2;

export interface CatalogResult {
  readonly assetCount: number;
  /** Of every upload, one list for each round. */
  readonly rounds: number[][];
}

/** How long a photo takes to its answer in a small library and in a large one, in turns. */
export async function runCatalogBench(
  folder: string,
  options: BenchOptions,
  say: (line: string) => void,
): Promise<CatalogResult[]> {
  const bodyFile = join(folder, 'photo.jpg');
  await writeFile(bodyFile, await samplePhoto(2 * MIB));
  const load: Load = {
    fileCount: options.isQuick ? 4 : 100,
    fileByteCount: 2 * MIB,
    connectionCount: 1,
    contentType: 'image/jpeg',
    bodyFile,
  };
  await using stack = new AsyncDisposableStack();
  const libraries = [];
  for (const assetCount of options.isQuick ? [10, 1_000] : [1_000, 1_000_000]) {
    const folders = await filledLibrary(join(folder, `of-${assetCount}`), assetCount);
    say(`made a library of ${assetCount} assets`);
    const server = stack.use(await startRoost(folders));
    await warmUp(server);
    libraries.push({ server, result: { assetCount, rounds: [] as number[][] } });
  }
  for (let round = 0; round < options.roundCount; round++) {
    for (const { server, result } of round % 2 === 0 ? libraries : libraries.toReversed()) {
      const { answerMs } = await measure(server, load);
      result.rounds.push([...answerMs]);
      say(`${result.assetCount} assets, round ${round + 1}: ${milliseconds(median(answerMs))}`);
    }
  }
  return libraries.map(({ result }) => result);
}

export function catalogTable(results: readonly CatalogResult[]): string {
  const [small, large] = results;
  const ratios = (large?.rounds ?? []).flatMap((round, index) => {
    const [of, to] = [median(round), median(small?.rounds[index] ?? [])];
    return of !== undefined && to !== undefined ? [of / to] : [];
  });
  const ratio = median(ratios);
  return [
    ...table(
      ['assets in the catalog', 'answer p50', 'answer p99'],
      results.map(({ assetCount, rounds }) => [
        assetCount.toLocaleString('en-US'),
        milliseconds(quantile(rounds.flat(), 0.5)),
        milliseconds(quantile(rounds.flat(), 0.99)),
      ]),
    ),
    '',
    `Ratio of the medians, the middle one of ${ratios.length} rounds: **${ratio?.toFixed(2) ?? '–'}**; at most ` +
      `${MAX_RATIO} is wanted${ratio === undefined ? '' : ratio <= MAX_RATIO ? ', met' : ', missed'}. The files of the ` +
      'synthetic libraries are not there; their journals and catalogs are what real uploads would have left.',
  ].join('\n');
}

async function filledLibrary(folder: string, assetCount: number) {
  const folders = { dataFolder: join(folder, 'data'), libraryFolder: join(folder, 'library') };
  await mkdir(folder);
  let deviceId: string;
  {
    await using roost = await startRoost(folders);
    ({ deviceId } = roost);
  }
  await fillLibrary(folders, deviceId, assetCount);
  return folders;
}

function milliseconds(value: number | undefined): string {
  return value === undefined ? '–' : `${value.toFixed(1)} ms`;
}
