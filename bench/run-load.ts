import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

import type { RunningContender } from './contender.ts';
import { loadResultSchema, type LoadPlan, type LoadResult } from './load-plan.ts';

const LOAD_GENERATOR = join(import.meta.dirname, 'load-generator.ts');

/** So many files of a size, sent over so many connections. */
export interface Load {
  readonly fileCount: number;
  readonly fileByteCount: number;
  readonly connectionCount: number;
  readonly contentType: 'image/jpeg' | 'video/mp4';
  /** The file that all of them begin with. */
  readonly bodyFile?: string;
  readonly isInterrupted?: boolean;
}

/** Sends files that nobody has seen before to a server, from a process of its own. */
export async function runLoad(server: RunningContender, load: Load): Promise<LoadResult> {
  const run = randomBytes(6).toString('hex');
  const extension = load.contentType === 'image/jpeg' ? 'jpg' : 'mp4';
  const plan: LoadPlan = {
    port: server.port,
    connectionCount: load.connectionCount,
    isInterrupted: load.isInterrupted ?? false,
    ...(load.bodyFile !== undefined && { bodyFile: load.bodyFile }),
    uploads: Array.from({ length: load.fileCount }, (_, index) => ({
      ...server.requestFor(`IMG_${run}_${index}.${extension}`, load.contentType),
      byteCount: load.fileByteCount,
      stamp: `${run}${String(index).padStart(8, '0')}`,
    })),
  };
  const child = spawn(process.execPath, [LOAD_GENERATOR], { stdio: ['pipe', 'pipe', 'inherit'] });
  const ended = once(child, 'close');
  child.stdin.end(JSON.stringify(plan));
  const told = await text(child.stdout);
  const [exitCode] = (await ended) as [number | null];
  if (exitCode !== 0) throw new Error(`the load generator ended with ${exitCode}`);
  return loadResultSchema.parse(JSON.parse(told));
}
