import { ensureBuilt } from './ensure-built.mjs';
import { ensureInstalled } from './ensure-installed.mjs';
import { findNode } from './find-node.mjs';
import { withSetupLock } from './setup-lock.mjs';

/**
 * Makes a clone ready to run: packages installed, Node found, sources built. Says what it does on standard error and
 * nothing when there is nothing to do.
 * @param {string} root
 * @returns {Promise<{ nodePath: string }>} the Node.js to run Roost with
 */
export function setUp(root) {
  return withSetupLock(root, async () => {
    await ensureInstalled(root);
    const nodePath = findNode(root);
    await ensureBuilt(root, nodePath);
    return { nodePath };
  });
}
