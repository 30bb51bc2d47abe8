// node scripts/check.mjs [types|lint|format|layers|unused]...: the checks of npm test that start no program of Roost.
import { ensureInstalled } from './lib/ensure-installed.mjs';
import { findNode } from './lib/find-node.mjs';
import { projectRoot } from './lib/project-root.mjs';
import { runStaticChecks } from './lib/run-static-checks.mjs';
import { runScript, SetupError } from './lib/setup-error.mjs';
import { withSetupLock } from './lib/setup-lock.mjs';
import { STATIC_CHECKS } from './lib/static-checks.mjs';

await runScript(async () => {
  const names = process.argv.slice(2);
  const known = new Set(STATIC_CHECKS.map((check) => check.name));
  const unknown = names.find((name) => !known.has(name));
  if (unknown !== undefined) {
    throw new SetupError(
      `there is no check called ${unknown}; there are ${[...known].join(', ')}.`,
    );
  }
  await withSetupLock(projectRoot, () => ensureInstalled(projectRoot));
  const checks = STATIC_CHECKS.filter((check) => names.length === 0 || names.includes(check.name));
  const { failed } = await runStaticChecks(projectRoot, findNode(projectRoot), checks);
  return failed === 0 ? 0 : 1;
});
