import { fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import {
  ServiceSupervisor,
  type ServiceProcess,
  type ServiceProcessEvents,
  type ServiceState,
} from '../../electron/main/service-supervisor.ts';
import { systemTimers } from '../../electron/service/timers.ts';
import { systemClock } from '../../shared/clock.ts';

const root = join(import.meta.dirname, '..', '..');

/**
 * The real service in a real process under the real supervisor; only Electron's utility process is replaced, by a
 * forked one of plain Node.
 */
export class HostedService implements AsyncDisposable {
  readonly supervisor: ServiceSupervisor;
  readonly #folder: string;
  readonly #ownsFolder: boolean;
  #pid: number | undefined;

  /** @param options `besides` shares the folders of another one. */
  constructor(options: { readonly besides?: HostedService } = {}) {
    const { besides } = options;
    this.#ownsFolder = besides === undefined;
    this.#folder = besides ? besides.#folder : mkdtempSync(join(tmpdir(), 'roost-hosted-'));
    this.supervisor = this.#supervise();
  }

  get libraryFolder(): string {
    return join(this.#folder, 'library');
  }

  /** Resolves with the first state, now or later, that has what is asked for. */
  until<S extends ServiceState>(isIt: (state: ServiceState) => state is S): Promise<S> {
    return new Promise((resolve) => {
      this.supervisor.onState((state) => {
        if (isIt(state)) resolve(state);
      });
    });
  }

  crash(): void {
    process.kill(this.#pid!, 'SIGKILL');
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.supervisor.stop(0);
    if (this.#ownsFolder) rmSync(this.#folder, { recursive: true, force: true });
  }

  #supervise(): ServiceSupervisor {
    return new ServiceSupervisor({
      clock: systemClock,
      timers: systemTimers,
      log: { info: () => undefined, warn: () => undefined },
      spawn: (events) => this.#spawn(events),
      start: {
        type: 'start',
        config: {
          dataFolder: join(this.#folder, 'data'),
          decoderEntry: join(root, 'electron/service/decoder/decoder-entry.ts'),
          rendererFolder: this.#folder,
          version: '0.0.0-test',
          overrides: {
            libraryFolder: join(this.#folder, 'library'),
            lanHost: '127.0.0.1',
            lanPort: 0,
            announce: false,
          },
        },
      },
    });
  }

  #spawn(events: ServiceProcessEvents): ServiceProcess {
    const child = fork(join(root, 'electron/main/service-process-entry.ts'), [], {
      execArgv: ['--import', new URL('parent-port-stand-in.ts', import.meta.url).href],
    });
    this.#pid = child.pid;
    child.on('message', (message) => events.onMessage(message));
    child.on('exit', (code) => events.onExit(code ?? undefined));
    return {
      pid: child.pid,
      send: (message) => child.send(message),
      kill: () => child.kill('SIGKILL'),
    };
  }
}
