import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { runCaptured } from './run-captured.mjs';
import { findSandboxObstacle, findWindowObstacle } from './window-obstacle.mjs';

const DOWNLOAD_LIMIT_MS = 5 * 60_000;
const PROBE_LIMIT_MS = 60_000;

/**
 * Where Electron's program is, once its package has fetched it.
 * @param {string} root
 * @returns {string | undefined}
 */
export function findElectron(root) {
  const folder = join(root, 'node_modules', 'electron');
  const pathFile = join(folder, 'path.txt');
  if (!existsSync(pathFile)) return undefined;
  const program = join(folder, 'dist', readFileSync(pathFile, 'utf8').trim());
  return existsSync(program) ? program : undefined;
}

/**
 * Electron's package comes without its program, a hundred megabytes from GitHub: fetched here at the first start.
 * @param {string} root
 * @param {string} nodePath
 * @returns {Promise<{ program: string } | { reason: string }>} the reason is one line in words
 */
export async function ensureElectron(root, nodePath) {
  const userId = process.getuid?.();
  const obstacle = findWindowObstacle({ platform: process.platform, env: process.env, userId });
  if (obstacle !== undefined) return { reason: obstacle };

  const program = findElectron(root) ?? (await fetchElectron(root, nodePath));
  if (typeof program !== 'string') return program;

  if (process.platform === 'linux') {
    const sandboxObstacle = findSandboxObstacle(dirname(program));
    if (sandboxObstacle !== undefined) return { reason: sandboxObstacle };
  }
  // A slim system may lack libraries the program is linked to; this finds out without opening anything.
  const probe = await runCaptured(program, ['--version'], {
    cwd: root,
    timeLimitMs: PROBE_LIMIT_MS,
  });
  if (probe.exitCode !== 0)
    return { reason: `Electron does not start (${lastLine(probe.output)})` };
  return { program };
}

/**
 * @param {string} root
 * @param {string} nodePath
 * @returns {Promise<string | { reason: string }>}
 */
async function fetchElectron(root, nodePath) {
  process.stderr.write('roost: fetching Electron (once)\n');
  const installer = join(root, 'node_modules', 'electron', 'install.js');
  const run = await runCaptured(nodePath, [installer], {
    cwd: root,
    timeLimitMs: DOWNLOAD_LIMIT_MS,
  });
  if (run.timedOut) return { reason: 'Electron could not be downloaded within five minutes' };
  const program = findElectron(root);
  if (run.exitCode === 0 && program !== undefined) return program;
  return { reason: `Electron could not be downloaded (${reasonIn(run.output)})` };
}

/**
 * The line of a stack trace that says what happened, cut to a readable length.
 * @param {string} output
 */
export function reasonIn(output) {
  const lines = output.split('\n').map((line) => line.trim());
  const line = lines.find((text) => /^\w*Error\b/.test(text)) ?? lines.find((text) => text !== '');
  return (line ?? 'no reason given').replace(/^\w*Error: /, '').slice(0, 200);
}

/** @param {string} output */
function lastLine(output) {
  return (output.trim().split('\n').at(-1) ?? '').slice(0, 200) || 'no reason given';
}
