import { app, dialog } from 'electron';
import type { Logger } from 'pino';

/** The shell cannot even start, for example because its data folder cannot be written. */
export function showFatalError(error: unknown): void {
  dialog.showErrorBox('Roost cannot start', error instanceof Error ? error.message : String(error));
  app.exit(1);
}

/**
 * An error nobody caught is logged and the shell goes on: it holds no photos, and ending it would end the
 * service in the middle of an upload for the sake of, say, a notification.
 */
export function outliveUncaughtErrors(log: Logger): void {
  process.on('uncaughtException', (error) => log.error({ err: error }, 'uncaught in the shell'));
  process.on('unhandledRejection', (error) => log.error({ err: error }, 'unhandled in the shell'));
}
