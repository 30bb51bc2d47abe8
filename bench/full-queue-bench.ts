import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { catalogPath } from '../electron/service/catalog/catalog-files.ts';
import { openCatalog } from '../electron/service/catalog/open-catalog.ts';

import type { BenchOptions } from './bench-options.ts';
import { measure, type RunFigures, warmUp } from './measure-run.ts';
import { startRoost } from './roost-contender.ts';
import type { Load } from './run-load.ts';
import { samplePhoto } from './sample-photo.ts';

const MIB = 1024 * 1024;

/** Uploads beside a queue of previews, one for each round and in their order. */
export interface FullQueueResult {
  readonly waitingCount: number;
  readonly connectionCount: number;
  readonly full: readonly RunFigures[];
  readonly empty: readonly RunFigures[];
}

/**
 * How much uploads are slowed by previews that wait: the same files are sent to a service that has thousands of them to
 * make, and to one that has none, in turns. What is sent is noise, so that no new previews come of it.
 */
export async function runFullQueueBench(
  folder: string,
  options: BenchOptions,
  say: (line: string) => void,
): Promise<FullQueueResult[]> {
  const waitingCount = options.isQuick ? 10 : 2_000;
  const busy = await libraryWithPhotos(join(folder, 'busy'), waitingCount);
  say(`made a library of ${waitingCount} photos`);
  const idle = {
    dataFolder: join(folder, 'idle/data'),
    libraryFolder: join(folder, 'idle/library'),
  };
  const results: FullQueueResult[] = [];
  for (const connectionCount of [1, 4]) {
    const load: Load = {
      fileCount: options.isQuick ? 4 : 400,
      fileByteCount: 2 * MIB,
      connectionCount,
      contentType: 'video/mp4',
    };
    const figures = { full: [] as RunFigures[], empty: [] as RunFigures[] };
    for (let round = 0; round < options.roundCount; round += 1) {
      const turns = ['full', 'empty'] as const;
      for (const turn of round % 2 === 0 ? turns : turns.toReversed()) {
        if (turn === 'full') letAllWait(busy.dataFolder);
        await using roost = await startRoost(turn === 'full' ? busy : idle);
        await warmUp(roost);
        const run = await measure(roost, load);
        figures[turn].push(run);
        const rate = run.byteCount / MIB / (run.wallMs / 1000);
        say(
          `${turn} queue, ${connectionCount} connections, round ${round + 1}: ${rate.toFixed(0)} MiB/s`,
        );
      }
    }
    results.push({ waitingCount, connectionCount, ...figures });
  }
  return results;
}

async function libraryWithPhotos(folder: string, photoCount: number) {
  const folders = { dataFolder: join(folder, 'data'), libraryFolder: join(folder, 'library') };
  await mkdir(folder);
  const bodyFile = join(folder, 'photo.jpg');
  await writeFile(bodyFile, await samplePhoto(2 * MIB));
  await using roost = await startRoost(folders);
  await measure(roost, {
    fileCount: photoCount,
    fileByteCount: 2 * MIB,
    connectionCount: 4,
    contentType: 'image/jpeg',
    bodyFile,
  });
  return folders;
}

/** Every preview is to be made again, as after a rebuild. */
function letAllWait(dataFolder: string): void {
  const catalog = openCatalog(catalogPath(dataFolder));
  try {
    catalog.run("UPDATE previews SET state = 'waiting'");
  } finally {
    catalog.close();
  }
}
