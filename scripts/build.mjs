// npm run build: builds out/, even when it looks up to date.
import { ensureBuilt } from './lib/ensure-built.mjs';
import { ensureInstalled } from './lib/ensure-installed.mjs';
import { findNode } from './lib/find-node.mjs';
import { projectRoot } from './lib/project-root.mjs';
import { runScript } from './lib/setup-error.mjs';
import { withSetupLock } from './lib/setup-lock.mjs';

await runScript(() =>
  withSetupLock(projectRoot, async () => {
    await ensureInstalled(projectRoot);
    await ensureBuilt(projectRoot, findNode(projectRoot), { always: true });
    return 0;
  }),
);
