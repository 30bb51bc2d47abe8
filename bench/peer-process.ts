import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { access, constants } from 'node:fs/promises';
import { createServer, connect, type AddressInfo } from 'node:net';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

const STARTED_WITHIN_MS = 10_000;
const STOPPED_WITHIN_MS = 5_000;

/** Where a program is found, or `undefined`. Debian keeps servers where an ordinary user's PATH does not look. */
export async function findProgram(name: string): Promise<string | undefined> {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin'];
  for (const folder of folders) {
    const path = join(folder, name);
    const isThere = access(path, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (folder !== '' && (await isThere)) return path;
  }
  return undefined;
}

/** Everything a program says when it is asked for its version, wherever it says it. */
export async function versionText(path: string, flag: string): Promise<string> {
  const { stdout, stderr } = await promisify(execFile)(path, [flag]);
  return stdout + stderr;
}

/** A port of loopback that nobody has right now. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** Starts a server that stays in the foreground, and waits until it listens. */
export async function startPeer(
  path: string,
  args: readonly string[],
  port: number,
): Promise<AsyncDisposable & { readonly pid: number }> {
  const child = spawn(path, args, { stdio: ['ignore', 'ignore', 'pipe'] });
  let stderr = '';
  child.stderr.on('data', (chunk: Buffer) => (stderr = (stderr + chunk.toString()).slice(-2000)));
  const ended = once(child, 'exit').catch(() => undefined);
  const hasEnded = (): boolean => child.exitCode !== null || child.signalCode !== null;
  const stop = async (): Promise<void> => {
    if (hasEnded()) return;
    child.kill('SIGTERM');
    const timer = setTimeout(() => child.kill('SIGKILL'), STOPPED_WITHIN_MS);
    await ended;
    clearTimeout(timer);
  };
  const giveUpAt = performance.now() + STARTED_WITHIN_MS;
  while (!(await isListening(port))) {
    if (hasEnded() || performance.now() > giveUpAt) {
      await stop();
      throw new Error(`${path} does not listen: ${stderr}`);
    }
    await sleep(20);
  }
  return { pid: child.pid ?? 0, [Symbol.asyncDispose]: stop };
}

async function isListening(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
