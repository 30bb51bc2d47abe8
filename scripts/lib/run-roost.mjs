import { join } from 'node:path';

import { runForwarding } from './run-forwarding.mjs';

/**
 * Runs Roost's command line in this process's place.
 * @param {string} root
 * @param {string} nodePath
 * @param {readonly string[]} args
 * @returns {Promise<number>} its exit code
 */
export function runRoost(root, nodePath, args) {
  return runForwarding(nodePath, [join(root, 'out', 'main', 'cli.js'), ...args], {
    cwd: callerFolder({ env: process.env, currentFolder: process.cwd(), root }),
  });
}

/**
 * The folder the person typed the command in: npm runs scripts in the clone's own folder, and `send ./photos` means
 * the one they see.
 * @param {{ env: NodeJS.ProcessEnv, currentFolder: string, root: string }} facts
 */
export function callerFolder({ env, currentFolder, root }) {
  return currentFolder === root ? (env['INIT_CWD'] ?? currentFolder) : currentFolder;
}
