import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, rm } from 'node:fs/promises';

import type { Contender, RunningContender } from './contender.ts';
import { resetPeaks, treeUse } from './process-tree.ts';
import { runLoad, type Load } from './run-load.ts';

/** What one run of one server came to. */
export interface RunFigures {
  readonly byteCount: number;
  readonly wallMs: number;
  readonly answerMs: readonly number[];
  readonly clientCpuMs: number;
  /** From the first byte until everything is on disk, also what the server left to the system. */
  readonly onDiskMs: number;
  readonly cpuMs?: number;
  readonly servicePeakByteCount?: number;
  readonly allPeakByteCount?: number;
  readonly notResumable?: string | undefined;
}

/** Files sent before the clock starts, so that nobody is measured while its code is loaded. */
const WARM_UP_COUNT = 8;
const WARM_UP_BYTES = 256 * 1024;

/** Runs a server with a fresh folder, sends it files, and removes everything again. */
export async function measureFresh(
  contender: Contender,
  folder: string,
  load: Load,
): Promise<RunFigures> {
  await mkdir(folder);
  try {
    await using server = await contender.start(folder);
    await warmUp(server);
    return await measure(server, load);
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    await syncDisks();
  }
}

/** @throws when the server refuses any of it. */
export async function measure(server: RunningContender, load: Load): Promise<RunFigures> {
  await syncDisks();
  await resetPeaks(server.pid);
  const before = await treeUse(server.pid);
  const result = await runLoad(server, load);
  const after = await treeUse(server.pid);
  const syncStartedAt = performance.now();
  await syncDisks();
  const syncMs = performance.now() - syncStartedAt;
  return {
    ...result,
    onDiskMs: result.wallMs + syncMs,
    ...(before &&
      after && {
        cpuMs: after.cpuMs - before.cpuMs,
        servicePeakByteCount: after.servicePeakByteCount,
        allPeakByteCount: after.allPeakByteCount,
      }),
  };
}

export async function warmUp(server: RunningContender): Promise<void> {
  await runLoad(server, {
    fileCount: WARM_UP_COUNT,
    fileByteCount: WARM_UP_BYTES,
    connectionCount: 2,
    contentType: 'image/jpeg',
  });
}

/** Else one run pays for the bytes that the run before it left in memory. */
async function syncDisks(): Promise<void> {
  if (process.platform === 'win32') return;
  const child = spawn('sync', { stdio: 'ignore' });
  await once(child, 'close');
}
