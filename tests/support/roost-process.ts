import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';

import { z } from 'zod';

/** The built program: what a person runs. `npm test` builds before it tests. */
const CLI = join(import.meta.dirname, '../../out/main/cli.js');

const readySchema = z.object({ event: z.literal('ready'), lan: z.url(), window: z.url() });

export interface RoostFolders {
  readonly dataFolder: string;
  readonly libraryFolder: string;
}

export interface CommandResult {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `roost <args>` to its end. */
export async function runRoost(args: readonly string[], folder?: string): Promise<CommandResult> {
  const child = spawn(process.execPath, [CLI, ...args], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const [exitCode] = (await once(child, 'close')) as [number | null];
  return { exitCode: exitCode ?? -1, stdout, stderr };
}

/** Runs `roost <args> --json` and gives the last line it printed. */
export async function runRoostJson(
  args: readonly string[],
): Promise<CommandResult & { json: Record<string, unknown> }> {
  const result = await runRoost([...args, '--json']);
  const last = result.stdout.trim().split('\n').at(-1) ?? '';
  try {
    return { ...result, json: JSON.parse(last) as Record<string, unknown> };
  } catch (error) {
    throw new Error(`roost ${args.join(' ')} printed no JSON: ${result.stdout}${result.stderr}`, {
      cause: error,
    });
  }
}

/** For a hang: ending takes a second. */
const END_TIMEOUT_MS = 60_000;

/** A real `roost serve` of its own on loopback, without mDNS. */
export class RoostProcess implements AsyncDisposable {
  readonly lanUrl: string;
  readonly windowUrl: string;
  readonly folders: RoostFolders;
  readonly #child: ChildProcess;

  private constructor(
    child: ChildProcess,
    folders: RoostFolders,
    ready: z.infer<typeof readySchema>,
  ) {
    this.#child = child;
    this.folders = folders;
    this.lanUrl = ready.lan;
    this.windowUrl = ready.window;
  }

  /** `cli` is another build's command line. */
  static async start(folders: RoostFolders, cli: string = CLI): Promise<RoostProcess> {
    const args = ['serve', '--library', folders.libraryFolder, '--data', folders.dataFolder];
    const where = ['--host', '127.0.0.1', '--port', '0', '--window-port', '0', '--no-mdns'];
    const child = spawn(process.execPath, [cli, ...args, ...where, '--json'], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let stderr = '';
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    for await (const line of createInterface({ input: child.stdout })) {
      const parsed = readySchema.safeParse(JSON.parse(line));
      if (parsed.success) return new RoostProcess(child, folders, parsed.data);
    }
    throw new Error(`roost serve ended before it was ready: ${stderr}`);
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  /** Makes a trusted device and gives its token. */
  async pair(name: string): Promise<{ deviceId: string; token: string }> {
    const { json } = await runRoostJson([
      'pair',
      '--data',
      this.folders.dataFolder,
      '--name',
      name,
      '--token',
    ]);
    return z.object({ deviceId: z.string(), token: z.string() }).parse(json);
  }

  /** Ends it without any notice, as a crash or a power switch would. */
  async kill(): Promise<void> {
    await this.#end('SIGKILL');
  }

  /** Ends it as Ctrl-C does; gives the exit code. */
  async stop(): Promise<number | null> {
    return this.#end('SIGTERM');
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
  }

  async #end(signal: NodeJS.Signals): Promise<number | null> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) {
      return this.#child.exitCode;
    }
    const closed = once(this.#child, 'exit');
    this.#child.kill(signal);
    const ended = await Promise.race([closed, sleep(END_TIMEOUT_MS, 'hangs', { ref: false })]);
    if (ended === 'hangs') {
      this.#child.kill('SIGKILL');
      await closed;
      throw new Error(`roost serve did not end ${END_TIMEOUT_MS} ms after ${signal}`);
    }
    const [exitCode] = ended as [number | null];
    return exitCode;
  }
}
