import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';

import { runCaptured } from './run-captured.mjs';
import { SetupError } from './setup-error.mjs';

/** @typedef {Record<string, { version?: string, integrity?: string, optional?: boolean }>} LockedPackages */

/**
 * Whether what npm says it has installed is what the lock file asks for. Optional packages may be missing: those are
 * other platforms' binaries.
 * @param {LockedPackages} locked `packages` of package-lock.json
 * @param {LockedPackages} installed `packages` of node_modules/.package-lock.json, npm's own record
 */
export function matchesLock(locked, installed) {
  for (const [path, wanted] of Object.entries(locked)) {
    if (path === '') continue;
    const found = installed[path];
    if (found === undefined) {
      if (wanted.optional !== true) return false;
    } else if (found.version !== wanted.version || found.integrity !== wanted.integrity) {
      return false;
    }
  }
  return Object.keys(installed).every((path) => path in locked);
}

/**
 * npm writes its record last, so an interrupted install has none and counts as missing. Asking that record, and not
 * one of our own alone, also sees what `npm ci` or `npm install` typed by hand did.
 * @param {string} root
 */
export function isInstalled(root) {
  const record = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(record)) return false;
  if (readStamp(root) === hashLock(root)) return true;
  try {
    return matchesLock(readPackages(join(root, 'package-lock.json')), readPackages(record));
  } catch (error) {
    // A record cut short is no record.
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}

/**
 * Notes that npm installed this very lock file and was content: its record may be written differently by another
 * version of npm, and that must not lead to an installation at every start.
 * @param {string} root
 */
export function noteInstalled(root) {
  writeFileSync(stampPath(root), hashLock(root));
}

/** @param {string} root */
function stampPath(root) {
  return join(root, 'node_modules', '.roost-installed');
}

/** @param {string} root */
function readStamp(root) {
  return existsSync(stampPath(root)) ? readFileSync(stampPath(root), 'utf8') : undefined;
}

/** @param {string} root */
function hashLock(root) {
  return createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
}

/**
 * @param {string} path
 * @returns {LockedPackages}
 */
function readPackages(path) {
  return JSON.parse(readFileSync(path, 'utf8')).packages ?? {};
}

/**
 * How to start npm without a shell. npm tells its scripts where it is; called without npm, the one beside Node is
 * taken, and on macOS and Linux the one on the PATH. (Windows' `npm` is a batch file, which Node starts only through
 * a shell.)
 * @param {{ env: NodeJS.ProcessEnv, platform: NodeJS.Platform, nodePath: string, exists: (path: string) => boolean }} facts
 * @returns {{ file: string, args: readonly string[] } | undefined}
 */
export function findNpm({ env, platform, nodePath, exists }) {
  const besideNode = join(dirname(nodePath), 'node_modules', 'npm', 'bin', 'npm-cli.js');
  for (const script of [env['npm_execpath'], besideNode]) {
    if (script !== undefined && /npm-cli\.c?js$/.test(script) && exists(script)) {
      return { file: env['npm_node_execpath'] ?? nodePath, args: [script] };
    }
  }
  return platform === 'win32' ? undefined : { file: 'npm', args: [] };
}

/**
 * `npm ci` empties node_modules first. Windows cannot delete a running program, and npm scripts run on the Node inside
 * node_modules once there is one: then `npm install` changes what differs and leaves that file alone.
 * @param {{ platform: NodeJS.Platform, nodePath: string, root: string }} facts
 */
export function installCommand({ platform, nodePath, root }) {
  const runsFromInside = nodePath.startsWith(join(root, 'node_modules') + sep);
  return platform === 'win32' && runsFromInside ? 'install' : 'ci';
}

/**
 * Installs the packages of package-lock.json when they are not there as locked.
 * @param {string} root
 * @returns {Promise<void>}
 * @throws {SetupError} when npm fails; the message ends with what npm said
 */
export async function ensureInstalled(root) {
  if (isInstalled(root)) return;
  const nodePath = process.execPath;
  const npm = findNpm({
    env: process.env,
    platform: process.platform,
    nodePath,
    exists: existsSync,
  });
  if (npm === undefined) {
    throw new SetupError('npm was not found beside Node.js. Use: npm start');
  }
  process.stderr.write('roost: installing packages (once; takes about a minute)\n');
  const command = installCommand({ platform: process.platform, nodePath, root });
  // Packages that ask for a newer Node run on the one that comes as a package itself: the warnings would only worry.
  const args = [...npm.args, command, '--loglevel=error', '--no-fund', '--no-audit'];
  const run = await runCaptured(npm.file, args, { cwd: root });
  if (run.exitCode !== 0) {
    throw new SetupError(
      `npm ${command} failed. Check the network connection and the free disk space, then try again.\n${run.output.trimEnd()}`,
    );
  }
  noteInstalled(root);
}
