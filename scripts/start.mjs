// npm start: Roost in a window where one can be had, else the service in this terminal. `npm start -- <options>` passes
// the options of `roost serve` on.
import { ensureElectron } from './lib/ensure-electron.mjs';
import { projectRoot } from './lib/project-root.mjs';
import { runForwarding } from './lib/run-forwarding.mjs';
import { callerFolder, runRoost } from './lib/run-roost.mjs';
import { setUp } from './lib/set-up.mjs';
import { runScript } from './lib/setup-error.mjs';

await runScript(async () => {
  const { nodePath } = await setUp(projectRoot);
  const args = process.argv.slice(2);
  const electron = await ensureElectron(projectRoot, nodePath);
  if ('reason' in electron) {
    process.stderr.write(`roost: no window: ${electron.reason}. Running without one.\n`);
    return runRoost(projectRoot, nodePath, ['serve', ...args]);
  }
  // Terminals inside Electron apps (editors) set this, and it would make Electron a plain Node.
  const env = { ...process.env };
  delete env['ELECTRON_RUN_AS_NODE'];
  return runForwarding(electron.program, [projectRoot, ...args], {
    cwd: callerFolder({ env, currentFolder: process.cwd(), root: projectRoot }),
    env,
  });
});
