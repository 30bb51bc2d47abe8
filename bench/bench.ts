/** npm run bench: see README.md beside this file. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

import { benchOptions, USAGE, UsageError, type BenchOptions } from './bench-options.ts';
import type { Contender } from './contender.ts';
import { floorContender } from './floor-contender.ts';
import { runFullQueueBench } from './full-queue-bench.ts';
import { keepFigures } from './keep-figures.ts';
import { machineFacts } from './machine-facts.ts';
import { nginxContender } from './nginx-contender.ts';
import { runPreviewBench } from './preview-bench.ts';
import { previewTables } from './preview-table.ts';
import { rcloneContender } from './rclone-contender.ts';
import { roostContender } from './roost-contender.ts';
import { runUploadBench } from './upload-bench.ts';
import { catalogTable, runCatalogBench } from './upload-catalog-bench.ts';
import { memoryTable, runMemoryBench } from './upload-memory-bench.ts';
import { uploadTables } from './upload-table.ts';
import { runWindowBench } from './window/window-bench.ts';
import { windowTable } from './window/window-table.ts';

const say = (line: string): void => void process.stderr.write(`${line}\n`);

async function main(args: readonly string[]): Promise<number> {
  if (args.includes('--help')) {
    process.stdout.write(USAGE);
    return 0;
  }
  let options: BenchOptions;
  try {
    options = benchOptions(args);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    say(`${error.message}\n\n${USAGE}`);
    return 2;
  }
  const folder = await mkdtemp(join(resolve(options.folder ?? tmpdir()), 'roost-bench-'));
  try {
    const facts = await machineFacts(folder, new Date());
    const figures = `Measured on ${facts}.\n\n${await figuresOf(options, folder)}`;
    process.stdout.write(`${figures}\n`);
    const isWhole = options.only === undefined && options.scenario === undefined;
    if (isWhole && !options.isQuick && options.other === undefined) {
      await keepFigures(options.benchmark, figures);
      say('kept in bench/README.md');
    }
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
  return 0;
}

async function figuresOf(options: BenchOptions, folder: string): Promise<string> {
  switch (options.benchmark) {
    case 'upload': {
      const taking = await contenders(options);
      const results = await runUploadBench(taking, folder, options, say);
      const titles = taking.map(({ title }) => title).join('; ');
      return `${titles}; ${options.roundCount} rounds.\n\n${uploadTables(results)}`;
    }
    case 'upload-memory':
      return memoryTable(await runMemoryBench(roostContender(), folder, options, say));
    case 'upload-catalog':
      return catalogTable(await runCatalogBench(folder, options, say));
    case 'window':
      return windowTable(await runWindowBench(folder, options, say));
    case 'previews': {
      const { scenario } = options;
      const results = await runPreviewBench(folder, options, say);
      const isQueueWanted = scenario === undefined || scenario === 'queue';
      const queues = isQueueWanted ? await runFullQueueBench(folder, options, say) : [];
      return `${options.roundCount} rounds.\n\n${previewTables(results, queues)}`;
    }
  }
}

/** Roost, and what of the others is here; what is not is named. */
async function contenders({ only, other }: BenchOptions): Promise<Contender[]> {
  const isWanted = (name: string): boolean => only?.includes(name.toLowerCase()) ?? true;
  const found: Contender[] = [];
  if (isWanted('Roost')) found.push(roostContender());
  if (other !== undefined) found.push(roostContender('other', resolve(other)));
  const peers = [
    { name: 'nginx', find: nginxContender },
    { name: 'rclone', find: rcloneContender },
  ];
  for (const { name, find } of peers) {
    if (!isWanted(name)) continue;
    const peer = await find();
    if (typeof peer === 'string') say(peer);
    else found.push(peer);
  }
  if (isWanted('floor')) found.push(floorContender());
  return found;
}

// Ctrl-C unwinds by itself: the servers get it too, and what was measured of them fails.
process.on('SIGINT', () => say('stopping'));
process.exitCode = await main(process.argv.slice(2));
