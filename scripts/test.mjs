// npm test: everything that can be checked about Roost, set-up included. `npm test -- <vitest arguments>` runs only the
// tests those choose. The last line is the summary, alone: `N passed, N failed`.
import { ensureBrowser } from './lib/ensure-browser.mjs';
import { projectRoot } from './lib/project-root.mjs';
import { runStaticChecks } from './lib/run-static-checks.mjs';
import { runVitest } from './lib/run-vitest.mjs';
import { setUp } from './lib/set-up.mjs';
import { tellFailure } from './lib/setup-error.mjs';
import { STATIC_CHECKS } from './lib/static-checks.mjs';
import { summaryLine } from './lib/test-counts.mjs';

const vitestArgs = process.argv.slice(2);

const counts = await runAll().catch((error) => {
  // Without packages, a build or a browser nothing after it can run.
  tellFailure(error);
  return { passed: 0, failed: 1, skipped: 0 };
});
process.stdout.write(`${summaryLine(counts)}\n`);
process.exitCode = counts.failed === 0 ? 0 : 1;

async function runAll() {
  const { nodePath } = await setUp(projectRoot);
  const browserPath = await ensureBrowser();
  const checks = vitestArgs.length === 0 ? STATIC_CHECKS : [];
  const checked = await runStaticChecks(projectRoot, nodePath, checks);
  const tested = await runVitest(projectRoot, nodePath, vitestArgs, browserPath);
  return {
    passed: checked.passed + tested.passed,
    failed: checked.failed + tested.failed,
    skipped: tested.skipped,
  };
}
