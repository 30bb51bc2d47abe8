import { mkdirSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';

import { destination, pino, type Logger } from 'pino';

/** A log file past this is put aside at the next start, replacing the one before. */
const MAX_LOG_BYTES = 10 * 1024 * 1024;

export interface ServiceLogOptions {
  readonly dataFolder: string;
  readonly level?: string;
}

/**
 * The service's log: JSON lines in `<data>/logs/roost.log`. Nothing logs a token, code or key; should one
 * slip into an object all the same, it is struck out.
 */
export function createServiceLog(options: ServiceLogOptions): Logger {
  const folder = join(options.dataFolder, 'logs');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, 'roost.log');
  try {
    if (statSync(path).size > MAX_LOG_BYTES) renameSync(path, join(folder, 'roost.old.log'));
  } catch {
    // No log yet.
  }
  return pino(
    {
      level: options.level ?? 'info',
      redact: ['*.token', '*.key', '*.authorization', 'headers.authorization'],
    },
    destination({ dest: path, sync: true, mkdir: true }),
  );
}
