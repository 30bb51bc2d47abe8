/**
 * The program inside the utility process: the backup service, spoken to over `process.parentPort`.
 *
 * It imports no electron code, so nothing of the service can come to depend on it.
 */
import type {} from 'electron';

import { createServiceLog } from '../service/config/service-log.ts';
import { startService } from '../service/start-service.ts';
import { ServiceHost } from './service-host.ts';

/** The last message is on its way to the shell, and a process that ends at once takes it along. */
const LAST_WORDS_MS = 100;

const host = new ServiceHost({
  port: process.parentPort,
  startService,
  createLog: (dataFolder) => createServiceLog({ dataFolder, level: 'info' }),
  exit: (code) => void setTimeout(() => process.exit(code), LAST_WORDS_MS),
});

process.on('uncaughtException', (error) => host.fail(error));
process.on('unhandledRejection', (reason) => host.fail(reason));
