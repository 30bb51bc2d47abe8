import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { runCaptured } from './run-captured.mjs';
import { SetupError } from './setup-error.mjs';
import { hashSources } from './source-hash.mjs';

/** Everything the build reads. */
export const BUILD_INPUTS = [
  'electron',
  'renderer',
  'shared',
  'resources',
  'electron.vite.config.ts',
  'tsconfig.base.json',
  'package.json',
  'package-lock.json',
];

/** What the rest of the scripts start. */
const OUTPUTS = ['out/main/main.js', 'out/main/cli.js', 'out/renderer/index.html'];

/** @param {string} root */
function stampPath(root) {
  return join(root, 'out', 'built-from.txt');
}

/**
 * @param {string} root
 * @param {string} sourceHash
 */
export function isBuilt(root, sourceHash) {
  if (!OUTPUTS.every((path) => existsSync(join(root, path)))) return false;
  const path = stampPath(root);
  return existsSync(path) && readFileSync(path, 'utf8').trim() === sourceHash;
}

/**
 * Builds `out/` when it was not built from the sources as they are now.
 * @param {string} root
 * @param {string} nodePath the Node that runs the build
 * @param {{ always?: boolean }} options
 * @returns {Promise<void>}
 * @throws {SetupError} when the build fails; the message ends with what it said
 */
export async function ensureBuilt(root, nodePath, options = {}) {
  // Taken before the build: a file changed meanwhile makes the next command build again.
  const sourceHash = hashSources(root, BUILD_INPUTS);
  if (options.always !== true && isBuilt(root, sourceHash)) return;

  process.stderr.write('roost: building\n');
  const stamp = stampPath(root);
  rmSync(stamp, { force: true });
  const builder = join(root, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js');
  const run = await runCaptured(nodePath, [builder, 'build', '--logLevel', 'warn'], {
    cwd: root,
    env: { ...process.env, NODE_ENV: 'production' },
  });
  if (run.exitCode !== 0) throw new SetupError(`the build failed.\n${run.output.trimEnd()}`);
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, `${sourceHash}\n`);
}
