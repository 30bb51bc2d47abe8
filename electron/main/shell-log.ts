import { mkdirSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';

import { pino, type Logger } from 'pino';

const LARGEST_LOG_BYTE_COUNT = 2 * 1024 ** 2;

/**
 * The shell's own log, `logs/shell.log` of the data folder: one JSON object a line, each with the pid. The file
 * of the previous starts is kept once as `shell.log.1` when it has grown large.
 */
export function createShellLog(dataFolder: string): Logger {
  const folder = join(dataFolder, 'logs');
  const path = join(folder, 'shell.log');
  mkdirSync(folder, { recursive: true });
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  if (size > LARGEST_LOG_BYTE_COUNT) renameSync(path, `${path}.1`);
  // Synchronous: few lines, and those before a crash are the ones somebody looks for.
  return pino(
    { base: { part: 'shell', pid: process.pid } },
    pino.destination({ dest: path, sync: true }),
  );
}
