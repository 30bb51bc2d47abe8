import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/**
 * What of this computer stands in the way of an Electron window, before anything is downloaded for one.
 * @param {object} facts
 * @param {NodeJS.Platform} facts.platform
 * @param {NodeJS.ProcessEnv} facts.env
 * @param {number | undefined} facts.userId undefined on Windows
 * @returns {string | undefined} the reason in words, or undefined when a window should open
 */
export function findWindowObstacle({ platform, env, userId }) {
  if (platform !== 'linux') return undefined;
  if (!env['DISPLAY'] && !env['WAYLAND_DISPLAY']) return 'there is no display here';
  // Chromium's sandbox does not work for root, and Roost does not run without it.
  if (userId === 0) return 'Electron does not run as root';
  return undefined;
}

/**
 * Some Linux systems (Ubuntu from 23.10 on) let programs make the sandbox Chromium needs only where an administrator
 * allowed it. Electron then aborts before it shows anything.
 * @param {string} electronFolder where Electron's program is
 * @returns {string | undefined}
 */
export function findSandboxObstacle(electronFolder) {
  const restricted =
    readSetting('/proc/sys/kernel/apparmor_restrict_unprivileged_userns') === '1' ||
    readSetting('/proc/sys/kernel/unprivileged_userns_clone') === '0';
  if (!restricted || isSetuidRoot(join(electronFolder, 'chrome-sandbox'))) return undefined;
  return "this system does not allow Electron's sandbox (kernel.apparmor_restrict_unprivileged_userns)";
}

/** @param {string} path */
function readSetting(path) {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch {
    // Kernels without the setting have no such restriction.
    return undefined;
  }
}

/** @param {string} path */
function isSetuidRoot(path) {
  const stats = statSync(path, { throwIfNoEntry: false });
  return stats !== undefined && stats.uid === 0 && (stats.mode & 0o4000) !== 0;
}
