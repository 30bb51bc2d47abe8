import { resolve } from 'node:path';

import type { ErrorCode } from '../../shared/error-catalogue.ts';
import type { ServiceStatus } from '../service/config/service-config.ts';
import type { RunningService, ServiceConfig } from '../service/start-service.ts';
import { commandLine, printJson, printLine, type CliContext } from './cli-context.ts';
import { defineCommand, parsePort } from './command.ts';
import { dataFolderOf } from './data-folder.ts';
import { EXIT } from './exit-codes.ts';
import { picturesFolderOf } from './library-folder.ts';
import { printPairing } from './pairing-text.ts';
import { problemText } from './problem-text.ts';
import { findRunningService } from './running-service.ts';
import { printable } from './text-format.ts';
import { callWindow } from './window-client.ts';

/** How long uploads in flight may go on when Roost is asked to stop. */
const STOP_GRACE_MS = 10_000;

type Overrides = NonNullable<ServiceConfig['overrides']>;

export const serveCommand = defineCommand({
  name: 'serve',
  summary: 'run Roost without a window of its own',
  details: [
    'Receives photos until it is stopped with Ctrl-C: uploads on their way may finish for ten seconds',
    'then; a second Ctrl-C stops at once. Options win over the settings for this run only.',
    'While the library cannot be reached Roost waits for it, says so, and goes on by itself.',
  ].join('\n'),
  options: {
    library: { type: 'string', value: 'DIR', help: 'library folder' },
    data: { type: 'string', value: 'DIR', help: 'data folder (catalog, previews, settings)' },
    host: { type: 'string', value: 'ADDRESS', help: 'listen for devices on this address only' },
    port: { type: 'string', value: 'PORT', help: 'port for devices; 0 takes any free one' },
    'window-port': {
      type: 'string',
      value: 'PORT',
      help: "port of the window's pages; 0 takes any",
    },
    'no-mdns': { type: 'boolean', help: 'do not announce on the local network' },
    pair: { type: 'boolean', help: 'show a pairing code even when devices are paired' },
    json: { type: 'boolean', help: 'print one JSON line an event' },
  },
  async run(options, context) {
    const lanPort = parsePort('port', options.port);
    const windowPort = parsePort('window-port', options['window-port']);
    const overrides: Overrides = {
      ...(options.library !== undefined && {
        libraryFolder: resolve(context.workingFolder, options.library),
      }),
      ...(options.host !== undefined && { lanHost: options.host }),
      ...(lanPort !== undefined && { lanPort }),
      ...(windowPort !== undefined && { windowPort }),
      ...(options['no-mdns'] && { announce: false }),
    };
    const dataFolder = dataFolderOf(options.data, context);
    const teller = options.json ? jsonTeller(context) : humanTeller(options.pair, context);
    await serveUntilStopped(dataFolder, overrides, teller, context);
    return EXIT.ok;
  },
});

interface Teller {
  started(running: RunningService, dataFolder: string, isRestart: boolean): Promise<void>;
  /** Called with each other state of the library, the first before `started`. */
  library(status: ServiceStatus): void;
  stopping(): void;
}

/** Runs the service, again after each restart a person asks for, until the program is told to stop. */
async function serveUntilStopped(
  dataFolder: string,
  firstOverrides: Overrides,
  teller: Teller,
  context: CliContext,
): Promise<void> {
  const { interrupted } = context;
  const isStopping = (): boolean => interrupted.aborted;
  const { createServiceLog } = await import('../service/config/service-log.ts');
  const { startService } = await import('../service/start-service.ts');
  const log = createServiceLog({ dataFolder });
  let overrides = firstOverrides;
  let windowKey: ServiceConfig['windowKey'];
  let told: ServiceStatus | undefined;
  for (let isRestart = false; !isStopping(); isRestart = true) {
    const end = Promise.withResolvers<'restart' | 'stop'>();
    const onInterrupted = (): void => end.resolve('stop');
    interrupted.addEventListener('abort', onInterrupted);
    const running = await startService({
      ...context.program,
      dataFolder,
      host: 'headless',
      overrides,
      ...(windowKey && { windowKey }),
      picturesFolder: picturesFolderOf(context),
      log,
      onRestartAsked: () => end.resolve('restart'),
      onStatus: (status) => {
        const isSame =
          told?.libraryState === status.libraryState &&
          told.libraryProblem === status.libraryProblem;
        told = status;
        if (!isSame) teller.library(status);
      },
    });
    try {
      if (!isStopping()) await teller.started(running, dataFolder, isRestart);
      const why = isStopping() ? 'stop' : await end.promise;
      if (why === 'stop') teller.stopping();
    } finally {
      interrupted.removeEventListener('abort', onInterrupted);
      await running.close({ graceMs: STOP_GRACE_MS });
    }
    overrides = keepPorts(overrides, running);
    // Pages that are open stay signed in.
    windowKey = running.windowKey;
  }
}

/** Ports the operating system chose stay over a restart, so that open pages and sending devices find Roost again. */
function keepPorts(overrides: Overrides, running: RunningService): Overrides {
  return {
    ...overrides,
    ...(overrides.lanPort === 0 && { lanPort: portOf(running.lanUrl) }),
    ...(!overrides.windowPort && { windowPort: portOf(running.windowUrl) }),
  };
}

function portOf(url: string): number {
  return Number(new URL(url).port);
}

function jsonTeller({ stdout }: CliContext): Teller {
  let library: object = {};
  let isStarted = false;
  return {
    started: ({ lanUrl, windowUrl }, _dataFolder, isRestart) => {
      const event = isRestart ? 'restarted' : 'ready';
      printJson(stdout, { event, lan: lanUrl, window: windowUrl, ...library });
      isStarted = true;
      return Promise.resolve();
    },
    library: ({ libraryState, libraryProblem }) => {
      library = { library: libraryState, ...(libraryProblem && { problem: libraryProblem }) };
      if (isStarted) printJson(stdout, { event: 'library', ...library });
    },
    stopping: () => printJson(stdout, { event: 'stopping' }),
  };
}

function humanTeller(alwaysPair: boolean, context: CliContext): Teller {
  const print = (text = ''): void => printLine(context.stdout, text);
  let isStarted = false;
  return {
    started: async ({ windowUrl }, dataFolder, isRestart) => {
      const address = await findRunningService(dataFolder);
      const overview = await callWindow(address, 'overview.get', {});
      const { folder, state, problemCode } = overview.library;
      print(isRestart ? 'Roost started again' : `Roost ${context.program.version} is ready`);
      print(`Library  ${printable(folder)}`);
      if (problemCode !== undefined) print(`         ${waitingText(problemCode)}`);
      print(`Devices  ${overview.lan.urls.join('  ')}`);
      print(`Window   ${windowUrl}`);
      for (const notice of overview.notices) print(`Note     ${printable(notice.text)}`);
      isStarted = true;
      if (isRestart) return;
      print();
      const { devices } = await callWindow(address, 'devices.list', {});
      const hasDevice = devices.some(({ trusted }) => trusted);
      if ((alwaysPair || !hasDevice) && (state === 'ready' || state === 'full')) {
        printPairing(await callWindow(address, 'pairing.begin', {}), context);
        print(`Another code: ${commandLine(context, 'pair')}`);
      } else
        print(`To pair ${hasDevice ? 'another' : 'a'} device: ${commandLine(context, 'pair')}`);
    },
    library: ({ libraryState, libraryProblem }) => {
      if (!isStarted) return;
      if (libraryProblem !== undefined) print(waitingText(libraryProblem));
      else if (libraryState === 'ready') print('The library is ready. Receiving goes on.');
    },
    stopping: () => print('Stopping. Uploads on their way may finish for a moment.'),
  };
}

function waitingText(problem: ErrorCode): string {
  return `${problem === 'library/disk-full' ? '' : 'Waiting for the library. '}${problemText(problem)}`;
}
