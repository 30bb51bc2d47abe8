// npm run -s roost -- <command>: Roost's command line in a clone. Standard output is the command's alone.
import { projectRoot } from './lib/project-root.mjs';
import { runRoost } from './lib/run-roost.mjs';
import { setUp } from './lib/set-up.mjs';
import { runScript } from './lib/setup-error.mjs';

await runScript(async () => {
  const { nodePath } = await setUp(projectRoot);
  return runRoost(projectRoot, nodePath, process.argv.slice(2));
});
