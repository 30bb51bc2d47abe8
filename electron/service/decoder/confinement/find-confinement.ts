import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { text } from 'node:stream/consumers';

import { z } from 'zod';

import {
  type Bounds,
  type Confinement,
  PERMISSION_FLAGS,
  UNCONFINED,
  type Wrapper,
} from './confinement.ts';
import { spawnConfined } from './spawn-confined.ts';
import { wrappersFor } from './wrappers.ts';

/** A wrapper that hangs is as good as none. */
const PROBE_TIMEOUT_MS = 10_000;

/** Tries to do what must not be possible. It runs as plain text, so that it needs no file of ours. */
const PROBE = `
const { appendFileSync, unlinkSync, writeFileSync } = require('node:fs');
const { connect } = require('node:net');
const [folder, port, socketPath] = process.argv.slice(1);
const fails = (action) => { try { action(); return false; } catch { return true; } };
const failsToReach = (...where) => new Promise((resolve) => {
  const socket = connect(...where);
  socket.on('connect', () => { resolve(false); socket.destroy(); });
  socket.on('error', () => resolve(true));
});
process.on('SIGXFSZ', () => undefined);
const wrote = [
  fails(() => appendFileSync(folder + '/kept', 'x')),
  fails(() => writeFileSync(folder + '/new', 'x')),
];
const cannotDelete = fails(() => unlinkSync(folder + '/deleted'));
Promise.all([failsToReach(Number(port), '127.0.0.1'), failsToReach(socketPath)]).then(
  ([cannotConnect, cannotReachServices]) => {
    const cannotWrite = wrote.every(Boolean);
    const bounds = { cannotWrite, cannotDelete, cannotConnect, cannotReachServices };
    process.stdout.write(JSON.stringify(bounds), () => process.exit(0));
  },
);
`;

const boundsSchema = z.object({
  cannotWrite: z.boolean(),
  cannotDelete: z.boolean(),
  cannotConnect: z.boolean(),
  cannotReachServices: z.boolean(),
});

/**
 * The tightest way to run Node that works on this computer, found by trying: a harmless process is started in each
 * way and attempts what it must not be able to do. Once for each Node, then known. Never throws; in the
 * worst case it is {@link UNCONFINED}.
 */
export function findConfinement(nodePath: string): Promise<Confinement> {
  let finding = found.get(nodePath);
  if (finding === undefined) {
    finding = tryAll(nodePath);
    found.set(nodePath, finding);
  }
  return finding;
}

/** A computer does not change while we run, and trying takes a fifth of a second. */
const found = new Map<string, Promise<Confinement>>();

async function tryAll(nodePath: string): Promise<Confinement> {
  const platform = {
    platform: process.platform,
    architecture: process.arch,
    isRoot: process.getuid?.() === 0,
  };
  const [nodeFlags, bound] = await Promise.all([
    takesPermissionFlags(nodePath),
    firstThatBinds(nodePath, wrappersFor(platform)),
  ]);
  return { ...UNCONFINED, ...bound, nodeFlags: nodeFlags ? PERMISSION_FLAGS : [] };
}

async function firstThatBinds(
  nodePath: string,
  wrappers: ReturnType<typeof wrappersFor>,
): Promise<Omit<Confinement, 'nodeFlags'> | undefined> {
  for (const wrapper of wrappers) {
    const bounds = await probe(nodePath, wrapper);
    if (bounds !== undefined && Object.values(bounds).some(Boolean)) {
      return { by: wrapper.by, wrapper, ...bounds };
    }
  }
  return undefined;
}

/** What a process started this way cannot do; `undefined` when it cannot be started so. */
export async function probe(nodePath: string, wrapper: Wrapper): Promise<Bounds | undefined> {
  const folder = await mkdtemp(join(tmpdir(), 'roost-probe-'));
  const socketPath =
    process.platform === 'win32' ? `\\\\.\\pipe\\${basename(folder)}` : join(folder, 'socket');
  await using stack = new AsyncDisposableStack();
  stack.defer(() => rm(folder, { recursive: true, force: true }));
  try {
    const port = await listen(stack, 0);
    await listen(stack, socketPath);
    for (const name of ['kept', 'deleted']) await writeFile(join(folder, name), name);
    const args = ['-e', PROBE, folder, String(port), socketPath];
    const said = await outputOf(nodePath, wrapper, [], args);
    const parsed = boundsSchema.safeParse(said);
    if (!parsed.success) return undefined;
    // What it says is compared with what can be seen from here.
    const kept = await readFile(join(folder, 'kept'), 'utf8').catch(() => '');
    return { ...parsed.data, cannotWrite: parsed.data.cannotWrite && kept === 'kept' };
  } catch {
    return undefined;
  }
}

/** Somebody to be reached, on a port of loopback or at a path. @returns the port */
async function listen(stack: AsyncDisposableStack, where: number | string): Promise<number> {
  const server = createServer((socket) => socket.destroy());
  stack.defer(() => void server.close());
  if (typeof where === 'number') server.listen(where, '127.0.0.1');
  else server.listen(where);
  await once(server, 'listening');
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

/** Node without a permission model, or Electron's, may refuse to start with its flags. */
async function takesPermissionFlags(nodePath: string): Promise<boolean> {
  const script = 'process.stdout.write(JSON.stringify(process.permission.has("fs.write")))';
  const said = await outputOf(nodePath, { command: [] }, PERMISSION_FLAGS, ['-e', script]);
  return said === false;
}

/** What a process printed, as JSON; `undefined` when it failed. */
async function outputOf(
  nodePath: string,
  wrapper: Wrapper,
  nodeFlags: readonly string[],
  args: readonly string[],
): Promise<unknown> {
  const child = spawnConfined(
    { wrapper, nodeFlags },
    {
      nodePath,
      nodeFlags: [],
      args,
      env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
      stdout: 'pipe',
    },
  );
  const timer = setTimeout(() => child.kill('SIGKILL'), PROBE_TIMEOUT_MS);
  child.stderr?.resume();
  try {
    const [said] = await Promise.all([
      child.stdout ? text(child.stdout) : '',
      once(child, 'close'),
    ]);
    return child.exitCode === 0 ? (JSON.parse(said) as unknown) : undefined;
  } catch {
    return undefined;
  } finally {
    clearTimeout(timer);
  }
}
