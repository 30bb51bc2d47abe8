import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

import { pino, type Logger } from 'pino';

import { LogFile } from './log-file.ts';

/** A log file past this is put aside, replacing the one before. */
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
  return pino(
    {
      level: options.level ?? 'info',
      redact: [
        ...['*.token', '*.key', '*.password', '*.accessToken'],
        ...['*.authorization', 'headers.authorization'],
      ],
    },
    new LogFile(join(folder, 'roost.log'), MAX_LOG_BYTES),
  );
}
