// npm run bench -- <benchmark>: measures Roost, and beside it what else receives files; see bench/README.md.
import { join } from 'node:path';

import { projectRoot } from './lib/project-root.mjs';
import { runForwarding } from './lib/run-forwarding.mjs';
import { setUp } from './lib/set-up.mjs';
import { runScript } from './lib/setup-error.mjs';

await runScript(async () => {
  const { nodePath } = await setUp(projectRoot);
  const bench = join(projectRoot, 'bench', 'bench.ts');
  return runForwarding(nodePath, [bench, ...process.argv.slice(2)], { cwd: projectRoot });
});
