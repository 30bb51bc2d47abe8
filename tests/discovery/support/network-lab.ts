import { execFile, spawn } from 'node:child_process';
import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { promisify } from 'node:util';

const run = promisify(execFile);

const PREFIX = 'roost-lab-';
const STOP_LIMIT_MS = 10_000;

/** A process started in the lab; it ends with the lab at the latest. */
export interface LabProcess {
  readonly child: ChildProcessWithoutNullStreams;
  /** Lines written to standard output and standard error so far. */
  readonly lines: readonly string[];
  /** Asks it to end, insists after a while, and waits until it is gone. */
  stop(): Promise<void>;
}

/**
 * Computers and switches in network namespaces: nothing sent here can leave this machine. `close` removes all of
 * it; what a killed test run left behind is removed by the next `open`.
 */
export class NetworkLab {
  readonly #namespaces: string[] = [];
  readonly #processes: LabProcess[] = [];
  readonly #prefix = `${PREFIX}${process.pid}-`;

  static async open(): Promise<NetworkLab> {
    await removeLeftovers();
    return new NetworkLab();
  }

  /** Adds an empty switch. */
  async addSwitch(name: string): Promise<void> {
    const namespace = await this.#addNamespace(name);
    await run('ip', ['-n', namespace, 'link', 'add', 'switch', 'type', 'bridge']);
    await run('ip', ['-n', namespace, 'link', 'set', 'switch', 'up']);
  }

  /** Adds a computer without network. */
  async addComputer(name: string): Promise<LabComputer> {
    return new LabComputer(await this.#addNamespace(name), (process) =>
      this.#processes.push(process),
    );
  }

  /** Puts a cable between a computer's new network card and a switch. */
  async plug(computer: LabComputer, card: string, switchName: string): Promise<void> {
    const bridge = this.#prefix + switchName;
    const port = `p${this.#portCount++}`;
    const end = ['type', 'veth', 'peer', 'name', port, 'netns', bridge];
    await computer.ip('link', 'add', card, ...end);
    await run('ip', ['-n', bridge, 'link', 'set', port, 'master', 'switch', 'up']);
    await computer.ip('link', 'set', card, 'up');
  }
  #portCount = 0;

  async close(): Promise<void> {
    await Promise.all(this.#processes.toReversed().map((process) => process.stop()));
    for (const namespace of this.#namespaces) await run('ip', ['netns', 'del', namespace]);
  }

  async #addNamespace(name: string): Promise<string> {
    const namespace = this.#prefix + name;
    await run('ip', ['netns', 'add', namespace]);
    this.#namespaces.push(namespace);
    await run('ip', ['-n', namespace, 'link', 'set', 'lo', 'up']);
    return namespace;
  }
}

/** A computer of the lab. */
export class LabComputer {
  readonly #namespace: string;
  readonly #onStart: (process: LabProcess) => void;

  constructor(namespace: string, onStart: (process: LabProcess) => void) {
    this.#namespace = namespace;
    this.#onStart = onStart;
  }

  /** Runs `ip` on this computer. */
  async ip(...args: string[]): Promise<void> {
    await run('ip', ['-n', this.#namespace, ...args]);
  }

  /** Runs a command to its end and answers its standard output. */
  async run(command: readonly string[], env: Record<string, string> = {}): Promise<string> {
    const { stdout } = await run('ip', ['netns', 'exec', this.#namespace, ...command], {
      env: { ...process.env, ...env },
      timeout: 60_000,
    });
    return stdout;
  }

  /** Starts a command that goes on. */
  start(command: readonly string[], env: Record<string, string> = {}): LabProcess {
    const child = spawn('ip', ['netns', 'exec', this.#namespace, ...command], {
      env: { ...process.env, ...env },
    });
    const gone = once(child, 'exit');
    const lines: string[] = [];
    for (const stream of [child.stdout, child.stderr]) {
      let rest = '';
      stream.setEncoding('utf8').on('data', (text: string) => {
        const parts = (rest + text).split('\n');
        rest = parts.pop() ?? '';
        lines.push(...parts);
      });
    }
    // A process that ends early fails the test through what it did not do, not through its input.
    child.stdin.on('error', () => undefined);
    const started: LabProcess = {
      child,
      lines,
      stop: async () => {
        if (child.exitCode !== null || child.signalCode !== null) return;
        child.kill('SIGTERM');
        const insist = setTimeout(() => child.kill('SIGKILL'), STOP_LIMIT_MS);
        await gone;
        clearTimeout(insist);
      },
    };
    this.#onStart(started);
    return started;
  }
}

async function removeLeftovers(): Promise<void> {
  const { stdout } = await run('ip', ['netns', 'list']);
  for (const line of stdout.split('\n')) {
    const namespace = line.split(' ')[0] ?? '';
    const owner = new RegExp(`^${PREFIX}(\\d+)-`).exec(namespace)?.[1];
    if (owner === undefined || isRunning(Number(owner))) continue;
    const { stdout: pids } = await run('ip', ['netns', 'pids', namespace]);
    for (const pid of pids.split('\n').filter(Boolean)) endQuietly(Number(pid));
    await run('ip', ['netns', 'del', namespace]);
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

function endQuietly(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It ended by itself between the listing and now.
  }
}
