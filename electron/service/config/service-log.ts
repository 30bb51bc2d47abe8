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
 * The service's log: JSON lines in `<data>/logs/roost.log`. Tokens, codes and keys are struck out wherever they
 * might appear.
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
      redact: ['*.token', '*.code', '*.key', '*.authorization', 'headers.authorization'],
    },
    destination({ dest: path, sync: true, mkdir: true }),
  );
}
