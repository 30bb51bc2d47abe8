import { createInterface } from 'node:readline';

import { utilityProcess } from 'electron';
import type { Logger } from 'pino';

import { serviceEnvironment } from './service-environment.ts';
import type { ServiceProcess, ServiceProcessEvents } from './service-supervisor.ts';

/** After a polite signal; a process whose event loop hangs does not hear that one. */
const KILL_AFTER_MS = 3000;
const LONGEST_LOG_LINE = 2000;

/** Starts the built service in a utility process of its own. Only after Electron is ready. */
export function spawnServiceProcess(
  serviceEntry: string,
  log: Logger,
  events: ServiceProcessEvents,
): ServiceProcess {
  const child = utilityProcess.fork(serviceEntry, [], {
    serviceName: 'Roost backup service',
    env: serviceEnvironment(process.env),
    stdio: 'pipe',
  });
  // The pid is gone from the child's object when `exit` comes.
  let pid: number | undefined;
  child.on('spawn', () => {
    pid = child.pid;
    log.info({ servicePid: pid }, 'the service process runs');
  });
  child.on('message', (message) => events.onMessage(message));
  child.on('error', (type, location) => {
    log.error({ servicePid: pid, type, location }, 'the service process broke down');
  });
  child.on('exit', (code) => events.onExit(code));
  logLines(child.stdout, (line) => log.info({ servicePid: pid, line }, 'service output'));
  logLines(child.stderr, (line) => log.warn({ servicePid: pid, line }, 'service output'));

  return {
    get pid() {
      return pid;
    },
    send: (message) => child.postMessage(message),
    kill: () => {
      child.kill();
      setTimeout(() => killHard(pid, () => child.pid !== undefined), KILL_AFTER_MS);
    },
  };
}

function killHard(pid: number | undefined, isRunning: () => boolean): void {
  if (pid === undefined || !isRunning()) return;
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It ended in this very moment.
  }
}

function logLines(stream: NodeJS.ReadableStream | null, write: (line: string) => void): void {
  if (!stream) return;
  createInterface({ input: stream }).on('line', (line) => write(line.slice(0, LONGEST_LOG_LINE)));
}
