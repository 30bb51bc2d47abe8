import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import type { BenchOptions } from './bench-options.ts';
import type { PreviewContender } from './preview-contender.ts';
import { heicSamples, jpegSamples, movieSamples, type PreviewSamples } from './preview-samples.ts';
import { peaksOfDescendants, treeUse } from './process-tree.ts';
import {
  ffmpegPosters,
  heifConvertPreviews,
  heifThumbnailerPreviews,
  vipsPreviews,
} from './program-previews.ts';
import { roostPreviews } from './roost-previews.ts';

const WATCH_EVERY_MS = 50;

/** What one turn of one contender came to. */
export interface PreviewRun {
  readonly fileCount: number;
  readonly wallMs: number;
  readonly cpuMs?: number;
  /** Of the largest of its processes; of Roost: of a decoder. */
  readonly largestPeakByteCount?: number;
}

export interface PreviewScenario {
  readonly samples: PreviewSamples;
  readonly contenders: readonly PreviewContender[];
  /** What Roost's speed must be at least, as a ratio to a peer's in the same round. */
  readonly targets: Readonly<Record<string, number>>;
}

export interface PreviewScenarioResult {
  readonly title: string;
  readonly titles: readonly string[];
  readonly targets: PreviewScenario['targets'];
  /** By contender, one for each round and in their order. */
  readonly runs: ReadonlyMap<string, readonly PreviewRun[]>;
}

/** Lets every contender make pictures of the same files, in turns. */
export async function runPreviewBench(
  folder: string,
  options: BenchOptions,
  say: (line: string) => void,
): Promise<PreviewScenarioResult[]> {
  const results: PreviewScenarioResult[] = [];
  for (const { samples, contenders, targets } of await scenariosOf(folder, options, say)) {
    const runs = new Map<string, PreviewRun[]>(contenders.map(({ name }) => [name, []]));
    for (let round = 0; round < options.roundCount; round += 1) {
      // Whoever goes first meets another machine than whoever goes last: everybody does once.
      const shift = round % contenders.length;
      for (const contender of [...contenders.slice(shift), ...contenders.slice(0, shift)]) {
        const run = await turnOf(contender, samples.files, join(folder, 'made'));
        runs.get(contender.name)?.push(run);
        const rate = (run.fileCount / run.wallMs) * 1000;
        say(`${samples.what}, round ${round + 1}, ${contender.name}: ${rate.toFixed(1)} a second`);
      }
    }
    results.push({
      title: samples.what,
      titles: contenders.map(({ title }) => title),
      targets,
      runs,
    });
  }
  return results;
}

/** Makes the samples of the scenarios that are wanted, and looks for the contenders. */
async function scenariosOf(
  folder: string,
  options: BenchOptions,
  say: (line: string) => void,
): Promise<PreviewScenario[]> {
  const { isQuick, only, scenario = '' } = options;
  const samplesFolder = join(folder, 'samples');
  await mkdir(samplesFolder);
  const quick = roostPreviews('quick', samplesFolder);
  const full = roostPreviews('full', samplesFolder);
  const plans = [
    {
      title: 'JPEGs',
      samples: () => jpegSamples(samplesFolder, isQuick ? 4 : 200),
      ours: [quick],
      peers: [vipsPreviews],
      targets: { vipsthumbnail: 1 },
    },
    {
      title: 'HEICs',
      samples: () => heicSamples(samplesFolder, isQuick ? 2 : 100),
      ours: [quick, full],
      peers: [heifThumbnailerPreviews, heifConvertPreviews],
      targets: { 'heif-convert + resize': 8 },
    },
    {
      title: 'movies',
      samples: () => movieSamples(samplesFolder, isQuick ? 2 : 60),
      ours: [quick],
      peers: [ffmpegPosters],
      targets: {},
    },
  ];
  const found: PreviewScenario[] = [];
  for (const { title, samples, ours, peers, targets } of plans) {
    if (!title.includes(scenario)) continue;
    const made = await samples();
    if (typeof made === 'string') {
      say(made);
      continue;
    }
    const contenders: PreviewContender[] = [];
    for (const contender of [...ours, ...(await Promise.all(peers.map((find) => find())))]) {
      if (typeof contender === 'string') say(contender);
      else if (only?.includes(contender.name.toLowerCase()) ?? true) contenders.push(contender);
    }
    found.push({ samples: made, contenders, targets });
  }
  return found;
}

async function turnOf(
  contender: PreviewContender,
  files: readonly string[],
  outFolder: string,
): Promise<PreviewRun> {
  await mkdir(outFolder);
  try {
    await using running = await contender.start();
    const before = await treeUse(process.pid);
    const watch = watchMemory();
    const startedAt = performance.now();
    await running.makeAll(files, outFolder);
    const wallMs = performance.now() - startedAt;
    const largestPeakByteCount = await watch.stop();
    const after = await treeUse(process.pid);
    const made = await readdir(outFolder);
    if (made.length !== files.length) throw new Error(`${contender.name} made ${made.length}`);
    return {
      fileCount: files.length,
      wallMs,
      ...(before && after && { cpuMs: after.cpuMs - before.cpuMs, largestPeakByteCount }),
    };
  } finally {
    await rm(outFolder, { recursive: true, force: true });
  }
}

/** Programs that end take the memory of their peaks with them, so it is looked at all the time. */
function watchMemory(): { stop(): Promise<number> } {
  const over = new AbortController();
  let peak = 0;
  const watching = (async () => {
    while (!over.signal.aborted) {
      peak = Math.max(peak, ...(await peaksOfDescendants(process.pid)));
      await sleep(WATCH_EVERY_MS);
    }
  })();
  return {
    async stop() {
      over.abort();
      await watching;
      return peak;
    },
  };
}
