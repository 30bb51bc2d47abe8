import { Worker } from 'node:worker_threads';

/** A decoder says this as its last words when it has taken more memory than allowed. */
export const OUT_OF_MEMORY_WORDS = 'decoder out of memory';

const CHECK_EVERY_MS = 20;

/** As text, since it has to run from a bundle too. */
const WATCH = `
const { writeSync } = require('node:fs');
const { limitByteCount, everyMs, words } = require('node:worker_threads').workerData;
setInterval(() => {
  if (!(process.memoryUsage.rss() > limitByteCount)) return;
  try { writeSync(2, words); } finally { process.kill(process.pid, 'SIGKILL'); }
}, everyMs);
`;

/**
 * Ends this process when it holds more memory than allowed. The heap limit of Node covers JavaScript only;
 * pictures live outside of it. On a thread of its own, because WebAssembly and JavaScript that loop for a file
 * leave the main thread no time to look.
 */
export function watchMemory(limitByteCount: number): void {
  const workerData = { limitByteCount, everyMs: CHECK_EVERY_MS, words: OUT_OF_MEMORY_WORDS };
  const resourceLimits = { maxOldGenerationSizeMb: 8, maxYoungGenerationSizeMb: 2 };
  new Worker(WATCH, { eval: true, workerData, resourceLimits, execArgv: [] }).unref();
}
