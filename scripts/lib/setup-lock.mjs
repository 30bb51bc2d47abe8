import { createHash } from 'node:crypto';
import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const POLL_MS = 250;
/** Far longer than any install and build: whatever is older was left behind, even if its number runs again. */
const ABANDONED_AFTER_MS = 30 * 60_000;

/** @param {string} root */
export function setupLockPath(root) {
  const name = createHash('sha256').update(root).digest('hex').slice(0, 16);
  // Not in the clone: installing replaces node_modules and building replaces out/.
  return join(tmpdir(), `roost-setup-${name}.lock`);
}

/**
 * Installing and building happen in one process of a clone at a time; a second command waits for the first.
 * A lock whose owner has died is taken over.
 * @template T
 * @param {string} root the clone's folder
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withSetupLock(root, work) {
  const path = setupLockPath(root);
  let told = false;
  while (!tryLock(path)) {
    if (!told) process.stderr.write('roost: waiting for another command that is setting up\n');
    told = true;
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  try {
    return await work();
  } finally {
    rmSync(path, { force: true });
  }
}

/** @param {string} path */
function tryLock(path) {
  if (createLock(path)) return true;
  if (isOwnerAlive(path)) return false;
  rmSync(path, { force: true });
  return createLock(path);
}

/** @param {string} path */
function createLock(path) {
  try {
    writeFileSync(path, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false;
    throw error;
  }
}

/** @param {string} path */
function isOwnerAlive(path) {
  try {
    if (Date.now() - statSync(path).mtimeMs > ABANDONED_AFTER_MS) return false;
    const owner = Number(readFileSync(path, 'utf8'));
    // Empty for a moment between creating and writing: its owner is at work.
    if (!Number.isInteger(owner) || owner <= 0) return true;
    process.kill(owner, 0);
    return true;
  } catch (error) {
    // EPERM: alive, but someone else's. ENOENT: just released.
    return hasCode(error, 'EPERM');
  }
}

/**
 * @param {unknown} error
 * @param {string} code
 */
function hasCode(error, code) {
  return error instanceof Error && 'code' in error && error.code === code;
}
